"""Numbers that are usually one of six, and can be stepped to any other: how many days, how many hours of a day."""

from collections.abc import Hashable, Iterable
from datetime import timedelta
from typing import ClassVar

from PySide6.QtCore import Slot

from kiosk.domain.numbers import parse_count
from kiosk.domain.refusal import Refusal
from kiosk.services.listings import usual_minutes
from kiosk.ui.screens.hire.draft import HireDraft, HoursSaid
from kiosk.ui.screens.hire.step import SUMMARY
from kiosk.ui.screens.hire.touched import TouchStep
from kiosk.ui.theme import Role
from kiosk.ui.widgets.choices import Option
from kiosk.ui.widgets.stepper import Stepper
from kiosk.ui.widgets.text import Text

MOST_DAYS = 366
HALF_HOUR, HALVES_A_DAY = 30, 24


class SteppedStep(TouchStep):
    """The usual numbers as answers, − and + below them for any other, and what follows from the number."""

    usual: ClassVar[tuple[int, ...]] = ()
    #: Name of the stepper, and the greatest number it goes to.
    stepper_name: ClassVar[str] = ""
    most: ClassVar[int] = 1

    def add_below(self) -> None:
        """− and +."""
        self._other = Text(self.theme, Role.BODY, tone="soft", bold=True)
        self.stepper = Stepper(self.theme, self.stepper_name, 1, self.most)
        self.stepper.changed.connect(self._stepped)
        self.said = Text(self.theme, Role.LEAD, tone="blue", bold=True)
        for part in (self._other, self.stepper, self.said):
            self.body.addWidget(part)

    def word(self, number: int) -> str:
        """A number in words."""
        raise NotImplementedError  # each page has its own; not by abc: Qt's classes have another metaclass

    def number(self, draft: HireDraft) -> int:
        """The number that stands."""
        raise NotImplementedError  # each page has its own; not by abc: Qt's classes have another metaclass

    def follows(self, draft: HireDraft) -> str:  # noqa: ARG002 - for subclasses
        """What follows from the number; "" for nothing worth saying."""
        return ""

    def options(self, draft: HireDraft) -> Iterable[Option]:  # noqa: ARG002 - the same for all
        """The usual numbers."""
        return [Option(value=each, text=self.word(each)) for each in self.usual]

    def answer(self, draft: HireDraft) -> Hashable | None:
        """The number that stands."""
        return self.number(draft)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._other.setText(self.text("hire.other_number"))
        shown = self.text("common.less"), self.text("common.more")
        self.stepper.say(self.text("hire.fewer"), self.text("hire.more"), self.word, shown=shown)

    def mark(self) -> None:
        """The stepper says the number, too."""
        super().mark()
        draft = self.draft
        self.stepper.set_value(self.number(draft))
        follows = self.follows(draft)
        self.said.setText(follows)
        self.said.setVisible(bool(follows))

    @Slot(int)
    def _stepped(self, number: int) -> None:
        if self.live:
            self.take(number)
            self.mark()


class PostDaysScreen(SteppedStep):
    """一共干几天."""

    name = "post_days"
    title_key = "hire.days_title"
    next_screen = "post_begin"
    step_name = "post_days"
    covers = (("date_to",),)
    usual = (1, 2, 3, 5, 7, 15)
    stepper_name = "days"
    most = MOST_DAYS

    def word(self, number: int) -> str:
        """Days."""
        return self.text("hire.days", n=number)

    def number(self, draft: HireDraft) -> int:
        """From the first to the last."""
        return draft.days

    def follows(self, draft: HireDraft) -> str:
        """From which day to which, where there are several."""
        first, last, strings = draft.form.date_from, draft.form.date_to, self.ctx.strings
        if first is None or last in (None, first):
            return ""
        return self.text("listing.day_range", first=strings.date(first), last=strings.date(last))

    def take(self, value: Hashable) -> None:
        """Another last day."""
        first = self.draft.form.date_from
        if isinstance(value, int) and first is not None:
            self.keep(date_to=first + timedelta(days=value - 1))


class PostRestScreen(SteppedStep):
    """去掉吃饭休息，一天干几小时. Counted in half hours."""

    name = "post_rest"
    title_key = "hire.rest_title"
    next_screen = SUMMARY
    covers = (("hours_per_day",),)
    usual = (8, 12, 14, 16, 18, 20)
    stepper_name = "hours"
    most = HALVES_A_DAY

    def word(self, number: int) -> str:
        """Hours."""
        return self.text("hire.hours_long", n=f"{number / 2:g}")

    def number(self, draft: HireDraft) -> int:
        """As it was said, or as it follows from the times of day."""
        form = draft.form
        try:
            minutes = parse_count(form.hours_per_day, "hours_per_day", scale=60)
        except Refusal:
            minutes = usual_minutes(form.start_minute, form.end_minute)
        return round(minutes / HALF_HOUR)

    def follows(self, draft: HireDraft) -> str:
        """Between which times of day that is."""
        form = draft.form
        return self.text("hire.within", span=self.ctx.strings.hours(form.start_minute, form.end_minute))

    def take(self, value: Hashable) -> None:
        """It stays so, whatever the times of day are."""
        if isinstance(value, int):
            self.ctx.visit.keep(HoursSaid())
            self.keep(hours_per_day=f"{value / 2:g}")
