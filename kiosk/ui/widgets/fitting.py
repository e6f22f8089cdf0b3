"""Text that must not be clipped: measured, wrapped, and made smaller only as far as it stays readable."""

from functools import lru_cache

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics

WRAP = Qt.TextFlag.TextWordWrap
STEP = 0.94
CACHE = 4096


def text_size(text: str, font: QFont, width: int) -> QSize:
    """The size of a text wrapped to ``width`` pixels."""
    width_px, height_px = _measure(text, font.key(), width)
    return QSize(width_px, height_px)


@lru_cache(maxsize=CACHE)
def _measure(text: str, font_key: str, width: int) -> tuple[int, int]:
    font = QFont()
    font.fromString(font_key)
    box = QFontMetrics(font).boundingRect(QRect(0, 0, max(1, width), 100_000), WRAP, text)
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
