"""Which station this is: code, name, district."""

from PySide6.QtCore import Slot

from kiosk.domain.reference import Level
from kiosk.services.station import SetupForm
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.setup.step import SetupStep
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import STAFF_MM, BigButton, Choice
from kiosk.ui.widgets.fields import Field
from kiosk.ui.widgets.paged import PagedGrid
from kiosk.ui.widgets.text import Text


class StationStep(SetupStep):
    """这是哪个站点."""

    name = "setup"
    title_key = "setup.station_title"
    hint_key = "setup.station_hint"
    next_screen = "setup_devices"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.code = self.field(Field(self.theme, "kiosk", InputWish.CODE, max_length=12))
        self.station = self.field(Field(self.theme, "name", InputWish.TEXT, max_length=60))
        self._which = Text(self.theme, Role.BODY, tone="soft", bold=True)
        regions = self.setup.regions()
        self._regions = [region for region in regions if region.level is Level.DISTRICT]
        self._tiles: list[BigButton] = []
        for _ in self._regions:
            tile = Choice(self.theme, role=Role.BODY, height_mm=STAFF_MM)
            tile.clicked.connect(self._chosen)
            self._tiles.append(tile)
        self._grid = PagedGrid(self.theme, tile_mm=(56.0, 16.0))
        self.code.changed.connect(self._typed)
        self.station.changed.connect(self._typed)
        self.body.addWidget(self.code)
        self.body.addWidget(self.station)
        self.body.addWidget(self._which)
        self.body.addWidget(self._grid, 1)
        self.action("common.next", self._on, icon_name="right")

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.code.say(self.text("setup.kiosk"), self.text("setup.kiosk_hint"))
        self.station.say(self.text("setup.name"), self.text("setup.name_hint"))
        self._which.setText(self.text("setup.district"))
        english = self.ctx.strings.language == "en"
        for tile, region in zip(self._tiles, self._regions, strict=True):
            tile.say(region.name_en if english else region.name)
        self._grid.say(self.text("common.previous_page"), self.text("common.next_page"))
        self._grid.set_tiles(self._tiles)

    def show_form(self, form: SetupForm) -> None:
        """What was typed before."""
        self.code.set_text(form.kiosk)
        self.station.set_text(form.name)
        self._mark(form.district)

    def check(self, form: SetupForm) -> None:
        """Code, name and district."""
        self.setup.check_station(form)

    def _mark(self, district: str) -> None:
        for tile, region in zip(self._tiles, self._regions, strict=True):
            tile.setChecked(region.code == district)

    @Slot(str)
    def _typed(self, _: str) -> None:
        self.keep(kiosk=self.code.text, name=self.station.text)

    @Slot()
    def _chosen(self) -> None:
        district = self._regions[self.touched_at(self._tiles)].code
        self.keep(district=district)
        self._mark(district)

    @Slot()
    def _on(self) -> None:
        self.on()
