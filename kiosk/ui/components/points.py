"""A few things that everybody should have read: an icon, what it is about, and one plain sentence each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.icons import icon
from kiosk.ui.widgets.text import Text

ICON_MM = 12.0


class Points(QWidget):
    """Rows that share the height evenly. The icons are given once, the words at every change of language."""

    def __init__(self, theme: Theme, icon_names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_names = tuple(icon_names)
        self._rows = [
            (QLabel(), Text(theme, Role.BODY, tone="soft", bold=True), Text(theme, Role.LEAD, bold=True))
            for _ in self._icon_names
        ]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for _, label, sentence in self._rows:
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
            sentence.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.set_columns(1)
        self.retheme()

    def set_columns(self, columns: int) -> None:
        """One column upright, two across."""
        height = -(-len(self._rows) // columns)
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        for at, (mark, label, sentence) in enumerate(self._rows):
            column, row = divmod(at, height)
            self._grid.addWidget(mark, 2 * row, 2 * column, 2, 1, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(label, 2 * row, 2 * column + 1)
            self._grid.addWidget(sentence, 2 * row + 1, 2 * column + 1)
            self._grid.setRowStretch(2 * row, 2)
            self._grid.setRowStretch(2 * row + 1, 3)
        for column in range(2):
            self._grid.setColumnStretch(2 * column + 1, 1 if column < columns else 0)

    def say(self, words: Sequence[tuple[str, str]]) -> None:
        """Put label and sentence of every row in."""
        for (_, label, sentence), (about, plain) in zip(self._rows, words, strict=True):
            label.setText(about)
            sentence.setText(plain)

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        theme = self._theme
        self._grid.setHorizontalSpacing(theme.px(5))
        self._grid.setVerticalSpacing(theme.px(1))
        for (mark, label, sentence), name in zip(self._rows, self._icon_names, strict=True):
            mark.setPixmap(icon(name, theme.palette.blue, theme.px(ICON_MM)))
            label.retheme()
            sentence.retheme()
