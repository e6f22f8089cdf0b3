"""The real clock, the real dice, the real voice."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kiosk.light import light

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.services.ports import Clock, Entropy
    from kiosk.settings import Settings
    from kiosk.ui.speech import Voice

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


def no_voice() -> Voice:
    """Reads nothing aloud, and opens no speech service."""
    from kiosk.ui.speech import Silence

    return Silence()


def system_voice() -> Voice:
    """The voices of this machine.

    In a thread of their own, but on Windows, where they want the one that Qt has prepared and always answer.
    """
    from kiosk.ui.speech import SystemVoice

    if sys.platform == "win32":
        return SystemVoice()
    from kiosk.ui.voice_behind import VoiceBehind

    return VoiceBehind(SystemVoice)


@light
class Outside:
    """What a simulation or a test may replace.

    Attributes:
        clock: what time it is.
        entropy: random bytes.
        voice: makes what reads aloud, once there is a window. Silent unless told otherwise: a speech service is the
            machine's, and not every window is entitled to it.
    """

    clock: Clock
    entropy: Entropy
    voice: Callable[[], Voice] = no_voice


def real_outside(settings: Settings) -> Outside:
    """This machine's dice, its clock as far as the city agrees with it, and its voice unless that is switched off."""
    from kiosk.services.city_clock import CityClock

    voice = system_voice if settings.voice else no_voice
    return Outside(clock=CityClock(SystemClock()), entropy=SystemEntropy(), voice=voice)
