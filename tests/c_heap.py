"""What the C library has given out and not got back: Qt's, SQLite's and Pillow's memory, to the byte.

Small Python objects are not in it (they have pages of their own), so it stands still where nothing is left behind.
"""

import ctypes

import pytest


class _Counts(ctypes.Structure):
    """``struct mallinfo2`` of malloc.h."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    )


def _counts() -> _Counts:
    library = ctypes.CDLL(None)
    if not hasattr(library, "mallinfo2"):
        pytest.skip("the C library does not say what it has given out")
    library.mallinfo2.restype = _Counts
    found: _Counts = library.mallinfo2()
    return found


def in_use() -> int:
    """Bytes given out, small and large."""
    counts = _counts()
    return counts.uordblks + counts.hblkhd


def in_own_pages() -> int:
    """Bytes of blocks that go back to the machine as soon as they are freed."""
    return _counts().hblkhd
