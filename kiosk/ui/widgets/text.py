"""Text on the screen: a label with a role and a tone."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kiosk.ui.theme import SMALLEST_TEXT_MM, Role, Theme
from kiosk.ui.widgets.fitting import WRAP, fitted, in_lines, text_size

#: A single line that is not to wrap is measured as if there were no end to the right.
ENDLESS_PX = 100_000
#: Rounding.
SLACK_PX = 1


class Text(QLabel):
    """Plain text that wraps. ``tone`` names a colour of the palette (ink, soft, blue, green, red …).

    Where a layout has less room for it than it needs, it is written smaller, never below the smallest readable size:
    words longer than those the page was made for are all there.
    """

    def __init__(
        self,
        theme: Theme,
        role: Role = Role.BODY,
        *,
        tone: str = "ink",
        bold: bool = False,
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._tone = tone
        self._bold = bold
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.retheme()

    def set_tone(self, tone: str, *, bold: bool | None = None) -> None:
        """Another colour of the palette, and another weight if it is named; the same in another palette, too."""
        self._tone = tone
        self._bold = self._bold if bold is None else bold
        self.retheme()

    @property
    def role(self) -> Role:
        """What it is for."""
        return self._role

    def set_role(self, role: Role) -> None:
        """Another size."""
        self._role = role
        self.retheme()

    def retheme(self) -> None:
        """Take font and colour from the theme."""
        self.setFont(self._theme.font(self._role, bold=self._bold))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.colour(self._tone))
        self.setPalette(palette)

    def words_fit(self) -> bool:
        """Whether all words are painted whole in the room that is there: what a test of a screen asks."""
        return self._fits(self._written())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lines of about the same length; a text on one line, which has its room, is painted as any label's."""
        room, words, font = self.contentsRect(), self.text(), self.font()
        as_it_is = self._fits(font)
        if as_it_is and (not self.wordWrap() or room.height() < 2 * font.pixelSize()):
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        if not as_it_is:
            font = self._written()
            painter.setFont(font)
        lines = in_lines(words, font, room.size()) if self.wordWrap() else words
        painter.drawText(room, int(self.alignment() | (WRAP if self.wordWrap() else 0)), lines)
        painter.end()

    def _fits(self, font: QFont) -> bool:
        room = self.contentsRect().size()
        size = text_size(self.text(), font, room.width() if self.wordWrap() else ENDLESS_PX)
        return size.width() <= room.width() + SLACK_PX and size.height() <= room.height() + SLACK_PX

    def _written(self) -> QFont:
        """The font, or a smaller one where the room is not enough."""
        font = self.font()
        if self._fits(font):
            return font
        least = min(font.pixelSize(), self._theme.px(SMALLEST_TEXT_MM))
        room = self.contentsRect().size()
        if self.wordWrap():
            return fitted(self.text(), font, room + QSize(0, SLACK_PX), least)
        one_line = text_size(self.text(), font, ENDLESS_PX)
        share = min(1.0, room.width() / max(1, one_line.width()), room.height() / max(1, one_line.height()))
        font.setPixelSize(max(least, int(font.pixelSize() * share)))
        return font
