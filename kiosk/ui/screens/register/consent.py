"""Before anything is typed: who keeps what, what for, how long, and how to take it back."""

from dataclasses import replace
from typing import Any, ClassVar

from PySide6.QtCore import Slot

from kiosk.ui.components.agreement import AgreementScreen
from kiosk.ui.screens.people import KnownWorker, typed_phone
from kiosk.ui.screens.register.draft import RegisterDraft, StepParams
from kiosk.ui.screens.register.sending import go_on_asking


class ConsentScreen(AgreementScreen):
    """登记前，先说清楚."""

    name = "register_consent"
    room = "consent"
    yes_key, no_key = "agree", "disagree"
    title_key = "consent.title"
    answers: ClassVar = (
        ("who", "agency"),
        ("what", "id_card"),
        ("why", "phone"),
        ("seen", "people"),
        ("long", "calendar"),
        ("how", "trash"),
    )

    def enter(self, params: Any) -> None:  # noqa: ANN401 - StepParams
        """Show it; a refusal that led back here is said."""
        self.clear_errors()
        draft = self.ctx.visit.draft(RegisterDraft)
        if draft.changing is not None:  # somebody else's turn, or the same person's after withdrawing
            self.ctx.visit.keep(RegisterDraft())
        if isinstance(params, StepParams) and params.refusal is not None:
            self.refused(params.refusal)

    @Slot()
    def agreed(self) -> None:
        """On to what is not known yet: a number that was typed in this visit is not asked for again."""
        visit = self.ctx.visit
        draft = visit.draft(RegisterDraft)
        if not draft.form.phone.strip() and not visit.has(KnownWorker):
            draft = draft.with_phone(typed_phone(visit), draft.then)
        visit.keep(replace(draft, form=replace(draft.form, consent=True)))
        go_on_asking(self)

    @Slot()
    def declined(self) -> None:
        """Nothing is kept."""
        self.ctx.visit.drop(RegisterDraft)
        self.ctx.notices.toast.emit(self.text("consent.declined"))
        self.ctx.navigator.back()
