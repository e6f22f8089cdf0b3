"""Stop hiring? Asked once, and what follows is said before."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot

from kiosk.domain.records import Listing
from kiosk.ui.components.ask import Ask
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.hire.params import ApplicantsParams


class StopScreen(Page):
    """真的不招了吗."""

    name = "stop_hiring"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._listing_id: UUID | None = None
        self.ask = Ask(self, yes_icon="stop")
        self.ask.agreed.connect(self._yes)
        self.ask.declined.connect(self._no)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - ApplicantsParams
        """Ask."""
        self.clear_errors()
        self.ask.begin()
        self._listing_id = params.listing_id if isinstance(params, ApplicantsParams) else None

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        parts = ("stop_title", "stop_what", "stop_yes", "go_on")
        self.ask.say(*(self.text(f"applicants.{part}") for part in parts))

    def wipe(self) -> None:
        """Forget what was asked."""
        super().wipe()
        self._listing_id = None

    @Slot()
    def _yes(self) -> None:
        listing_id, listings, actor = self._listing_id, self.ctx.services.listings, actor_of(self.ctx)
        if listing_id is not None:
            self.submit(lambda: listings.close(listing_id, "", actor), self._closed)

    def _closed(self, _: Listing) -> None:
        self.ctx.navigator.back()

    @Slot()
    def _no(self) -> None:
        self.ctx.navigator.back()
