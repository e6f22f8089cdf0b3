"""扫码: how to hold a slip to the scanner. The scanner works on this page and on the first one alike."""

from typing import Any

from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.welcome.follow import scan_and_follow
from kiosk.ui.widgets.states import PlaceNote


class ScanScreen(Page):
    """把凭条对准扫码口."""

    name = "scan"
    title_key = "scan.title"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._note = PlaceNote(self.theme, "scan")
        self.body.addWidget(self._note, 1)

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - nothing is handed over
        """Wait for a code."""
        self.clear_errors()

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._note.say(self.text("scan.how"), self.text("scan.which"))

    def scanned(self, code: str) -> bool:
        """Follow it."""
        scan_and_follow(self, code, self.ctx.navigator.show)
        return True
