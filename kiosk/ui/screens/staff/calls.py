"""Whom to ring up: people whose paper says something else than what is true by now, the most pressing first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.phone import grouped
from kiosk.services.calls import Call
from kiosk.services.printing import Printed
from kiosk.services.slip_issue import Issued
from kiosk.services.wanted import ToCall
from kiosk.ui.components import say
from kiosk.ui.components.slip_print import TONES
from kiosk.ui.context import UiContext
from kiosk.ui.screens.staff.rows import Row, StaffList
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.states import Blank

ICONS = {
    "settled": "phone",
    "waiting": "phone",
    "merged": "phone",
    "clash": "warning",
    "missed": "phone",
    "lost": "warning",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CallParams:
    """Whom."""

    call: Call


class CallsScreen(StaffList):
    """电话通知."""

    name = "staff_calls"
    title_key = "calls.title"
    hint_key = "calls.hint"
    blank_key = "calls.empty"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._asked: int | None = None
        self.rows.note.acted.connect(self._to_invited)
        self._invited = self.action("wanted.calls", self._to_invited, Kind.PLAIN, icon_name="hire")
        self._print = self.action("calls.print", self._printed, Kind.PLAIN, icon_name="printer")

    def look_up(self) -> Sequence[Call]:
        """On the read lane."""
        found: Sequence[Call] = self.ctx.services.calls.all()
        return found

    def look(self) -> None:
        """Ask, and how many there are besides whom somebody asks for."""
        super().look()
        self.query("invited", self.ctx.services.wanted.to_call, self._asked_for)

    def fill(self) -> None:
        """Paper is of use while somebody has not been told."""
        super().fill()
        self._print.setVisible(any(not call.told for call in self.items or ()))
        self._invited.setVisible(bool(self.items) or not self._asked)  # else the way stands on the page
        if self._asked is not None:
            self._invited.say(self.text("wanted.calls_n", n=self._asked))

    def chosen(self, item: Any) -> None:  # noqa: ANN401 - a Call
        """Call them."""
        self.ctx.navigator.show("staff_call", CallParams(call=item))

    def _asked_for(self, people: Sequence[ToCall]) -> None:
        self._asked = len(people)
        self.fill()

    def wipe(self) -> None:
        """Forget how many."""
        super().wipe()
        self._asked = None

    def blank(self) -> Blank:
        """Nobody here; where those are whom the console counts besides."""
        if not self._asked:
            return super().blank()
        return Blank(
            sentence=self.text("calls.only_invited", n=self._asked),
            do=self.text("calls.only_invited_hint"),
            action=self.text("wanted.calls_n", n=self._asked),
            icon_name="hire",
        )

    @Slot()
    def _to_invited(self) -> None:
        self.ctx.navigator.show("staff_invited")

    def row(self, item: Any) -> Row:  # noqa: ANN401 - a Call
        """Who, which number, what to tell, and when it begins."""
        call: Call = item
        strings, terms = self.ctx.strings, call.news.terms
        today = self.ctx.services.context.today()
        when = f"{say.days(strings, terms, today)} {say.hours(strings, terms)}" if terms is not None else ""
        done = ""
        if call.note is not None:
            done = self.text("calls.told" if call.told else "calls.tried", n=call.note.tries)
        what = self.text(f"calls.kind_{call.news.kind}")
        text = self.text("calls.row", name=call.name, phone=grouped(call.phone))
        note = self.text("common.fact_gap").join(part for part in (done, what, when) if part)
        return Row(text=text, note=note, icon_name="check" if call.told else ICONS[call.news.kind])

    @Slot()
    def _printed(self) -> None:
        self.submit(self.ctx.services.calls.paper, self._on_paper)

    def _on_paper(self, issued: Issued | None) -> None:
        if issued is None:
            return
        self.banner.say(self.text("slip_panel.printing"), "info")
        printing = self.ctx.services.printing
        self.outside(
            lambda: printing.print_slip(issued.slip_id, by_staff=True), self._came_out, also_away=True
        )

    def _came_out(self, printed: Printed) -> None:
        fault = printed.fault
        reason = self.text(fault.key, **fault.params) if fault is not None else ""
        self.banner.say(
            self.text(f"slip_panel.{printed.state}", reason=reason), TONES.get(printed.state, "info")
        )
