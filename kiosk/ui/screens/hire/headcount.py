"""How many people: six usual numbers that go on at the touch, or any other one typed or stepped."""

from collections.abc import Hashable, Iterable

from PySide6.QtCore import Slot

from kiosk.domain.numbers import parse_count
from kiosk.domain.refusal import Refusal
from kiosk.ui.screens.hire.count import CountField
from kiosk.ui.screens.hire.draft import HireDraft
from kiosk.ui.screens.hire.touched import TouchStep
from kiosk.ui.widgets.choices import Option

USUAL = (1, 2, 3, 5, 8, 10)


class PostCountScreen(TouchStep):
    """招几个人."""

    name = "post_count"
    title_key = "hire.count_title"
    next_screen = "post_day"
    step_name = "post_count"
    covers = (("headcount",),)

    def add_below(self) -> None:
        """Any other number."""
        self.headcount = CountField(self.theme, "headcount")
        self.field(self.headcount)
        self.headcount.changed.connect(self._typed)
        self.headcount.entered.connect(self.go_on)
        self.body.addWidget(self.headcount)

    def options(self, draft: HireDraft) -> Iterable[Option]:  # noqa: ARG002 - the same for all
        """The usual numbers."""
        return [Option(value=each, text=self.text("hire.people_count", n=each)) for each in USUAL]

    def answer(self, draft: HireDraft) -> Hashable | None:
        """One person at first; what cannot be read is no usual number."""
        try:
            return parse_count(draft.form.headcount, "headcount")
        except Refusal:
            return draft.form.headcount

    def take(self, value: Hashable) -> None:
        """Keep it."""
        self.keep(headcount=str(value))

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.headcount.say(self.text("hire.other_number"), self.text("hire.headcount_hint"))
        shown = self.text("common.less"), self.text("common.more")
        self.headcount.say_steps(self.text("hire.fewer"), self.text("hire.more"), shown)

    def mark(self) -> None:
        """The field says the number, too."""
        super().mark()
        self.headcount.set_text(self.draft.form.headcount)

    @Slot()
    def _typed(self) -> None:
        if self.live and self.headcount.text != self.draft.form.headcount:
            self.keep(headcount=self.headcount.text)
            self.mark()
