"""The full-screen fault: one sentence, what to do, what was saved, a code for staff."""

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kiosk.ui.chrome import dress_message
from kiosk.ui.context import UiContext
from kiosk.ui.preferences import TextSize
from kiosk.ui.route import FAULT, Fault
from kiosk.ui.screen import Screen
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.icons import icon
from kiosk.ui.widgets.text import Text

ICON_MM = 40.0


class FaultScreen(Screen):
    """Stands in front of everything while something is broken."""

    name = FAULT
    full_screen = True
    can_call = True

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._fault: Fault | None = None
        theme = ctx.theme
        self._mark = QLabel(self)
        self._portrait = True
        self._title = Text(theme, Role.HERO, bold=True, parent=self)
        self._sentence = Text(theme, Role.FACT, bold=True, parent=self)
        self._what_to_do, self._saved = (Text(theme, Role.LEAD, parent=self) for _ in range(2))
        self._code = Text(theme, Role.LEAD, bold=True, parent=self)
        self._lines = (self._title, self._sentence, self._what_to_do, self._saved, self._code)
        self._button = BigButton(theme, Kind.ACTION, parent=self)
        self._button.clicked.connect(self._touched)
        self._column = column = QVBoxLayout(self)
        column.addStretch(1)
        for label in (self._mark, *self._lines):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - a Fault
        """Say the fault."""
        self._fault = params
        self.retranslate()

    def retranslate(self) -> None:
        """Put the words in."""
        fault = self._fault
        if fault is None:
            return
        params = dict(fault.params)
        self._title.setText(self.text(fault.title))
        self._sentence.setText(self.text(fault.key, **params))
        self._what_to_do.setText(self.text(fault.what_to_do, **params))
        self._saved.setText(self.text(fault.saved) if fault.saved is not None else "")
        self._saved.setVisible(fault.saved is not None)
        self._code.setText(self.text("fault.code", code=fault.code))
        self._code.setVisible(bool(fault.code))
        self._button.say(self.text("fault.retry" if fault.retry else "fault.restart"))

    def arrange(self, *, portrait: bool) -> None:
        """The sign goes where the page is low and the letters are large."""
        self._portrait = portrait
        self._mark.setVisible(portrait or self.ctx.theme.text_size is not TextSize.HUGE)

    def retheme(self) -> None:
        """Take sizes and colours."""
        self.arrange(portrait=self._portrait)
        for label in self._lines:
            label.retheme()
        self._mark.setPixmap(icon("warning", self.ctx.theme.palette.red, self.ctx.theme.px(ICON_MM)))
        dress_message(self._column, self._button, self.ctx.theme)

    @Slot()
    def _touched(self) -> None:
        """A device gets another chance; after a bug nobody goes on with a broken form."""
        fault = self._fault
        navigator = self.ctx.navigator
        if fault is not None and not fault.retry and navigator.staff is None:
            navigator.end_visit()
        navigator.clear_fault()
