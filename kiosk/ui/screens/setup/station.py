"""Which station this is: the kiosk's code, the station's name and its phone."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout

from kiosk.services.setup import SetupForm
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.setup.step import SetupStep
from kiosk.ui.widgets.fields import Field


class StationStep(SetupStep):
    """这是哪个站点."""

    name = "setup"
    title_key = "setup.station_title"
    hint_key = "setup.station_hint"
    next_screen = "setup_where"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.code = self.field(Field(self.theme, "kiosk", InputWish.CODE, max_length=12))
        self.station = self.field(Field(self.theme, "name", InputWish.TEXT, max_length=60))
        self.phone = self.field(Field(self.theme, "station_phone", InputWish.TEXT, max_length=30))
        self.code.changed.connect(self._typed)
        self.phone.changed.connect(self._typed)
        self.station.changed.connect(self._typed)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        for field, stretch in ((self.code, 1), (self.station, 2), (self.phone, 1)):
            self._row.addWidget(field, stretch, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(self._row)
        self.body.addStretch(1)
        self.action("common.next", self._on, icon_name="right")

    def arrange(self, *, portrait: bool) -> None:
        """Side by side across, so that the dock leaves room for both."""
        way = QBoxLayout.Direction.TopToBottom if portrait else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        self._row.setSpacing(self.theme.px(6))

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.code.say(self.text("setup.kiosk"), self.text("setup.kiosk_hint"))
        self.station.say(self.text("setup.name"), self.text("setup.name_hint"))
        self.phone.say(self.text("setup.station_phone"), self.text("setup.station_phone_hint"))

    def show_form(self, form: SetupForm) -> None:
        """What was typed before."""
        self.code.set_text(form.kiosk)
        self.station.set_text(form.name)
        self.phone.set_text(form.station_phone)

    def check(self, form: SetupForm) -> None:
        """Code and name."""
        self.setup.check_station(form)

    @Slot(str)
    def _typed(self, _: str) -> None:
        self.keep(kiosk=self.code.text, name=self.station.text, station_phone=self.phone.text)

    @Slot()
    def _on(self) -> None:
        self.on()
