"""A picture that keeps its proportions: a slip on the screen."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui.theme import Theme
from kiosk.ui.widgets.icons import paint_picture

QUIET_MM = 4.0
#: Between the two halves of a folded picture.
FOLD_MM = 6.0
#: The fold lies in this part of its height, where nothing stands.
FOLD_FROM, FOLD_TO = 0.4, 0.6
WHITE = b"\xff"


class Picture(QWidget):
    """Shows an image as large as it fits, on white paper with a thin line."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image = QImage()
        self._folded = False
        #: Where it can be folded, a row of the image; 0 where it cannot.
        self._fold = 0
        self._parts: tuple[QRect, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(theme.px(40), theme.px(40)))

    def show_png(self, png: bytes) -> None:
        """Show PNG bytes."""
        self._image = QImage.fromData(png)
        self._fold = 0 if self._image.isNull() else _blank_row(self._image)
        self._part()

    def scale_in(self, room: QSize, *, folded: bool) -> float:
        """How large a pixel of the picture would be in a room; 0 where it cannot be shown so."""
        wide, high, gap = self._image.width(), self._image.height(), self._theme.px(FOLD_MM)
        if self._image.isNull() or (folded and not self._fold):
            return 0.0
        if folded:
            high, wide = max(self._fold, high - self._fold), 2 * wide
            room -= QSize(gap, 0)
        return max(0.0, min(room.width() / wide, room.height() / high))

    def fold(self, *, on: bool) -> None:
        """A long picture in two halves beside each other: twice as large where there is width and no height."""
        if on != self._folded:
            self._folded = on
            self._part()

    @property
    def folded(self) -> bool:
        """Whether it is shown in two halves."""
        return len(self._parts) > 1

    @property
    def image(self) -> QImage:
        """What is shown."""
        return self._image

    def wide_in(self, height: int) -> int:
        """The width in pixels that it takes in a height; 0 without a picture."""
        highest = max((part.height() for part in self._parts), default=1)
        widths = [part.width() * height // highest for part in self._parts]
        return sum(widths) + max(0, len(widths) - 1) * self._theme.px(FOLD_MM)

    def wipe(self) -> None:
        """Show nothing."""
        self._image = QImage()
        self._fold = 0
        self._part()

    def _part(self) -> None:
        """Find the halves, or the one part that is all of it."""
        whole = self._image.rect()
        at = self._fold if self._folded else 0
        below = whole.height() - at
        halves = QRect(0, 0, whole.width(), at), QRect(0, at, whole.width(), below)
        self._parts = halves if at else (whole,) if not self._image.isNull() else ()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's hook
        """Paint the image in the middle."""
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(self._theme.colour("line"), self._theme.px(0.4)))
        gap = self._theme.px(FOLD_MM)
        room = (self.width() - gap * (len(self._parts) - 1)) // len(self._parts)
        highest = max(part.height() for part in self._parts)
        scale = min(room / self._image.width(), self.height() / highest)
        wide = round(self._image.width() * scale)
        left = (self.width() - wide * len(self._parts) - gap * (len(self._parts) - 1)) // 2
        for part in self._parts:
            place = QRect(left, 0, wide, round(part.height() * scale))
            painter.drawImage(place, self._image, part)
            painter.drawRect(place.adjusted(0, 0, -1, -1))
            left += wide + gap
        painter.end()


def _blank_row(image: QImage) -> int:
    """The middle of the highest white band around the middle of a picture; 0 when there is none."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    first, last = (round(image.height() * share) for share in (FOLD_FROM, FOLD_TO))
    runs: list[tuple[int, int]] = []
    begun = 0
    dots, line, white = bytes(grey.constBits()), grey.bytesPerLine(), WHITE * image.width()
    for row in range(first, last + 1):
        if row < last and dots.startswith(white, row * line):
            begun = begun or row
        elif begun:
            runs.append((row - begun, (row + begun) // 2))
            begun = 0
    return max(runs, default=(0, 0))[1]


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
        self._part()

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
