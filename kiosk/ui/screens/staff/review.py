"""The review queue: what was posted and waits, longest waiting first."""

from collections.abc import Sequence
from typing import Any

from kiosk.domain.records import Listing
from kiosk.ui.components import say
from kiosk.ui.screens.find.params import ListingParams
from kiosk.ui.screens.staff.rows import Row, StaffList

#: Looked up at once; what comes after them moves up as they are decided.
MOST = 100


class ReviewScreen(StaffList):
    """待审核."""

    name = "staff_review"
    title_key = "staff.review_title"
    blank_key = "staff.review_empty"

    def look_up(self) -> Sequence[Listing]:
        """On the read lane."""
        found: Sequence[Listing] = self.ctx.services.listings.review_queue(None, MOST).rows
        return found

    def row(self, item: Any) -> Row:  # noqa: ANN401 - a Listing
        """What, what it pays, whose, since when, and how much the rules found."""
        strings, listing = self.ctx.strings, item
        note = self.text(
            "staff.review_row",
            employer=listing.employer_name,
            n=listing.terms.headcount,
            ago=strings.ago(listing.posted_at, self.ctx.clock.now()),
            findings=len(listing.findings),
        )
        return Row(
            text=f"{listing.terms.title}  {say.pay(strings, listing.terms)}",
            note=note,
            icon_name="warning" if listing.findings else "review",
        )

    def chosen(self, item: Any) -> None:  # noqa: ANN401 - a Listing
        """Look at it."""
        self.ctx.navigator.show("staff_review_detail", ListingParams(listing_id=item.id))
