"""For which of my jobs? Asked only of employers who have several open."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.records import Invitation, Listing
from kiosk.ui.components.card_words import card_words
from kiosk.ui.components.listing_card import ListingCard
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.hire.params import KnownEmployer
from kiosk.ui.screens.wanted.draft import EntryParams
from kiosk.ui.widgets.grid import TileGrid
from kiosk.ui.widgets.pager import Pager
from kiosk.ui.widgets.states import PlaceNote

CARDS = 4


class InviteScreen(Page):
    """请他来干哪个活."""

    name = "invite"
    title_key = "wanted.invite_title"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._params: EntryParams | None = None
        self._listings: tuple[Listing, ...] = ()
        self._first = 0
        self._cards = [ListingCard(self.theme) for _ in range(CARDS)]
        for card in self._cards:
            card.clicked.connect(self._touched)
        self._grid = TileGrid(self.theme, 1, places=CARDS, most_mm=60.0)
        self._done = PlaceNote(self.theme, "success", tone="green")
        self._pager = Pager(self.theme)
        self._pager.back.connect(self._page_back)
        self._pager.on.connect(self._page_on)
        self.body.addWidget(self._grid, 1)
        self.body.addWidget(self._done, 1)
        self.body.addWidget(self._pager)
        self._more = self.action("wanted.more_people", self._to_list, icon_name="people")

    def enter(self, params: Any) -> None:  # noqa: ANN401 - EntryParams
        """Load what this employer has open."""
        self.clear_errors()
        self._params = params if isinstance(params, EntryParams) else None
        self._show_done(done=False)
        if self._params is None or not self.ctx.visit.has(KnownEmployer):
            return
        employer_id, wanted = self.ctx.visit.draft(KnownEmployer).employer_id, self.ctx.services.wanted
        self.query("listings", lambda: wanted.hiring(employer_id), self._loaded)

    def arrange(self, *, portrait: bool) -> None:
        """One column upright, two across."""
        self._grid.set_columns(1 if portrait else 2)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._pager.say(self.text("common.previous_page"), self.text("common.next_page"))
        self._done.say(self.text("wanted.invited"), self.text("wanted.invited_hint"))
        self._fill()

    def wipe(self) -> None:
        """Forget whose jobs they were."""
        super().wipe()
        self._params, self._listings, self._first = None, (), 0
        for card in self._cards:
            card.wipe()

    def _loaded(self, listings: tuple[Listing, ...]) -> None:
        self._listings, self._first = listings, 0
        self._fill()

    def _fill(self) -> None:
        now = self.ctx.clock.now()
        shown = self._listings[self._first : self._first + CARDS]
        for card, listing in zip(self._cards, shown, strict=False):
            card.show_words(card_words(self.ctx.strings, self.ctx.services, listing, now))
        self._grid.set_tiles(self._cards[: len(shown)])
        page, pages = self._first // CARDS + 1, max(1, -(-len(self._listings) // CARDS))
        more = self._done.isHidden()
        self._pager.set_place(f"{page}/{pages}", has_back=more and page > 1, has_on=more and page < pages)

    def _show_done(self, *, done: bool) -> None:
        self._done.setVisible(done)
        self._grid.setVisible(not done)
        self._more.setVisible(done)
        self._fill()

    @Slot()
    def _page_back(self) -> None:
        self._first = max(0, self._first - CARDS)
        self._fill()

    @Slot()
    def _page_on(self) -> None:
        self._first += CARDS
        self._fill()

    @Slot()
    def _touched(self) -> None:
        params = self._params
        if params is None:
            return
        listing = self._listings[self._first + self.touched_at(self._cards)]
        wanted, actor = self.ctx.services.wanted, actor_of(self.ctx)
        self.clear_errors()
        self.submit(lambda: wanted.invite(params.wanted_id, listing.id, actor), self._invited)

    def _invited(self, _: Invitation) -> None:
        self._show_done(done=True)

    @Slot()
    def _to_list(self) -> None:
        self.ctx.navigator.back_to("wanted_list")
