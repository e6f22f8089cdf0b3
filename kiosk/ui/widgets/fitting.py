"""Text that must not be clipped: measured, wrapped, and made smaller only as far as it stays readable."""

from functools import lru_cache

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics

WRAP = Qt.TextFlag.TextWordWrap
STEP = 0.94
CACHE = 4096


class Said:
    """A text as the key of a cache that outlives visits: known again by its hash, which says nothing of a name.

    Python's own, seeded anew in every process: among as many texts as are kept, two have the same one and the same
    length once in 10 ** 12 years of work. The module for real digests is 3 ms of a start.
    """

    __slots__ = ("_hash", "_length", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._hash = hash(text)
        self._length = len(text)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Said) and self._hash == other._hash and self._length == other._length


def text_size(text: str, font: QFont, width: int) -> QSize:
    """The size of a text wrapped to ``width`` pixels."""
    said = Said(text)
    width_px, height_px = _measure(said, font.key(), width)
    said.text = ""
    return QSize(width_px, height_px)


@lru_cache(maxsize=CACHE)
def _measure(said: Said, font_key: str, width: int) -> tuple[int, int]:
    font = QFont()
    font.fromString(font_key)
    box = QFontMetrics(font).boundingRect(QRect(0, 0, max(1, width), 100_000), WRAP, said.text)
    return box.width(), box.height()


def fitted(text: str, font: QFont, room: QSize, least_px: int) -> QFont:
    """The font, made smaller until the text fits the room; never below ``least_px``."""
    fit = QFont(font)
    while fit.pixelSize() > least_px:
        size = text_size(text, fit, room.width())
        if size.width() <= room.width() and size.height() <= room.height():
            break
        fit.setPixelSize(max(least_px, int(fit.pixelSize() * STEP)))
    return fit


def in_lines(text: str, font: QFont, room: QSize) -> str:
    """The text with its line breaks for a room that is high enough for it; most texts need none."""
    if (
        room.height() < 2 * font.pixelSize()
        or text_size(text, font, room.width()).height() < 2 * font.pixelSize()
    ):
        return text
    from kiosk.ui.widgets.lines import evenly  # the first two pages have no text of two lines: not at a start

    return evenly(text, font, room.width())
