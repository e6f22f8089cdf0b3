"""A visit: one person's stay at the kiosk, and what is remembered only that long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from kiosk.ui.tasks import Scope

if TYPE_CHECKING:
    from uuid import UUID

Draft = TypeVar("Draft")


class Visit:
    """What the screens of one stay share. When it ends, everything in it is gone.

    A draft is a frozen dataclass (``RegistrationDraft``): a flow's screens read it, and put a changed copy
    back. There is one draft of each type.

    Attributes:
        started: when it began (aware UTC).
        scope: closed at the end, so that results that come too late reach nobody.
    """

    __slots__ = ("_at_end", "_drafts", "_id", "_new_id", "scope", "started")

    def __init__(self, new_id: Callable[[], UUID], started: datetime) -> None:
        self._new_id = new_id
        self._id: UUID | None = None
        self.started = started
        self.scope = Scope()
        self._drafts: dict[type, Any] = {}
        self._at_end: list[Callable[[], None]] = []

    @property
    def id(self) -> UUID:
        """For the audit trail; no person can be told from it. Made when it is first asked for, not under a finger."""
        if self._id is None:
            self._id = self._new_id()
        return self._id

    def draft(self, kind: type[Draft], make: Callable[[], Draft] | None = None) -> Draft:
        """The draft of that type; made (``make()`` or ``kind()``) and kept when there is none yet."""
        if kind not in self._drafts:
            self._drafts[kind] = make() if make is not None else kind()
        draft: Draft = self._drafts[kind]
        return draft

    @property
    def empty(self) -> bool:
        """Whether nothing is remembered of anybody."""
        return not self._drafts

    def has(self, kind: type) -> bool:
        """Whether there is a draft of that type."""
        return kind in self._drafts

    def keep(self, draft: object) -> None:
        """Put a draft (back); it replaces the one of the same type."""
        if self.scope.open:
            self._drafts[type(draft)] = draft

    def drop(self, kind: type) -> None:
        """Forget the draft of that type."""
        self._drafts.pop(kind, None)

    def on_end(self, forget: Callable[[], None]) -> None:
        """Call ``forget`` when the visit ends; at once when it has ended already."""
        if self.scope.open:
            self._at_end.append(forget)
        else:
            forget()

    def end(self) -> None:
        """Forget everything and close the scope."""
        for forget in self._at_end:
            forget()
        self._at_end.clear()
        self._drafts.clear()
        self.scope.close()
