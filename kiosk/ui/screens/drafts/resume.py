"""Go on with a saved draft: its number, then the last four digits of the phone that stands in it."""

from dataclasses import dataclass
from typing import Any

import msgspec
from PySide6.QtCore import Slot

from kiosk.domain.refusal import Refusal
from kiosk.services.saved_draft import SavedDraft
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens import all_screens
from kiosk.ui.screens.drafts.flows import Flow, flow_of
from kiosk.ui.theme import Role
from kiosk.ui.widgets.fields import Field

LONGEST_NUMBER, LONGEST_TAIL = 8, 4
GONE = Refusal("refusal.draft_unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftNumber:
    """The number of the draft that somebody wants to go on with, as typed."""

    number: str = ""


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


class _AskForDigits(Page):
    """A question that is answered with a few digits, which do not outlast the page."""

    field_name, longest = "", 0

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.digits = self.field(
            Field(self.theme, self.field_name, InputWish.DIGITS, role=Role.FACT, max_length=self.longest),
            forgets=True,
        )
        self.digits.entered.connect(self._on)
        self.body.addWidget(self.digits)
        self.body.addStretch(1)

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - each page's own
        """Ask."""
        self.clear_errors()
        self.digits.line.setFocus()

    @Slot()
    def _on(self) -> None:
        raise NotImplementedError  # each page has its own; not by abc: Qt's classes have another metaclass


class DraftResumeScreen(_AskForDigits):
    """草稿号是多少."""

    name = "draft_resume"
    title_key = "draft.resume_title"
    hint_key = "draft.resume_hint"
    field_name, longest = "draft_number", LONGEST_NUMBER

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.action("common.next", self._on, icon_name="right")

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.digits.say(self.text("draft.number"))

    @Slot()
    def _on(self) -> None:
        """A number that nothing is kept under, or that only staff open, is said before more is asked."""
        self.clear_errors()
        asked, drafts = DraftNumber(number=self.digits.text), self.ctx.services.drafts
        self.submit(
            lambda: drafts.check(asked.number), lambda _: self.ctx.navigator.show("draft_digits", asked)
        )


class DraftDigitsScreen(_AskForDigits):
    """手机后四位是多少."""

    name = "draft_digits"
    title_key = "draft.digits_title"
    hint_key = "draft.digits_hint"
    field_name, longest = "draft_tail", LONGEST_TAIL

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._asked = DraftNumber()
        self.action("draft.go_on", self._on, icon_name="right")

    def enter(self, params: Any) -> None:  # noqa: ANN401 - DraftNumber
        """Ask."""
        super().enter(params)
        self._asked = params if isinstance(params, DraftNumber) else DraftNumber()

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.digits.say(self.text("draft.tail"))

    def wipe(self) -> None:
        """Forget which one it was."""
        super().wipe()
        self._asked = DraftNumber()

    @Slot()
    def _on(self) -> None:
        self.clear_errors()
        number, tail, drafts = self._asked.number, self.digits.text, self.ctx.services.drafts
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
