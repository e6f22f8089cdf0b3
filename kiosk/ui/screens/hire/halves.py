"""Two halves of a page: below each other upright, side by side across."""

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kiosk.ui.theme import Theme


class Halves(QWidget):
    """``first`` and ``second`` are columns to be filled."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.first, self.second = QVBoxLayout(), QVBoxLayout()
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(self.first, 1)
        self._row.addLayout(self.second, 1)
        self.retheme()

    def arrange(self, *, portrait: bool) -> None:
        """Upright or across."""
        way = QBoxLayout.Direction.TopToBottom if portrait else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)
        self._row.setStretch(0, 0 if portrait else 1)

    def retheme(self) -> None:
        """Sizes have changed."""
        gap = self._theme.px(4)
        self._row.setSpacing(self._theme.px(6))
        self.first.setSpacing(gap)
        self.second.setSpacing(gap)
