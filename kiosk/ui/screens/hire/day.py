"""On which day the work begins: six days a page, the nearest first."""

from collections.abc import Hashable, Iterable
from datetime import date, timedelta

from PySide6.QtCore import Slot

from kiosk.ui.screens.hire.draft import HireDraft
from kiosk.ui.screens.hire.touched import TouchStep
from kiosk.ui.widgets.choices import Option
from kiosk.ui.widgets.pager import Pager

#: Days on one page, and how many pages there are: two months, as far as the rules go.
SHOWN, PAGES = 6, 10


class PostDayScreen(TouchStep):
    """从哪天开始."""

    name = "post_day"
    title_key = "hire.day_title"
    next_screen = "post_days"
    step_name = "post_day"
    covers = (("date_from",),)

    def add_below(self) -> None:
        """Later days."""
        self._page = 0
        self._pager = Pager(self.theme)
        self._pager.back.connect(self._earlier)
        self._pager.on.connect(self._later)
        self.body.addWidget(self._pager)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._pager.say(self.text("hire.earlier"), self.text("hire.later"))

    def show_draft(self, draft: HireDraft) -> None:
        """The day that was chosen, on the page it stands on."""
        first, today = draft.form.date_from, self.ctx.services.context.today()
        ahead = max(0, (first - today).days) if first is not None else 0
        self._page = min(PAGES - 1, ahead // SHOWN)
        super().show_draft(draft)

    def options(self, draft: HireDraft) -> Iterable[Option]:  # noqa: ARG002 - the same for all
        """The days of this page."""
        today, strings = self.ctx.services.context.today(), self.ctx.strings
        days = [today + timedelta(days=self._page * SHOWN + at) for at in range(SHOWN)]
        return [Option(value=day, text=strings.day(day, today)) for day in days]

    def answer(self, draft: HireDraft) -> Hashable | None:
        """None at first."""
        return draft.form.date_from

    def take(self, value: Hashable) -> None:
        """As many days as were said before, from another one on."""
        if isinstance(value, date):
            self.keep(date_from=value, date_to=value + timedelta(days=self.draft.days - 1))

    def mark(self) -> None:
        """The place among the pages, too."""
        super().mark()
        place = self.text("common.page_of", page=self._page + 1)
        self._pager.set_place(place, has_back=self._page > 0, has_on=self._page < PAGES - 1)

    @Slot()
    def _earlier(self) -> None:
        self._page -= 1
        self.fill()

    @Slot()
    def _later(self) -> None:
        self._page += 1
        self.fill()
