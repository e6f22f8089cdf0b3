"""When something was really done, whatever the device's clock said: no I/O.

A device names the run of its program (``boot``) and the seconds of a clock that only runs forward in it. The city notes
what its own clock said at a moment of that run; so every deed of the run has a true time, also when somebody sets the
wall clock in between, and also when it arrives after a restart.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kiosk.protocol.messages import PushRequest, Sent

#: Smaller differences are left alone: they change no day, and a kiosk's own times stay as they were printed.
TOLERANCE = timedelta(minutes=10)
#: No kiosk of ours is older: an earlier time is a clock without a battery.
EARLIEST = datetime(2025, 1, 1, tzinfo=UTC)
_BOOT = re.compile(r"[A-Za-z0-9_.\-]{1,64}")
_MOST_SECONDS = 10 * 366 * 86_400.0


@dataclass(frozen=True, slots=True)
class Boot:
    """A run of a device's program, and the city's time at which its monotonic clock would have stood at 0."""

    name: str
    began_at: datetime


def boot_of(request: PushRequest, now: datetime) -> Boot | None:
    """The run that a push comes from; None when what it says of its clock cannot be."""
    if _BOOT.fullmatch(request.boot_id) is None or not _sound(request.monotonic):
        return None
    return Boot(request.boot_id, now - timedelta(seconds=request.monotonic))


def earlier_boots(request: PushRequest) -> frozenset[str]:
    """Other runs of the program that operations in the push come from."""
    names = {sent.boot for sent in request.ops} - {"", request.boot_id}
    return frozenset(name for name in names if _BOOT.fullmatch(name))


def _sound(seconds: float) -> bool:
    return math.isfinite(seconds) and 0 <= seconds <= _MOST_SECONDS


@dataclass(frozen=True, slots=True)
class DeviceTime:
    """Corrects the times of one push.

    Attributes:
        now: the city's clock.
        current: name of the run that pushes.
        began: run → city's time of its monotonic 0.
        last_seen: the device's push before, or None.
    """

    now: datetime
    current: str
    began: Mapping[str, datetime]
    last_seen: datetime | None

    def correct(self, sent: Sent, at: datetime) -> datetime | None:
        """The true time of an operation, None when the one that it says is good enough."""
        true = self._measured(sent)
        if true is None:
            true = min(max(at, EARLIEST), self.now)
            if true == EARLIEST:
                # Made in a run that nobody has heard of, by a clock that cannot be right: not before the last contact.
                true = self.last_seen or self.now
        return None if abs(true - at) <= TOLERANCE else true

    def _measured(self, sent: Sent) -> datetime | None:
        began = self.began.get(sent.boot or self.current)
        if began is None or sent.mono is None or not _sound(sent.mono):
            return None
        true = began + timedelta(seconds=sent.mono)
        return true if EARLIEST <= true <= self.now + TOLERANCE else None
