"""The few ESC/POS commands that a slip needs, as bytes, and what the printer's status bytes mean.

Source: Epson's ESC/POS command reference; what is used here is common to the clones.
"""

import re
from collections.abc import Iterator

from kiosk.services.device_ports import Fault, Raster

INITIALISE = b"\x1b@"
#: Feed to the knife and cut, leaving one point uncut; printers without a knife only feed.
CUT = b"\x1dVB\x00"
#: Real time: drop what is in the buffers, so that a new roll does not print the rest of an old slip.
CLEAR_BUFFERS = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
#: Answered only after everything sent before has been printed, unlike the real-time status.
ORDERED_PAPER = b"\x1dr\x01"
#: Rows in one raster command: small enough for small buffers, and paper is asked for after each (16 mm).
BAND_ROWS = 128

PRINTER, OFFLINE, ERROR, PAPER = 1, 2, 3, 4
#: In the answer about paper: the roll has ended.
PAPER_OUT_BITS = 0x60
QUERIES = (PRINTER, OFFLINE, ERROR, PAPER)

_FIXED_BITS, _FIXED_VALUES = 0b1001_0011, 0b0001_0010
# DLE EOT, DLE ENQ and DLE DC4 act at once even in the middle of picture data.
_REAL_TIME = re.compile(rb"\x10(?=[\x04\x05\x14])")


def real_time(query: int) -> bytes:
    """DLE EOT n: status that is answered at once, also while printing or offline."""
    return bytes((0x10, 0x04, query))


def is_real_time_answer(byte: int) -> bool:
    """Real-time answers have fixed bits: 0xx1xx10."""
    return byte & _FIXED_BITS == _FIXED_VALUES


def is_ordered_answer(byte: int) -> bool:
    """Answers of GS r have bits 4 and 7 clear."""
    return byte & 0b1001_0000 == 0


def ordered_paper_out(byte: int) -> bool:
    """Whether the answer of GS r 1 says that the roll has ended."""
    return bool(byte & 0b0000_1100)


def fault_of(answers: dict[int, int]) -> Fault | None:
    """What the answers to ``QUERIES`` mean, the cause before its consequence; PAPER_NEAR_END is a warning."""
    offline, error, paper = answers[OFFLINE], answers[ERROR], answers[PAPER]
    if offline & 0x04:
        return Fault.COVER_OPEN
    if paper & PAPER_OUT_BITS or offline & 0x20:
        return Fault.PAPER_OUT
    if error & 0x68 or offline & 0x40:
        return Fault.PRINTER_ERROR
    if answers[PRINTER] & 0x08:
        return Fault.PRINTER_OFFLINE
    if paper & 0x0C:
        return Fault.PAPER_NEAR_END
    return None


def bands(raster: Raster) -> Iterator[bytes]:
    """The picture as ``GS v 0`` commands of at most 128 rows."""
    row = raster.width_px // 8
    bits = defused(raster.bits)
    for top in range(0, raster.height_px, BAND_ROWS):
        rows = min(BAND_ROWS, raster.height_px - top)
        head = b"\x1dv0\x00" + row.to_bytes(2, "little") + rows.to_bytes(2, "little")
        yield head + bits[top * row : (top + rows) * row]


def defused(bits: bytes) -> bytes:
    """Picture data in which no byte pair is a real-time command.

    One white dot beside a black one becomes black where it must be (0x10 → 0x18). Without it some pictures make the
    printer send status bytes that nobody asked for, or throw its buffer away.
    """
    return _REAL_TIME.sub(b"\x18", bits)
