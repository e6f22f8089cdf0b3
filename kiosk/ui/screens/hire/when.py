"""Which day, and for how many days."""

from datetime import date, timedelta

from PySide6.QtCore import Slot

from kiosk.ui.context import UiContext
from kiosk.ui.screens.hire.draft import HireDraft
from kiosk.ui.screens.hire.question import Question
from kiosk.ui.screens.hire.step import HireStep
from kiosk.ui.theme import Role
from kiosk.ui.widgets.choices import ChoiceGrid, Option
from kiosk.ui.widgets.pager import Pager
from kiosk.ui.widgets.stepper import Stepper
from kiosk.ui.widgets.text import Text

#: Days on one page of tiles, and how many pages there are.
SHOWN, PAGES = 8, 7
MOST_DAYS = 366


class PostWhenScreen(HireStep):
    """哪天干."""

    name = "post_when"
    title_key = "hire.when_title"
    next_screen = "post_hours"
    step_name = "post_when"
    covers = (("date_from", "date_to"),)

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._page = 0
        self._days = ChoiceGrid(self.theme, 4)
        self._days.changed.connect(self._chosen)
        self._pager = Pager(self.theme)
        self._pager.back.connect(self._earlier)
        self._pager.on.connect(self._later)
        self._count = Stepper(self.theme, "days", 1, MOST_DAYS)
        self._count.changed.connect(self._counted)
        self._first = self.question(Question(self.theme, ("date_from",), self._days))
        self._span = self.question(Question(self.theme, ("date_to",), self._count))
        self._said = Text(self.theme, Role.LEAD, tone="blue", bold=True)
        self.body.addWidget(self._first)
        self.body.addWidget(self._pager)
        self.body.addWidget(self._span)
        self.body.addWidget(self._said)
        self.body.addWidget(self.remedy)
        self.body.addStretch(1)
        self.action("common.next", self.go_on, icon_name="right")

    def arrange(self, *, portrait: bool) -> None:
        """Two columns upright: a day has its weekday and date; four across."""
        self._days.set_columns(2 if portrait else 4)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._first.say(self.text("hire.first_day"))
        self._span.say(self.text("hire.how_many_days"))
        self._pager.say(self.text("hire.earlier"), self.text("hire.later"))
        self._count.say(
            self.text("hire.fewer"),
            self.text("hire.more"),
            lambda n: self.text("hire.days", n=n),
            shown=(self.text("common.less"), self.text("common.more")),
        )
        self._fill()

    def show_draft(self, draft: HireDraft) -> None:
        """The day that was chosen, on the page it stands on."""
        first, today = draft.form.date_from, self.ctx.services.context.today()
        ahead = max(0, (first - today).days) if first is not None else 0
        self._page = min(PAGES - 1, ahead // SHOWN)
        last = draft.form.date_to or first
        self._count.set_value((last - first).days + 1 if first is not None and last is not None else 1)
        self._fill()

    def _fill(self) -> None:
        today, strings, form = self.ctx.services.context.today(), self.ctx.strings, self.draft.form
        days = [today + timedelta(days=self._page * SHOWN + at) for at in range(SHOWN)]
        self._days.set_options(Option(value=day, text=strings.day(day, today)) for day in days)
        self._days.choose(*([form.date_from] if form.date_from is not None else []))
        place = self.text("common.page_of", page=self._page + 1)
        self._pager.set_place(place, has_back=self._page > 0, has_on=self._page < PAGES - 1)
        self._say_span()

    def _say_span(self) -> None:
        form, strings = self.draft.form, self.ctx.strings
        longer = form.date_from is not None and form.date_to not in (None, form.date_from)
        self._said.setVisible(longer)
        if form.date_from is not None and form.date_to is not None and longer:
            self._said.setText(
                self.text(
                    "listing.day_range", first=strings.date(form.date_from), last=strings.date(form.date_to)
                )
            )

    def _keep_days(self, first: date) -> None:
        self.keep(date_from=first, date_to=first + timedelta(days=self._count.value - 1))
        self._say_span()

    @Slot()
    def _chosen(self) -> None:
        day = self._days.value
        if isinstance(day, date):
            self._keep_days(day)

    @Slot(int)
    def _counted(self, _days: int) -> None:
        first = self.draft.form.date_from
        if first is not None:
            self._keep_days(first)

    @Slot()
    def _earlier(self) -> None:
        self._page -= 1
        self._fill()

    @Slot()
    def _later(self) -> None:
        self._page += 1
        self._fill()
