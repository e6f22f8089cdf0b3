"""The draft is saved: its number, how long, and how to come back to it."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Slot

from kiosk.services.saved_draft import SavedDraft
from kiosk.ui.components.placement_look import DONE
from kiosk.ui.components.slip_page import Promise, SlipPage
from kiosk.ui.context import UiContext
from kiosk.ui.widgets.buttons import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSavedParams:
    """What was saved."""

    draft: SavedDraft


class DraftSavedScreen(SlipPage):
    """草稿存好了."""

    name = "draft_saved"
    finished = True
    number_key = "draft.number"
    facts_beside = False

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._draft: SavedDraft | None = None
        self.action("draft.go_on", self._go_on, Kind.PLAIN, icon_name="pencil")
        self.action("common.done", self._done, icon_name="check")

    def enter(self, params: Any) -> None:  # noqa: ANN401 - DraftSavedParams
        """Say the number, and print it once: the person may have nothing to write it down with."""
        if not isinstance(params, DraftSavedParams) or params.draft == self._draft:
            return
        self._draft = draft = params.draft
        self.slip.wipe()
        self.retranslate()
        self.submit(lambda: self.ctx.services.drafts.paper(draft), self.slip.show_slip)

    def promise(self) -> Promise | None:
        """Kept, until when, and how to come back."""
        draft = self._draft
        if draft is None:
            return None
        return Promise(
            look=DONE,
            state=self.text("draft.saved_title"),
            hint=self.text("draft.how" if draft.tail else "draft.how_staff"),
            facts=(
                (self.text("draft.kept"), self.text("draft.until", time=self.ctx.strings.time(draft.until))),
                (self.text("draft.mind"), self.text("draft.not_kept")),
            ),
        )

    def wipe(self) -> None:
        """Forget the number."""
        super().wipe()
        self._draft = None

    @Slot()
    def _go_on(self) -> None:
        self.ctx.navigator.back()

    @Slot()
    def _done(self) -> None:
        self.ctx.navigator.end_visit()
