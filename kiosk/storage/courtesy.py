"""Background work gives way while a touch is being answered: the screen's thread has the interpreter for itself.

Two threads that both want Python's lock take turns of half a millisecond, and an answer needs dozens of them.
"""

import threading
import time
from collections.abc import Callable
from typing import Final

#: From a finger's coming down, or going up again, to the next page painted, with something to spare.
ANSWERED_S: Final = 0.12
#: So long after a touch somebody is still there, and may touch what is to be written next.
ATTENDED_S: Final = 60.0
#: A transaction of the background goes on for so long while somebody is there; its commit takes as long again.
SLICE_S: Final = 0.006
#: Between two pieces of one work passes less.
PIECE_S: Final = 1.0


class Courtesy:
    """Between the screen's thread and one that works in the background.

    Whoever gave way does its next piece of work, whatever is touched meanwhile: hammering on the screen makes an
    exchange slow, and never stops it.
    """

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        """``now`` and ``sleep`` are other ones in tests only."""
        self._now = now
        self._sleep = sleep or threading.Event().wait
        self._until = float("-inf")
        self._worked = float("-inf")

    def touched(self) -> None:
        """A finger came down or went up. GUI thread; one assignment, no lock."""
        self._until = self._now() + ANSWERED_S

    @property
    def attended(self) -> bool:
        """Whether somebody has touched the screen lately."""
        return self._now() < self._until + ATTENDED_S

    @property
    def at_work(self) -> bool:
        """Whether something goes on in the background that takes turns with the screen's thread. Any thread."""
        return self._now() < self._worked + PIECE_S

    def now(self) -> float:
        """The clock that ``has_enough`` is asked by."""
        return self._now()

    def has_enough(self, began: float) -> bool:
        """Whether a transaction that began then should come to its end: a touch is being answered, or may come."""
        now = self._now()
        return now < self._until or (now < self._until + ATTENDED_S and now - began >= SLICE_S)

    def give_way(self) -> None:
        """Between two pieces of work: wait while a touch is being answered. Background threads, in no transaction."""
        now = self._worked = self._now()
        rest = min(ANSWERED_S, self._until - now)
        if rest > 0:
            self._sleep(rest)
