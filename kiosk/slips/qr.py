"""The QR code as modules: error correction M, quiet zone of four."""

from functools import lru_cache
from typing import Final

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import QRData

QUIET = 4
#: Modes as the QR standard numbers them.
ALPHANUMERIC: Final = 2
BYTES: Final = 4
#: Any mask is as good as another over a signature's random bits, and trying all eight costs 11 of 13 ms.
MASK = 2
_ALPHANUMERIC = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@lru_cache(maxsize=32)
def modules(address: str) -> tuple[tuple[bool, ...], ...]:
    """The code for ``address``, True is dark, with its quiet zone on all sides.

    Everything up to the last slash goes in as bytes, a token after it in the denser alphanumeric mode.
    """
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET, mask_pattern=MASK)
    head, slash, token = address.rpartition("/")
    if token and slash and set(token) <= _ALPHANUMERIC:
        code.add_data(QRData((head + slash).encode(), mode=BYTES), optimize=0)
        code.add_data(QRData(token, mode=ALPHANUMERIC), optimize=0)
    else:
        code.add_data(QRData(address.encode(), mode=BYTES), optimize=0)
    return tuple(tuple(bool(dark) for dark in row) for row in code.get_matrix())
