"""Carrying operations and answers on a stick: what staff can do with the folders that are plugged in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

#: Told while it goes on: done and total, in parts.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stick:
    """A folder that is plugged in. ``free`` is in bytes."""

    path: Path
    name: str
    free: int
    writable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CourierFile:
    """A courier file on a stick.

    Attributes:
        kiosk: whose operations, or for whom the answers are.
        answers: it comes from the city.
        ours: it is of, or for, this kiosk.
    """

    path: Path
    file_id: UUID
    kiosk: str
    made_at: datetime
    answers: bool
    ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Another kiosk's file that this one carries: how many of its parts the city has answered."""

    file_id: UUID
    kiosk: str
    made_at: datetime
    parts: int
    done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written: operations, and whether there are more than fit one file."""

    name: str
    operations: int
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What came of a file: it is carried now, or its answers were settled.

    Attributes:
        settled: operations with an answer; pulled: records brought.
        problem: string key of what the city refused, "" when it refused nothing; reason: its own words, if it gave any.
    """

    carried: bool
    settled: int = 0
    pulled: int = 0
    problem: str = ""
    reason: str = ""


class CourierDesk(Protocol):
    """What the screens call. Everything but ``loads`` blocks: outside lane."""

    def sticks(self) -> Sequence[Stick]:
        """What is plugged in now."""

    def files(self, stick: Stick) -> Sequence[CourierFile]:
        """Courier files on a stick, the newest first; damaged ones are left out."""

    def unreadable(self, stick: Stick) -> Sequence[str]:
        """Names of courier files on a stick that cannot be read at all."""

    def loads(self) -> Sequence[Load]:
        """What this kiosk carries for others."""

    def export(self, stick: Stick, progress: Progress, *, anew: bool = False) -> Exported:
        """Write what the city has not heard, and the question what is new, to a stick.

        ``anew``: ask for everything once more, whatever is held; nothing is dropped before the answers are whole.

        Raises:
            Refusal: not joined to a city, nothing to ask, or the stick is full, read-only, or was pulled out.
        """

    def take_in(self, file: CourierFile, progress: Progress) -> TakenIn:
        """Read a file: answers for this kiosk are settled, another kiosk's file is carried from now on.

        Raises:
            Refusal: damaged, too old, not of this city, already here, no room, or the stick was pulled out.
        """

    def bring_back(self, load: Load, stick: Stick, progress: Progress) -> str:
        """Write the city's answers to a file that was carried; its name.

        Raises:
            Refusal: not all answered yet, or the stick is full, read-only, or was pulled out.
        """
