"""Keys: real buttons that never take the keyboard focus from the field."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from kiosk.ui.input.look import ACTION_TEXT_MM, MIN_KEY_MM, WRITTEN_TEXT_MM, DockLook

#: How much of its key a word may take at the usual size.
WIDEST_SHARE = 0.92


class KeyKind(StrEnum):
    """How a key is drawn; the value of its property ``kind``."""

    LETTER = "letter"
    DIGIT = "digit"
    ACTION = "action"
    TAB = "tab"
    CANDIDATE = "candidate"
    WRITTEN = "written"
    """A candidate of the handwriting tab: there is room for a large one."""


TIGHTENED = frozenset({KeyKind.ACTION.value, KeyKind.TAB.value, KeyKind.WRITTEN.value})


class Key(QPushButton):
    """One key of the dock.

    It acts on ``clicked``; two quick touches are two letters, since Qt takes a double click as another press.
    """

    def __init__(self, text: str = "", kind: KeyKind = KeyKind.LETTER, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoDefault(False)
        self.setProperty("kind", kind.value)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._smallest = QSize(1, 1)
        self._usual_px = 0
        self.say(text, text)

    def say(self, text: str, accessible: str) -> None:
        """Show ``text``; a screen reader and the tests call the key ``accessible``."""
        # A single ampersand would be taken for the mark of a shortcut.
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(accessible)
        self._tighten()

    def fit(self, look: DockLook, row_height: int) -> None:
        """Take the smallest size a finger hits: 16 mm, or the row where the window is too low for that."""
        self._smallest = QSize(look.px(MIN_KEY_MM), min(look.px(MIN_KEY_MM), row_height))
        written = self.property("kind") == KeyKind.WRITTEN.value
        self._usual_px = look.label_px(WRITTEN_TEXT_MM if written else ACTION_TEXT_MM)
        self.updateGeometry()
        self._tighten()

    def set_large(self, large: bool) -> None:  # noqa: FBT001 - a yes or no about this key
        """A key of several rows has its word larger."""
        if large is not bool(self.property("large")):
            self.setProperty("large", large)
            self.style().unpolish(self)
            self.style().polish(self)

    def minimumSizeHint(self) -> QSize:
        """Independent of the text: the layout gives the size."""
        return self._smallest

    def sizeHint(self) -> QSize:
        """See ``minimumSizeHint``."""
        return self._smallest

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See ``_tighten``."""
        super().resizeEvent(event)
        self._tighten()

    def _tighten(self) -> None:
        """A word too long for its key is written smaller (5 mm; 6.5 mm on the handwriting tab)."""
        if not self._usual_px or self.property("kind") not in TIGHTENED:
            return
        font = QFont(self.font())
        font.setPixelSize(self._usual_px)
        tight = QFontMetrics(font).horizontalAdvance(self.text()) > self.width() * WIDEST_SHARE
        if tight is not bool(self.property("tight")):
            self.setProperty("tight", tight)
            self.style().unpolish(self)
            self.style().polish(self)
