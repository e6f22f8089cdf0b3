"""Go on with a saved draft: its number, and the last four digits of the phone that stands in it."""

from typing import Any

import msgspec
from PySide6.QtCore import Slot

from kiosk.domain.refusal import Refusal
from kiosk.services.saved_draft import SavedDraft
from kiosk.ui.components.field_row import FieldRow
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens import all_screens
from kiosk.ui.screens.drafts.flows import Flow, flow_of
from kiosk.ui.theme import Role
from kiosk.ui.widgets.fields import Field

LONGEST_NUMBER, TAIL = 8, 4
GONE = Refusal("refusal.draft_unknown")


def contents(saved: SavedDraft) -> tuple[Flow, tuple[object, ...], tuple[str, ...]]:
    """The form of a saved draft, what goes back into the visit, and the pages after the form's first one.

    Pages that this version of the program has no longer are left out: the one before them is shown.

    Raises:
        Refusal: it was saved by another version of the program, which knew another form.
    """
    try:
        flow = flow_of(saved.flow)
        kept = flow.drafts(saved)
    except (KeyError, msgspec.DecodeError):
        raise GONE from None
    known = {screen.name for screen in all_screens(configured=True)} - {flow.home}
    return flow, kept, tuple(page for page in saved.pages if page in known)


class DraftResumeScreen(Page):
    """接着填."""

    name = "draft_resume"
    title_key = "draft.resume_title"
    hint_key = "draft.resume_hint"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.number = self._digits("draft_number", LONGEST_NUMBER)
        self.tail = self._digits("draft_tail", TAIL)
        self.number.entered.connect(self.tail.line.setFocus)
        self.tail.entered.connect(self._open)
        self._row = FieldRow(self.theme, self.number, self.tail)
        self.body.addWidget(self._row)
        self.body.addStretch(1)
        self.action("draft.go_on", self._open, icon_name="right")

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - none
        """Ask."""
        self.clear_errors()
        self.number.line.setFocus()

    def arrange(self, *, portrait: bool) -> None:
        """Side by side across."""
        self._row.arrange(portrait=portrait)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.number.say(self.text("draft.number"))
        self.tail.say(self.text("draft.tail"))

    def _digits(self, name: str, longest: int) -> Field:
        return self.field(
            Field(self.theme, name, InputWish.DIGITS, role=Role.FACT, max_length=longest), forgets=True
        )

    @Slot()
    def _open(self) -> None:
        self.clear_errors()
        number, tail, drafts = self.number.text, self.tail.text, self.ctx.services.drafts
        self.submit(lambda: drafts.open(number, tail), self._opened)

    def _opened(self, saved: SavedDraft) -> None:
        try:
            flow, kept, pages = contents(saved)
        except Refusal as refusal:
            self.refused(refusal)
            return
        for each in kept:
            self.ctx.visit.keep(each)
        # The home of a person's trail is the first page: the form's own first page comes on top of it.
        self.ctx.navigator.resume((flow.home, *pages))
