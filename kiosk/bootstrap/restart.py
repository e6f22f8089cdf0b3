"""Once a night the program starts anew, when nobody would notice."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kiosk.domain.calendar import SHANGHAI
from kiosk.ui.context import UiContext

TICK_MS = 60 * 1000
#: A program that young has had its restart.
YOUNG_S = 2 * 3600
NEVER = -1


class NightRestart(QObject):
    """Says ``due`` in one hour of the night while nobody is there, nothing runs and nothing is on the wire.

    Signals:
        due: now is the time.
    """

    due = Signal()

    def __init__(
        self,
        ctx: UiContext,
        hour: int,
        *,
        exchanging: Callable[[], bool] = lambda: False,
        parent: QObject | None = None,
    ) -> None:
        """Make it.

        Args:
            ctx: of the window; its lanes carry printing and saving.
            hour: local hour, 0 to 23; ``NEVER`` for never.
            exchanging: whether a round of the exchange with the city is under way.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._ctx = ctx
        self._hour = hour
        self._exchanging = exchanging
        self._began = ctx.clock.monotonic()
        self._asked: date | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Begin to look at the clock."""
        if self._hour != NEVER:
            self._timer.start()

    def stop(self) -> None:
        """End."""
        self._timer.stop()

    @Slot()
    def tick(self) -> None:
        """Say so if it is time (the timer's slot; tests call it)."""
        now = self._ctx.clock.now().astimezone(SHANGHAI)
        young = self._ctx.clock.monotonic() - self._began < YOUNG_S
        if now.hour != self._hour or young or self._asked == now.date() or not self._quiet():
            return
        self._asked = now.date()
        self.due.emit()

    def _quiet(self) -> bool:
        """No visit, no staff, no call for them; no task, which is what printing and saving are; no round."""
        alone = not self._ctx.navigator.attended and self._ctx.call.standing is None
        return alone and not (self._ctx.tasks.busy or self._exchanging())
