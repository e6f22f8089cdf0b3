"""A picture that keeps its proportions: a slip on the screen."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui.theme import Theme


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
