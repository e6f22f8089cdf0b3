"""The full-screen fault: one sentence, what to do, what was saved, a code for staff."""

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from kiosk.ui.chrome import dress_column
from kiosk.ui.context import UiContext
from kiosk.ui.route import FAULT, Fault
from kiosk.ui.screen import Screen
from kiosk.ui.theme import Role


class FaultScreen(Screen):
    """Stands in front of everything while something is broken."""

    name = FAULT
    full_screen = True

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._fault: Fault | None = None
        self._title, self._sentence, self._what_to_do = QLabel(self), QLabel(self), QLabel(self)
        self._saved, self._code = QLabel(self), QLabel(self)
        self._button = QPushButton(self)
        self._button.clicked.connect(self._touched)
        self._column = column = QVBoxLayout(self)
        column.addStretch(1)
        for label in (self._title, self._sentence, self._what_to_do, self._saved, self._code):
            label.setWordWrap(True)
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
        self._title.setText(self.text("fault.title"))
        self._sentence.setText(self.text(fault.key, **params))
        self._what_to_do.setText(self.text(fault.what_to_do, **params))
        self._saved.setText(self.text(fault.saved) if fault.saved is not None else "")
        self._saved.setVisible(fault.saved is not None)
        self._code.setText(self.text("fault.code", code=fault.code))
        self._code.setVisible(bool(fault.code))
        self._button.setText(self.text("fault.retry" if fault.retry else "fault.restart"))

    def retheme(self) -> None:
        """Take sizes and colours."""
        theme = self.ctx.theme
        for label, role, bold in (
            (self._title, Role.HERO, True),
            (self._sentence, Role.FACT, True),
            (self._what_to_do, Role.LEAD, False),
            (self._saved, Role.LEAD, False),
            (self._code, Role.LEAD, False),
        ):
            label.setFont(theme.font(role, bold=bold))
        dress_column(self._column, self._button, theme)

    @Slot()
    def _touched(self) -> None:
        """A device gets another chance; after a bug nobody goes on with a broken form."""
        fault = self._fault
        navigator = self.ctx.navigator
        if fault is not None and not fault.retry and navigator.staff is None:
            navigator.end_visit()
        navigator.clear_fault()
