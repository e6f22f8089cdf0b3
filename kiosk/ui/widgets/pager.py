"""Pages instead of scrolling: one back, one on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.buttons import WORKER_MM, BigButton, Kind
from kiosk.ui.widgets.text import Text


class Pager(QWidget):
    """上一页 · n · 下一页. Hidden when there is only one page.

    Signals:
        back: the page before.
        on: the next page.
    """

    back = Signal()
    on = Signal()

    def __init__(self, theme: Theme, *, height_mm: float = WORKER_MM, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._back = BigButton(theme, Kind.PLAIN, icon_name="left", height_mm=height_mm)
        self._on = BigButton(theme, Kind.PLAIN, icon_name="right", height_mm=height_mm)
        self._place = Text(theme, Role.LEAD, tone="soft", bold=True, wrap=False)
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._back, 2)
        row.addWidget(self._place, 1)
        row.addWidget(self._on, 2)
        self._back.clicked.connect(self.back)
        self._on.clicked.connect(self.on)

    def say(self, back: str, on: str) -> None:
        """Put the words in."""
        self._back.say(back)
        self._on.say(on)

    def set_place(self, place: str, *, has_back: bool, has_on: bool) -> None:
        """Where in the pages we are."""
        self._place.setText(place)
        self._back.setEnabled(has_back)
        self._on.setEnabled(has_on)
        self.setVisible(has_back or has_on)

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        for part in (self._back, self._on, self._place):
            part.retheme()
