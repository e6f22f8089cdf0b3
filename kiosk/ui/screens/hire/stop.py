"""Stop hiring? Asked once, and what follows is said before."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot

from kiosk.domain.records import Listing
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.hire.params import ApplicantsParams
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.states import PlaceNote


class StopScreen(Page):
    """真的不招了吗. The button that does it stands where no button was before."""

    name = "stop_hiring"
    title_key = "applicants.stop_title"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._listing_id: UUID | None = None
        self._note = PlaceNote(self.theme, "stop", tone="red")
        self.yes = BigButton(self.theme, Kind.DANGER, icon_name="stop")
        self.yes.clicked.connect(self._yes)
        self.body.addWidget(self._note, 1)
        self.body.addWidget(self.yes)
        self.body.addStretch(1)
        self.action("applicants.go_on", self._no, Kind.PRIMARY, icon_name="back")

    def enter(self, params: Any) -> None:  # noqa: ANN401 - ApplicantsParams
        """Ask."""
        self.clear_errors()
        self._listing_id = params.listing_id if isinstance(params, ApplicantsParams) else None

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._note.say(self.text("applicants.stop_what"), self.text("applicants.stop_what_hint"))
        self.yes.say(self.text("applicants.stop_yes"))

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
