"""谁在找活: the job-wanted entries, masked, newest first; by trade and by district."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from kiosk.domain.records import JobWanted
from kiosk.services.ports import WantedQuery
from kiosk.ui.components import wanted_words
from kiosk.ui.components.list_place import Leaf, ListPlace, Turned
from kiosk.ui.components.page import Page
from kiosk.ui.components.placement_card import PlacementCard
from kiosk.ui.context import UiContext
from kiosk.ui.screens.find.params import ListingsParams, NarrowParams
from kiosk.ui.screens.wanted.draft import EntryParams, WantedListParams
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.states import Blank

CARDS = 4


class WantedListScreen(Page):
    """看看谁在找活."""

    name = "wanted_list"
    title_key = "wanted.list_title"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._asked: WantedListParams | None = None
        self._turned: Turned[JobWanted] = Turned()
        self.trade = BigButton(self.theme, Kind.PLAIN, icon_name="work", role=Role.BODY)
        self.trade.clicked.connect(self._narrow_trade)
        self.region = BigButton(self.theme, Kind.PLAIN, icon_name="place", role=Role.BODY)
        self.region.clicked.connect(self._narrow_region)
        self.mine = BigButton(self.theme, Kind.ACTION, icon_name="register", role=Role.BODY)
        self.mine.clicked.connect(self._to_mine)
        self._narrow = QHBoxLayout()
        for button in (self.trade, self.region, self.mine):
            self._narrow.addWidget(button, 1)
        self._cards = [PlacementCard(self.theme) for _ in range(CARDS)]
        for card in self._cards:
            card.clicked.connect(self._touched)
        self._list = ListPlace(self.theme, self._cards, "people", most_mm=72.0)
        self._list.back.connect(self._page_back)
        self._list.on.connect(self._page_on)
        self._list.fits_changed.connect(self._other_pages)
        self._list.acted.connect(self._show_all)
        self.body.addLayout(self._narrow)
        self.body.addWidget(self._list, 1)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - WantedListParams, or ListingsParams from a filter's page
        """A new question starts on page one; coming back from an entry stays where one was."""
        asked = self._from(params)
        if asked != self._asked:
            self._asked = asked
            self._turned.clear()
        self.retranslate()
        self._load()

    def arrange(self, *, portrait: bool) -> None:
        """One column upright, two across."""
        self._list.arrange(portrait=portrait)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        self._narrow.setSpacing(self.theme.px(4))

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        catalogue, language = self.ctx.services.catalogue, self.ctx.strings.language
        query = self._query
        trade = catalogue.trade_name(query.trade, language) if query.trade else self.text("find.any_trade")
        region = (
            catalogue.region_name(query.region, language) if query.region else self.text("find.any_region")
        )
        self.trade.say(self.text("find.narrow_trade", trade=trade))
        self.region.say(self.text("find.narrow_region", region=region))
        self.mine.say(self.text("wanted.mine"))
        self._list.say(self.text("common.previous_page"), self.text("common.next_page"))
        # Who looks for somebody for a listing does not look for work.
        self.mine.setVisible(self._asked is None or self._asked.listing_id is None)
        self._fill()

    def wipe(self) -> None:
        """The next person asks anew."""
        super().wipe()
        self._asked = None
        self._turned.clear()
        for card in self._cards:
            card.wipe()

    @staticmethod
    def _from(params: Any) -> WantedListParams:  # noqa: ANN401 - as ``enter``
        return params if isinstance(params, WantedListParams) else WantedListParams()

    @property
    def _query(self) -> WantedQuery:
        return (self._asked or WantedListParams()).query

    def _load(self) -> None:
        query, wanted = self._query, self.ctx.services.wanted
        find = self._turned.finder(self._list.fits)
        self.query(
            "page", lambda: find(lambda start, count: wanted.browse(query, start, count)), self._loaded
        )

    def _loaded(self, leaf: Leaf[JobWanted]) -> None:
        self._turned.put(leaf)
        self._fill()

    def _fill(self) -> None:
        for card, entry in zip(self._cards, self._turned.rows, strict=False):
            card.show_words(wanted_words.card_words(self.ctx.strings, self.ctx.services, entry))
        if not self._turned.rows:
            self._list.lack(self._blank())
            return
        self._list.show_turned(self._turned, self.text("common.page_of", page=len(self._turned.starts)))

    def _blank(self) -> Blank:
        if not self._turned.known:
            return Blank(sentence=self.text("common.loading"), icon_name="waiting")
        if self._query == WantedQuery():
            return Blank(
                sentence=self.text("wanted.nobody_at_all"), do=self.text("wanted.nobody_at_all_hint")
            )
        return Blank(
            sentence=self.text("wanted.nobody"),
            do=self.text("wanted.nobody_hint"),
            action=self.text("wanted.show_all"),
        )

    def _narrow_params(self) -> NarrowParams:
        asked = self._asked or WantedListParams()
        listings = ListingsParams(trade=asked.query.trade, region=asked.query.region)

        def narrowed(chosen: ListingsParams) -> None:
            query = WantedQuery(trade=chosen.trade, region=chosen.region)
            self.ctx.navigator.swap(self.name, replace(asked, query=query))

        return NarrowParams(listings=listings, narrowed=narrowed)

    @Slot()
    def _narrow_trade(self) -> None:
        self.ctx.navigator.show("trades_of", self._narrow_params())

    @Slot()
    def _narrow_region(self) -> None:
        self.ctx.navigator.show("districts", self._narrow_params())

    @Slot()
    def _to_mine(self) -> None:
        self.ctx.navigator.show("my_wanted")

    @Slot()
    def _show_all(self) -> None:
        self.ctx.navigator.swap(self.name, replace(self._asked or WantedListParams(), query=WantedQuery()))

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
        entry = self._turned.rows[self.touched_at(self._cards)]
        listing_id = self._asked.listing_id if self._asked is not None else None
        self.ctx.navigator.show("wanted_entry", EntryParams(wanted_id=entry.id, listing_id=listing_id))
