"""Notices that nobody is there any more, warns, and says when the visit is to be wiped."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:  # records and operations come with it, and the first page needs none
    from kiosk.services.ports import Clock

SHORTEST_LIMIT_S = 60
DEFAULT_LIMIT_S = 120
WARNING_S = 30
_CHECK_MS = 250


class IdleMonitor(QObject):
    """Counts the time since the last touch, key, scan or touch on the input dock. The clock is injected.

    Signals:
        warned(int): the limit is reached; so many seconds are left.
        ticked(int): the seconds left have changed while the warning is shown.
        resumed: somebody touched the screen during the warning.
        expired: nobody did. The monitor rests until ``watch`` is called again.
    """

    warned = Signal(int)
    ticked = Signal(int)
    resumed = Signal()
    expired = Signal()

    def __init__(
        self,
        clock: Clock,
        *,
        limit_s: int = DEFAULT_LIMIT_S,
        warning_s: int = WARNING_S,
        parent: QObject | None = None,
    ) -> None:
        """Make a resting monitor.

        Args:
            clock: its ``monotonic`` is used.
            limit_s: seconds without activity until the warning, at least ``SHORTEST_LIMIT_S``.
            warning_s: seconds that the warning stays.
            parent: Qt parent.

        Raises:
            ValueError: a limit too short for people who read slowly.
        """
        super().__init__(parent)
        if limit_s < SHORTEST_LIMIT_S:
            message = f"the idle limit is at least {SHORTEST_LIMIT_S} s"
            raise ValueError(message)
        self._clock = clock
        self._limit_s = limit_s
        self._warning_s = warning_s
        self._last = clock.monotonic()
        self._left: int | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_CHECK_MS)
        self._timer.timeout.connect(self.check)

    @property
    def watching(self) -> bool:
        """Whether time is counted."""
        return self._timer.isActive()

    @property
    def warning(self) -> bool:
        """Whether the countdown is on."""
        return self._left is not None

    @property
    def quiet_s(self) -> float:
        """Seconds since somebody did something, whether or not anybody is watched."""
        return self._clock.monotonic() - self._last

    def watch(self) -> None:
        """Somebody is there: count from now."""
        self._last = self._clock.monotonic()
        self._timer.start()

    def rest(self) -> None:
        """Nobody is there, and nothing to wipe."""
        self._timer.stop()
        self._left = None

    def note(self) -> None:
        """Somebody did something."""
        self._last = self._clock.monotonic()
        if self._left is not None:
            self._left = None
            self.resumed.emit()

    @Slot()
    def check(self) -> None:
        """Look at the clock (the timer's slot; tests call it)."""
        if not self.watching:
            return
        left = math.ceil(self._last + self._limit_s + self._warning_s - self._clock.monotonic())
        if left <= 0:
            self.rest()
            self.expired.emit()
        elif left <= self._warning_s and self._left is None:
            self._left = left
            self.warned.emit(left)
        elif self._left is not None and left != self._left:
            self._left = left
            self.ticked.emit(left)
