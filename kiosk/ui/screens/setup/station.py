"""Which station this is: code, name, district."""

from PySide6.QtCore import Slot

from kiosk.domain.reference import Region
from kiosk.services.station import SetupForm
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.setup.step import SetupStep
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import STAFF_MM
from kiosk.ui.widgets.choices import ChoiceGrid, Option
from kiosk.ui.widgets.fields import Field
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
        reference = self.setup.reference
        self._cities = reference.cities()
        self._districts = {city.code: reference.children(city.code) for city in self._cities}
        self.cities = ChoiceGrid(self.theme, len(self._cities), role=Role.BODY, height_mm=STAFF_MM)
        self.cities.changed.connect(self._city_chosen)
        self.districts = ChoiceGrid(self.theme, 4, role=Role.BODY, height_mm=STAFF_MM)
        self.districts.changed.connect(self._chosen)
        self.code.changed.connect(self._typed)
        self.station.changed.connect(self._typed)
        self.body.addWidget(self.code)
        self.body.addWidget(self.station)
        self.body.addWidget(self._which)
        self.body.addWidget(self.cities)
        self.body.addWidget(self.districts)
        self.body.addStretch(1)
        self.action("common.next", self._on, icon_name="right")

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.code.say(self.text("setup.kiosk"), self.text("setup.kiosk_hint"))
        self.station.say(self.text("setup.name"), self.text("setup.name_hint"))
        self._which.setText(self.text("setup.district"))
        self.cities.set_options(Option(value=city.code, text=self._named(city)) for city in self._cities)
        self._show_districts()

    def arrange(self, *, portrait: bool) -> None:
        """Fewer columns upright."""
        self.districts.set_columns(3 if portrait else 5)

    def show_form(self, form: SetupForm) -> None:
        """What was typed before."""
        self.code.set_text(form.kiosk)
        self.station.set_text(form.name)
        self._mark(form.district)

    def check(self, form: SetupForm) -> None:
        """Code, name and district."""
        self.setup.check_station(form)

    def _named(self, region: Region) -> str:
        return region.name_en if self.ctx.strings.language == "en" else region.name

    def _show_districts(self) -> None:
        districts = self._districts.get(str(self.cities.value), ())
        self.districts.set_options(Option(value=each.code, text=self._named(each)) for each in districts)

    def _mark(self, district: str) -> None:
        for city, districts in self._districts.items():
            if any(each.code == district for each in districts):
                self.cities.choose(city)
        self._show_districts()
        self.districts.choose(district)

    @Slot(str)
    def _typed(self, _: str) -> None:
        self.keep(kiosk=self.code.text, name=self.station.text)

    @Slot()
    def _city_chosen(self) -> None:
        self._show_districts()
        self.districts.choose()
        self.keep(district="")

    @Slot()
    def _chosen(self) -> None:
        self.keep(district=str(self.districts.value or ""))

    @Slot()
    def _on(self) -> None:
        self.on()
