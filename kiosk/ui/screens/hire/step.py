"""What the steps of a posting have in common: kept at every touch, judged as it is typed, nothing lost."""

from dataclasses import replace
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from kiosk.domain.refusal import Refusal
from kiosk.ui.components.page import Page
from kiosk.ui.components.tab_order import order_tabs
from kiosk.ui.context import UiContext
from kiosk.ui.screens.hire.draft import HireDraft, HireParams, followed
from kiosk.ui.screens.hire.problems import PAGE_OF, Problem, is_empty, problems_of
from kiosk.ui.screens.hire.question import Question
from kiosk.ui.screens.hire.remedy import Remedy
from kiosk.ui.widgets.buttons import BigButton
from kiosk.ui.widgets.steps import StepBar

SUMMARY = "post_summary"
#: The questions on the way, for the bar that shows how far it is. What has a good answer already is asked from the
#: summary alone.
STEPS = (
    "post_trade",
    "post_count",
    "post_day",
    "post_days",
    "post_begin",
    "post_end",
    "post_pay",
    "post_settle",
    "post_where",
    "post_address",
    "post_provided",
    SUMMARY,
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HireStep(Page):
    """One page of the form.

    A subclass overrides ``show_draft``, calls ``keep(field=…)`` when the person changes something and ``go_on`` when
    the page is done. Fields of ``covers`` are judged by the rules as they are typed.
    """

    draft_flow = "hire"
    #: The page after this one.
    next_screen = ""
    #: Groups of fields that are judged here (see ``problems.GROUPS``).
    covers: ClassVar[tuple[tuple[str, ...], ...]] = ()
    #: Which of ``STEPS`` this page belongs to; "" for none.
    step_name: ClassVar[str] = ""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._params = HireParams()
        self._live = False
        self._questions: dict[str, Question] = {}
        self._forward: BigButton | None = None
        self.progress: StepBar | None = None
        self.remedy = Remedy(self.theme)
        self.remedy.taken.connect(self.mend)
        if self.step_name:
            self.progress = StepBar(self.theme)
            self.progress.set_step(STEPS.index(self.step_name) + 1, len(STEPS))
            self.column.insertWidget(0, self.progress)

    @property
    def draft(self) -> HireDraft:
        """What has been said so far; nothing while nobody is there (a page is made before it is wanted)."""
        return self.ctx.visit.draft(HireDraft) if self.ctx.navigator.attended else HireDraft()

    @property
    def params(self) -> HireParams:
        """How this step was called."""
        return self._params

    @property
    def live(self) -> bool:
        """Whether the page is shown and filled, so that what happens in its widgets was done by the person."""
        return self._live

    def way_on(self) -> BigButton:
        """下一步, which Enter presses, too."""
        self._forward = self.action("common.next", self.go_on, icon_name="right")
        return self._forward

    def question(self, question: Question) -> Question:
        """Register a question that is answered by touch under the names of its fields."""
        for name in question.names:
            self._questions[name] = question
        return question

    def enter(self, params: Any) -> None:  # noqa: ANN401 - HireParams
        """Show what was said before."""
        self._params = params if isinstance(params, HireParams) else HireParams()
        self._live = False
        self.clear_errors()
        self.show_draft(self.draft)
        self._live = True
        if self.progress is not None:  # who came to mend one thing is not on the way
            self.progress.setVisible(not self._params.mends)
        self.retranslate()
        order_tabs(self)
        if self._params.notice:
            self.banner.say(self.text(self._params.notice), "warn")
        if self._params.refusal is not None:
            self.refused(self._params.refusal)

    def leave(self) -> None:
        """Nothing is kept any more: the visit may be over."""
        self._live = False

    def wipe(self) -> None:
        """Forget what was said."""
        self._live = False
        super().wipe()
        self._params = HireParams()

    def retranslate(self) -> None:
        """Words in, and the remarks in the same language; overrides call this first."""
        super().retranslate()
        if self._live and self.covers:
            self.judge()

    def action_key(self, key: str) -> str:
        """Who came to mend one thing goes back to the summary, and is told so."""
        return "common.keep_and_back" if key == "common.next" and self._params.mends else key

    def show_draft(self, draft: HireDraft) -> None:
        """Put the draft into the widgets."""

    def keep(self, **changes: Any) -> None:  # noqa: ANN401 - fields of ListingForm
        """Put a change of the listing into the draft and judge it; not while the page is filled or wiped."""
        if self._live:
            draft = self.draft
            self.ctx.visit.keep(replace(draft, form=replace(draft.form, **changes)))
            self.judge()

    def keep_employer(self, **changes: Any) -> None:  # noqa: ANN401 - fields of EmployerForm
        """Put a change of the employer into the draft; whoever it was before, it is not certain any more."""
        if self._live:
            draft = self.draft
            employer = replace(draft.employer, **changes)
            form = followed(draft.form, draft.employer, employer)
            self.ctx.visit.keep(replace(draft, employer=employer, form=form, employer_id=None))

    def problems(self) -> list[Problem]:
        """What the rules say about this page."""
        return problems_of(self.ctx.services, self.ctx.strings, self.draft, self.covers)

    def judge(self) -> None:
        """Show what is wrong so far; what has not been said yet is not asked for."""
        self.show_problems([each for each in self.problems() if not is_empty(self.draft.form, each.field)])

    def show_problems(self, problems: list[Problem]) -> None:
        """Each beside its field; the first one's remedy, too."""
        self.clear_errors()
        for problem in reversed(problems):  # the first one of a field is said last and stays
            if problem.blocks:
                self._say_beside(problem)
        first = next(iter(problems), None)
        self.remedy.say(first, self.mend_word(first), beside=first is not None and first.blocks)

    def mend_word(self, problem: Problem | None) -> str:
        """The word on a button that mends a problem by one touch; "" for none. Only firms sign labour contracts."""
        asks = problem is not None and problem.wants_contract and self.draft.employer.organisation
        return self.text("hire.mend_contract") if asks else ""

    def mend(self) -> None:
        """That button was touched: is there a contract?"""
        self.ctx.navigator.show("post_contract", HireParams(aside=True))

    def clear_errors(self) -> None:
        """Take all remarks away."""
        super().clear_errors()
        self.remedy.say(None)
        for question in self._questions.values():
            question.set_error("")

    def refused(self, refusal: Refusal) -> None:
        """Beside its field here, on the page of its field, or in the banner."""
        field = refusal.field or ""
        if field in self._questions:
            self._questions[field].set_error(self.ctx.strings.refusal(refusal))
        elif field not in self.fields and PAGE_OF.get(field, self.name) != self.name:
            self.ctx.navigator.show(PAGE_OF[field], HireParams(edit=True, refusal=refusal))
        else:
            super().refused(refusal)

    def go_on(self) -> None:
        """On, if nothing blocks; else the first thing that does is shown, and the focus goes there."""
        blocking = [problem for problem in self.problems() if problem.blocks]
        if blocking:
            self.show_problems(blocking)
            self.refused(blocking[0].refusal)
            return
        if self._params.aside:
            self.ctx.navigator.back()
        elif self._params.edit:
            self.ctx.navigator.back_to(SUMMARY)
        else:
            self.ctx.navigator.show(self.following())

    def following(self) -> str:
        """The page after this one; by default always the same."""
        return self.next_screen

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing has the focus: Enter goes on, and a digit goes to the only field, in place of what stands there."""
        on = self._forward
        shown = [field for field in self.fields.values() if field.isVisible()]
        if event.key() in _ENTER and on is not None and on.isVisible() and on.isEnabled():
            on.click()
        elif event.text().isdigit() and len(shown) == 1:
            line = shown[0].line
            line.setFocus()
            line.selectAll()
            line.insert(event.text())
        else:
            super().keyPressEvent(event)

    def _say_beside(self, problem: Problem) -> None:
        if problem.field in self._questions:
            self._questions[problem.field].set_error(problem.sentence)
        elif problem.field in self.fields:
            self.fields[problem.field].set_error(problem.sentence)
        else:
            self.banner.say(problem.sentence, "error")
