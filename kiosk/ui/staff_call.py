"""Somebody has called for staff: kept until staff have seen it, the person takes it back, or ten minutes are over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kiosk.light import light

if TYPE_CHECKING:  # the first page needs none of them
    from datetime import datetime

    from kiosk.services.ports import Clock
    from kiosk.ui.tasks import Scope

#: So long a call stands; after that nobody waits before the screen any more.
LASTS_S = 600
_CHECK_MS = 5000


@light
class Call:
    """One call.

    Attributes:
        at: when (aware UTC).
        page: string key of the title of the page that was shown; "" for none.
        scope: of the visit in which it was made: whoever called may take it back as long as that goes on.
        since: the steady clock then.
    """

    at: datetime
    page: str
    scope: Scope
    since: float


class StaffCall(QObject):
    """The call that stands. Two calls are one, with the newest time.

    Signals:
        called: somebody has called, or has called again.
        changed: there is another call, or none.
    """

    called = Signal()
    changed = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._call: Call | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_CHECK_MS)
        self._timer.timeout.connect(self.check)

    @property
    def standing(self) -> Call | None:
        """The call that nobody has answered yet."""
        return self._call

    @property
    def own(self) -> bool:
        """Whether whoever stands there now has called."""
        return self._call is not None and self._call.scope.open

    def call(self, page: str, scope: Scope) -> None:
        """Somebody calls."""
        self._keep(Call(at=self._clock.now(), page=page, scope=scope, since=self._clock.monotonic()))
        self.called.emit()

    def end(self) -> None:
        """Staff have seen it, or it is taken back."""
        self._timer.stop()
        if self._call is not None:
            self._call = None
            self.changed.emit()

    def take_over(self, before: StaffCall) -> None:
        """The window was made anew: what stood in the one before stands in this one."""
        if before.standing is not None:
            self._keep(before.standing)

    @Slot()
    def check(self) -> None:
        """Look at the clock (the timer's slot; tests call it)."""
        if self._call is not None and self._clock.monotonic() - self._call.since >= LASTS_S:
            self.end()

    def _keep(self, call: Call) -> None:
        self._call = call
        self._timer.start()
        self.changed.emit()
