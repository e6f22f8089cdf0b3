"""Where the station is: city, then district."""

from PySide6.QtCore import Slot

from kiosk.domain.reference import Region
from kiosk.services.setup import SetupForm
from kiosk.ui.context import UiContext
from kiosk.ui.screens.setup.step import SetupStep
from kiosk.ui.theme import Role
from kiosk.ui.widgets.choices import ChoiceGrid, Option
from kiosk.ui.widgets.text import Text


class WhereStep(SetupStep):
    """在哪个区."""

    name = "setup_where"
    title_key = "setup.where_title"
    next_screen = "setup_devices"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        reference = self.setup.reference
        self._cities = reference.cities()
        self._districts = {city.code: reference.children(city.code) for city in self._cities}
        self.cities = ChoiceGrid(self.theme, len(self._cities))
        self.cities.changed.connect(self._city_chosen)
        self._which = Text(self.theme, Role.BODY, tone="soft", bold=True)
        self.districts = ChoiceGrid(self.theme, 3, role=Role.BODY)
        self.districts.changed.connect(self._chosen)
        self.body.addWidget(self.cities)
        self.body.addWidget(self._which)
        self.body.addWidget(self.districts)
        self.body.addStretch(1)
        self.action("common.next", self._on, icon_name="right")

    def arrange(self, *, portrait: bool) -> None:
        """Fewer columns upright."""
        self.districts.set_columns(3 if portrait else 4)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._which.setText(self.text("setup.district"))
        self.cities.set_options(Option(value=city.code, text=self._named(city)) for city in self._cities)
        self._show_districts()

    def show_form(self, form: SetupForm) -> None:
        """What was chosen before."""
        for city, districts in self._districts.items():
            if any(each.code == form.district for each in districts):
                self.cities.choose(city)
        self._show_districts()
        self.districts.choose(form.district)

    def check(self, form: SetupForm) -> None:
        """A district."""
        self.setup.check_district(form)

    def _named(self, region: Region) -> str:
        return region.name_en if self.ctx.strings.language == "en" else region.name

    def _show_districts(self) -> None:
        districts = self._districts.get(str(self.cities.value), ())
        self.districts.set_options(Option(value=each.code, text=self._named(each)) for each in districts)
        self._which.setVisible(bool(districts))

    @Slot()
    def _city_chosen(self) -> None:
        self._show_districts()
        self.districts.choose()
        self.keep(district="")

    @Slot()
    def _chosen(self) -> None:
        self.keep(district=str(self.districts.value))

    @Slot()
    def _on(self) -> None:
        self.on()
