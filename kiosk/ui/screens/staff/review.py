"""The review queue: what was posted and waits, longest waiting first."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.records import Listing
from kiosk.services.ports import Cursor
from kiosk.services.ports import Page as Rows
from kiosk.ui.components import say
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.find.params import ListingParams
from kiosk.ui.screens.staff.rows import Row, RowList
from kiosk.ui.widgets.pager import Pager

A_PAGE = 5


class ReviewScreen(Page):
    """待审核."""

    name = "staff_review"
    for_staff = True
    title_key = "staff.review_title"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._starts: list[Cursor | None] = [None]
        self._page: Rows[Listing] = Rows(rows=(), next=None)
        self._loaded_once = False
        self.rows = RowList(self.theme, A_PAGE)
        self.rows.chosen.connect(self._open)
        self._pager = Pager(self.theme)
        self._pager.back.connect(self._page_back)
        self._pager.on.connect(self._page_on)
        self.body.addWidget(self.rows, 1)
        self.body.addWidget(self._pager)

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - none
        """Always from the front: what was decided is gone from it."""
        self._starts = [None]
        self._load()

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._pager.say(self.text("common.previous_page"), self.text("common.next_page"))
        self._fill()

    def wipe(self) -> None:
        """Forget the list."""
        super().wipe()
        self._page = Rows(rows=(), next=None)
        self._loaded_once = False

    def _load(self) -> None:
        cursor, listings = self._starts[-1], self.ctx.services.listings
        self.query("page", lambda: listings.review_queue(cursor, A_PAGE), self._loaded)

    def _loaded(self, page: Rows[Listing]) -> None:
        self._page, self._loaded_once = page, True
        self._fill()

    def _fill(self) -> None:
        strings = self.ctx.strings
        rows = [
            Row(
                text=f"{listing.terms.title}  {say.pay(strings, listing.terms)}",
                note=self.text(
                    "staff.review_row",
                    employer=listing.employer_name,
                    n=listing.terms.headcount,
                    ago=strings.ago(listing.posted_at, self.ctx.clock.now()),
                    findings=len(listing.findings),
                ),
                icon_name="warning" if listing.findings else "review",
            )
            for listing in self._page.rows
        ]
        self.rows.show_rows(rows, self.text("staff.review_empty") if self._loaded_once else "")
        page = len(self._starts)
        place = self.text("common.page_of", page=page)
        self._pager.set_place(place, has_back=page > 1, has_on=self._page.next is not None)

    @Slot(int)
    def _open(self, at: int) -> None:
        self.ctx.navigator.show("staff_review_detail", ListingParams(listing_id=self._page.rows[at].id))

    @Slot()
    def _page_on(self) -> None:
        if self._page.next is not None:
            self._starts.append(self._page.next)
            self._load()

    @Slot()
    def _page_back(self) -> None:
        if len(self._starts) > 1:
            self._starts.pop()
            self._load()
