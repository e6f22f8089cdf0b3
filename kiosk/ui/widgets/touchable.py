"""What can be touched: a sheet with a ground, a frame, a pressed state, a key for staff, and words for the ear."""

from enum import Enum

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.button_place import SMALLEST_MM
from kiosk.ui.widgets.face import Face

RADIUS_MM = 2.5
BORDER_MM = 0.45
FOCUS_MM = 1.0
PRESSED_MM = 1.2
#: From the right edge to the name of the key.
KEYS_MM = 1.4
#: Between the words and the name of the key.
KEYS_GAP_MM = 0.5
KEYBOARD_REASONS = frozenset({Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason})


class Kind(Enum):
    """What a button is for. One ``ACTION`` on a screen at most."""

    ACTION = ("orange", "on_orange", "orange_deep", "orange_deep")
    PRIMARY = ("blue", "on_blue", "blue_deep", "blue")
    PLAIN = ("card", "ink", "pressed", "edge")
    QUIET = ("paper", "ink", "pressed", "line")
    DANGER = ("card", "red", "red_soft", "red")

    def __init__(self, ground: str, text: str, pressed: str, border: str) -> None:
        self.ground = ground
        self.text = text
        self.pressed = pressed
        self.border = border


class Touchable(QAbstractButton):
    """A sheet that takes a touch; what stands on it is painted by ``_paint_words`` of a subclass."""

    def __init__(self, theme: Theme, kind: Kind = Kind.PLAIN, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind = kind
        self._note = ""
        self._keys = ""
        self._by_key = False
        self._face: Face | None = None
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keep_face(self) -> None:
        """Keep a picture of it: for those with our own words on pages that are shown again and again."""
        self._face = Face()

    def say(self, text: str, note: str = "") -> None:
        """Put the words in; the text is the accessible name, too. The same words again cost nothing."""
        if text == self.text() == self.accessibleName() and note == self._note:
            return
        self._note = note
        self.setText(text)
        self.setShortcut(QKeySequence(self._keys))  # Qt forgets it with every new text
        self.setAccessibleName(text)
        self.setAccessibleDescription(note)
        self._changed()

    def spoken_text(self) -> str:
        """What the button says, for reading aloud and for tests."""
        return f"{self.text()} {self._note}".strip()

    def set_keys(self, keys: str) -> None:
        """The key that presses it, for staff; it is painted at the lower right corner."""
        if keys != self._keys:
            self._keys = keys
            self.setShortcut(QKeySequence(keys))
            self._changed()

    @property
    def kind(self) -> Kind:
        """What touching it means."""
        return self._kind

    def set_kind(self, kind: Kind) -> None:
        """Another purpose."""
        if kind is not self._kind:
            self._kind = kind
            self.update()

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        self._changed()

    def _changed(self) -> None:
        """It is to be measured and painted anew."""
        if self._face is not None:
            self._face.forget()
        self.updateGeometry()
        self.update()

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
        if self._face is None or self.isDown() or self.hasFocus():
            self._draw(painter)
        else:
            theme, kind = self._theme, self._kind
            state = (self.isEnabled(), self.isChecked(), self._keys)
            look = (self.size(), theme.text_size, theme.high_contrast, kind, state)
            self._face.paint(self, painter, look, self._draw)
        painter.end()

    def _draw(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_words(painter)
        if self._keys:
            self._paint_keys(painter)
        if self.focus_shown():
            self._frame(painter, self._focus_colour(), FOCUS_MM, dashed=True)

    def _paint_words(self, painter: QPainter) -> None:
        """What stands on the sheet."""

    def _paint_keys(self, painter: QPainter) -> None:
        """What staff press instead of touching."""
        painter.setFont(self._keys_font())
        painter.setPen(self._text_colour())
        room = self.rect().adjusted(0, 0, -self._theme.px(KEYS_MM), -self._theme.px(0.6))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom), self._keys)

    def keys_px(self) -> int:
        """Pixels at the right that the name of the key takes, 0 without one."""
        if not self._keys:
            return 0
        name = QFontMetrics(self._keys_font()).horizontalAdvance(self._keys)
        return name + self._theme.px(KEYS_MM) + self._theme.px(KEYS_GAP_MM)

    def _keys_font(self) -> QFont:
        font = self._theme.font(Role.SMALL)
        font.setPixelSize(self._theme.px(SMALLEST_MM))
        return font

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame is for people who move by keyboard: a finger needs none."""
        super().focusInEvent(event)
        self._by_key = event.reason() in KEYBOARD_REASONS

    def focus_shown(self) -> bool:
        """Whether the focus frame is painted."""
        return self.hasFocus() and self._by_key

    @property
    def turned_round(self) -> bool:
        """Whether it is chosen in black and white: there no tint says so, and a line alone is missed by weak eyes."""
        chosen = self.isEnabled() and self.isChecked() and not self.isDown()
        return chosen and self._theme.high_contrast

    def _text_colour(self) -> QColor:
        if not self.isEnabled():
            return self._theme.colour("soft")
        if self.turned_round:
            return self._theme.colour("on_blue")
        if self.isDown() and self._kind is Kind.DANGER and self._theme.high_contrast:
            return self._theme.colour("ink")
        return self._theme.colour(self._kind.text)

    def _focus_colour(self) -> QColor:
        """The frame's own colour, or that of the words on a ground on which it would not be seen."""
        same = self._kind is Kind.PRIMARY or (self._kind is Kind.ACTION and self._theme.high_contrast)
        return self._text_colour() if same or self.turned_round else self._theme.colour("focus")

    def _paint_ground(self, painter: QPainter) -> None:
        """Ground and edge. Under the finger both change: the edge by its thickness, too."""
        theme = self._theme
        name, border, mm = self._kind.ground, self._kind.border, BORDER_MM
        if not self.isEnabled():
            name, border = "paper", "line"
        elif self.isDown():
            name, border, mm = self._kind.pressed, "ink", PRESSED_MM
        elif self.isChecked():
            name, border, mm = "blue" if self.turned_round else "blue_soft", "blue", FOCUS_MM
        width = theme.px(mm)
        pen = QPen(theme.colour(border), width)
        if not self.isEnabled():
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setBrush(theme.colour(name))
        painter.setPen(pen)
        half = width / 2
        radius = theme.px(RADIUS_MM)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)

    def _frame(self, painter: QPainter, colour: QColor, mm: float, *, dashed: bool) -> None:
        width = self._theme.px(mm)
        pen = QPen(colour, width, Qt.PenStyle.DotLine if dashed else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = self._theme.px(1.4)
        painter.drawRoundedRect(
            self.rect().adjusted(inset, inset, -inset, -inset), self._theme.px(2), self._theme.px(2)
        )
