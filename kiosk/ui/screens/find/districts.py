"""Which district, to narrow a list down."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Slot

from kiosk.services.catalogue import ENGLISH
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.find.narrow import narrow_down
from kiosk.ui.screens.find.params import ListingsParams, NarrowParams
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.grid import TileGrid


class DistrictsScreen(Page):
    """在哪个区."""

    name = "districts"
    title_key = "find.districts_title"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._narrow = NarrowParams(listings=ListingsParams())
        self._grid = TileGrid(self.theme, 2)
        self._regions = tuple(ctx.services.catalogue.districts())
        self._tiles = [BigButton(self.theme, Kind.PLAIN, role=Role.FACT) for _ in self._regions]
        for tile in self._tiles:
            tile.clicked.connect(self._touched)
        self._everywhere = BigButton(self.theme, Kind.ACTION, icon_name="map", role=Role.FACT)
        self._everywhere.clicked.connect(self._all)
        tiles = [*self._tiles, self._everywhere]
        self._grid.set_tiles(tiles)
        self.body.addWidget(self._grid, 1)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - NarrowParams
        """Which list."""
        if isinstance(params, NarrowParams):
            self._narrow = params

    def arrange(self, *, portrait: bool) -> None:
        """Two columns upright, three across."""
        self._grid.set_columns(2 if portrait else 3)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        english = self.ctx.strings.language == ENGLISH
        for tile, region in zip(self._tiles, self._regions, strict=True):
            tile.say(region.name_en if english else region.name)
        self._everywhere.say(self.text("find.all_districts"))

    def wipe(self) -> None:
        """Forget the list."""
        super().wipe()
        self._narrow = NarrowParams(listings=ListingsParams())

    def _choose(self, region: str | None) -> None:
        narrow_down(self, self._narrow, replace(self._narrow.listings, region=region))

    @Slot()
    def _touched(self) -> None:
        self._choose(self._regions[self.touched_at(self._tiles)].code)

    @Slot()
    def _all(self) -> None:
        self._choose(None)
