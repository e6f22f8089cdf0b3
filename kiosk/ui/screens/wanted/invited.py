"""For staff: workers of this kiosk whom somebody asks for and who do not know it yet. They are called, and answer."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.services.wanted import ToCall
from kiosk.ui.components import say
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.people import IdentifyParams, KnownWorker
from kiosk.ui.screens.staff.rows import Row, RowList
from kiosk.ui.widgets.numbers import PHONE_GROUPS, in_groups
from kiosk.ui.widgets.pager import Pager

A_PAGE = 4


class StaffInvitedScreen(Page):
    """打电话问的人: a touch opens the invitation as the worker would see it, to be answered for them on the phone."""

    name = "staff_invited"
    for_staff = True
    title_key = "wanted.calls_title"
    hint_key = "wanted.calls_hint"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._calls: tuple[ToCall, ...] = ()
        self._first = 0
        self._loaded_once = False
        self.rows = RowList(self.theme, A_PAGE)
        self.rows.chosen.connect(self._open)
        self._pager = Pager(self.theme)
        self._pager.back.connect(self._page_back)
        self._pager.on.connect(self._page_on)
        self.body.addWidget(self.rows, 1)
        self.body.addWidget(self._pager)

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - none
        """Always anew: who has answered is gone from it."""
        self.query("calls", self.ctx.services.wanted.to_call, self._loaded)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._pager.say(self.text("common.previous_page"), self.text("common.next_page"))
        self._fill()

    def wipe(self) -> None:
        """Forget the people."""
        super().wipe()
        self._calls, self._first, self._loaded_once = (), 0, False

    def _loaded(self, calls: tuple[ToCall, ...]) -> None:
        self._calls, self._loaded_once = calls, True
        self._first = min(self._first, max(0, (len(calls) - 1) // A_PAGE * A_PAGE))
        self._fill()

    def _fill(self) -> None:
        shown = self._calls[self._first : self._first + A_PAGE]
        self.rows.show_rows(
            [self._row(each) for each in shown],
            self.text("wanted.calls_none") if self._loaded_once else "",
        )
        page, pages = self._first // A_PAGE + 1, max(1, -(-len(self._calls) // A_PAGE))
        self._pager.set_place(f"{page}/{pages}", has_back=page > 1, has_on=page < pages)

    def _row(self, call: ToCall) -> Row:
        strings, terms = self.ctx.strings, call.invitation.terms
        note = self.text("wanted.call", title=terms.title, pay=say.pay(strings, terms))
        phone = in_groups(call.worker.phone, PHONE_GROUPS)
        return Row(text=f"{call.worker.name}  {phone}", note=note, icon_name="phone")

    @Slot(int)
    def _open(self, at: int) -> None:
        """The same page that the worker is shown first at any kiosk, with staff as the ones who touch it."""
        known = KnownWorker(worker_id=self._calls[self._first + at].worker.id, proved=True)
        self.ctx.navigator.begin_on_behalf("identify", IdentifyParams(), keep=(known,))

    @Slot()
    def _page_back(self) -> None:
        self._first = max(0, self._first - A_PAGE)
        self._fill()

    @Slot()
    def _page_on(self) -> None:
        self._first += A_PAGE
        self._fill()
