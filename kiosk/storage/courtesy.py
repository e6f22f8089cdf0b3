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


class Courtesy:
    """Between the screen's thread and one that works in the background.

    Whoever gave way works on for as long as it has waited, whatever is touched: hammering on the screen makes an
    exchange half as fast, and never stops it.
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
        self._works_until = 0.0

    def touched(self) -> None:
        """A finger came down or went up. GUI thread; one assignment, no lock."""
        self._until = self._now() + ANSWERED_S

    def has_enough(self, began: float) -> bool:
        """Whether a transaction that began then should come to its end, for whom it may be in the way of."""
        now = self._now()
        if now < self._until and now >= self._works_until:
            return True
        return self.attended and now - began >= SLICE_S

    @property
    def attended(self) -> bool:
        """Whether somebody has touched the screen lately."""
        return self._now() < self._until + ATTENDED_S

    def now(self) -> float:
        """The clock that ``has_enough`` is asked by."""
        return self._now()

    def give_way(self) -> None:
        """Between two pieces of work: wait while a touch is being answered. Background threads, in no transaction."""
        began = self._now()
        rest = min(ANSWERED_S, self._until - began)
        if rest <= 0 or began < self._works_until:
            return
        self._sleep(rest)
        after = self._now()
        self._works_until = after + (after - began)
