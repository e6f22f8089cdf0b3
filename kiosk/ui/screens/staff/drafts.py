"""草稿: forms that people saved in the middle, with the minutes that are left; staff go on with one on behalf."""

from math import ceil
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent

from kiosk.domain.refusal import Refusal
from kiosk.services.drafts import spoken
from kiosk.services.saved_draft import SavedDraft
from kiosk.ui.context import UiContext
from kiosk.ui.screens.drafts.resume import contents
from kiosk.ui.screens.staff.rows import Row, StaffList

TURN_MS = 15_000
MINUTE_S = 60
ICONS = {"register": "register", "hire": "hire", "wanted": "work"}


class StaffDraftsScreen(StaffList):
    """草稿."""

    name = "staff_drafts"
    title_key = "staff.drafts_title"
    hint_key = "staff.drafts_hint"
    blank_key = "staff.drafts_none"
    blank_icon = "save"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._timer = QTimer(self)
        self._timer.setInterval(TURN_MS)
        self._timer.timeout.connect(self.look)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - none
        """Look what there is; the minutes go on while the page is shown."""
        super().enter(params)
        self._timer.start()

    def leave(self) -> None:
        """Nobody looks."""
        self._timer.stop()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nor behind a window that is gone."""
        super().hideEvent(event)
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """On the database lane: what is too old is removed by the way."""
        self.ctx.tasks.run(self.ctx.services.drafts.waiting, self.loaded, scopes=(self._shown,))

    def row(self, item: Any) -> Row:  # noqa: ANN401 - a SavedDraft
        """Its number, which form, and the minutes left."""
        draft: SavedDraft = item
        left = (draft.until - self.ctx.clock.now()).total_seconds()
        note = self.text(
            "staff.draft_left", n=max(0, ceil(left / MINUTE_S)), time=self.ctx.strings.time(draft.saved_at)
        )
        return Row(
            text=self.text(f"draft.flow.{draft.flow}", number=spoken(draft.number)),
            note=note,
            icon_name=ICONS[draft.flow],
        )

    def chosen(self, item: Any) -> None:  # noqa: ANN401 - a SavedDraft
        """Go on with it for its person."""
        session, drafts, number = self.ctx.navigator.staff, self.ctx.services.drafts, item.number
        if session is not None:
            self.submit(lambda: drafts.open_by_staff(number, session), self._opened)

    def _opened(self, saved: SavedDraft) -> None:
        try:
            flow, kept, pages = contents(saved)
        except Refusal as refusal:
            self.refused(refusal)
            return
        navigator = self.ctx.navigator
        navigator.begin_on_behalf(flow.home, keep=kept)
        navigator.resume(pages)

    def refused(self, refusal: Refusal) -> None:
        """Too late: it is said, and the list is made anew."""
        super().refused(refusal)
        self.look()
