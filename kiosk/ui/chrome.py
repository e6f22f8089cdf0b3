"""What stands around every screen: the status bar above, the navigation bar below, toasts over it."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from kiosk.ui.strings import Strings

TOAST_MS = 5000


class StatusRow(QWidget):
    """Text size, contrast, language and reading aloud, one touch each.

    Signals:
        size_touched: the text size.
        contrast_touched: black and white.
        language_touched: the other language.
        read_touched: read the screen aloud.
    """

    size_touched = Signal()
    contrast_touched = Signal()
    language_touched = Signal()
    read_touched = Signal()

    def __init__(self, strings: Strings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strings = strings
        self.notice = QLabel(self)
        self._buttons = {
            "read_aloud": (QPushButton(self), self.read_touched),
            "text_size": (QPushButton(self), self.size_touched),
            "contrast": (QPushButton(self), self.contrast_touched),
            "language": (QPushButton(self), self.language_touched),
        }
        row = QHBoxLayout(self)
        row.addWidget(self.notice, 1)
        for button, signal in self._buttons.values():
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(signal)
            row.addWidget(button)
        self.retranslate()

    def retranslate(self) -> None:
        """Put the words in."""
        for key, (button, _) in self._buttons.items():
            button.setText(self._strings.text(f"common.{key}"))


class NavRow(QWidget):
    """Back, home and calling staff, on every screen at the same place.

    Signals:
        back_touched: one page back.
        home_touched: to the first page.
        staff_touched: call a member of staff.
    """

    back_touched = Signal()
    home_touched = Signal()
    staff_touched = Signal()

    def __init__(self, strings: Strings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strings = strings
        self.back = QPushButton(self)
        self.home = QPushButton(self)
        self.staff = QPushButton(self)
        row = QHBoxLayout(self)
        for button, signal in (
            (self.back, self.back_touched),
            (self.home, self.home_touched),
            (self.staff, self.staff_touched),
        ):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(signal)
            row.addWidget(button)
        self.retranslate()

    def retranslate(self) -> None:
        """Put the words in."""
        self.back.setText(self._strings.text("common.back"))
        self.home.setText(self._strings.text("common.home"))
        self.staff.setText(self._strings.text("common.call_staff"))

    def set_back(self, *, possible: bool) -> None:
        """At home there is no way back; the button keeps its place."""
        self.back.setEnabled(possible)
        self.home.setEnabled(possible)


class Toast(QLabel):
    """A short sentence over the lower edge of the screen; touches go through it, and it goes by itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TOAST_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @Slot(str)
    def say(self, sentence: str) -> None:
        """Show a sentence in place of the one before."""
        self.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        self.raise_()
        self._timer.start()

    def wipe(self) -> None:
        """Take it away at once."""
        self._timer.stop()
        self.setText("")
        self.hide()
