"""The kiosk's clock, checked against the city's: a machine whose battery is dead must not live in 1970.

Once the city has said its time in this run of the program, the true time is that, plus what the clock that only runs
forward has counted since. While the wall clock agrees within two minutes it is believed, so that nothing jumps; when it
does not, the true time is what is shown, printed and decided with, and staff are told to set the clock. Without a word
of the city (never heard in this run) the wall clock is all there is.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the first page is shown before there are records
    from kiosk.services.ports import Clock

#: What a clock may be off before anybody has to know.
TOLERANCE = timedelta(minutes=2)


class CityClock:
    """Implements ``kiosk.services.ports.Clock`` on another one. Any thread."""

    def __init__(self, machine: Clock) -> None:
        self._machine = machine
        self._lock = threading.Lock()
        self._anchor: tuple[datetime, float] | None = None

    def now(self) -> datetime:
        """The machine's time, or the city's where the machine is wrong."""
        wall, true = self._machine.now(), self._true()
        return wall if true is None or abs(wall - true) <= TOLERANCE else true

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        return self._machine.monotonic()

    def heard(self, city_time: datetime) -> None:
        """The city has just said what time it is."""
        with self._lock:
            self._anchor = city_time, self._machine.monotonic()

    @property
    def off(self) -> timedelta | None:
        """How far the machine is ahead (behind: negative), when too far; None when it is right or nobody knows."""
        true = self._true()
        if true is None:
            return None
        ahead = self._machine.now() - true
        return ahead if abs(ahead) > TOLERANCE else None

    def _true(self) -> datetime | None:
        with self._lock:
            anchor = self._anchor
        if anchor is None:
            return None
        return anchor[0] + timedelta(seconds=self._machine.monotonic() - anchor[1])


def off_of(clock: Clock) -> timedelta | None:
    """How far a clock is off, if it is one that knows."""
    return clock.off if isinstance(clock, CityClock) else None
