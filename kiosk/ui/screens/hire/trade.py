"""What is to be done: categories, then trades; or a word that finds the trade at once."""

from collections.abc import Sequence

from PySide6.QtCore import Slot

from kiosk.domain.reference import Trade, TradeCategory
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.find.trades import PLACES
from kiosk.ui.screens.hire.draft import HireDraft, HireParams
from kiosk.ui.screens.hire.step import HireStep
from kiosk.ui.strings import FIRST_LANGUAGE
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.fields import Field
from kiosk.ui.widgets.grid import TileGrid
from kiosk.ui.widgets.text import Text

MOST_FOUND = 9


class TradeStep(HireStep):
    """Tiles of categories or trades."""

    next_screen = "post_count"
    step_name = "post_trade"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._entries: Sequence[Trade | TradeCategory] = ()
        self._tiles: list[BigButton] = []
        self._grid = TileGrid(self.theme, 3, places=PLACES)

    def arrange(self, *, portrait: bool) -> None:
        """Three columns upright, four across."""
        self._grid.set_columns(3 if portrait else 4)

    def show_entries(self, entries: Sequence[Trade | TradeCategory]) -> None:
        """A tile each; the trade that was chosen before is marked."""
        catalogue, language = self.ctx.services.catalogue, self.ctx.strings.language
        self._entries = entries
        while len(self._tiles) < len(entries):
            tile = BigButton(self.theme, Kind.PLAIN, upright=True, role=Role.LEAD)
            tile.clicked.connect(self._touched)
            self._tiles.append(tile)
        chosen = self.draft.form.trade
        for tile, entry in zip(self._tiles, entries, strict=False):
            tile.set_icon(entry.icon)
            tile.set_kind(Kind.PRIMARY if entry.code == chosen else Kind.PLAIN)
            tile.say(catalogue.trade_name(entry.code, language))
        self._grid.set_tiles(self._tiles[: len(entries)])

    def choose(self, trade: Trade) -> None:
        """Keep the trade; its usual unit of pay and its name as a title, unless something else was said."""
        catalogue, form = self.ctx.services.catalogue, self.draft.form
        former = catalogue.trade_name(form.trade, FIRST_LANGUAGE) if form.trade else ""
        title = form.title
        if title in ("", former):
            title = catalogue.trade_name(trade.code, FIRST_LANGUAGE)
        unit = form.pay_unit if form.pay else trade.unit
        self.keep(trade=trade.code, title=title, pay_unit=unit)
        self.go_on()

    @Slot()
    def _touched(self) -> None:
        entry = self._entries[self.touched_at(self._tiles)]
        if isinstance(entry, Trade):
            self.choose(entry)
        else:
            self.ctx.navigator.show("post_trade_of", HireParams(edit=self.params.edit, code=entry.code))


class PostTradeScreen(TradeStep):
    """招什么工."""

    name = "post_trade"
    title_key = "hire.trade_title"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.search = self.field(Field(self.theme, "search", InputWish.TEXT))
        self.search.changed.connect(self._typed)
        self.search.entered.connect(self._entered)
        self._nothing = Text(self.theme, Role.LEAD, tone="soft")
        self.body.addWidget(self.search)
        self.body.addWidget(self._nothing)
        self.body.addWidget(self._grid, 1)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.search.say("")
        self.search.line.setPlaceholderText(self.text("hire.trade_search"))
        self._nothing.setText(self.text("hire.trade_nothing"))
        self._fill()

    def show_draft(self, draft: HireDraft) -> None:  # noqa: ARG002 - what was chosen is marked by the tiles
        """The categories; a search of before is over."""
        self.search.set_text("")
        self._fill()

    def _fill(self) -> None:
        catalogue, text = self.ctx.services.catalogue, self.search.text.strip()
        found = catalogue.find_trades(text)
        self._nothing.setVisible(bool(text) and not found)
        self.show_entries(found[:MOST_FOUND] if found else catalogue.categories())

    @Slot()
    def _typed(self) -> None:
        if self.live:
            self._fill()

    @Slot()
    def _entered(self) -> None:
        """Enter takes a trade that is the only one found."""
        found = self.ctx.services.catalogue.find_trades(self.search.text)
        if len(found) == 1:
            self.choose(found[0])


class PostTradeOfScreen(TradeStep):
    """The trades of one category."""

    name = "post_trade_of"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.body.addWidget(self._grid, 1)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._fill()

    def show_draft(self, draft: HireDraft) -> None:  # noqa: ARG002 - what was chosen is marked by the tiles
        """The trades."""
        self._fill()

    def _fill(self) -> None:
        catalogue, category = self.ctx.services.catalogue, self.params.code
        if category:
            self.title.setText(catalogue.trade_name(category, self.ctx.strings.language))
            self.title.setVisible(True)
            self.show_entries(catalogue.trades(category))
