"""Which kind of work: categories as large tiles; the trades of one of them to narrow a list down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot

from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.grid import TileGrid

#: Room for all categories and the list of everything: fewer tiles keep their size.
PLACES = 12


class TradesScreen(Page):
    """找什么活."""

    name = "trades"
    title_key = "find.trades_title"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._counts: Mapping[str, int] | None = None
        self._grid = TileGrid(self.theme, 3, places=PLACES)
        self._tiles: list[BigButton] = []
        self._codes: list[str] = []
        self._all_tile = BigButton(self.theme, Kind.ACTION, icon_name="list", upright=True, role=Role.LEAD)
        self._all_tile.clicked.connect(self._all)
        self._all_tile.keep_face()
        self.body.addWidget(self._grid, 1)

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - nothing is handed over
        """Show the tiles and ask for the counts."""
        self._fill()
        self.query("counts", self.ctx.services.listings.count_by_trade, self._counted)

    def arrange(self, *, portrait: bool) -> None:
        """Three columns upright, four across."""
        self._grid.set_columns(3 if portrait else 4)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._fill()

    def _entries(self) -> list[tuple[str, str]]:
        """Code and icon of every tile."""
        return [(each.code, each.icon) for each in self.ctx.services.catalogue.categories()]

    def _count_of(self, code: str, counts: Mapping[str, int]) -> int:
        return sum(counts.get(trade.code, 0) for trade in self.ctx.services.catalogue.trades(code))

    def _fill(self) -> None:
        catalogue, language = self.ctx.services.catalogue, self.ctx.strings.language
        entries = self._entries()
        while len(self._tiles) < len(entries):
            tile = BigButton(self.theme, Kind.PLAIN, upright=True, role=Role.LEAD)
            tile.clicked.connect(self._touched)
            tile.keep_face()
            self._tiles.append(tile)
        self._codes = [code for code, _ in entries]
        for tile, (code, icon_name) in zip(self._tiles, entries, strict=False):
            tile.set_icon(icon_name)
            tile.say(catalogue.trade_name(code, language), self._note(code))
        self._all_tile.say(self._all_word(), self._total(self._codes))
        self._grid.set_tiles([*self._tiles[: len(entries)], self._all_tile])

    def _all_word(self) -> str:
        return self.text("find.all_listings")

    def _note(self, code: str) -> str:
        if self._counts is None:
            return "\u00a0"  # its line is there before the number is
        count = self._count_of(code, self._counts)
        return self.text("find.count", n=count) if count else self.text("find.no_count")

    def _total(self, codes: Sequence[str]) -> str:
        if self._counts is None:
            return "\u00a0"
        return self.text("find.count", n=sum(self._count_of(code, self._counts) for code in codes))

    def _counted(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._fill()

    def _choose(self, code: str) -> None:
        from kiosk.ui.screens.find.params import ListingsParams

        self.ctx.navigator.show("listings", ListingsParams(trade=code))

    @Slot()
    def _touched(self) -> None:
        self._choose(self._codes[self.touched_at(self._tiles)])

    @Slot()
    def _all(self) -> None:
        from kiosk.ui.screens.find.params import ListingsParams

        self.ctx.navigator.show("listings", ListingsParams())
