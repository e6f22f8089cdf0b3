"""Memory that was let go is given back to the machine.

The C library of Linux keeps a heap of its own for each thread that asked at the same time as another one, and what is
freed in the middle of one stays in this process. Elsewhere nothing of this is known, and nothing is done.
"""

from __future__ import annotations

import ctypes
from functools import cache

#: ``M_ARENA_MAX`` of malloc.h. One heap for the screen's thread, one for all others: they rarely ask at once.
_MOST_HEAPS, HEAPS = -8, 2


@cache
def _library() -> ctypes.CDLL | None:
    try:
        library = ctypes.CDLL(None)
    except (OSError, TypeError):  # Windows has no such thing
        return None
    return library if hasattr(library, "mallopt") and hasattr(library, "malloc_trim") else None


def few_heaps() -> None:
    """No more heaps than two from now on."""
    library = _library()
    if library is not None:
        library.mallopt(_MOST_HEAPS, HEAPS)


def give_back() -> None:
    """Give free memory back; some milliseconds, in which whoever asks for memory waits."""
    library = _library()
    if library is not None:
        library.malloc_trim(0)
