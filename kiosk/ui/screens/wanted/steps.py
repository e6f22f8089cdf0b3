"""The parts of a job-wanted entry, each a question of its own. What the registration asks too is asked the same way."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.refusal import Refusal
from kiosk.domain.values import DayPart
from kiosk.domain.wanted import NOTE_MAX
from kiosk.services.wanted import WantedForm
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.register.extras import ANSWERS, ExtrasScreen
from kiosk.ui.screens.register.step import RegisterStep
from kiosk.ui.screens.register.ticks import TicksStep
from kiosk.ui.screens.register.trades import RegisterTradesOfScreen, RegisterTradesScreen
from kiosk.ui.screens.register.where import WhereScreen
from kiosk.ui.screens.register.wish import WishScreen
from kiosk.ui.screens.wanted.draft import WantedDraft
from kiosk.ui.widgets.choices import Option
from kiosk.ui.widgets.fields import Field

SUMMARY = "wanted_summary"
#: What of the registration's questions an employer is told; nights are asked for by the hour.
OFFERED = tuple(each for each in ANSWERS if each[0] not in {"night_work", "wants_sms"})


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


class WantedWhereScreen(OfEntry, WhereScreen):
    """愿意去哪里: one district at least."""

    name = "wanted_where"
    hint_key = "wanted.where_hint"
    next_screen = SUMMARY


class WantedExtrasScreen(OfEntry, ExtrasScreen):
    """What one brings along."""

    name = "wanted_extras"
    next_screen = SUMMARY
    answers = OFFERED


class WantedDaysScreen(OfEntry, TicksStep):
    """哪几天."""

    name = "wanted_days"
    title_key = "wanted.days_title"
    hint_key = "wanted.several_hint"
    next_screen = SUMMARY

    def options(self) -> Iterable[Option]:
        """The days of a week."""
        return (Option(value=day, text=self.text(f"common.weekday.{day}")) for day in range(1, 8))

    def chosen(self, form: WantedForm) -> Iterable[Hashable]:
        """Those that were said before."""
        return form.days

    def said(self, values: Sequence[Hashable]) -> dict[str, Any]:
        """Their numbers."""
        return {"days": tuple(day for day in values if isinstance(day, int))}

    def missing(self) -> Refusal | None:
        """None may not be; it is said here, not at the end."""
        return None if self.form.days else Refusal("refusal.days_missing", "days")


class WantedTimesScreen(OfEntry, TicksStep):
    """一天里的什么时候."""

    name = "wanted_times"
    title_key = "wanted.times_title"
    hint_key = "wanted.several_hint"
    next_screen = SUMMARY
    columns = (1, 2)

    def options(self) -> Iterable[Option]:
        """The parts of a day."""
        return (Option(value=part, text=self.text(f"words.day_part.{part}")) for part in DayPart)

    def chosen(self, form: WantedForm) -> Iterable[Hashable]:
        """Those that were said before."""
        return form.parts

    def said(self, values: Sequence[Hashable]) -> dict[str, Any]:
        """The parts themselves."""
        return {"parts": tuple(part for part in values if isinstance(part, DayPart))}

    def missing(self) -> Refusal | None:
        """As of days."""
        return None if self.form.parts else Refusal("refusal.parts_missing", "parts")


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
