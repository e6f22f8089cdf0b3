"""Our icons: one family of SVG drawings, tinted and rendered at the size that is needed."""

import re
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from kiosk.assets import asset_path

CACHE = 512
INK = "currentColor"
LINE = re.compile(r'stroke-width="([\d.]+)"')


@lru_cache(maxsize=CACHE)
def icon(name: str, colour: str, px: int, line: float = 1.0) -> QPixmap:
    """An icon as a square picture.

    Args:
        name: file name without ending in ``assets/icons``.
        colour: ``#rrggbb``.
        px: edge in pixels.
        line: how many times as thick as drawn the lines are; small icons beside bold words need more.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    drawing = asset_path("icons", f"{name}.svg").read_text(encoding="utf-8").replace(INK, colour)
    if line != 1.0:
        drawing = LINE.sub(lambda found: f'stroke-width="{float(found[1]) * line:.2f}"', drawing)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    picture = QPixmap(px, px)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, px, px))
    painter.end()
    return picture
