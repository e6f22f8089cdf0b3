"""A list for staff: rows that can be touched, on pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.states import PlaceNote

ROW_MM = 17.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: the words, a smaller line, an icon."""

    text: str
    note: str = ""
    icon_name: str = "list"


class RowList(QWidget):
    """Shows up to ``most`` rows, or a sentence when there are none.

    Signals:
        chosen(int): a row was touched.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = [
            BigButton(theme, Kind.PLAIN, role=Role.BODY, height_mm=ROW_MM, icon_name="list", at_edge=True)
            for _ in range(most)
        ]
        self._empty = PlaceNote(theme, "info")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for row in self._rows:
            row.clicked.connect(self._touched)
            self._column.addWidget(row)
        self._column.addWidget(self._empty, 1)
        self._column.addStretch(1)
        self.retheme()

    def show_rows(self, rows: Sequence[Row], nothing: str) -> None:
        """Show these rows; ``nothing`` is said when there are none ("" while loading)."""
        for at, button in enumerate(self._rows):
            button.setVisible(at < len(rows))
            if at < len(rows):
                button.set_icon(rows[at].icon_name)
                button.say(rows[at].text, rows[at].note)
            else:
                button.say("")  # what is hidden is not forgotten by itself
        self._empty.say(nothing)
        self._empty.setVisible(not rows and bool(nothing))

    def wipe(self) -> None:
        """Forget the rows."""
        self.show_rows((), "")

    def retheme(self) -> None:
        """Sizes have changed."""
        self._column.setSpacing(self._theme.px(3))

    @Slot()
    def _touched(self) -> None:
        sender = self.sender()
        self.chosen.emit(next(at for at, row in enumerate(self._rows) if row is sender))
