"""Night work: once a day, in the small hours, when nobody stands at the kiosk; what was promised for it also by day.

A machine that is off at night would keep for weeks what people were told is erased tonight.
"""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk.domain.calendar import SHANGHAI
from kiosk.ui.context import UiContext

#: How often the clock is looked at; and how often while something waits for the kiosk to be free.
TICK_MS, SOON_MS = 10 * 60 * 1000, 60 * 1000
FROM_HOUR, TO_HOUR = 1, 4


class Night(QObject):
    """Runs ``work(today)`` on the database lane between one and four o'clock, once a day, never during a visit.

    On a day whose night this program has not seen ``missed()`` is run instead, as soon as nobody is there: it is short.
    """

    def __init__(
        self,
        ctx: UiContext,
        work: Callable[[date], None],
        missed: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._work = work
        self._missed = missed
        self._done: date | None = None
        self._made_up: date | None = None
        self._working = False
        self._timer = QTimer(self)
        self._timer.setInterval(SOON_MS)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Begin to look at the clock."""
        self._timer.start()

    def stop(self) -> None:
        """End."""
        self._timer.stop()

    @Slot()
    def tick(self) -> None:
        """Do the night's work if it is time and nobody is there; or make up for the night that was missed."""
        now = self._ctx.clock.now().astimezone(SHANGHAI)
        today = now.date()
        by_night = FROM_HOUR <= now.hour < TO_HOUR and self._done != today
        by_day = now.hour >= TO_HOUR and today not in (self._done, self._made_up)
        waits = (by_night or by_day) and self._ctx.navigator.attended
        self._timer.setInterval(SOON_MS if waits else TICK_MS)
        if waits or not (by_night or by_day):
            return
        self._working = True
        if by_night:
            self._done = today
            self._ctx.tasks.run(lambda: self._work(today), always=self._ended)
        else:
            self._made_up = today
            self._ctx.tasks.run(self._missed, always=self._ended)

    @property
    def working(self) -> bool:
        """Whether the night's work is under way; it may take minutes."""
        return self._working

    def _ended(self) -> None:
        self._working = False
