"""The sheet a character is written on: the ink follows the finger at once."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QMargins, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui.input.look import DockLook
from kiosk.ui.input.recogniser import Point, Stroke
from kiosk.ui.widgets.fitting import in_lines

PEN_MM = 2.0
CLOSE_PX = 1.0
MOST_POINTS = 1500
#: Between the sheet's edge and the words on it.
HINT_AIR_MM = 4.0


class InkCanvas(QWidget):
    """Takes strokes of a finger, a pen or a mouse.

    Signals:
        stroke_begun(): the pen came down.
        stroke_ended(): the pen was lifted; ``strokes`` has one more.
    """

    stroke_begun = Signal()
    stroke_ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._look = DockLook()
        self._sheet = QPixmap()
        self._strokes: list[Stroke] = []
        self._now: list[Point] = []
        self._hint = ""

    def set_look(self, look: DockLook) -> None:
        """Take colours and the width of the pen."""
        self._look = look
        self._redraw()

    def set_hint(self, hint: str) -> None:
        """What an empty sheet says."""
        self._hint = hint
        self._redraw()

    def strokes(self) -> tuple[Stroke, ...]:
        """The finished strokes, points in pixels."""
        return tuple(self._strokes)

    def side(self) -> float:
        """The shorter side in pixels."""
        return float(min(self.width(), self.height()))

    def set_strokes(self, strokes: tuple[Stroke, ...]) -> None:
        """Only this ink from now on."""
        self._strokes = list(strokes)
        self._redraw()

    def undo(self) -> None:
        """Take the last stroke back."""
        if self._strokes:
            self._strokes.pop()
            self._redraw()

    def clear(self) -> None:
        """An empty sheet."""
        self._strokes.clear()
        self._now.clear()
        self._redraw()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The pen comes down."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._now = [(event.position().x(), event.position().y())]
            if not self._strokes:
                self._redraw()
            self._ink(event.position(), event.position())
            self.stroke_begun.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pen draws."""
        if not self._now or len(self._now) > MOST_POINTS:
            return
        last, here = QPointF(*self._now[-1]), event.position()
        if QLineF(last, here).length() >= CLOSE_PX:
            self._now.append((here.x(), here.y()))
            self._ink(last, here)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The pen is lifted."""
        if self._now and event.button() == Qt.MouseButton.LeftButton:
            self._strokes.append(tuple(self._now))
            self._now = []
            self.stroke_ended.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's hook
        """Copy the sheet."""
        painter = QPainter(self)
        painter.drawPixmap(QPointF(0, 0), self._sheet)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A sheet of the new size."""
        super().resizeEvent(event)
        self._redraw()

    def _pen(self) -> QPen:
        pen = QPen(QColor(self._look.colours.ink), self._look.px(PEN_MM))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen

    def _ink(self, start: QPointF, end: QPointF) -> None:
        """Draw one piece and repaint only its surroundings."""
        painter = QPainter(self._sheet)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen())
        painter.drawLine(start, end) if start != end else painter.drawPoint(start)
        painter.end()
        edge = 2.0 * self._look.px(PEN_MM)
        area = QRectF(start, end).normalized().adjusted(-edge, -edge, edge, edge)
        self.update(area.toAlignedRect())

    def _redraw(self) -> None:
        ratio = self.devicePixelRatioF()
        self._sheet = QPixmap(self.size() * ratio)
        self._sheet.setDevicePixelRatio(ratio)
        painter = QPainter(self._sheet)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_paper(painter)
        painter.setPen(self._pen())
        for stroke in (*self._strokes, *((self._now,) if self._now else ())):
            points = [QPointF(x, y) for x, y in stroke]
            painter.drawPolyline(points) if len(points) > 1 else painter.drawPoint(points[0])
        painter.end()
        self.update()

    def _draw_paper(self, painter: QPainter) -> None:
        """White paper with the cross of a copybook, and one word of help while it is empty."""
        colours, area = self._look.colours, QRectF(self.rect())
        painter.fillRect(area, QColor(colours.paper))
        painter.setPen(QPen(QColor(colours.guide), self._look.px(0.4), Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(area.left(), area.center().y(), area.right(), area.center().y()))
        painter.drawLine(QLineF(area.center().x(), area.top(), area.center().x(), area.bottom()))
        painter.setPen(QPen(QColor(colours.line), self._look.px(0.8)))
        painter.drawRect(area)
        if self._hint and not self._strokes and not self._now:
            font = painter.font()
            font.setPixelSize(self._look.label_px(6.5))
            painter.setFont(font)
            painter.setPen(QColor(colours.soft_ink))
            room = self.rect().marginsRemoved(QMargins(*(round(self._look.px(HINT_AIR_MM)),) * 4))
            words = in_lines(self._hint, font, room.size())
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.fillRect(painter.boundingRect(room, flags, words), QColor(colours.paper))
            painter.drawText(room, flags, words)
