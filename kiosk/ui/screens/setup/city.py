"""Which city the kiosk belongs to: its address and the one-time token, or offline for now."""

from PySide6.QtCore import Slot

from kiosk.domain.refusal import Refusal
from kiosk.services.setup import SetupForm
from kiosk.ui.components.field_row import FieldRow
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.setup.step import SetupStep
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.fields import Field


class CityStep(SetupStep):
    """连哪个市."""

    name = "setup_city"
    title_key = "setup.city_title"
    hint_key = "setup.city_hint"
    next_screen = "setup_staff"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.url = self.field(Field(self.theme, "city_url", InputWish.CODE, max_length=200))
        self.token = self.field(Field(self.theme, "enrol_token", InputWish.CODE, max_length=60), forgets=True)
        self.url.changed.connect(self._typed)
        self.token.changed.connect(self._typed)
        self._row = FieldRow(self.theme, self.url, self.token)
        self.body.addWidget(self._row)
        self.body.addStretch(1)
        self.action("setup.offline", self._offline, Kind.PLAIN, icon_name="cloud_off")
        self.action("common.next", self._on, icon_name="right")

    def arrange(self, *, portrait: bool) -> None:
        """Side by side across."""
        self._row.arrange(portrait=portrait)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.url.say(self.text("setup.city_url"), self.text("setup.city_url_hint"))
        self.token.say(self.text("setup.enrol_token"), self.text("setup.enrol_token_hint"))

    def show_form(self, form: SetupForm) -> None:
        """What was typed before."""
        self.url.set_text(form.city_url)
        self.token.set_text(form.enrol_token)

    def check(self, form: SetupForm) -> None:
        """Both, or the other button."""
        if not form.city_url.strip():
            raise Refusal("refusal.city_url", "city_url")
        if not form.enrol_token.strip():
            raise Refusal("refusal.enrol_token_missing", "enrol_token")

    @Slot(str)
    def _typed(self, _: str) -> None:
        self.keep(city_url=self.url.text, enrol_token=self.token.text)

    @Slot()
    def _offline(self) -> None:
        self.url.set_text("")
        self.token.set_text("")
        self.keep(city_url="", enrol_token="")
        self.ctx.navigator.show(self.next_screen)

    @Slot()
    def _on(self) -> None:
        self.on()
