"""Where the work is: the station's own district first, because most of it is near; others one touch away."""

from collections.abc import Sequence

from PySide6.QtCore import Slot

from kiosk.domain.reference import Region
from kiosk.ui.context import UiContext
from kiosk.ui.screens.hire.draft import HireDraft, HireParams
from kiosk.ui.screens.hire.step import HireStep
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.paged import PagedGrid

#: Least width and height of a tile: eleven streets stand on one page.
TILE_MM, MOST_COLUMNS = (66.0, 26.0), 4


class RegionStep(HireStep):
    """Tiles of regions, on pages."""

    step_name = "post_where"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._tiles: list[BigButton] = []
        self._codes: list[str] = []
        self._grid = PagedGrid(self.theme, TILE_MM, most_columns=MOST_COLUMNS)
        self.body.addWidget(self._grid, 1)

    def show_regions(self, regions: Sequence[Region], chosen: str, whole: str = "") -> None:
        """A tile each; ``whole`` is the word for the first region itself rather than a part of it."""
        english = self.ctx.strings.language == "en"
        while len(self._tiles) < len(regions):
            tile = BigButton(self.theme, Kind.PLAIN, role=Role.FACT)
            tile.stand_with(self._tiles)
            tile.clicked.connect(self._touched)
            self._tiles.append(tile)
        self._codes = [region.code for region in regions]
        for at, (tile, region) in enumerate(zip(self._tiles, regions, strict=False)):
            tile.set_kind(Kind.PRIMARY if region.code == chosen else Kind.PLAIN)
            tile.say(whole if whole and at == 0 else region.name_en if english else region.short_name)
        self._grid.set_tiles(self._tiles[: len(regions)])

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._grid.say(self.text("common.previous_page"), self.text("common.next_page"))

    def chosen(self, code: str) -> None:
        """A region was touched."""

    @Slot()
    def _touched(self) -> None:
        self.chosen(self._codes[self.touched_at(self._tiles)])


class PostWhereScreen(RegionStep):
    """在哪个街道."""

    name = "post_where"
    next_screen = "post_address"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.action("hire.other_district", self._other, Kind.PLAIN, icon_name="map")

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._fill()

    def show_draft(self, draft: HireDraft) -> None:  # noqa: ARG002 - what was chosen is marked by the tiles
        """The streets."""
        self._fill()

    def chosen(self, code: str) -> None:
        """Keep it; the address is asked next, also when the place is mended: it is another one then."""
        self.keep(region=code)
        self.ctx.navigator.show(self.next_screen, HireParams(edit=self.params.edit))

    def _fill(self) -> None:
        catalogue, region = self.ctx.services.catalogue, self.draft.form.region
        reference = catalogue.reference
        district = reference.region(self.params.code) or reference.district_of(region)
        district = district or reference.region(self.ctx.services.station.config.district)
        if district is None:
            return
        name = catalogue.region_name(district.code, self.ctx.strings.language)
        self.title.setText(self.text("hire.where_title", district=name))
        self.title.setVisible(True)
        regions = (district, *catalogue.streets(district.code))
        self.show_regions(regions, region, self.text("hire.whole_district"))

    @Slot()
    def _other(self) -> None:
        self.ctx.navigator.show("post_district", HireParams(edit=self.params.edit))


class PostDistrictScreen(RegionStep):
    """在哪个区."""

    name = "post_district"
    title_key = "hire.district_title"

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._fill()

    def show_draft(self, draft: HireDraft) -> None:  # noqa: ARG002 - what was chosen is marked by the tiles
        """The districts."""
        self._fill()

    def chosen(self, code: str) -> None:
        """Its streets."""
        self.ctx.navigator.swap("post_where", HireParams(edit=self.params.edit, code=code))

    def _fill(self) -> None:
        catalogue = self.ctx.services.catalogue
        district = catalogue.reference.district_of(self.draft.form.region)
        self.show_regions(catalogue.districts(), district.code if district is not None else "")
