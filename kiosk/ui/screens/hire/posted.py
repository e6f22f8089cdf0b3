"""It is posted: published at once, or waiting for a look; and the receipt that opens it again."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.values import ListingStatus
from kiosk.ui.components.placement_look import DONE, WAITING
from kiosk.ui.components.slip_page import Promise, SlipPage
from kiosk.ui.components.terms_facts import work_rows
from kiosk.ui.context import UiContext
from kiosk.ui.screens.hire.params import ApplicantsParams, PostedParams
from kiosk.ui.widgets.buttons import Kind


class PostedScreen(SlipPage):
    """发出去了."""

    name = "posted"
    finished = True

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._params: PostedParams | None = None
        self.action("hire.see_people", self._people, Kind.PLAIN, icon_name="people")
        self.action("common.done", self._done, icon_name="check", commits=True)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - PostedParams
        """Say it and print the receipt."""
        if isinstance(params, PostedParams):
            self._params = params
            self.slip.show_slip(params.posted.slip)
            self.retranslate()

    def promise(self) -> Promise | None:
        """Out, or waiting for a look."""
        if self._params is None:
            return None
        listing = self._params.posted.listing
        terms, out = listing.terms, listing.status is ListingStatus.PUBLISHED
        state = "published" if out else "pending"
        what, *rest = work_rows(self, terms)
        return Promise(
            look=DONE if out else WAITING,
            state=self.text(f"posted.{state}"),
            hint=self.text(f"posted.{state}_hint"),
            facts=(
                (what[0], self.text("hire.work", trade=terms.title, n=terms.headcount)),
                *rest,
                (self.text("posted.until"), self.ctx.strings.date(listing.valid_until)),
            ),
        )

    def wipe(self) -> None:
        """Forget it."""
        super().wipe()
        self._params = None

    @Slot()
    def _people(self) -> None:
        if self._params is not None:
            listing_id = self._params.posted.listing.id
            self.ctx.navigator.show("applicants", ApplicantsParams(listing_id=listing_id))

    @Slot()
    def _done(self) -> None:
        self.ctx.navigator.end_visit()
