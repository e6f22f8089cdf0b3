"""Which kind of work: categories as large tiles, then their trades, each with how many listings it has today."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Slot

from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.find.params import ListingsParams
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.grid import TileGrid


@dataclass(frozen=True, slots=True, kw_only=True)
class TradesParams:
    """Which category's trades; None shows the categories."""

    category: str | None = None


class TradesScreen(Page):
    """找什么活."""

    name = "trades"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._category: str | None = None
        self._counts: Mapping[str, int] = {}
        self._grid = TileGrid(self.theme, 3)
        self._tiles: list[BigButton] = []
        self._codes: list[str] = []
        self.body.addWidget(self._grid, 1)
        self.action("find.all_listings", self._all, Kind.ACTION, icon_name="list")

    def enter(self, params: Any) -> None:  # noqa: ANN401 - TradesParams or None
        """Show the tiles and ask for the counts."""
        self._category = params.category if isinstance(params, TradesParams) else None
        self._fill()
        self.query("counts", self.ctx.services.listings.count_by_trade, self._counted)

    def arrange(self, *, portrait: bool) -> None:
        """Three columns upright, four across."""
        self._grid.set_columns(3 if portrait else 4)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._fill()

    def _fill(self) -> None:
        catalogue, language = self.ctx.services.catalogue, self.ctx.strings.language
        inside = self._category is not None
        groups = {each.code: each.icon for each in catalogue.categories()}
        entries = catalogue.trades(self._category) if inside else catalogue.categories()
        self.title.setText(
            catalogue.trade_name(self._category, language)
            if self._category
            else self.text("find.trades_title")
        )
        self.title.setVisible(True)
        while len(self._tiles) < len(entries):
            tile = BigButton(self.theme, Kind.PLAIN, upright=True, role=Role.LEAD)
            tile.clicked.connect(self._touched)
            self._tiles.append(tile)
        self._codes = [entry.code for entry in entries]
        for tile, code in zip(self._tiles, self._codes, strict=False):
            tile.set_icon(groups[self._category or code])
            count = self._count_of(code)
            note = self.text("find.count", n=count) if count else self.text("find.no_count")
            tile.say(catalogue.trade_name(code, language), note)
        self._grid.set_tiles(self._tiles[: len(entries)])

    def _count_of(self, code: str) -> int:
        if self._category is not None:
            return self._counts.get(code, 0)
        return sum(self._counts.get(trade.code, 0) for trade in self.ctx.services.catalogue.trades(code))

    def _counted(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._fill()

    @Slot()
    def _touched(self) -> None:
        code = self._codes[self.touched_at(self._tiles)]
        if self._category is None:
            # The same screen again, one level down, with a way back.
            self.ctx.navigator.show("trades_of", TradesParams(category=code))
        else:
            self.ctx.navigator.show("listings", ListingsParams(trade=code))

    @Slot()
    def _all(self) -> None:
        self.ctx.navigator.show("listings", ListingsParams(trade=self._category))


class TradesOfScreen(TradesScreen):
    """The trades of one category."""

    name = "trades_of"
