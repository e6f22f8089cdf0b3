"""Another printer, scanner or card reader, another screen, another number to call: after first set-up."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.ui.components.device_form import DeviceForm
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext


class StaffDevicesScreen(Page):
    """设备和电话. What is saved here is used at once: the kiosk puts itself together again."""

    name = "staff_devices"
    for_staff = True
    title_key = "staff.devices_title"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.devices = DeviceForm(self.theme, later=True)
        for field in self.devices.fields:
            self.field(field)
        self.body.addWidget(self.devices)
        self.body.addStretch(1)
        self.action("staff.devices_save", self._save, icon_name="check")

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - none
        """As it is now; what was typed and not saved is gone."""
        self.clear_errors()
        self.devices.show_form(self.ctx.services.station_devices.form)

    def arrange(self, *, portrait: bool) -> None:
        """Upright or across."""
        self.devices.arrange(portrait=portrait)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.devices.say(self.text)

    @Slot()
    def _save(self) -> None:
        self.clear_errors()
        session, desk = self.ctx.navigator.staff, self.ctx.services.station_devices
        if session is None:
            return
        form = self.devices.read(desk.form)
        self.submit(lambda: desk.change(session, form), self._saved)

    def _saved(self, _: object) -> None:
        self.ctx.notices.toast.emit(self.text("staff.devices_saved"))
