"""The parts of a job-wanted entry, each a question of its own. What the registration asks too is asked the same way."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from kiosk.domain.refusal import Refusal
from kiosk.domain.values import DayPart
from kiosk.domain.wanted import NOTE_MAX
from kiosk.services.wanted import WantedForm
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.register.more import ANSWERS, MoreScreen
from kiosk.ui.screens.register.step import RegisterStep
from kiosk.ui.screens.register.trades import RegisterTradesOfScreen, RegisterTradesScreen
from kiosk.ui.screens.register.wish import WishScreen
from kiosk.ui.screens.wanted.draft import WantedDraft
from kiosk.ui.theme import Role
from kiosk.ui.widgets.choices import ChoiceGrid, Option, share_rows
from kiosk.ui.widgets.fields import Field
from kiosk.ui.widgets.text import Text

SUMMARY = "wanted_summary"
#: What of the registration's questions an employer is told; nights are asked for by the hour.
OFFERED = tuple(each for each in ANSWERS if each[0] not in {"night_work", "wants_sms"})
#: How days and times share the width.
ACROSS = (4, 2)


class OfEntry(RegisterStep):
    """Said in an entry, not in a registration."""

    draft_flow = "wanted"
    draft_kind = WantedDraft


class WantedTradesScreen(OfEntry, RegisterTradesScreen):
    """会干什么活."""

    name = "wanted_trades"
    next_screen = SUMMARY
    of_screen = "wanted_trades_of"
    years_screen = ""


class WantedTradesOfScreen(OfEntry, RegisterTradesOfScreen):
    """The trades of one category."""

    name = "wanted_trades_of"


class WantedWageScreen(OfEntry, WishScreen):
    """想要多少工钱."""

    name = "wanted_wage"
    next_screen = SUMMARY


class WantedWhereScreen(OfEntry, MoreScreen):
    """愿意去哪里, and what one brings along."""

    name = "wanted_where"
    hint_key = "wanted.where_hint"
    next_screen = SUMMARY
    answers = OFFERED


class WantedWhenScreen(OfEntry):
    """哪几天, 什么时候."""

    name = "wanted_when"
    title_key = "wanted.when_title"
    hint_key = "wanted.when_hint"
    next_screen = SUMMARY

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._on_days = Text(self.theme, Role.LEAD, bold=True)
        self._days = ChoiceGrid(self.theme, 2, several=True)
        self._days.changed.connect(self._days_touched)
        self._at_times = Text(self.theme, Role.LEAD, bold=True)
        self._parts = ChoiceGrid(self.theme, 2, several=True)
        self._parts.changed.connect(self._parts_touched)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        for heading, grid in ((self._on_days, self._days), (self._at_times, self._parts)):
            column = QVBoxLayout()
            column.addWidget(heading)
            column.addWidget(grid, 1)
            self._halves.addLayout(column)
        self.body.addLayout(self._halves, 1)
        self.action("common.next", self._on, icon_name="right")

    def arrange(self, *, portrait: bool) -> None:
        """Below each other, or side by side."""
        way = QBoxLayout.Direction.TopToBottom if portrait else QBoxLayout.Direction.LeftToRight
        self._halves.setDirection(way)
        share_rows(self._halves, self._days, self._parts, ACROSS)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        self._halves.setSpacing(self.theme.px(6))

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._on_days.setText(self.text("wanted.days"))
        self._at_times.setText(self.text("wanted.parts"))
        self._days.set_options(
            Option(value=day, text=self.text(f"common.weekday.{day}")) for day in range(1, 8)
        )
        self._parts.set_options(
            Option(value=part, text=self.text(f"words.day_part.{part}")) for part in DayPart
        )
        share_rows(self._halves, self._days, self._parts, ACROSS)

    def show_form(self, form: WantedForm) -> None:
        """What was said before."""
        self._days.choose(*form.days)
        self._parts.choose(*form.parts)

    @Slot()
    def _days_touched(self) -> None:
        self.keep(days=tuple(day for day in self._days.values if isinstance(day, int)))

    @Slot()
    def _parts_touched(self) -> None:
        self.keep(parts=tuple(part for part in self._parts.values if isinstance(part, DayPart)))

    @Slot()
    def _on(self) -> None:
        """Neither may be left out; it is said here, not at the end."""
        self.clear_errors()
        form = self.form
        if not form.days:
            self.refused(Refusal("refusal.days_missing", "days"))
        elif not form.parts:
            self.refused(Refusal("refusal.parts_missing", "parts"))
        else:
            self.go_on()


class WantedNoteScreen(OfEntry):
    """再写一句."""

    name = "wanted_note"
    title_key = "wanted.note_title"
    hint_key = "wanted.note_hint"
    next_screen = SUMMARY

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.note = self.field(Field(self.theme, "note", InputWish.TEXT, max_length=2 * NOTE_MAX))
        self.note.changed.connect(self._typed)
        self.note.entered.connect(self._on)
        self.body.addWidget(self.note)
        self.body.addStretch(1)
        self.action("common.next", self._on, icon_name="right")

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.note.say(self.text("wanted.note"), self.text("wanted.note_example"))

    def show_form(self, form: WantedForm) -> None:
        """What was said before."""
        self.note.set_text(form.note)

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.keep(note=text)

    @Slot()
    def _on(self) -> None:
        self.clear_errors()
        try:
            self.ctx.services.wanted.check_note(self.note.text)
        except Refusal as refusal:
            self.refused(refusal)
            return
        self.go_on()
