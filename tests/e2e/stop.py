"""What a walk says where there is something to look at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.e2e.stage import Stage


def _nothing() -> None:
    """Most screens keep what they show when the window is turned."""


@dataclass(frozen=True, slots=True)
class At:
    """A stop that needs more than its name; ``again`` puts back what a change of look takes away."""

    name: str
    again: Callable[[], None] = field(default=_nothing)


#: Goes through a part of the kiosk, from a fresh visit, and says where to look.
Walk = Callable[[Stage], Iterator[str | At]]
