"""Stands in for the first page while the program goes from one window to the next."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.ui.context import UiContext
from kiosk.ui.route import WELCOME
from kiosk.ui.screen import Screen
from kiosk.ui.theme import Role
from kiosk.ui.widgets.text import Text


class WaitScreen(Screen):
    """请稍等. For windows that have no market behind them: first set-up, and a kiosk that cannot open."""

    name = WELCOME
    full_screen = True

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._wait = Text(ctx.theme, Role.HERO, bold=True, parent=self)
        self._wait.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addWidget(self._wait)

    def retranslate(self) -> None:
        """Words in."""
        self._wait.setText(self.text("common.loading"))

    def retheme(self) -> None:
        """Sizes."""
        self._wait.retheme()
