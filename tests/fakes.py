"""Stand-ins for what comes from outside. Shared by all tests; each is as small as its port allows."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

MORNING = datetime(2026, 11, 21, 21, 30, tzinfo=UTC)
"""05:30 on Sunday 22 November 2026 at the market."""


class FakeClock:
    """Time that stands still until somebody moves it."""

    def __init__(self, now: datetime = MORNING) -> None:
        self._now = now
        self._seconds = 1000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._seconds

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._seconds += seconds


@dataclass(slots=True)
class CountingIds:
    """UUIDs 1, 2, 3 …"""

    given: int = field(default=0)

    def __call__(self) -> UUID:
        self.given += 1
        return UUID(int=self.given)


class FakeVoice:
    """A voice that remembers."""

    def __init__(self, languages=("zh_CN",)):
        self.languages = languages
        self.said = []
        self.volumes = []
        self.speaking = False

    def absence(self):
        return ""

    def on_unheard(self, tell):
        self.tell = tell

    def close(self):
        self.stop()

    def speak(self, sentences, language, volume=0.8):
        if language not in self.languages:
            return False
        self.said.append(list(sentences))
        self.volumes.append(volume)
        self.speaking = True
        return True

    def stop(self):
        self.speaking = False
