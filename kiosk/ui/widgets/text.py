"""Text on the screen: a label with a role and a tone."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.fitting import WRAP, in_lines


class Text(QLabel):
    """Plain text that wraps. ``tone`` names a colour of the palette (ink, soft, blue, green, red …)."""

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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lines of about the same length; a text on one line is painted as any label's."""
        room, words = self.contentsRect(), self.text()
        if not self.wordWrap() or room.height() < 2 * self.font().pixelSize():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(room, int(self.alignment() | WRAP), in_lines(words, self.font(), room.size()))
        painter.end()
