"""The screen's size, which turns millimetres into pixels, where slips go, and what reads codes and cards."""

from PySide6.QtCore import Slot

from kiosk.services.setup import SetupForm
from kiosk.ui.components.device_form import DeviceForm
from kiosk.ui.context import UiContext
from kiosk.ui.screens.setup.step import SetupStep


class DevicesStep(SetupStep):
    """屏幕和打印机."""

    name = "setup_devices"
    title_key = "setup.devices_title"
    next_screen = "setup_city"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.devices = DeviceForm(self.theme)
        for field in self.devices.fields:
            self.field(field)
        self.body.addWidget(self.devices)
        self.body.addStretch(1)
        self.devices.changed.connect(self._said)
        self.action("common.next", self._on, icon_name="right")

    def arrange(self, *, portrait: bool) -> None:
        """Upright or across."""
        self.devices.arrange(portrait=portrait)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.devices.say(self.text)

    def show_form(self, form: SetupForm) -> None:
        """What was chosen before."""
        self.devices.show_form(form)

    def check(self, form: SetupForm) -> None:
        """Panel and printer."""
        self.setup.check_devices(form)

    @Slot()
    def _said(self) -> None:
        form = self.devices.read(self.form)
        self.keep(**{name: getattr(form, name) for name in ("printer", *self._names)})

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(field.field_name for field in self.devices.fields)

    @Slot()
    def _on(self) -> None:
        self.on()
