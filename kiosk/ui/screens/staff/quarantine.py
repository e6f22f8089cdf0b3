"""Operations that the city has set aside or rejected: what, whose, why, since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Slot

from kiosk.services.set_aside import Aside
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.staff import aside_words
from kiosk.ui.screens.staff.rows import Row, RowList
from kiosk.ui.widgets.pager import Pager

A_PAGE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideParams:
    """Which operation."""

    aside: Aside


class QuarantineScreen(Page):
    """待处理的操作."""

    name = "staff_quarantine"
    for_staff = True
    title_key = "aside.title"
    hint_key = "aside.hint"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._all: Sequence[Aside] = ()
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
        """Ask; the page stays where it was as long as there is something on it."""
        self.query("aside", self.ctx.services.aside.all, self._loaded)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._pager.say(self.text("common.previous_page"), self.text("common.next_page"))
        self._fill()

    def wipe(self) -> None:
        """Forget the list."""
        super().wipe()
        self._all, self._first, self._loaded_once = (), 0, False

    def _loaded(self, found: Sequence[Aside]) -> None:
        self._all, self._loaded_once = found, True
        if self._first >= len(found):
            self._first = 0
        self._fill()

    def _on_page(self) -> Sequence[Aside]:
        return self._all[self._first : self._first + A_PAGE]

    def _fill(self) -> None:
        self.rows.show_rows(
            [self._row(each) for each in self._on_page()],
            self.text("aside.empty") if self._loaded_once else "",
        )
        place = self.text("common.page_of", page=self._first // A_PAGE + 1)
        more = self._first + A_PAGE < len(self._all)
        self._pager.set_place(place, has_back=self._first > 0, has_on=more)

    def _row(self, aside: Aside) -> Row:
        strings = self.ctx.strings
        if aside.decision:
            note, icon = aside_words.state(strings, aside), "clock"
        else:
            why, since = aside_words.why(strings, aside), aside_words.moment(strings, aside.since)
            waits = self.text("aside.waits", reason=why, since=since)
            note = self.text("aside.rejected", reason=why) if aside.rejected else waits
            icon = "cross" if aside.rejected else "warning"
        return Row(text=aside_words.title(strings, aside), note=note, icon_name=icon)

    @Slot(int)
    def _open(self, at: int) -> None:
        self.ctx.navigator.show("staff_quarantine_detail", AsideParams(aside=self._on_page()[at]))

    @Slot()
    def _page_on(self) -> None:
        self._first += A_PAGE
        self._fill()

    @Slot()
    def _page_back(self) -> None:
        self._first = max(0, self._first - A_PAGE)
        self._fill()
