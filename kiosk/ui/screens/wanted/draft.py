"""What a worker has said so far about what they offer, and what the screens of this flow hand to each other."""

from dataclasses import dataclass
from uuid import UUID

from kiosk.services.ports import WantedQuery
from kiosk.services.wanted import Asked, WantedForm
from kiosk.ui.screens.people import IdentifyParams


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedDraft:
    """The form as typed, whose it is (None: nothing was filled in yet), and the last four digits of their phone."""

    form: WantedForm = WantedForm()  # noqa: RUF009 - a frozen value
    worker_id: UUID | None = None
    tail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """Left in the visit for one look: key of what has just been done with the entry."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedListParams:
    """Whom an employer looks for, and for which of their listings (None: for none yet)."""

    query: WantedQuery = WantedQuery()  # noqa: RUF009 - a frozen value
    listing_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryParams:
    """Which entry, and for which listing the employer looks at it (None: for none yet)."""

    wanted_id: UUID
    listing_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedParams:
    """Who has asked for the worker (at least one), and what the worker came for."""

    asked: tuple[Asked, ...]
    wish: IdentifyParams


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Invitations that the worker put off in this visit: they are not shown twice."""

    invitations: frozenset[UUID] = frozenset()
