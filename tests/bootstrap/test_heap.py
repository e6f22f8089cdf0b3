"""Large blocks stay out of the heap: they would leave holes among what stays."""

import subprocess
import sys

import pytest

from kiosk.bootstrap.heap import OWN_PAGES_BYTES

WINDOW_PICTURE = 1080 * 1920 * 4
#: In a process of its own: where there is a hole that is large enough, a block goes there whatever its size.
#: Left to itself, the C library takes the ``free`` for the sign that such sizes come and go, and belong into the heap.
SAID = """
import ctypes, sys
from kiosk.bootstrap.heap import tidy_heaps
from tests.c_heap import in_own_pages
tidy_heaps()
library = ctypes.CDLL(None)
library.malloc.restype, library.free.argtypes = ctypes.c_void_p, (ctypes.c_void_p,)
picture, size = map(int, sys.argv[1:])
library.free(library.malloc(ctypes.c_size_t(picture)))
before = in_own_pages()
block = library.malloc(ctypes.c_size_t(size))
there = in_own_pages() - before
library.free(block)
print(there, in_own_pages() - before)
"""


def test_a_large_block_goes_as_a_whole_also_after_a_larger_one():
    size = 2 * OWN_PAGES_BYTES
    done = subprocess.run(
        [sys.executable, "-c", SAID, str(WINDOW_PICTURE), str(size)],
        capture_output=True,
        text=True,
        check=False,
    )
    if "Skipped" in done.stderr:
        pytest.skip("the C library does not say what it has given out")
    assert done.returncode == 0, done.stderr
    there, left = map(int, done.stdout.split())
    assert there >= size
    assert left == 0
