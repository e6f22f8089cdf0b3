"""Before anything is typed: who keeps what, what for, how long, and how to take it back."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from kiosk.ui.components.page import Page
from kiosk.ui.components.points import Points
from kiosk.ui.context import UiContext
from kiosk.ui.screens.register.draft import RegisterDraft, StepParams
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.frames import Card

#: The questions that are answered and their icons; the words are ``consent.<name>`` and ``consent.<name>_label``.
ANSWERS = (
    ("who", "agency"),
    ("what", "id_card"),
    ("why", "phone"),
    ("seen", "people"),
    ("long", "calendar"),
    ("how", "trash"),
)


class ConsentScreen(Page):
    """登记前，先说清楚."""

    name = "register_consent"
    title_key = "consent.title"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._sheet = Card(self.theme)
        self._points = Points(self.theme, [icon_name for _, icon_name in ANSWERS])
        self._inside = QVBoxLayout(self._sheet)
        self._inside.addWidget(self._points)
        self.body.addWidget(self._sheet, 1)
        self.action("consent.disagree", self._disagree, Kind.PLAIN, icon_name="cross")
        self.action("consent.agree", self._agree, icon_name="check", stretch=2)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - StepParams
        """Show it; a refusal that led back here is said."""
        self.clear_errors()
        draft = self.ctx.visit.draft(RegisterDraft)
        if draft.changing is not None:  # somebody else's turn, or the same person's after withdrawing
            self.ctx.visit.keep(RegisterDraft())
        if isinstance(params, StepParams) and params.refusal is not None:
            self.refused(params.refusal)

    def arrange(self, *, portrait: bool) -> None:
        """One column upright, two across."""
        self._points.set_columns(1 if portrait else 2)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        pad = self.theme.px(6)
        self._inside.setContentsMargins(pad, pad, pad, pad)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._points.say(
            [(self.text(f"consent.{name}_label"), self.text(f"consent.{name}")) for name, _ in ANSWERS]
        )

    @Slot()
    def _agree(self) -> None:
        draft = self.ctx.visit.draft(RegisterDraft)
        self.ctx.visit.keep(replace(draft, form=replace(draft.form, consent=True)))
        self.ctx.navigator.show("register_who")

    @Slot()
    def _disagree(self) -> None:
        self.ctx.visit.drop(RegisterDraft)
        self.ctx.notices.toast.emit(self.text("consent.declined"))
        self.ctx.navigator.back()
