"""Asked once before something that cannot be undone: what will happen, and two buttons far apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.icons import icon
from kiosk.ui.widgets.text import Text

if TYPE_CHECKING:  # a page has its question, not the other way round
    from kiosk.ui.components.page import Page

#: Air around anything that destroys something; the card is no broader than a hand's way from one answer to the other.
APART_MM, MOST_MM, ICON_MM = 8.0, 260.0, 24.0


class Ask(QWidget):
    """A card in the middle of a page that gives way to it; the safe answer is the larger one.

    The answers stand where no row of actions is, and the row is gone meanwhile; who asked from the middle of the page
    is guarded for a second: no second touch agrees to anything.

    Signals:
        agreed: do it. What the page shows otherwise is back already.
        declined: leave everything as it is.
    """

    agreed = Signal()
    declined = Signal()

    def __init__(self, page: Page, front: QWidget | None = None, *, yes_icon: str = "cross") -> None:
        """Make a question, hidden until ``begin``.

        Args:
            page: which asks; it is added to its body.
            front: what the page shows while nothing is asked; None for a page that only asks.
            yes_icon: what agreeing does.
        """
        super().__init__()
        self._page, self._front, self._theme = page, front, page.theme
        self._card = Card(page.theme, line="red")
        self._mark = QLabel()
        self._question = Text(page.theme, Role.FACT, bold=True)
        self._what_happens = Text(page.theme, Role.LEAD)
        self._no = BigButton(page.theme, Kind.PRIMARY, icon_name="left")
        self._yes = BigButton(page.theme, Kind.DANGER, icon_name=yes_icon)
        self._no.clicked.connect(self._decline)
        self._yes.clicked.connect(self._agree)
        self._row = QHBoxLayout()
        self._row.addWidget(self._no, 3)
        self._row.addWidget(self._yes, 2)
        self._inside = QVBoxLayout(self._card)
        for part in (self._mark, self._question, self._what_happens):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._inside.addWidget(part)
        self._inside.addLayout(self._row)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._card, 10_000)
        across.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addLayout(across)
        column.addStretch(1)
        self.hide()
        page.body.addWidget(self, 1)

    @property
    def asking(self) -> bool:
        """Whether the page shows the question."""
        return not self.isHidden()

    def begin(self) -> None:
        """Ask: the page's contents and its actions give way."""
        self._show(asking=True)
        self._page.ctx.gate.guard(confirms=True)

    def end(self) -> None:
        """The page is back."""
        self._show(asking=False)

    def say(self, question: str, what_happens: str, yes: str, no: str) -> None:
        """Put the words in."""
        self._question.setText(question)
        self._what_happens.setText(what_happens)
        self._yes.say(yes)
        self._no.say(no)

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        px = self._theme.px
        self._mark.setPixmap(icon("question", self._theme.palette.red, px(ICON_MM)))
        self._card.setMaximumWidth(px(MOST_MM))
        self._inside.setContentsMargins(px(APART_MM), px(APART_MM), px(APART_MM), px(APART_MM))
        self._inside.setSpacing(px(6))
        self._row.setContentsMargins(0, px(6), 0, 0)
        self._row.setSpacing(px(APART_MM))

    def _show(self, *, asking: bool) -> None:
        self.setVisible(asking)
        self._page.foot.setVisible(not asking)
        if self._front is not None:
            self._front.setVisible(not asking)

    def _agree(self) -> None:
        self._close()
        self.agreed.emit()

    def _decline(self) -> None:
        self._close()
        self.declined.emit()

    def _close(self) -> None:
        """What lies under the finger now was not meant; a page that only asks is left, and guarded by that."""
        if self._front is not None:
            self.end()
            self._page.ctx.gate.guard()
