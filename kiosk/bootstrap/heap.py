"""Memory that was let go is given back to the machine.

The C library of Linux keeps a heap of its own for each thread that asked at the same time as another one, and what is
freed in the middle of one stays in this process. A large block has pages of its own, which go when it goes; but the
first that is freed teaches the library that such sizes belong into the heap, and a window's picture has 8 MB. From then
on pictures and lists of a moment leave holes among what stays, and the heap grows with each of them. Elsewhere nothing
of this is known, and nothing is done.
"""

from __future__ import annotations

import ctypes
from functools import cache

#: ``M_ARENA_MAX`` of malloc.h. One heap for the screen's thread, one for all others: they rarely ask at once.
_MOST_HEAPS, HEAPS = -8, 2
#: ``M_MMAP_THRESHOLD``: from here on a block has pages of its own, whatever was freed before. Smaller ones are many,
#: and each would cost two calls of the system and pages that are wiped.
_OWN_PAGES, OWN_PAGES_BYTES = -3, 1 << 20


@cache
def _library() -> ctypes.CDLL | None:
    try:
        library = ctypes.CDLL(None)
    except (OSError, TypeError):  # Windows has no such thing
        return None
    return library if hasattr(library, "mallopt") and hasattr(library, "malloc_trim") else None


def tidy_heaps() -> None:
    """From now on no more heaps than two, and no large block in them."""
    library = _library()
    if library is not None:
        library.mallopt(_MOST_HEAPS, HEAPS)
        library.mallopt(_OWN_PAGES, OWN_PAGES_BYTES)


def give_back() -> None:
    """Give free memory back; some milliseconds, in which whoever asks for memory waits."""
    library = _library()
    if library is not None:
        library.malloc_trim(0)
