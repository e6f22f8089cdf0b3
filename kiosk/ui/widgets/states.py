"""What a place says when there is nothing to show in it: nothing found, wait, something is wrong."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.icons import icon
from kiosk.ui.widgets.text import Text

ICON_MM = 32.0


class PlaceNote(QWidget):
    """A large icon, a sentence, what to do about it; in the middle of its place."""

    def __init__(
        self, theme: Theme, icon_name: str, *, tone: str = "blue", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon_name
        self._tone = tone
        self._icon = QLabel(self)
        self._sentence = Text(theme, Role.LEAD, bold=True)
        self._what_to_do = Text(theme, Role.BODY, tone="soft")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch(1)
        for part in (self._icon, self._sentence, self._what_to_do):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._column.addWidget(part)
        self._column.addStretch(1)
        self.retheme()

    def say(self, sentence: str, what_to_do: str = "") -> None:
        """Put the words in."""
        self._sentence.setText(sentence)
        self._what_to_do.setText(what_to_do)
        self._what_to_do.setVisible(bool(what_to_do))

    def set_icon(self, name: str, tone: str = "blue") -> None:
        """Another icon, in another colour of the palette."""
        self._icon_name, self._tone = name, tone
        self.retheme()

    def minimumSizeHint(self) -> QSize:
        """The words; the icon goes where there is no height for it (above the dock)."""
        return QSize(self._theme.px(40), self._words_px())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With or without the icon."""
        super().resizeEvent(event)
        needed = self._words_px() + self._theme.px(ICON_MM) + 2 * self._column.spacing()
        self._icon.setVisible(self.height() >= needed)

    def _words_px(self) -> int:
        width = max(self.width(), self._theme.px(40))
        heights = [text.heightForWidth(width) for text in (self._sentence, self._what_to_do) if text.text()]
        return sum(heights) + self._column.spacing() * max(0, len(heights) - 1)

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        tint = getattr(self._theme.palette, self._tone)
        self._icon.setPixmap(icon(self._icon_name, tint, self._theme.px(ICON_MM)))
        self._column.setSpacing(self._theme.px(4))
        self._sentence.retheme()
        self._what_to_do.retheme()
