"""The real clock and the real dice."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.services.ports import Clock, Entropy

#: Linux only; elsewhere the usual clock goes on during sleep anyway.
_BOOT_TIME: int | None = getattr(time, "CLOCK_BOOTTIME", None)


class SystemClock:
    """Implements ``kiosk.services.ports.Clock``."""

    def now(self) -> datetime:
        """Wall time, aware, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that never run backwards, and that go on while the machine sleeps."""
        return time.monotonic() if _BOOT_TIME is None else time.clock_gettime(_BOOT_TIME)


class SystemEntropy:
    """Implements ``kiosk.services.ports.Entropy``."""

    def token_bytes(self, count: int) -> bytes:
        """``count`` random bytes from the operating system."""
        return os.urandom(count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What a simulation or a test may replace."""

    clock: Clock
    entropy: Entropy


def real_outside() -> Outside:
    """This machine's dice, and its clock as far as the city agrees with it."""
    from kiosk.services.city_clock import CityClock

    return Outside(clock=CityClock(SystemClock()), entropy=SystemEntropy())
