"""Whose turn it is to write: in the order of asking.

A plain lock is taken by whoever happens to run: one that gives it back and asks again at once, page after page, has it
again before the others have woken up.
"""

import threading
from collections import deque


class Turns:
    """A lock that is handed on to who has waited longest."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()

    def take(self, timeout: float = -1) -> bool:
        """Wait for a turn, for so many seconds at most (below 0: for as long as it takes); whether it has come."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=timeout):
            return True
        with self._guard:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return False
            return True  # it came in the last moment

    def give(self) -> None:
        """The next one's turn."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False

    @property
    def wanted(self) -> bool:
        """Whether anybody waits."""
        return bool(self._waiting)
