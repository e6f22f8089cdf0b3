"""Beside a mistake: what to write instead, by which law, and where it can be told, one touch that mends it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.ui.screens.hire.problems import Problem
from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.frames import TONES, Card
from kiosk.ui.widgets.text import Text

MEND_MM = 16.0


class Remedy(Card):
    """Hidden while there is nothing to say.

    Signals:
        taken: the touch that mends it.
    """

    taken = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._sentence = Text(theme, Role.BODY, bold=True)
        self._advice = Text(theme, Role.BODY)
        self._law = Text(theme, Role.SMALL, tone="soft")
        self._mend = BigButton(theme, Kind.PRIMARY, icon_name="pencil", role=Role.BODY, height_mm=MEND_MM)
        self._mend.clicked.connect(self.taken)
        self._column = QVBoxLayout(self)
        for part in (self._sentence, self._advice, self._mend, self._law):
            self._column.addWidget(part)
        self.setAccessibleName("remedy")
        self.retheme()
        self.wipe()

    def say(self, problem: Problem | None, mend: str = "", *, beside: bool = True) -> None:
        """Show what there is to a problem.

        Args:
            problem: None for nothing.
            mend: the word on the button that mends it; "" for no button.
            beside: the sentence itself stands beside its field already.
        """
        # A law alone beside "at least one person" teaches nobody anything.
        shown = problem is not None and bool(problem.advice or mend or not beside)
        self.setVisible(shown)
        if problem is None or not shown:
            return
        ground, line, _ = TONES["error" if problem.blocks else "warn"]
        self.set_ground(ground, line)
        self._say(self._sentence, "" if beside else problem.sentence)
        self._say(self._advice, "" if mend else problem.advice)
        self._say(self._law, problem.law)
        self._mend.say(mend)
        self._mend.setVisible(bool(mend))

    def wipe(self) -> None:
        """Nothing to say."""
        self.setVisible(False)
        for part in (self._sentence, self._advice, self._law):
            part.setText("")

    def retheme(self) -> None:
        """Sizes have changed."""
        super().retheme()
        pad = self._theme.px(2.5)
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(self._theme.px(2))

    def _say(self, part: Text, sentence: str) -> None:
        part.setText(sentence)
        part.setVisible(bool(sentence))
