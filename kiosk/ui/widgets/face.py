"""What a widget looks like, kept as a picture: shown again, it is copied instead of painted anew."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget


class Face:
    """The picture of one widget, as long as it looks the same.

    A look is painted straight onto the window the first time, and kept when it is painted a second time: what is
    shown once costs nothing. Only for widgets whose words are ours: a picture outlives the visit it was painted in.
    """

    __slots__ = ("_look", "_picture")

    def __init__(self) -> None:
        self._look: object = None
        self._picture: QPixmap | None = None

    def paint(self, widget: QWidget, painter: QPainter, look: Any, draw: Callable[[QPainter], None]) -> None:  # noqa: ANN401 - compared only
        """Paint the widget.

        Args:
            widget: whose face it is.
            painter: of its paint event.
            look: everything that ``draw`` depends on; compared with ``==``.
            draw: paints all of the widget onto a transparent ground.
        """
        if look != self._look:
            self._look, self._picture = look, None
            draw(painter)
            return
        from PySide6.QtGui import QPaintEngine  # not for what is painted once, as at a start

        # A printer, or a test that reads what is painted, wants it anew.
        if painter.paintEngine().type() != QPaintEngine.Type.Raster:
            draw(painter)
            return
        if self._picture is None:
            self._picture = _picture(widget, draw)
        painter.drawPixmap(0, 0, self._picture)

    def forget(self) -> None:
        """Let the picture go."""
        self._look = self._picture = None


def _picture(widget: QWidget, draw: Callable[[QPainter], None]) -> QPixmap:
    ratio = widget.devicePixelRatioF()
    picture = QPixmap(widget.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw(painter)
    painter.end()
    return picture
