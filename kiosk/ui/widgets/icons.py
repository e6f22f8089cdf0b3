"""Our icons: one family of SVG drawings, tinted and rendered at the size that is needed.

Two kinds with the same line: signs in one colour (``assets/icons``), and the pictures of the trades
(``assets/icons/trades``): an ink line and one warm fill.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from kiosk.assets import AssetMissing, asset_path
from kiosk.ui.theme import Theme

CACHE = 512
INK = "currentColor"
#: The fill of the pictures, and what is cut out of it, as they stand in the drawings.
WARM, CLEAR = "#ffc65c", "#ffffff"
PICTURES = "trades/"
#: A picture against the disc behind it.
TIGHT = 0.64
LINE = re.compile(r'stroke-width="([\d.]+)"')


def is_picture(name: str) -> bool:
    """Whether a name is that of a picture in two tones (else it is a sign in one)."""
    return name.startswith(PICTURES)


def picture(theme: Theme, name: str, px: int) -> QPixmap:
    """A trade's picture (or a sign) in the theme's colours: ink line, warm fill; in black and white only the line."""
    palette = theme.palette
    return icon(name, palette.blue, px, 1.0, palette.warm, palette.card)


def paint_picture(painter: QPainter, theme: Theme, place: QRect, name: str) -> None:
    """A trade's picture on a warm disc that fills the square ``place``."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("orange_soft"))
    painter.drawEllipse(place)
    size = round(place.width() * TIGHT)
    inset = (place.width() - size) // 2
    painter.drawPixmap(place.left() + inset, place.top() + inset, picture(theme, name, size))


@cache
def _folder() -> str:
    return str(asset_path("icons"))


def _drawing(name: str) -> str:
    """An icon's text. Not by ``Path``, which takes three times as long for each of the thirty of a start."""
    file_name = f"{_folder()}/{name}.svg"
    try:
        with open(file_name, encoding="utf-8") as file:  # noqa: PTH123 - see above
            return file.read()
    except FileNotFoundError:
        raise AssetMissing(Path(file_name)) from None


@lru_cache(maxsize=CACHE)
def icon(name: str, colour: str, px: int, line: float = 1.0, warm: str = WARM, clear: str = CLEAR) -> QPixmap:
    """An icon as a square picture.

    Args:
        name: file name without ending in ``assets/icons``.
        colour: ``#rrggbb``.
        px: edge in pixels; where there is no room for any, there is no picture.
        line: how many times as thick as drawn the lines are; small icons beside bold words need more.
        warm: the fill of a picture.
        clear: what a picture leaves empty.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    if px < 1:
        return QPixmap()
    drawing = _drawing(name)
    drawing = drawing.replace(WARM, warm).replace(CLEAR, clear).replace(INK, colour)
    if line != 1.0:
        drawing = LINE.sub(lambda found: f'stroke-width="{float(found[1]) * line:.2f}"', drawing)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    pixmap = QPixmap(px, px)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, px, px))
    painter.end()
    return pixmap
