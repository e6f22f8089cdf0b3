"""The draft is saved: its number, how long, and how to come back to it."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from kiosk.services.saved_draft import SavedDraft
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.text import Text


def spoken(number: int) -> str:
    """A draft's number as it is shown and said: four digits."""
    return f"{number:04d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSavedParams:
    """What was saved."""

    draft: SavedDraft


class DraftSavedScreen(Page):
    """草稿存好了."""

    name = "draft_saved"
    title_key = "draft.saved_title"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._draft: SavedDraft | None = None
        self._sheet = Card(self.theme, ground="green_soft", line="green")
        self.label = Text(self.theme, Role.LEAD)
        self.number = Text(self.theme, Role.HERO, tone="green", bold=True)
        self.until = Text(self.theme, Role.FACT, bold=True)
        self.how = Text(self.theme, Role.LEAD)
        self.not_kept = Text(self.theme, Role.BODY, tone="soft")
        self._inside = QVBoxLayout(self._sheet)
        for part in (self.label, self.number, self.until, self.how, self.not_kept):
            self._inside.addWidget(part)
        self.body.addWidget(self._sheet)
        self.body.addStretch(1)
        self.action("draft.go_on", self._go_on, Kind.PLAIN, icon_name="pencil")
        self.action("common.done", self._done, icon_name="check")

    def enter(self, params: Any) -> None:  # noqa: ANN401 - DraftSavedParams
        """Say the number."""
        if isinstance(params, DraftSavedParams):
            self._draft = params.draft
            self.retranslate()

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        pad = self.theme.px(8)
        self._inside.setContentsMargins(pad, pad, pad, pad)
        self._inside.setSpacing(self.theme.px(6))

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        draft = self._draft
        if draft is None:
            return
        self.label.setText(self.text("draft.number"))
        self.number.setText(spoken(draft.number))
        self.until.setText(self.text("draft.until", time=self.ctx.strings.time(draft.until)))
        self.how.setText(self.text("draft.how" if draft.tail else "draft.how_staff"))
        self.not_kept.setText(self.text("draft.not_kept"))

    def wipe(self) -> None:
        """Forget the number."""
        super().wipe()
        self._draft = None
        for part in (self.number, self.until):
            part.setText("")

    @Slot()
    def _go_on(self) -> None:
        self.ctx.navigator.back()

    @Slot()
    def _done(self) -> None:
        self.ctx.navigator.end_visit()
