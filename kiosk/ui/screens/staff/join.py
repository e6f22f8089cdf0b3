"""The station joins its city, or comes back after it was shut out: address and one-time token."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.services.station_config import StationConfig
from kiosk.ui.components.field_row import FieldRow
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.fields import Field


class JoinScreen(Page):
    """连到市里."""

    name = "staff_join"
    for_staff = True
    title_key = "staff.join_title"
    hint_key = "staff.join_hint"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.url = self.field(Field(self.theme, "city_url", InputWish.CODE, max_length=200))
        self.token = self.field(Field(self.theme, "enrol_token", InputWish.CODE, max_length=60), forgets=True)
        self._row = FieldRow(self.theme, self.url, self.token)
        self.body.addWidget(self._row)
        self.body.addStretch(1)
        self._renew_button = self.action("staff.renew", self._renew, Kind.PLAIN, icon_name="key")
        self.action("staff.join_now", self._join, icon_name="cloud_ok")

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - none
        """The address is mostly the old one."""
        enrolment = self.ctx.services.station.config.enrolment
        self._renew_button.setVisible(enrolment is not None)
        if enrolment is not None and not self.url.text:
            self.url.set_text(enrolment.url)

    def arrange(self, *, portrait: bool) -> None:
        """Side by side across."""
        self._row.arrange(portrait=portrait)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.url.say(self.text("setup.city_url"), self.text("setup.city_url_hint"))
        self.token.say(self.text("setup.enrol_token"), self.text("setup.enrol_token_hint"))

    @Slot()
    def _join(self) -> None:
        self.clear_errors()
        url, token, station = self.url.text, self.token.text, self.ctx.services.station
        self.outside(lambda: station.join_city(url, token), self._joined)

    @Slot()
    def _renew(self) -> None:
        self.clear_errors()
        self.outside(self.ctx.services.station.renew_key, self._renewed)

    def _renewed(self, _: StationConfig) -> None:
        self.ctx.notices.toast.emit(self.text("staff.renewed"))

    def _joined(self, _: StationConfig) -> None:
        self.ctx.notices.toast.emit(self.text("staff.joined"))
