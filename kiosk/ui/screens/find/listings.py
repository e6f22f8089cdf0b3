"""The listings of a trade, or those that a text finds: cards on pages, newest first."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.records import Listing
from kiosk.services.ports import Cursor, ListingQuery
from kiosk.services.ports import Page as Rows
from kiosk.ui.components.card_words import card_words
from kiosk.ui.components.listing_card import ListingCard
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.find.params import ListingParams, ListingsParams
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.fields import Field
from kiosk.ui.widgets.grid import TileGrid
from kiosk.ui.widgets.pager import Pager
from kiosk.ui.widgets.text import Text

CARDS = 4


class ListingsScreen(Page):
    """有这些活."""

    name = "listings"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._query = ListingQuery()
        self._asked: ListingsParams | None = None
        self._starts: list[Cursor | None] = [None]
        self._rows: tuple[Listing, ...] = ()
        self._next: Cursor | None = None
        self.search = self.field(Field(self.theme, "search", InputWish.TEXT))
        self.search.changed.connect(self._typed)
        self._grid = TileGrid(self.theme, 1)
        self._cards = [ListingCard(self.theme) for _ in range(CARDS)]
        for card in self._cards:
            card.clicked.connect(self._touched)
        self._empty = Text(self.theme, Role.LEAD, tone="soft")
        self._everywhere = BigButton(self.theme, Kind.PLAIN, icon_name="list")
        self._everywhere.clicked.connect(self._show_all)
        self._pager = Pager(self.theme)
        self._pager.back.connect(self._page_back)
        self._pager.on.connect(self._page_on)
        self.body.addWidget(self.search)
        self.body.addWidget(self._empty)
        self.body.addWidget(self._everywhere)
        self.body.addWidget(self._grid, 1)
        self.body.addWidget(self._pager)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - ListingsParams
        """A new question starts on page one; coming back from a listing stays where one was."""
        asked = params if isinstance(params, ListingsParams) else ListingsParams()
        if asked != self._asked:
            self._asked = asked
            self.search.set_text(asked.text)
            self._query = ListingQuery(trade=asked.trade, text=asked.text)
            self._starts = [None]
        self.retranslate()
        self._load()

    def wipe(self) -> None:
        """The next person asks anew."""
        super().wipe()
        self._asked = None
        self._rows = ()

    def arrange(self, *, portrait: bool) -> None:
        """One column upright, two across."""
        self._grid.set_columns(1 if portrait else 2)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        trade = self._query.trade
        catalogue, strings = self.ctx.services.catalogue, self.ctx.strings
        self.title.setText(
            catalogue.trade_name(trade, strings.language) if trade else self.text("find.all_title")
        )
        self.title.setVisible(True)
        self.search.say("", "")
        self.search.line.setPlaceholderText(self.text("find.search_hint"))
        self._pager.say(self.text("common.previous_page"), self.text("common.next_page"))
        self._everywhere.say(self.text("find.show_all"))
        self._fill()

    def _load(self) -> None:
        query, cursor, listings = self._query, self._starts[-1], self.ctx.services.listings
        self.query("page", lambda: listings.search(query, cursor, CARDS), self._loaded)

    def _loaded(self, page: Rows[Listing]) -> None:
        self._rows, self._next = page.rows, page.next
        self._fill()

    def _fill(self) -> None:
        now = self.ctx.clock.now()
        for card, listing in zip(self._cards, self._rows, strict=False):
            card.show_words(card_words(self.ctx.strings, self.ctx.services, listing, now))
        self._grid.set_tiles(self._cards[: len(self._rows)])
        nothing = not self._rows
        self._empty.setText(self.text("find.nothing") if nothing else "")
        self._empty.setVisible(nothing)
        self._everywhere.setVisible(nothing and (self._query.trade is not None or bool(self._query.text)))
        page = len(self._starts)
        place = self.text("common.page_of", page=page)
        self._pager.set_place(place, has_back=page > 1, has_on=self._next is not None)

    @Slot(str)
    def _typed(self, text: str) -> None:
        if self._asked is None or text == self._query.text:
            return
        self._query = ListingQuery(trade=self._query.trade, text=text.strip())
        self._starts = [None]
        self._load()

    @Slot()
    def _show_all(self) -> None:
        self.ctx.navigator.swap(self.name, ListingsParams())

    @Slot()
    def _page_on(self) -> None:
        if self._next is not None:
            self._starts.append(self._next)
            self._load()

    @Slot()
    def _page_back(self) -> None:
        if len(self._starts) > 1:
            self._starts.pop()
            self._load()

    @Slot()
    def _touched(self) -> None:
        at = self.touched_at(self._cards)
        self.ctx.navigator.show("listing", ListingParams(listing_id=self._rows[at].id))
