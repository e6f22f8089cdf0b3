"""A number with a minus and a plus: how many people, how many hours."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.buttons import WORKER_MM, BigButton
from kiosk.ui.widgets.text import Text

#: Held down, the buttons go on counting; not so soon that a slow finger counts twice.
REPEAT_DELAY_MS, REPEAT_MS = 900, 180
WAYS = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Plus: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Minus: -1,
}
VALUE_MM, BUTTON_MM, GAP_MM = 40.0, 30.0, 4.0


class Stepper(QWidget):
    """− value +. The arrow keys count, too.

    Signals:
        changed(int): a person set another value (not sent by ``set_value``).
    """

    changed = Signal(int)

    def __init__(
        self,
        theme: Theme,
        name: str,
        least: int,
        most: int,
        *,
        step: int = 1,
        height_mm: float = WORKER_MM,
        parent: QWidget | None = None,
    ) -> None:
        """Make a stepper that stands at ``least``.

        Args:
            theme: the look.
            name: accessible name.
            least: smallest value.
            most: largest value.
            step: how far one touch goes.
            height_mm: height of the buttons.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._theme = theme
        self._least, self._most, self._step = least, most, step
        self._value = least
        self._say: Callable[[int], str] = str
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._less = self._button("minus", height_mm)
        self._more = self._button("plus", height_mm)
        for button in (self._less, self._more):
            button.stand_with((self._less, self._more))
        self._shown = Text(theme, Role.FACT, bold=True, wrap=False)
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._less)
        self._row.addWidget(self._shown, 1)
        self._row.addWidget(self._more)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._less.clicked.connect(self._down)
        self._more.clicked.connect(self._up)
        self.retheme()
        self._show()

    def say(
        self, less: str, more: str, value: Callable[[int], str] = str, *, shown: tuple[str, str] = ("", "")
    ) -> None:
        """Put the words in.

        Args:
            less: what the minus button is called when read aloud.
            more: the same of the plus button.
            value: how a value is written.
            shown: the short words beside minus and plus.
        """
        for button, word, name in zip((self._less, self._more), shown, (less, more), strict=True):
            button.say(word)
            button.setAccessibleName(name)
        self._say = value
        self._show()

    @property
    def value(self) -> int:
        """The value now."""
        return self._value

    def set_value(self, value: int) -> None:
        """Set it, brought within its limits."""
        self._value = min(self._most, max(self._least, value))
        self._show()

    def set_limits(self, least: int, most: int) -> None:
        """Other limits; the value is brought within them."""
        self._least, self._most = least, most
        self.set_value(self._value)

    def wipe(self) -> None:
        """Back to the smallest value."""
        self.set_value(self._least)

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        for part in (self._less, self._shown, self._more):
            part.retheme()
        self._row.setSpacing(self._theme.px(GAP_MM))
        for button in (self._less, self._more):
            button.setMinimumWidth(self._theme.px(BUTTON_MM))
        self._widen()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys on either button: Qt would move the focus with them."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            way = WAYS.get(Qt.Key(event.key()), 0)
            self._go(way * self._step)
            return way != 0
        return super().eventFilter(watched, event)

    def _button(self, icon_name: str, height_mm: float) -> BigButton:
        button = BigButton(self._theme, icon_name=icon_name, role=Role.BODY, height_mm=height_mm, parent=self)
        button.setAutoRepeat(True)
        button.setAutoRepeatDelay(REPEAT_DELAY_MS)
        button.setAutoRepeatInterval(REPEAT_MS)
        button.installEventFilter(self)
        return button

    @Slot()
    def _down(self) -> None:
        self._go(-self._step)

    @Slot()
    def _up(self) -> None:
        self._go(self._step)

    def _go(self, by: int) -> None:
        before = self._value
        self.set_value(before + by)
        if self._value != before:
            self.changed.emit(self._value)

    def _show(self) -> None:
        self._shown.setText(self._say(self._value))
        self._widen()
        self._less.setEnabled(self._value > self._least)
        self._more.setEnabled(self._value < self._most)

    def _widen(self) -> None:
        """The value has its room, or is written smaller; the buttons stay near it however wide the place is."""
        px = self._theme.px
        value = max(px(VALUE_MM), self._shown.sizeHint().width())
        self._shown.setMinimumWidth(px(VALUE_MM))
        self.setMaximumWidth(value + 2 * (px(BUTTON_MM) + px(GAP_MM)) + px(VALUE_MM) // 2)
