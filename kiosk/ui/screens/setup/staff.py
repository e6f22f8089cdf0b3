"""The first member of staff, and the end of first set-up."""

from PySide6.QtCore import Slot

from kiosk.domain.refusal import Refusal
from kiosk.services.setup import SetupForm
from kiosk.services.station_config import StationConfig
from kiosk.ui.components.field_row import FieldRow
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.setup.step import STEP_OF, SetupStep, StepParams
from kiosk.ui.widgets.fields import Field


class StaffStep(SetupStep):
    """第一位工作人员."""

    name = "setup_staff"
    title_key = "setup.staff_title"
    hint_key = "setup.staff_hint"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.who = self.field(Field(self.theme, "staff_name", InputWish.NAME, max_length=60))
        self.pin = self.field(Field(self.theme, "pin", InputWish.DIGITS, secret=True, max_length=16))
        self.again = self.field(Field(self.theme, "pin_again", InputWish.DIGITS, secret=True, max_length=16))
        asked = (self.who, self.pin, self.again)
        for field in asked:
            field.changed.connect(self._typed)
        self._row = FieldRow(self.theme, *asked)
        self.body.addWidget(self._row)
        self.body.addStretch(1)
        self.action("setup.finish", self._finish, icon_name="check")

    def arrange(self, *, portrait: bool) -> None:
        """Side by side across."""
        self._row.arrange(portrait=portrait)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.who.say(self.text("setup.staff_name"))
        self.pin.say(self.text("setup.pin"), self.text("setup.pin_hint"))
        self.again.say(self.text("setup.pin_again"))

    def show_form(self, form: SetupForm) -> None:
        """What was typed before; a PIN stays as dots."""
        self.who.set_text(form.staff_name)
        self.pin.set_text(form.pin)
        self.again.set_text(form.pin_again)

    def refused(self, refusal: Refusal) -> None:
        """A refusal about an earlier step is shown there."""
        step = STEP_OF.get(refusal.field or "", self.name)
        if step == self.name:
            super().refused(refusal)
        else:
            self.ctx.navigator.show(step, StepParams(refusal=refusal))

    @Slot(str)
    def _typed(self, _: str) -> None:
        self.keep(staff_name=self.who.text, pin=self.pin.text, pin_again=self.again.text)

    @Slot()
    def _finish(self) -> None:
        self.clear_errors()
        form, setup = self.form, self.setup
        self.submit(lambda: setup.finish(form), self._done)

    def _done(self, config: StationConfig) -> None:
        self.ctx.navigator.swap("setup_done", config)
