"""What is really written on the screen: every run of text with its font, its colour and its place, as it is painted.

A widget is rendered into a paint device of our own that draws nothing and keeps every text that comes by. So a word is
seen however it got there: by a label, by a button's own painting, by a style sheet, elided or not.
"""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPoint, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QImage, QPaintDevice, QPaintEngine, QPaintEngineState, QPixmap, QRegion, QTextItem
from PySide6.QtWidgets import QWidget

DPI = 96
METRICS = QPaintDevice.PaintDeviceMetric


@dataclass(frozen=True, slots=True)
class Ink:
    """One run of text.

    Attributes:
        widget: who painted it.
        text: the letters.
        px: size of the font (a Chinese character's em).
        place: where the letters stand, in the root's pixels: from the cap height to the base line.
        clip: what the painter lets through, in the root's pixels.
        colour: of the pen, ``#rrggbb``.
    """

    widget: QWidget
    text: str
    px: int
    place: QRectF
    clip: QRectF
    colour: str


class _Engine(QPaintEngine):
    """Keeps texts, drops everything else."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.runs: list[tuple[str, int, QRectF, QRectF | None, str]] = []

    def begin(self, _device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, _state: QPaintEngineState) -> None:  # noqa: N802 - Qt's hook
        pass

    def drawTextItem(self, point: QPointF, item: QTextItem) -> None:  # noqa: N802 - Qt's hook
        if not item.text().strip():
            return
        painter = self.painter()
        font = item.font()
        rise = font.pixelSize() * 0.86
        box = QRectF(point.x(), point.y() - rise, item.width(), rise)
        clip = painter.clipBoundingRect() if painter.hasClipping() else None
        self.runs.append((item.text(), font.pixelSize(), box, clip, painter.pen().color().name()))

    def drawPixmap(self, _rect: QRectF, _pixmap: QPixmap, _source: QRectF) -> None:  # noqa: N802 - Qt's hook
        pass

    def drawImage(self, _rect: QRectF, _image: QImage, _source: QRectF, _flags: object = None) -> None:  # noqa: N802 - Qt's hook
        pass

    def drawRects(self, *_shapes: QRectF | QRect | int) -> None:  # noqa: N802 - Qt's hook
        pass

    def drawPath(self, _path: object) -> None:  # noqa: N802 - Qt's hook
        pass

    def drawPolygon(self, *_points: object) -> None:  # noqa: N802 - Qt's hook
        pass

    def drawLines(self, *_lines: QLineF | int) -> None:  # noqa: N802 - Qt's hook
        pass

    def drawEllipse(self, _rect: QRectF) -> None:  # noqa: N802 - Qt's hook
        pass


class _Sheet(QPaintDevice):
    """The device behind the engine."""

    def __init__(self, size: QSize) -> None:
        super().__init__()
        self.engine = _Engine()
        self._size = size

    def paintEngine(self) -> QPaintEngine:  # noqa: N802 - Qt's hook
        return self.engine

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        return {
            METRICS.PdmWidth: self._size.width(),
            METRICS.PdmHeight: self._size.height(),
            METRICS.PdmWidthMM: self._size.width() // 4,
            METRICS.PdmHeightMM: self._size.height() // 4,
            METRICS.PdmDpiX: DPI,
            METRICS.PdmDpiY: DPI,
            METRICS.PdmPhysicalDpiX: DPI,
            METRICS.PdmPhysicalDpiY: DPI,
            METRICS.PdmDepth: 32,
            METRICS.PdmNumColors: 1 << 24,
            METRICS.PdmDevicePixelRatioScaled: 1 << 16,
        }.get(metric, 1)


def inks(root: QWidget) -> list[Ink]:
    """Every run of text of a shown widget and its children."""
    found = []
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        sheet = _Sheet(widget.size())
        widget.render(sheet, QPoint(0, 0), QRegion(), QWidget.RenderFlag(0))
        at = QPointF(widget.mapTo(root, QPoint(0, 0)))
        for text, px, box, clip, colour in sheet.engine.runs:
            through = QRectF(widget.rect()) if clip is None else clip.intersected(QRectF(widget.rect()))
            found.append(Ink(widget, text, px, box.translated(at), through.translated(at), colour))
    return found
