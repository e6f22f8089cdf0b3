"""A count that can be typed or stepped: digits between a minus and a plus."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.domain.numbers import parse_count
from kiosk.domain.refusal import Refusal
from kiosk.ui.input.wish import InputWish
from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.buttons import BigButton
from kiosk.ui.widgets.fields import Field

LONGEST, BUTTON_MM = 9, 24.0
REPEAT_DELAY_MS, REPEAT_MS = 900, 180


class CountField(Field):
    """A field for a count. Nothing typed is changed by itself: 0 and a million are told by the rules, in words."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        self._buttons: tuple[BigButton, ...] = ()  # the base class dresses itself before we are made
        super().__init__(
            theme, name, InputWish.DIGITS, role=Role.FACT, max_length=LONGEST, height_mm=20.0, parent=parent
        )
        self._less = BigButton(theme, icon_name="minus", role=Role.BODY)
        self._more = BigButton(theme, icon_name="plus", role=Role.BODY)
        self._buttons = (self._less, self._more)
        self._less.clicked.connect(self._down)
        self._more.clicked.connect(self._up)
        for button in self._buttons:
            button.setAutoRepeat(True)
            button.setAutoRepeatDelay(REPEAT_DELAY_MS)
            button.setAutoRepeatInterval(REPEAT_MS)
        at = self._column.indexOf(self.line)
        self._column.removeWidget(self.line)
        self._row = QHBoxLayout()
        self._row.addWidget(self._less)
        self._row.addWidget(self.line, 1)
        self._row.addWidget(self._more)
        self._column.insertLayout(at, self._row)
        self.retheme()

    def say_steps(self, less: str, more: str, shown: tuple[str, str]) -> None:
        """Names of the two buttons as they are read aloud, and the short words beside minus and plus."""
        for button, word, name in zip(self._buttons, shown, (less, more), strict=True):
            button.say(word)
            button.setAccessibleName(name)

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        super().retheme()
        for button in self._buttons:
            button.retheme()
            button.setMinimumWidth(self._theme.px(BUTTON_MM))
            button.setFixedHeight(self.line.height())
        if self._buttons:
            self._row.setSpacing(self._theme.px(4))

    def _step(self, by: int) -> None:
        try:
            value = parse_count(self.text or "0", self.field_name)
        except Refusal:
            return  # it is said below the line already
        self.set_text(str(max(1, value + by)))

    @Slot()
    def _down(self) -> None:
        self._step(-1)

    @Slot()
    def _up(self) -> None:
        self._step(1)
