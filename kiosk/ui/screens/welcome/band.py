"""The band at the head of the first page while something stands: whose, and one touch that ends it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.text import Text

BUTTON_MM, PAD_MM, GAP_MM = 18.0, 2.0, 4.0


class StandingBand(Card):
    """宋**，您办完了吗？ · 我办完了. It stands where the name of the station is else, so that nothing below it moves.

    Signals:
        ended: the person is done, or does not want to go on.
        resumed: back into the form.
    """

    ended = Signal()
    resumed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, ground="orange_soft", line="orange_deep")
        self.setAccessibleName("standing")
        self._said = Text(theme, Role.LEAD, bold=True)
        self._go_on = BigButton(theme, Kind.PRIMARY, icon_name="pencil", height_mm=BUTTON_MM)
        self._end = BigButton(theme, Kind.PLAIN, height_mm=BUTTON_MM)
        self._go_on.clicked.connect(self.resumed)
        self._end.clicked.connect(self.ended)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._said, 1)
        self._row.addWidget(self._go_on)
        self._row.addWidget(self._end)
        self.retheme()

    def say(self, sentence: str, end: str, go_on: str = "") -> None:
        """Put the words in; without ``go_on`` there is no form to go on with."""
        self._said.setText(sentence)
        self._go_on.say(go_on)
        self._go_on.setVisible(bool(go_on))
        self._end.set_icon("cross" if go_on else "check")
        self._end.say(end)

    def wipe(self) -> None:
        """Forget whose it was."""
        self._said.setText("")

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        super().retheme()
        pad = self._theme.px(PAD_MM)
        self._row.setContentsMargins(2 * pad, pad, pad, pad)
        self._row.setSpacing(self._theme.px(GAP_MM))
        for part in (self._said, self._go_on, self._end):
            part.retheme()
