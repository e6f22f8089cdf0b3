"""Consent is withdrawn: said plainly, and nothing of the visit is left."""

from PySide6.QtCore import Slot

from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.widgets.states import PlaceNote


class WithdrawnScreen(Page):
    """已经撤回."""

    name = "withdrawn"
    finished = True

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._note = PlaceNote(self.theme, "success", tone="green")
        self.body.addWidget(self._note, 1)
        self.action("common.done", self._done, icon_name="check")

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._note.say(self.text("my_data.withdrawn"), self.text("my_data.withdrawn_hint"))

    @Slot()
    def _done(self) -> None:
        self.ctx.navigator.end_visit()
