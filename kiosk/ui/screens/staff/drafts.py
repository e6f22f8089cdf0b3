"""草稿: forms that people saved in the middle, with the minutes that are left; staff go on with one on behalf."""

from collections.abc import Sequence
from math import ceil
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent

from kiosk.domain.refusal import Refusal
from kiosk.services.drafts import spoken
from kiosk.services.saved_draft import SavedDraft
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.drafts.resume import contents
from kiosk.ui.screens.staff.rows import Row, RowList

MOST = 7
TURN_MS = 15_000
MINUTE_S = 60


class StaffDraftsScreen(Page):
    """草稿."""

    name = "staff_drafts"
    for_staff = True
    title_key = "staff.drafts_title"
    hint_key = "staff.drafts_hint"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._found: Sequence[SavedDraft] | None = None
        self.rows = RowList(self.theme, MOST)
        self.rows.chosen.connect(self._chosen)
        self.body.addWidget(self.rows, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(TURN_MS)
        self._timer.timeout.connect(self._look)

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - none
        """Look what there is; the minutes go on while the page is shown."""
        self.clear_errors()
        self._look()
        self._timer.start()

    def leave(self) -> None:
        """Nobody looks."""
        self._timer.stop()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nor behind a window that is gone."""
        super().hideEvent(event)
        self._timer.stop()

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._fill()

    def wipe(self) -> None:
        """Forget whose drafts there were."""
        super().wipe()
        self._found = None
        self.rows.wipe()

    def _look(self) -> None:
        self.ctx.tasks.run(self.ctx.services.drafts.waiting, self._show, scopes=(self._shown,))

    def _show(self, found: Sequence[SavedDraft]) -> None:
        self._found = found[:MOST]
        self._fill()

    def _fill(self) -> None:
        if self._found is None:
            self.rows.show_rows((), "")
            return
        now, strings = self.ctx.clock.now(), self.ctx.strings
        rows = [
            Row(
                text=self.text(f"draft.flow.{each.flow}", number=spoken(each.number)),
                note=self.text(
                    "staff.draft_left",
                    n=max(0, ceil((each.until - now).total_seconds() / MINUTE_S)),
                    time=strings.time(each.saved_at),
                ),
                icon_name="register" if each.flow == "register" else "hire",
            )
            for each in self._found
        ]
        self.rows.show_rows(rows, self.text("staff.drafts_none"))

    @Slot(int)
    def _chosen(self, at: int) -> None:
        session, drafts = self.ctx.navigator.staff, self.ctx.services.drafts
        if self._found is None or session is None:
            return
        number = self._found[at].number
        self.submit(lambda: drafts.open_by_staff(number, session), self._opened)

    def _opened(self, saved: SavedDraft) -> None:
        try:
            flow, kept = contents(saved)
        except Refusal as refusal:
            self.refused(refusal)
            return
        navigator = self.ctx.navigator
        navigator.begin_on_behalf(flow.home, keep=kept)
        navigator.resume(tuple(page for page in saved.pages if page != flow.home))

    def refused(self, refusal: Refusal) -> None:
        """Too late: it is said, and the list is made anew."""
        super().refused(refusal)
        self._look()
