"""Asked once before something that cannot be undone: what will happen, and two buttons far apart."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.text import Text

#: Air around anything that destroys something.
APART_MM = 8.0


class Ask(Card):
    """A question in the middle of the page; the safe answer is the larger one.

    Signals:
        agreed: do it.
        declined: leave everything as it is.
    """

    agreed = Signal()
    declined = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, ground="card", line="red", parent=parent)
        self._question = Text(theme, Role.FACT, bold=True)
        self._what_happens = Text(theme, Role.LEAD)
        self._no = BigButton(theme, Kind.PRIMARY, icon_name="left")
        self._yes = BigButton(theme, Kind.DANGER, icon_name="cross")
        self._no.clicked.connect(self.declined)
        self._yes.clicked.connect(self.agreed)
        self._row = QHBoxLayout()
        self._row.addWidget(self._no, 3)
        self._row.addWidget(self._yes, 2)
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        for part in (self._question, self._what_happens):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._column.addLayout(self._row)
        self.hide()

    def say(self, question: str, what_happens: str, yes: str, no: str) -> None:
        """Put the words in."""
        self._question.setText(question)
        self._what_happens.setText(what_happens)
        self._yes.say(yes)
        self._no.say(no)

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        super().retheme()
        px = self._theme.px
        self._column.setContentsMargins(px(APART_MM), px(APART_MM), px(APART_MM), px(APART_MM))
        self._column.setSpacing(px(6))
        self._row.setSpacing(px(APART_MM))
        for part in (self._question, self._what_happens, self._no, self._yes):
            part.retheme()
