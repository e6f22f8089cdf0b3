"""What the steps of the registration have in common: the draft is kept at every touch, so nothing is lost."""

from dataclasses import replace
from typing import Any, ClassVar

from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.register.draft import ASKED, RegisterDraft, StepParams
from kiosk.ui.widgets.steps import StepBar

#: The pages of a whole registration, in their order.
STEPS = (
    "register_who",
    "register_phone",
    "register_id",
    "register_trades",
    "register_wish",
    "register_where",
    "register_extras",
    "register_summary",
)


class RegisterStep(Page):
    """One question of the registration.

    A subclass overrides ``show_form``, calls ``keep(field=…)`` when the person changes something, and ``go_on`` when
    the step is done.
    """

    draft_flow = "register"
    #: The screen after this one.
    next_screen = ""
    #: Where what is said here is kept: a draft with a ``form`` (the job-wanted entry has one of its own).
    draft_kind: ClassVar[type[Any]] = RegisterDraft

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._step = StepParams()
        self._live = False
        self.progress = StepBar(self.theme)
        self.column.insertWidget(0, self.progress)

    @property
    def draft(self) -> RegisterDraft:
        """What has been said so far."""
        return self.ctx.visit.draft(RegisterDraft)

    @property
    def form(self) -> Any:  # noqa: ANN401 - the form of ``draft_kind``
        """What has been typed so far."""
        return self.ctx.visit.draft(self.draft_kind).form

    @property
    def step(self) -> StepParams:
        """How this step was called."""
        return self._step

    def enter(self, params: Any) -> None:  # noqa: ANN401 - StepParams
        """Show what was said before."""
        self._step = params if isinstance(params, StepParams) else StepParams()
        self._live = False
        self.clear_errors()
        self._show_progress()
        self.show_form(self.form)
        self._live = True
        self.retranslate()
        if self._step.refusal is not None:
            self.refused(self._step.refusal)

    def _show_progress(self) -> None:
        """How far it is, of what is asked; not where one thing is mended, nor for who only wants to apply."""
        whole = self.name in STEPS and not self._step.edit and self.draft_kind is RegisterDraft
        whole = whole and not self.draft.quick and self.draft.changing is None
        self.progress.setVisible(whole)
        if whole:
            left_out = [page for page, field in ASKED if page != self.name and not self.draft.asks(field)]
            steps = [page for page in STEPS if page not in left_out]
            self.progress.set_step(steps.index(self.name) + 1, len(steps))

    def leave(self) -> None:
        """Nothing is kept any more: the visit may be over."""
        self._live = False

    def wipe(self) -> None:
        """Forget what was said."""
        self._live = False
        super().wipe()
        self._step = StepParams()

    def action_key(self, key: str) -> str:
        """Who came to mend one thing goes back where they came from, and is told so."""
        return "common.keep_and_back" if key == "common.next" and self._step.edit else key

    def show_form(self, form: Any) -> None:  # noqa: ANN401 - the form of ``draft_kind``
        """Put the draft into the widgets."""

    def keep(self, **changes: Any) -> None:  # noqa: ANN401 - fields of the form
        """Put a change into the draft; not while the step is filled or wiped."""
        if self._live:
            draft = self.ctx.visit.draft(self.draft_kind)
            self.ctx.visit.keep(replace(draft, form=replace(draft.form, **changes)))

    def go_on(self) -> None:
        """On to the next step, or back to where this one was called from."""
        if self._step.edit:
            self.ctx.navigator.back()
        else:
            self.ctx.navigator.show(self.next_screen)
