"""Facts: what something is called, and what it is, in rows."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.text import Text


class Facts(QWidget):
    """Rows of label and value; values wrap. Rows without a value are left out."""

    def __init__(
        self, theme: Theme, *, role: Role = Role.BODY, columns: int = 1, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._columns = columns
        self._full: list[tuple[str, str]] = []
        self._rows: list[tuple[Text, Text]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.retheme()

    def set_columns(self, columns: int) -> None:
        """Another number of columns (portrait or landscape)."""
        if columns != self._columns:
            for column in range(2 * self._columns):
                self._grid.setColumnStretch(column, 0)
            self._columns = columns
            self.show_rows(self._full)

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Put the facts in."""
        full = self._full = [(label, value) for label, value in rows if value]
        while len(self._rows) < len(full):
            pair = (
                Text(self._theme, self._role, tone="soft", wrap=False),
                Text(self._theme, self._role, bold=True),
            )
            for text in pair:
                text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            self._rows.append(pair)
        height = -(-len(full) // self._columns)
        for at, (label, value) in enumerate(self._rows):
            used = at < len(full)
            column, row = divmod(at, max(1, height))
            if used:
                label.setText(full[at][0])
                value.setText(full[at][1])
                self._grid.addWidget(label, row, 2 * column)
                self._grid.addWidget(value, row, 2 * column + 1)
            label.setVisible(used)
            value.setVisible(used)
        for column in range(self._columns):
            self._grid.setColumnStretch(2 * column + 1, 1)

    def align_with(self, labels: Sequence[str]) -> None:
        """Leave room for all these labels, so that the values of several facts stand below each other."""
        metrics = QFontMetrics(self._theme.font(self._role))
        widest = max((metrics.horizontalAdvance(label) for label in labels), default=0)
        self._grid.setColumnMinimumWidth(0, widest)

    def wipe(self) -> None:
        """Forget the facts."""
        self._full = []
        for pair in self._rows:
            for text in pair:
                text.setText("")

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        self._grid.setHorizontalSpacing(self._theme.px(5))
        self._grid.setVerticalSpacing(self._theme.px(2))
        for pair in self._rows:
            for text in pair:
                text.retheme()
