"""Buttons for big hands: painted by ourselves, so that a touch shows at once and no word is ever clipped."""

from enum import Enum

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.fitting import WRAP, fitted, text_size
from kiosk.ui.widgets.icons import icon

WORKER_MM = 20.0
STAFF_MM = 12.7
RADIUS_MM = 2.5
BORDER_MM = 0.45
FOCUS_MM = 1.0
PAD_MM = 4.0
SMALLEST_MM = 5.0


class Kind(Enum):
    """What a button is for. One ``ACTION`` on a screen at most."""

    ACTION = ("orange", "on_orange", "orange_deep", "orange_deep")
    PRIMARY = ("blue", "on_blue", "blue_deep", "blue")
    PLAIN = ("card", "ink", "pressed", "line")
    QUIET = ("paper", "ink", "pressed", "paper")
    DANGER = ("card", "red", "red_soft", "red")

    def __init__(self, ground: str, text: str, pressed: str, border: str) -> None:
        self.ground = ground
        self.text = text
        self.pressed = pressed
        self.border = border


class BigButton(QAbstractButton):
    """An icon and a word. The icon stands left of the word, or above it with ``upright``.

    ``note`` is a second, smaller line. Checkable buttons show a check mark and a blue frame, not a colour alone.
    """

    def __init__(
        self,
        theme: Theme,
        kind: Kind = Kind.PLAIN,
        *,
        icon_name: str = "",
        upright: bool = False,
        role: Role = Role.LEAD,
        height_mm: float = WORKER_MM,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind = kind
        self._icon = icon_name
        self._upright = upright
        self._role = role
        self._height_mm = height_mm
        self._note = ""
        self._bold = kind is not Kind.QUIET
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def say(self, text: str, note: str = "") -> None:
        """Put the words in; the text is the accessible name, too."""
        self._note = note
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(note)
        self.updateGeometry()
        self.update()

    def spoken_text(self) -> str:
        """What the button says, for reading aloud and for tests."""
        return f"{self.text()} {self._note}".strip()

    def set_icon(self, name: str) -> None:
        """Another icon."""
        self._icon = name
        self.update()

    def set_kind(self, kind: Kind) -> None:
        """Another purpose."""
        self._kind = kind
        self.update()

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the words on one line where possible."""
        px = self._theme.px
        font = self._font()
        words = text_size(self.text(), font, px(400))
        note = text_size(self._note, self._note_font(), px(400)) if self._note else QSize()
        width = max(words.width(), note.width()) + 2 * px(PAD_MM)
        height = words.height() + note.height() + 2 * px(PAD_MM / 2)
        if self._icon:
            if self._upright:
                height += self._icon_px() + px(1.5)
            else:
                width += self._icon_px() + px(3)
        return QSize(max(width, px(self._height_mm)), max(height, px(self._height_mm)))

    def minimumSizeHint(self) -> QSize:
        """Never below the size of a finger."""
        px = self._theme.px
        return QSize(px(self._height_mm), min(self.sizeHint().height(), px(self._height_mm * 1.6)))

    def changeEvent(self, event: QEvent) -> None:
        """Enabled or not is painted."""
        super().changeEvent(event)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """No hover: a finger has none."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's hook
        """Paint ground, frame, icon and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_words(painter)
        if self.hasFocus():
            self._frame(painter, self._theme.colour("focus"), FOCUS_MM, dashed=True)
        painter.end()

    def _font(self) -> QFont:
        return self._theme.font(self._role, bold=self._bold)

    def _note_font(self) -> QFont:
        return self._theme.font(Role.SMALL)

    def _icon_px(self) -> int:
        return self._theme.px(16 if self._upright else 9)

    def _text_colour(self) -> QColor:
        if not self.isEnabled():
            return self._theme.colour("soft")
        if self.isDown() and self._kind is Kind.DANGER and self._theme.high_contrast:
            return self._theme.colour("ink")
        return self._theme.colour(self._kind.text)

    def _paint_ground(self, painter: QPainter) -> None:
        theme = self._theme
        name = self._kind.pressed if self.isDown() else self._kind.ground
        border = self._kind.border
        if not self.isEnabled():
            name, border = "paper", "line"
        elif self.isChecked():
            name, border = ("pressed" if self.isDown() else "blue_soft"), "blue"
        painter.setBrush(theme.colour(name))
        width = theme.px(FOCUS_MM if self.isChecked() else BORDER_MM)
        pen = QPen(theme.colour(border), width)
        if not self.isEnabled():
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        half = width / 2
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(half, half, -half, -half), theme.px(RADIUS_MM), theme.px(RADIUS_MM)
        )

    def _frame(self, painter: QPainter, colour: QColor, mm: float, *, dashed: bool) -> None:
        width = self._theme.px(mm)
        pen = QPen(colour, width, Qt.PenStyle.DotLine if dashed else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = self._theme.px(1.4)
        painter.drawRoundedRect(
            self.rect().adjusted(inset, inset, -inset, -inset), self._theme.px(2), self._theme.px(2)
        )

    def _paint_words(self, painter: QPainter) -> None:
        theme = self._theme
        room = self.rect().adjusted(theme.px(PAD_MM / 2), theme.px(1), -theme.px(PAD_MM / 2), -theme.px(1))
        if self.isChecked():
            self._paint_check(painter)
            if not self._upright:
                room.setRight(room.right() - theme.px(9))
        colour = self._text_colour()
        painter.setPen(colour)
        if self._icon and self._upright:
            self._paint_upright(painter, room, colour)
        elif self._icon:
            self._paint_row(painter, room, colour)
        else:
            self._paint_text(painter, room, Qt.AlignmentFlag.AlignHCenter)

    def _paint_check(self, painter: QPainter) -> None:
        size = self._theme.px(8)
        tint = self._theme.palette.blue
        at = QPoint(self.width() - size - self._theme.px(2), self._theme.px(2))
        if not self._upright:
            at.setY((self.height() - size) // 2)
        painter.drawPixmap(at, icon("checked", tint, size))

    def _paint_upright(self, painter: QPainter, room: QRect, colour: QColor) -> None:
        size = min(self._icon_px(), max(self._theme.px(8), room.height() // 2))
        gap = self._theme.px(1.5)
        words = self._block_height(QSize(room.width(), room.height() - size - gap))
        top = room.top() + max(0, (room.height() - size - gap - words) // 2)
        tint = self._theme.palette.blue if self._kind in (Kind.PLAIN, Kind.QUIET) else colour.name()
        painter.drawPixmap(room.center().x() - size // 2, top, icon(self._icon, tint, size))
        below = QRect(room.left(), top + size + gap, room.width(), room.bottom() - top - size - gap + 1)
        self._paint_text(painter, below, Qt.AlignmentFlag.AlignHCenter, top=True)

    def _paint_row(self, painter: QPainter, room: QRect, colour: QColor) -> None:
        size, gap = self._icon_px(), self._theme.px(3)
        limit = room.width() - size - gap
        width = min(limit, max(text_size(self.text(), self._font(), limit).width(), self._note_width(limit)))
        left = room.left() + max(0, (room.width() - size - gap - width) // 2)
        painter.drawPixmap(left, self.rect().center().y() - size // 2, icon(self._icon, colour.name(), size))
        beside = QRect(left + size + gap, room.top(), limit, room.height())
        self._paint_text(painter, beside, Qt.AlignmentFlag.AlignLeft)

    def _note_width(self, limit: int) -> int:
        return text_size(self._note, self._note_font(), limit).width() if self._note else 0

    def _block_height(self, room: QSize) -> int:
        font = fitted(self.text(), self._font(), room, self._theme.px(SMALLEST_MM))
        height = text_size(self.text(), font, room.width()).height()
        if self._note:
            height += text_size(self._note, self._note_font(), room.width()).height()
        return height

    def _paint_text(
        self, painter: QPainter, room: QRect, align: Qt.AlignmentFlag, *, top: bool = False
    ) -> None:
        note_height = text_size(self._note, self._note_font(), room.width()).height() if self._note else 0
        space = QSize(room.width(), room.height() - note_height)
        font = fitted(self.text(), self._font(), space, self._theme.px(SMALLEST_MM))
        height = text_size(self.text(), font, room.width()).height()
        y = room.top() if top else room.top() + max(0, (room.height() - height - note_height) // 2)
        painter.setFont(font)
        painter.drawText(QRect(room.left(), y, room.width(), height), int(align | WRAP), self.text())
        if self._note:
            painter.setFont(self._note_font())
            below = QRect(room.left(), y + height, room.width(), note_height)
            painter.drawText(below, int(align | WRAP), self._note)


class Choice(BigButton):
    """A button that stays chosen: one of several, or any of several."""

    def __init__(
        self,
        theme: Theme,
        *,
        icon_name: str = "",
        upright: bool = False,
        role: Role = Role.LEAD,
        height_mm: float = WORKER_MM,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme,
            Kind.PLAIN,
            icon_name=icon_name,
            upright=upright,
            role=role,
            height_mm=height_mm,
            parent=parent,
        )
        self.setCheckable(True)
