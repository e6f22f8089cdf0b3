"""Who may be registered here twice, and looking for the other registration of somebody."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.records import Worker
from kiosk.services.context import slip_number
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.find.params import KnownWorker
from kiosk.ui.screens.staff.double import DoubleParams
from kiosk.ui.screens.staff.people import StaffPeopleScreen
from kiosk.ui.screens.staff.rows import Row, RowList
from kiosk.ui.widgets.pager import Pager

A_PAGE = 5


class StaffDoublesScreen(Page):
    """可能登记了两次的."""

    name = "staff_doubles"
    for_staff = True
    title_key = "double.list_title"
    hint_key = "double.list_hint"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._all: Sequence[tuple[Worker, Worker]] = ()
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
        """Look."""
        self.clear_errors()
        self.query("doubles", self.ctx.services.one_person.doubles, self._loaded)

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

    def _loaded(self, found: Sequence[tuple[Worker, Worker]]) -> None:
        self._all, self._loaded_once = found, True
        if self._first >= len(found):
            self._first = 0
        self._fill()

    def _fill(self) -> None:
        shown = self._all[self._first : self._first + A_PAGE]
        nothing = self.text("double.none") if self._loaded_once else ""
        self.rows.show_rows([self._row(*pair) for pair in shown], nothing)
        place = self.text("common.page_of", page=self._first // A_PAGE + 1)
        more = self._first + A_PAGE < len(self._all)
        self._pager.set_place(place, has_back=self._first > 0, has_on=more)
        self._pager.setVisible(self._first > 0 or more)

    def _row(self, one: Worker, other: Worker) -> Row:
        phone = "" if one.phone == other.phone else other.phone
        note = (other.name, phone, slip_number(other.home, other.number))
        return Row(
            text=f"{one.name}  {one.phone}",
            note="  ".join(part for part in note if part),
            icon_name="people",
        )

    @Slot(int)
    def _open(self, at: int) -> None:
        one, other = self._all[self._first + at]
        self.ctx.navigator.show("staff_double", DoubleParams(one=one.id, other=other.id))

    @Slot()
    def _page_back(self) -> None:
        self._first = max(0, self._first - A_PAGE)
        self._fill()

    @Slot()
    def _page_on(self) -> None:
        self._first += A_PAGE
        self._fill()


class StaffSameScreen(StaffPeopleScreen):
    """另一份登记在哪里: any other worker can be chosen, the comparison comes next."""

    name = "staff_same"
    title_key = "double.search_title"
    _whose: KnownWorker | None = None

    def enter(self, params: Any) -> None:  # noqa: ANN401 - KnownWorker, or none on the way back
        """Whose other registration."""
        if isinstance(params, KnownWorker):
            self._whose = params
        super().enter(params)

    def wipe(self) -> None:
        """Forget whose."""
        super().wipe()
        self._whose = None

    def chosen(self, found: Any) -> None:  # noqa: ANN401 - a Worker
        """Compare them."""
        if self._whose is not None:
            both = DoubleParams(one=found.id, other=self._whose.worker_id)
            self.ctx.navigator.show("staff_double", both)
