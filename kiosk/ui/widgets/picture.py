"""A picture that keeps its proportions: a slip on the screen."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui.theme import Theme
from kiosk.ui.widgets.icons import paint_picture

QUIET_MM = 4.0


class Picture(QWidget):
    """Shows an image as large as it fits, on white paper with a thin line."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image = QImage()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(theme.px(40), theme.px(40)))

    def show_png(self, png: bytes) -> None:
        """Show PNG bytes."""
        self._image = QImage.fromData(png)
        self.update()

    @property
    def image(self) -> QImage:
        """What is shown."""
        return self._image

    def wipe(self) -> None:
        """Show nothing."""
        self._image = QImage()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's hook
        """Paint the image in the middle."""
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect((self.width() - size.width()) // 2, 0, size.width(), size.height())
        painter.drawImage(place, self._image)
        painter.setPen(QPen(self._theme.colour("line"), self._theme.px(0.4)))
        painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.end()


class TradePicture(QWidget):
    """A trade's picture on its warm disc; what it shows is said in words beside it."""

    def __init__(self, theme: Theme, edge_mm: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._edge_mm = edge_mm
        self._name = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_picture(self, name: str) -> None:
        """Show an icon of ``assets/icons`` by name; "" shows nothing."""
        self._name = name
        self.update()

    def wipe(self) -> None:
        """Show nothing."""
        self.show_picture("")

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        edge = self._theme.px(self._edge_mm)
        self.setFixedSize(edge, edge)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's hook
        """Paint disc and picture."""
        if not self._name:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_picture(painter, self._theme, self.rect(), self._name)
        painter.end()


class QrView(Picture):
    """A QR code: every module a whole number of pixels, no smoothing, white around it in every palette."""

    def show_image(self, image: QImage) -> None:
        """Show a code whose modules are single pixels, or a drawn one."""
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's hook
        """Paint the code in the middle of a white square."""
        if self._image.isNull():
            return
        edge = max(1, self._image.width())
        quiet = self._theme.px(QUIET_MM)
        times = max(1, (min(self.width(), self.height()) - 2 * quiet) // edge)
        side = edge * times
        place = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        painter.fillRect(place.adjusted(-quiet, -quiet, quiet, quiet), Qt.GlobalColor.white)
        painter.drawImage(place, self._image)
        painter.end()
