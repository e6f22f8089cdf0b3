"""A few things that everybody should have read: an icon, what it is about, and one plain sentence each."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.icons import icon
from kiosk.ui.widgets.text import Text

#: The disc behind an icon, and the icon's part of it.
DISC_MM, INSIDE = 18.0, 0.58
BESIDE_MM = 6.0


class Points(QWidget):
    """Rows of icon and words, each icon beside the middle of its words. Room to spare is shared evenly.

    The icons are given once, the words at every change of language.
    """

    def __init__(self, theme: Theme, icon_names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_names = tuple(icon_names)
        self._rows = [
            (QLabel(), Text(theme, Role.BODY, tone="soft", bold=True), Text(theme, Role.LEAD, bold=True))
            for _ in self._icon_names
        ]
        self._words = []
        for _, label, sentence in self._rows:
            words = QVBoxLayout()
            words.addStretch(1)
            words.addWidget(label)
            words.addWidget(sentence)
            words.addStretch(1)
            self._words.append(words)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._columns = 0
        self.set_columns(1)
        self.retheme()

    def set_columns(self, columns: int) -> None:
        """One column upright, two across."""
        if columns == self._columns:
            return
        self._columns = columns
        for (mark, _, _), words in zip(self._rows, self._words, strict=True):
            self._grid.removeWidget(mark)
            self._grid.removeItem(words)
        height = -(-len(self._rows) // columns)
        for at, ((mark, _, _), words) in enumerate(zip(self._rows, self._words, strict=True)):
            column, row = divmod(at, height)
            self._grid.addWidget(mark, row, 2 * column, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addLayout(words, row, 2 * column + 1)
        for row in range(max(height, self._grid.rowCount())):
            self._grid.setRowStretch(row, 1 if row < height else 0)
        for column in range(2):
            self._grid.setColumnStretch(2 * column + 1, 1 if column < columns else 0)

    def set_role(self, role: Role) -> None:
        """Another size of the sentences."""
        for _, _, sentence in self._rows:
            sentence.set_role(role)

    def set_air(self, px: int) -> None:
        """So many pixels between two rows, at least."""
        self._grid.setVerticalSpacing(px)

    def say(self, words: Sequence[tuple[str, str]]) -> None:
        """Put label and sentence of every row in."""
        for (_, label, sentence), (about, plain) in zip(self._rows, words, strict=True):
            label.setText(about)
            sentence.setText(plain)

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        theme = self._theme
        self._grid.setHorizontalSpacing(theme.px(BESIDE_MM))
        self._grid.setVerticalSpacing(theme.px(BESIDE_MM))
        for words in self._words:
            words.setSpacing(theme.px(1))
        for (mark, label, sentence), name in zip(self._rows, self._icon_names, strict=True):
            mark.setPixmap(_on_disc(theme, name))
            label.retheme()
            sentence.retheme()


def _on_disc(theme: Theme, name: str) -> QPixmap:
    """An icon on the tinted disc that the tiles' icons have, too."""
    edge = theme.px(DISC_MM)
    pixmap = QPixmap(edge, edge)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("blue_soft"))
    painter.drawEllipse(QRect(0, 0, edge, edge))
    inside = round(edge * INSIDE)
    inset = (edge - inside) // 2
    painter.drawPixmap(inset, inset, icon(name, theme.palette.blue, inside))
    painter.end()
    return pixmap
