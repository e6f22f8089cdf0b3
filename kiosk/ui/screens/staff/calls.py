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
from kiosk.ui.components.page import Page
from kiosk.ui.components.slip_print import TONES
from kiosk.ui.context import UiContext
from kiosk.ui.screens.staff.rows import Row, RowList
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.pager import Pager

A_PAGE = 5
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


class CallsScreen(Page):
    """电话通知."""

    name = "staff_calls"
    for_staff = True
    title_key = "calls.title"
    hint_key = "calls.hint"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._all: Sequence[Call] = ()
        self._first = 0
        self._loaded_once = False
        self.rows = RowList(self.theme, A_PAGE)
        self.rows.chosen.connect(self._open)
        self._pager = Pager(self.theme)
        self._pager.back.connect(self._page_back)
        self._pager.on.connect(self._page_on)
        self.body.addWidget(self.rows, 1)
        self.body.addWidget(self._pager)
        self._invited = self.action("wanted.calls", self._to_invited, Kind.PLAIN, icon_name="hire")
        self._print = self.action("calls.print", self._printed, Kind.PLAIN, icon_name="printer")

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - none
        """Ask; the page stays where it was as long as there is somebody on it."""
        self.clear_errors()
        self.query("calls", self.ctx.services.calls.all, self._loaded)
        self.query("invited", self.ctx.services.wanted.to_call, self._asked_for)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._pager.say(self.text("common.previous_page"), self.text("common.next_page"))
        self._fill()

    def wipe(self) -> None:
        """Forget the people."""
        super().wipe()
        self.rows.wipe()
        self._all, self._first, self._loaded_once = (), 0, False

    def _loaded(self, found: Sequence[Call]) -> None:
        self._all, self._loaded_once = found, True
        if self._first >= len(found):
            self._first = 0
        self._fill()

    def _asked_for(self, people: Sequence[ToCall]) -> None:
        self._invited.say(self.text("wanted.calls_n", n=len(people)))

    @Slot()
    def _to_invited(self) -> None:
        self.ctx.navigator.show("staff_invited")

    def _on_page(self) -> Sequence[Call]:
        return self._all[self._first : self._first + A_PAGE]

    def _fill(self) -> None:
        self.rows.show_rows(
            [self._row(each) for each in self._on_page()],
            self.text("calls.empty") if self._loaded_once else "",
        )
        place = self.text("common.page_of", page=self._first // A_PAGE + 1)
        more = self._first + A_PAGE < len(self._all)
        self._pager.set_place(place, has_back=self._first > 0, has_on=more)
        self._print.setVisible(any(not call.told for call in self._all))

    def _row(self, call: Call) -> Row:
        strings, terms = self.ctx.strings, call.news.terms
        today = self.ctx.services.context.today()
        when = f"{say.days(strings, terms, today)} {say.hours(strings, terms)}" if terms is not None else ""
        done = ""
        if call.note is not None:
            done = self.text("calls.told" if call.told else "calls.tried", n=call.note.tries)
        what = self.text(f"calls.kind_{call.news.kind}")
        text = self.text("calls.row", name=call.name, phone=grouped(call.phone))
        note = self.text("common.list_comma").join(part for part in (done, what, when) if part)
        return Row(text=text, note=note, icon_name="check" if call.told else ICONS[call.news.kind])

    @Slot(int)
    def _open(self, at: int) -> None:
        self.ctx.navigator.show("staff_call", CallParams(call=self._on_page()[at]))

    @Slot()
    def _printed(self) -> None:
        self.submit(self.ctx.services.calls.paper, self._on_paper)

    def _on_paper(self, issued: Issued | None) -> None:
        if issued is None:
            return
        self.banner.say(self.text("slip_panel.printing"), "info")
        printing = self.ctx.services.printing
        self.outside(lambda: printing.print_slip(issued.slip_id, by_staff=True), self._came_out)

    def _came_out(self, printed: Printed) -> None:
        fault = printed.fault
        reason = self.text(fault.key, **fault.params) if fault is not None else ""
        self.banner.say(
            self.text(f"slip_panel.{printed.state}", reason=reason), TONES.get(printed.state, "info")
        )

    @Slot()
    def _page_on(self) -> None:
        self._first += A_PAGE
        self._fill()

    @Slot()
    def _page_back(self) -> None:
        self._first = max(0, self._first - A_PAGE)
        self._fill()
