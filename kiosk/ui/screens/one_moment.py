"""Stands in for a page that was touched before the database was open. It gives way by itself."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kiosk.ui.context import UiContext
from kiosk.ui.route import ONE_MOMENT
from kiosk.ui.screen import Screen
from kiosk.ui.theme import Role
from kiosk.ui.widgets.icons import icon
from kiosk.ui.widgets.states import ICON_MM
from kiosk.ui.widgets.text import Text


class OneMomentScreen(Screen):
    """请稍等, with the bars around it: back and home work."""

    name = ONE_MOMENT

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._wait = Text(ctx.theme, Role.HERO, bold=True, parent=self)
        self._mark = QLabel(self)
        column = QVBoxLayout(self)
        column.addStretch(1)
        for part in (self._mark, self._wait):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part)
        column.addStretch(1)

    def retranslate(self) -> None:
        """Words in."""
        self._wait.setText(self.text("common.loading"))

    def retheme(self) -> None:
        """Sizes."""
        theme = self.ctx.theme
        self._mark.setPixmap(icon("waiting", theme.palette.blue, theme.px(ICON_MM)))
        self._wait.retheme()
