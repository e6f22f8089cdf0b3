"""Facts on a sheet that is as high as they are."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.facts import Facts
from kiosk.ui.widgets.frames import Card

PAD_MM = 5.0


class FactSheet(Card):
    """A card around ``facts``."""

    def __init__(self, theme: Theme, role: Role = Role.LEAD, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.facts = Facts(theme, role=role)
        self._inside = QVBoxLayout(self)
        self._inside.addWidget(self.facts)

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        super().retheme()
        pad = self._theme.px(PAD_MM)
        self._inside.setContentsMargins(pad, pad, pad, pad)
