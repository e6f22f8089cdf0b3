"""The seconds that are left, as a number in a ring that empties."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui.theme import Role, Theme

SIZE_MM, RING_MM, NUMBER_MM = 90.0, 5.0, 40.0
#: Qt counts angles in sixteenths of a degree, from three o'clock.
TOP, FULL = 90 * 16, 360 * 16


class CountdownRing(QWidget):
    """Shows ``left`` of ``total`` seconds. It does not count by itself: whoever owns the clock tells it."""

    def __init__(self, theme: Theme, name: str = "countdown", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._left, self._total = 0, 1
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_left(self, left: int, total: int) -> None:
        """So many of so many seconds are left."""
        self._left, self._total = max(0, left), max(1, total)
        self.update()

    def spoken_text(self) -> str:
        """The number."""
        return str(self._left)

    def sizeHint(self) -> QSize:
        """A square to be read from two metres away."""
        edge = self._theme.px(SIZE_MM)
        return QSize(edge, edge)

    def minimumSizeHint(self) -> QSize:
        """It does not shrink."""
        return self.sizeHint()

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's hook
        """Paint ring and number."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = theme.px(RING_MM)
        box = QRectF(self.rect()).adjusted(width, width, -width, -width)
        painter.setPen(QPen(theme.colour("line"), theme.px(1)))
        painter.drawEllipse(box)
        pen = QPen(theme.colour("blue"), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(box, TOP, round(FULL * min(1.0, self._left / self._total)))
        font = theme.font(Role.HERO, bold=True)
        font.setPixelSize(theme.px(NUMBER_MM))
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), str(self._left))
        painter.end()
