"""From when to when, and how many hours of that are work."""

from dataclasses import dataclass

from PySide6.QtCore import Slot

from kiosk.domain.numbers import parse_count
from kiosk.domain.refusal import Refusal
from kiosk.services.listings import usual_minutes
from kiosk.ui.context import UiContext
from kiosk.ui.screens.hire.draft import HireDraft
from kiosk.ui.screens.hire.halves import Halves
from kiosk.ui.screens.hire.question import Question
from kiosk.ui.screens.hire.step import HireStep
from kiosk.ui.widgets.clocks import TimePicker
from kiosk.ui.widgets.stepper import Stepper

STARTS, ENDS = (300, 360, 420, 480), (690, 960, 1020, 1080)
HALF_HOUR, HALVES_A_DAY = 30, 24


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursSaid:
    """Kept in the visit once the hours were stepped by hand: other times do not change them then."""


class PostHoursScreen(HireStep):
    """几点到几点."""

    name = "post_hours"
    title_key = "hire.hours_title"
    next_screen = "post_terms"
    step_name = "post_hours"
    covers = (("hours_per_day", "start_minute", "end_minute"),)

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._start = TimePicker(self.theme, "start")
        self._end = TimePicker(self.theme, "end")
        self._hours = Stepper(self.theme, "hours", 1, HALVES_A_DAY)
        self._start.changed.connect(self._times)
        self._end.changed.connect(self._times)
        self._hours.changed.connect(self._stepped)
        self._asked = (
            self.question(Question(self.theme, ("start_minute",), self._start)),
            self.question(Question(self.theme, ("end_minute",), self._end)),
            self.question(Question(self.theme, ("hours_per_day",), self._hours)),
        )
        self._halves = Halves(self.theme)
        self._halves.first.addWidget(self._asked[0])
        self._halves.first.addStretch(1)
        self._halves.second.addWidget(self._asked[1])
        self._halves.second.addStretch(1)
        self.body.addWidget(self._halves)
        self.body.addWidget(self._asked[2])
        self.body.addWidget(self.remedy)
        self.body.addStretch(1)
        self.action("common.next", self.go_on, icon_name="right")

    def arrange(self, *, portrait: bool) -> None:
        """Start and end side by side across."""
        self._halves.arrange(portrait=portrait)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        for asked, key in zip(self._asked, ("start", "end", "hours"), strict=True):
            asked.say(self.text(f"hire.{key}"))
        less, more = self.text("hire.fewer"), self.text("hire.more")
        shown = self.text("common.less"), self.text("common.more")
        for picker, usual in ((self._start, STARTS), (self._end, ENDS)):
            picker.say(
                [(at, self.ctx.strings.minute(at)) for at in usual],
                less,
                more,
                lambda hour: self.text("hire.hour", n=hour),
                lambda minute: self.text("hire.minute", n=f"{minute:02d}"),
                shown=shown,
            )
        self._hours.say(
            less, more, lambda halves: self.text("hire.hours_long", n=f"{halves / 2:g}"), shown=shown
        )

    def show_draft(self, draft: HireDraft) -> None:
        """The times as they stand."""
        form = draft.form
        self._start.set_minute(form.start_minute)
        self._end.set_minute(form.end_minute)
        try:
            minutes = parse_count(form.hours_per_day, "hours_per_day", scale=60)
        except Refusal:
            minutes = usual_minutes(form.start_minute, form.end_minute)
        self._hours.set_value(round(minutes / HALF_HOUR))

    @Slot()
    def _times(self) -> None:
        start, end = self._start.minute, self._end.minute
        if not self.live:
            return
        if self.ctx.visit.has(HoursSaid):
            self.keep(start_minute=start, end_minute=end)
            return
        self._hours.set_value(round(usual_minutes(start, end) / HALF_HOUR))
        self.keep(start_minute=start, end_minute=end, hours_per_day=f"{self._hours.value / 2:g}")

    @Slot(int)
    def _stepped(self, halves: int) -> None:
        self.ctx.visit.keep(HoursSaid())
        self.keep(hours_per_day=f"{halves / 2:g}")
