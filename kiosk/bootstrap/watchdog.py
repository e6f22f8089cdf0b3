"""The sign of life: sent by the screen's event loop, and only while the database's thread answers too."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk.bootstrap.notify import Notifier
from kiosk.ui.tasks import Tasks

if TYPE_CHECKING:  # records and operations come with it, and every start reads this
    from kiosk.services.ports import Clock

#: Signs of life in the time that systemd waits for one.
SIGNS = 4
#: How long a write may take by day; night work and opening take as long as they take.
PATIENCE_S = 60.0
#: Even those end.
LONG_PATIENCE_S = 1800.0
_MILLI = 1000


class Watchdog(QObject):
    """Pings systemd while event loop and database thread are alive; stops pinging when one of them is not.

    The timer lives on the event loop, so a loop that hangs sends nothing. Each tick asks the database lane for an
    answer; a lane that has not answered for ``PATIENCE_S`` is as good as dead.
    """

    def __init__(
        self,
        notifier: Notifier,
        clock: Clock,
        tasks: Callable[[], Tasks],
        *,
        long_work: Callable[[], bool] = lambda: False,
        parent: QObject | None = None,
    ) -> None:
        """Make it.

        Args:
            notifier: tells systemd.
            clock: its ``monotonic`` is used.
            tasks: the lanes of the window that is shown now.
            long_work: whether the database lane is doing something that may take long.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._notifier = notifier
        self._clock = clock
        self._tasks = tasks
        self._long_work = long_work
        self._answered = True
        self._asked_at = clock.monotonic()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Begin, if systemd waits for signs of life."""
        if self._notifier.watchdog_s is not None:
            self._timer.start(int(self._notifier.watchdog_s / SIGNS * _MILLI))
            self.tick()

    def stop(self) -> None:
        """End."""
        self._timer.stop()

    @Slot()
    def tick(self) -> None:
        """Ask the database lane, and tell systemd that both live (the timer's slot; tests call it)."""
        now = self._clock.monotonic()
        if self._answered:
            self._answered = False
            self._asked_at = now
            if not self._tasks().ask(self._answer):
                self._answered = True  # a window that goes: the next one is asked at the next tick
        patience = LONG_PATIENCE_S if self._long_work() else PATIENCE_S
        if now - self._asked_at < patience:
            self._notifier.alive()

    def _answer(self) -> None:
        """On the database lane's thread."""
        self._answered = True
