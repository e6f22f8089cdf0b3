"""When the work begins, and when it ends: a page each."""

from typing import ClassVar

from PySide6.QtCore import Slot

from kiosk.services.listings import ListingForm, usual_minutes
from kiosk.ui.context import UiContext
from kiosk.ui.screens.hire.draft import HireDraft, HoursSaid
from kiosk.ui.screens.hire.step import HireStep
from kiosk.ui.theme import Role
from kiosk.ui.widgets.clocks import TimePicker
from kiosk.ui.widgets.text import Text


class TimeStep(HireStep):
    """One time of day: six usual ones that go on at the touch, and steppers for any other."""

    #: Field of the form, name of the picker, and the usual times in minutes after 00:00.
    asks: ClassVar[str] = ""
    picker_name: ClassVar[str] = ""
    usual: ClassVar[tuple[int, ...]] = ()

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.picker = TimePicker(self.theme, self.picker_name)
        self.picker.changed.connect(self._changed)
        self.picker.picked.connect(self._picked)
        self._said = Text(self.theme, Role.LEAD, tone="blue", bold=True)
        self.picker.add_below(self._said)
        self.body.addWidget(self.remedy)
        self.body.addWidget(self.picker, 1)
        self.way_on()

    def arrange(self, *, portrait: bool) -> None:
        """Two usual times beside each other upright, three across."""
        self.picker.set_columns(2 if portrait else 3)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.picker.say(
            [(at, self.ctx.strings.minute(at)) for at in self.usual],
            self.text("hire.fewer"),
            self.text("hire.more"),
            lambda hour: self.text("hire.hour", n=hour),
            lambda minute: self.text("hire.minute", n=f"{minute:02d}"),
            shown=(self.text("common.less"), self.text("common.more")),
            other=self.text("hire.other_time"),
        )
        self._say()

    def show_draft(self, draft: HireDraft) -> None:
        """The time as it stands."""
        self.picker.set_minute(getattr(draft.form, self.asks))

    def follows(self, form: ListingForm) -> str:  # noqa: ARG002 - for subclasses
        """What follows from the time; "" for nothing worth saying."""
        return ""

    def _say(self) -> None:
        follows = self.follows(self.draft.form)
        self._said.setText(follows)
        self._said.setVisible(bool(follows))

    @Slot()
    def _changed(self) -> None:
        """Hours of work follow the times of day until the person has said them."""
        if not self.live:
            return
        minute, form = self.picker.minute, self.draft.form
        times = {"start_minute": form.start_minute, "end_minute": form.end_minute, self.asks: minute}
        hours = {}
        if not self.ctx.visit.has(HoursSaid):
            hours = {"hours_per_day": f"{usual_minutes(times['start_minute'], times['end_minute']) / 60:g}"}
        self.keep(**{self.asks: minute}, **hours)
        self._say()

    @Slot()
    def _picked(self) -> None:
        if self.live:
            self.go_on()


class PostBeginScreen(TimeStep):
    """几点上班."""

    name = "post_begin"
    title_key = "hire.begin_title"
    next_screen = "post_end"
    step_name = "post_begin"
    asks = "start_minute"
    picker_name = "start"
    usual = (300, 360, 420, 480, 780, 1080)
    covers = (("start_minute",),)


class PostEndScreen(TimeStep):
    """几点下班."""

    name = "post_end"
    title_key = "hire.end_title"
    next_screen = "post_pay"
    step_name = "post_end"
    asks = "end_minute"
    picker_name = "end"
    usual = (660, 720, 960, 1020, 1080, 1200)
    covers = (("end_minute",),)

    def follows(self, form: ListingForm) -> str:
        """How many hours of work that is: it can be said otherwise in the summary."""
        span = self.ctx.strings.hours(form.start_minute, form.end_minute)
        return self.text("hire.net_hours", span=span, hours=form.hours_per_day)
