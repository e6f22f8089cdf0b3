"""The real clock and the real dice."""

import secrets
import time
from datetime import UTC, datetime

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
        return secrets.token_bytes(count)
