"""The full-screen countdown when nobody has touched the screen for a while. Any touch goes on."""

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.ui.chrome import dress_message
from kiosk.ui.context import UiContext
from kiosk.ui.screen import Screen
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.text import Text

#: The seconds are read from two metres away.
NUMBER_MM = 40.0


class IdleWarning(Screen):
    """Lies over the whole window. ``enter`` gets the seconds left."""

    name = "idle_warning"
    full_screen = True

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._seconds = 0
        self.setAutoFillBackground(True)
        theme = ctx.theme
        self._title = Text(theme, Role.HERO, bold=True, parent=self)
        self._number = Text(theme, Role.HERO, tone="blue", bold=True, parent=self)
        self._explain = Text(theme, Role.LEAD, parent=self)
        self._button = BigButton(theme, Kind.ACTION, parent=self)
        self._column = column = QVBoxLayout(self)
        column.addStretch(1)
        for label in (self._title, self._number, self._explain):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - the seconds left
        """Begin the countdown."""
        self._seconds = int(params)
        self.retranslate()

    @Slot(int)
    def count(self, seconds: int) -> None:
        """So many seconds are left."""
        self._seconds = seconds
        self.retranslate()

    def retranslate(self) -> None:
        """Put the words in."""
        self._title.setText(self.text("idle.title"))
        self._number.setText(self.text("idle.seconds", n=self._seconds))
        self._explain.setText(self.text("idle.explain", seconds=self._seconds))
        self._button.say(self.text("idle.continue"))

    def retheme(self) -> None:
        """Take sizes and colours."""
        theme = self.ctx.theme
        for label in (self._title, self._number, self._explain):
            label.retheme()
        number = theme.font(Role.HERO, bold=True)
        number.setPixelSize(theme.px(NUMBER_MM))
        self._number.setFont(number)
        dress_message(self._column, self._button, theme)

    def voice_text(self) -> list[str]:
        """Not the number: it would be wrong by the time it is spoken."""
        return [self.text("idle.voice")]
