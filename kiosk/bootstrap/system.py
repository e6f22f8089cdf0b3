"""The real clock and the real dice."""

import secrets
import time
from datetime import UTC, datetime


class SystemClock:
    """Implements ``kiosk.services.ports.Clock``."""

    def now(self) -> datetime:
        """Wall time, aware, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        return time.monotonic()


class SystemEntropy:
    """Implements ``kiosk.services.ports.Entropy``."""

    def token_bytes(self, count: int) -> bytes:
        """``count`` random bytes from the operating system."""
        return secrets.token_bytes(count)
