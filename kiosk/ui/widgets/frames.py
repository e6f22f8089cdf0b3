"""Grounds and frames: cards, banners, lines."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.buttons import BOLD_LINE
from kiosk.ui.widgets.icons import icon
from kiosk.ui.widgets.text import Text
from kiosk.ui.widgets.touchable import BORDER_MM, RADIUS_MM


class Card(QFrame):
    """A sheet on the paper: rounded, one thin line, no shadow."""

    def __init__(
        self, theme: Theme, *, ground: str = "card", line: str = "line", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ground = ground
        self._line = line

    def set_ground(self, ground: str, line: str = "line") -> None:
        """Other colours of the palette."""
        if (ground, line) != (self._ground, self._line):
            self._ground, self._line = ground, line
            self.update()

    def retheme(self) -> None:
        """Colours have changed."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's hook
        """Paint the sheet."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self._theme.px(BORDER_MM)
        painter.setBrush(self._theme.colour(self._ground))
        painter.setPen(QPen(self._theme.colour(self._line), width))
        half = width / 2
        radius = self._theme.px(RADIUS_MM)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)
        painter.end()


TONES = {
    "info": ("blue_soft", "blue", "info"),
    "warn": ("orange_soft", "orange_deep", "warning"),
    "error": ("red_soft", "red", "cross"),
    "good": ("green_soft", "green", "check"),
}


class Banner(Card):
    """One sentence that must be seen, with an icon: info, warn, error or good. Hidden while it says nothing.

    With ``lasting`` it is ours and true for everybody: the end of a visit does not take it away.
    """

    def __init__(
        self, theme: Theme, tone: str = "info", *, lasting: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent=parent)
        self._lasting = lasting
        self._icon = QLabel(self)
        self._text = Text(theme, Role.BODY, bold=True)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._text, 1)
        self._tone = tone
        self.setAccessibleName("banner")
        self.hide()
        self.retheme()

    def say(self, sentence: str, tone: str | None = None) -> None:
        """Show a sentence; an empty one hides the banner."""
        self._tone = tone or self._tone
        self._text.setText(sentence)
        self.retheme()
        self.setVisible(bool(sentence))

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._text.text()

    def wipe(self) -> None:
        """Say nothing."""
        if not self._lasting:
            self.say("")

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        ground, line, name = TONES[self._tone]
        self.set_ground(ground, line)
        colour = getattr(self._theme.palette, line if line != "orange_deep" else "ink")
        self._icon.setPixmap(icon(name, colour, round(self._theme.text_px(Role.BODY) * 1.4), BOLD_LINE))
        pad = self._theme.px(3)
        self._row.setContentsMargins(pad, pad, pad, pad)
        self._row.setSpacing(pad)
        self._text.retheme()
