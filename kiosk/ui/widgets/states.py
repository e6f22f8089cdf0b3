"""What a place says when there is nothing to show in it: nothing found, wait, something is wrong."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.fitting import text_size
from kiosk.ui.widgets.icons import icon
from kiosk.ui.widgets.text import Text

ICON_MM, ACT_MM = 32.0, 100.0
#: Sentence and what to do; the larger ones where they take less than so much of the place.
USUAL, LARGE = (Role.LEAD, Role.BODY), (Role.FACT, Role.LEAD)
LARGE_PART = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """Why there is nothing, in finished words.

    Attributes:
        sentence: what is the matter.
        do: what to do next.
        action: the word of a touch that does it; "" for none.
        icon_name: "" keeps the one that the place was made with.
    """

    sentence: str
    do: str = ""
    action: str = ""
    icon_name: str = ""


class PlaceNote(QWidget):
    """A large icon, a sentence, what to do about it and the touch that does it; in the middle of its place.

    Signals:
        acted: the touch.
    """

    acted = Signal()

    def __init__(
        self, theme: Theme, icon_name: str, *, tone: str = "blue", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._own_icon = self._icon_name = icon_name
        self._tone = tone
        self._icon = QLabel(self)
        self._sentence = Text(theme, Role.LEAD, bold=True)
        self._what_to_do = Text(theme, Role.BODY, tone="soft")
        self._act = BigButton(theme, Kind.ACTION, icon_name="right")
        self._act.clicked.connect(self.acted)
        self._act.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch(1)
        for part in (self._icon, self._sentence, self._what_to_do):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._column.addWidget(part)
        self._column.addWidget(self._act, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self.retheme()

    def say(self, sentence: str, what_to_do: str = "") -> None:
        """Put the words in."""
        self.show_blank(Blank(sentence=sentence, do=what_to_do))

    def show_blank(self, blank: Blank) -> None:
        """Put words, icon and touch in."""
        self._sentence.setText(blank.sentence)
        self._what_to_do.setText(blank.do)
        self._what_to_do.setVisible(bool(blank.do))
        self._act.say(blank.action)
        self._act.setVisible(bool(blank.action))
        self._fit()
        name = blank.icon_name or self._own_icon
        if name != self._icon_name:
            self._icon_name = name
            self.retheme()

    def set_icon(self, name: str, tone: str = "blue") -> None:
        """Another icon, in another colour of the palette."""
        self._own_icon = self._icon_name = name
        self._tone = tone
        self.retheme()

    def minimumSizeHint(self) -> QSize:
        """The words; the icon goes where there is no height for it (above the dock)."""
        return QSize(self._theme.px(40), self._words_px(USUAL))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With or without the icon, in larger letters or in the usual ones."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A note that has a page for itself is read from further away."""
        icon_px = self._theme.px(ICON_MM) + 2 * self._column.spacing()
        large = self._words_px(LARGE) + icon_px <= self.height() * LARGE_PART
        sizes = LARGE if large else USUAL
        for text, role in zip((self._sentence, self._what_to_do), sizes, strict=True):
            if text.role is not role:
                text.set_role(role)
        self._icon.setVisible(self.height() >= self._words_px(sizes) + icon_px)

    def _words_px(self, sizes: tuple[Role, Role]) -> int:
        """Pixels that the words and the touch are high in some sizes."""
        width = max(self.width(), self._theme.px(40))
        pairs = zip((self._sentence, self._what_to_do), sizes, strict=True)
        heights = [
            text_size(text.text(), self._theme.font(role, bold=text is self._sentence), width).height()
            for text, role in pairs
            if text.text()
        ]
        if not self._act.isHidden():
            heights.append(self._act.sizeHint().height())
        return sum(heights) + self._column.spacing() * max(0, len(heights) - 1)

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        tint = getattr(self._theme.palette, self._tone)
        self._icon.setPixmap(icon(self._icon_name, tint, self._theme.px(ICON_MM)))
        self._column.setSpacing(self._theme.px(4))
        for part in (self._sentence, self._what_to_do, self._act):
            part.retheme()
        self._act.setMinimumWidth(self._theme.px(ACT_MM))
        self._fit()
