"""Night work: once a day, in the small hours, when nobody stands at the kiosk."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk.domain.calendar import SHANGHAI
from kiosk.ui.context import UiContext

TICK_MS = 10 * 60 * 1000
FROM_HOUR, TO_HOUR = 1, 4


class Night(QObject):
    """Runs ``work(today)`` on the database lane between one and four o'clock, once a day, never during a visit."""

    def __init__(self, ctx: UiContext, work: Callable[[date], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._work = work
        self._done: date | None = None
        self._working = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Begin to look at the clock."""
        self._timer.start()

    def stop(self) -> None:
        """End."""
        self._timer.stop()

    @Slot()
    def tick(self) -> None:
        """Do the night's work if it is time and nobody is there."""
        now = self._ctx.clock.now().astimezone(SHANGHAI)
        today = now.date()
        if not FROM_HOUR <= now.hour < TO_HOUR or self._done == today or self._ctx.navigator.attended:
            return
        self._done = today
        self._working = True
        self._ctx.tasks.run(lambda: self._work(today), always=self._ended)

    @property
    def working(self) -> bool:
        """Whether the night's work is under way; it may take minutes."""
        return self._working

    def _ended(self) -> None:
        self._working = False
