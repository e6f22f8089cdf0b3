"""Large blocks stay out of the heap: they would leave holes among what stays."""

import ctypes

from kiosk.bootstrap.heap import OWN_PAGES_BYTES, give_back, tidy_heaps
from tests.c_heap import in_own_pages

WINDOW_PICTURE = 1080 * 1920 * 4


def test_a_large_block_goes_as_a_whole_also_after_a_larger_one(qapp):
    tidy_heaps()
    library = ctypes.CDLL(None)
    library.malloc.restype, library.free.argtypes = ctypes.c_void_p, (ctypes.c_void_p,)
    # Left to itself, the C library takes this for the sign that such sizes come and go, and belong into the heap.
    library.free(library.malloc(ctypes.c_size_t(WINDOW_PICTURE)))
    before = in_own_pages()
    block = library.malloc(ctypes.c_size_t(2 * OWN_PAGES_BYTES))
    assert in_own_pages() >= before + 2 * OWN_PAGES_BYTES
    library.free(block)
    assert in_own_pages() == before
    give_back()
