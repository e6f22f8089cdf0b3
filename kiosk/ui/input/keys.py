"""Keys: real buttons that never take the keyboard focus from the field."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from kiosk.ui.input.look import MIN_KEY_MM, DockLook


class KeyKind(StrEnum):
    """How a key is drawn; the value of its property ``kind``."""

    LETTER = "letter"
    ACTION = "action"
    TAB = "tab"
    CANDIDATE = "candidate"


class Key(QPushButton):
    """One key of the dock.

    It acts on ``clicked``; two quick touches are two letters (Qt would make the second a double click).
    """

    def __init__(self, text: str = "", kind: KeyKind = KeyKind.LETTER, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoDefault(False)
        self.setProperty("kind", kind.value)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._smallest = QSize(1, 1)
        self.say(text, text)

    def say(self, text: str, accessible: str) -> None:
        """Show ``text``; a screen reader and the tests call the key ``accessible``."""
        # A single ampersand would be taken for the mark of a shortcut.
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(accessible)

    def fit(self, look: DockLook, row_height: int) -> None:
        """Take the smallest size a finger hits: 16 mm, or the row where the window is too low for that."""
        self._smallest = QSize(look.px(MIN_KEY_MM), min(look.px(MIN_KEY_MM), row_height))
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Independent of the text: the layout gives the size."""
        return self._smallest

    def sizeHint(self) -> QSize:
        """See ``minimumSizeHint``."""
        return self._smallest

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second quick touch is a touch like the first."""
        again = QMouseEvent(
            QEvent.Type.MouseButtonPress,
            event.position(),
            event.scenePosition(),
            event.globalPosition(),
            event.button(),
            event.buttons(),
            event.modifiers(),
        )
        self.mousePressEvent(again)
