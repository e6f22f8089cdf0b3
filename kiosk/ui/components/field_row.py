"""The fields of one form: below each other upright, side by side across."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from kiosk.ui.theme import Theme
from kiosk.ui.widgets.fields import Field

GAP_MM = 5.0


class FieldRow(QWidget):
    """Side by side the dock leaves room for all of them: nobody goes on without having seen the second one."""

    def __init__(self, theme: Theme, *fields: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for field in fields:
            self._row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.retheme()

    def arrange(self, *, portrait: bool) -> None:
        """Upright or across."""
        way = QBoxLayout.Direction.TopToBottom if portrait else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)

    def retheme(self) -> None:
        """Sizes have changed."""
        self._row.setSpacing(self._theme.px(GAP_MM))
