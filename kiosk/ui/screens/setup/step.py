"""What the steps of first set-up have in common: the draft, and the way on."""

from dataclasses import dataclass, replace
from typing import Any

from kiosk.domain.refusal import Refusal
from kiosk.services.setup import Setup, SetupForm
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupDraft:
    """What has been said so far."""

    form: SetupForm = SetupForm()  # noqa: RUF009 - a frozen value


#: Which step asks for which field.
STEP_OF = {
    "kiosk": "setup",
    "name": "setup",
    "station_phone": "setup",
    "district": "setup_where",
    "panel_inch": "setup_devices",
    "printer_address": "setup_devices",
    "scanner": "setup_devices",
    "card_reader": "setup_devices",
    "city_url": "setup_city",
    "enrol_token": "setup_city",
    "staff_name": "setup_staff",
    "pin": "setup_staff",
    "pin_again": "setup_staff",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepParams:
    """A refusal of the whole form that belongs to this step."""

    refusal: Refusal | None = None


class SetupStep(Page):
    """One step; a subclass overrides ``show_form``, ``check`` and names ``next_screen``."""

    next_screen = ""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._live = False

    @property
    def setup(self) -> Setup:
        """The use case."""
        setup: Setup = self.ctx.services
        return setup

    @property
    def form(self) -> SetupForm:
        """What has been said so far."""
        return self.ctx.visit.draft(SetupDraft).form

    def keep(self, **changes: Any) -> None:  # noqa: ANN401 - fields of SetupForm
        """Put a change into the draft; not while the step is filled or wiped."""
        if self._live:
            self.ctx.visit.keep(SetupDraft(form=replace(self.form, **changes)))

    def enter(self, params: Any) -> None:  # noqa: ANN401 - StepParams or None
        """Show what was said before."""
        self._live = False
        self.clear_errors()
        self.show_form(self.form)
        self._live = True
        if isinstance(params, StepParams) and params.refusal is not None:
            self.refused(params.refusal)

    def leave(self) -> None:
        """Nothing is kept any more."""
        self._live = False

    def wipe(self) -> None:
        """Forget what was said."""
        self._live = False
        super().wipe()

    def show_form(self, form: SetupForm) -> None:
        """Put the draft into the widgets."""

    def check(self, form: SetupForm) -> None:
        """Raise a Refusal when this step is not done."""

    def on(self) -> None:
        """On to the next step, if this one is done."""
        self.clear_errors()
        try:
            self.check(self.form)
        except Refusal as refusal:
            self.refused(refusal)
            return
        self.ctx.navigator.show(self.next_screen)
