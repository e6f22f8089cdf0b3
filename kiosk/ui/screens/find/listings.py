"""The listings of a trade, or those that a text finds: cards on pages, newest first."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout

from kiosk.domain.records import Listing
from kiosk.services.ports import ListingQuery
from kiosk.ui.components.card_words import card_words
from kiosk.ui.components.list_place import Leaf, ListPlace, Turned
from kiosk.ui.components.listing_card import ListingCard
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.find.params import ListingParams, ListingsParams, NarrowParams
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import WORKER_MM, BigButton, Choice, Kind
from kiosk.ui.widgets.fields import Field
from kiosk.ui.widgets.states import Blank

CARDS = 4
#: The touch that helps when there is nothing.
ACTS = {"find.none": "find.none_act", "find.all_full": "find.all_full_act", "find.nothing": "find.show_all"}


class ListingsScreen(Page):
    """有这些活."""

    name = "listings"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._asked: ListingsParams | None = None
        self._text = ""
        self._turned: Turned[Listing] = Turned()
        self._full_ones = False
        self.search = self.field(Field(self.theme, "search", InputWish.TEXT, height_mm=WORKER_MM))
        self.search.changed.connect(self._typed)
        self.trade = self._filter("work", self._narrow_trade)
        self.region = self._filter("place", self._narrow_region)
        self.full = Choice(self.theme, role=Role.BODY)
        self.full.clicked.connect(self._with_full)
        self._narrow = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for button in (self.trade, self.region, self.full):
            self._narrow.addWidget(button, 1)
        self._head = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._head.addWidget(self.search, 2)
        self._head.addLayout(self._narrow, 3)
        self._cards = [ListingCard(self.theme) for _ in range(CARDS)]
        for card in self._cards:
            card.clicked.connect(self._touched)
        self._list = ListPlace(self.theme, self._cards, "search", most_mm=84.0)
        self._list.back.connect(self._page_back)
        self._list.on.connect(self._page_on)
        self._list.fits_changed.connect(self._other_pages)
        self._list.acted.connect(self._go_on)
        self.body.addLayout(self._head)
        self.body.addWidget(self._list, 1)

    def _filter(self, icon_name: str, slot: Any) -> BigButton:  # noqa: ANN401 - a Qt slot
        button = BigButton(self.theme, Kind.PLAIN, icon_name=icon_name, role=Role.BODY)
        button.clicked.connect(slot)
        return button

    def enter(self, params: Any) -> None:  # noqa: ANN401 - ListingsParams
        """A new question starts on page one; coming back from a listing stays where one was."""
        asked = params if isinstance(params, ListingsParams) else ListingsParams()
        if asked != self._asked:
            self._begin(asked)
        self.retranslate()
        self._load()

    def _begin(self, asked: ListingsParams) -> None:
        self._asked = None  # what is put into the field now was not typed
        self._text = asked.text
        self.search.set_text(asked.text)
        self._asked = asked
        self._turned.clear()

    def wipe(self) -> None:
        """The next person asks anew."""
        self._asked = None
        super().wipe()
        self._text = ""
        self._turned.clear()
        for card in self._cards:
            card.wipe()

    def arrange(self, *, portrait: bool) -> None:
        """One column upright, two across."""
        self._list.arrange(portrait=portrait)
        way = QBoxLayout.Direction.TopToBottom if portrait else QBoxLayout.Direction.LeftToRight
        self._head.setDirection(way)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        gap = self.theme.px(4)
        self._head.setSpacing(gap)
        self._narrow.setSpacing(gap)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        catalogue, language = self.ctx.services.catalogue, self.ctx.strings.language
        asked = self._asked or ListingsParams()
        trade = catalogue.trade_name(asked.trade, language) if asked.trade else self.text("find.any_trade")
        region = (
            catalogue.region_name(asked.region, language) if asked.region else self.text("find.any_region")
        )
        self.title.setText(self._title(trade if asked.trade else ""))
        self.title.setVisible(True)
        self.search.say("", "")
        self.search.line.setPlaceholderText(self.text("find.search_hint"))
        self.trade.say(self.text("find.narrow_trade", trade=trade))
        self.region.say(self.text("find.narrow_region", region=region))
        self.full.say(self.text("find.full"))
        self.full.setChecked(asked.full)
        self._list.say(self.text("common.previous_page"), self.text("common.next_page"))
        self._fill()

    def _title(self, trade: str) -> str:
        full = self._asked is not None and self._asked.full
        if trade:
            return self.text("find.full_trade_title", trade=trade) if full else trade
        return self.text("find.full_title" if full else "find.all_title")

    def _load(self) -> None:
        asked = self._asked or ListingsParams()
        query = ListingQuery(trade=asked.trade, region=asked.region, text=self._text, full=asked.full)
        find, listings = self._turned.finder(self._list.fits), self.ctx.services.listings

        def page() -> tuple[Leaf[Listing], bool]:
            found = find(lambda start, count: listings.search(query, start, count))
            if found.page.rows or query.full:
                return found, False
            return found, bool(listings.search(replace(query, full=True), None, 1).rows)

        self.query("page", page, self._loaded)

    def _loaded(self, found: tuple[Leaf[Listing], bool]) -> None:
        leaf, self._full_ones = found
        self._turned.put(leaf)
        self._fill()

    def _fill(self) -> None:
        now = self.ctx.clock.now()
        for card, listing in zip(self._cards, self._turned.rows, strict=False):
            card.show_words(card_words(self.ctx.strings, self.ctx.services, listing, now))
        if not self._turned.rows:
            self._list.lack(self._blank())
            return
        self._list.show_turned(self._turned, self.text("common.page_of", page=len(self._turned.starts)))

    def _blank(self) -> Blank:
        """Why there is none, and the one touch that helps."""
        if not self._turned.known:
            return Blank(sentence=self.text("common.loading"), icon_name="waiting")
        key, icon_name = "find.none", "work"
        if self._full_ones:
            key, icon_name = "find.all_full", "waiting"
        elif self._narrowed:
            key, icon_name = "find.nothing", "search"
        return Blank(
            sentence=self.text(key),
            do=self.text(f"{key}_hint"),
            action=self.text(ACTS[key]),
            icon_name=icon_name,
        )

    @Slot()
    def _go_on(self) -> None:
        """What the note offers: the full ones, everything, or to register."""
        if self._full_ones:
            self.full.setChecked(True)
            self._with_full()
        elif self._narrowed:
            self._show_all()
        else:
            self.ctx.navigator.show("register_consent")

    @property
    def _narrowed(self) -> bool:
        """Whether there may be more than what was asked for."""
        asked = self._asked or ListingsParams()
        return bool(self._text or asked.trade or asked.region or asked.full)

    @Slot(str)
    def _typed(self, text: str) -> None:
        plain = text.strip()
        if self._asked is None or plain == self._text:
            return
        self._text = plain
        self._turned.begin()
        self._load()

    def _narrow_params(self) -> NarrowParams:
        return NarrowParams(listings=replace(self._asked or ListingsParams(), text=self._text))

    @Slot()
    def _narrow_trade(self) -> None:
        self.ctx.navigator.show("trades_of", self._narrow_params())

    @Slot()
    def _narrow_region(self) -> None:
        self.ctx.navigator.show("districts", self._narrow_params())

    @Slot()
    def _with_full(self) -> None:
        self.ctx.navigator.swap(
            self.name, replace(self._narrow_params().listings, full=self.full.isChecked())
        )

    def _show_all(self) -> None:
        everything = ListingsParams()
        if self._asked == everything:  # only a text was in the way
            self._begin(everything)
            self._load()
        else:
            self.ctx.navigator.swap(self.name, everything)

    @Slot()
    def _other_pages(self) -> None:
        """Fewer or more cards on a page than before: the first one stays."""
        if self._turned.known:
            self._load()

    @Slot()
    def _page_on(self) -> None:
        if self._turned.turn_on():
            self._load()

    @Slot()
    def _page_back(self) -> None:
        if self._turned.turn_back():
            self._load()

    @Slot()
    def _touched(self) -> None:
        at = self.touched_at(self._cards)
        self.ctx.navigator.show("listing", ListingParams(listing_id=self._turned.rows[at].id))
