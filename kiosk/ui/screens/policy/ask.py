"""What a policy asks of people: which of its kinds they are, and which of its conditions are so. A page each."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.eligibility import Answers
from kiosk.services.policies import PolicyItem
from kiosk.ui.components.choice_page import BigChoices
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.policy.params import PolicyParams
from kiosk.ui.widgets.choices import Option

#: In the place of one of the kinds.
NONE = -1


class PolicyQuestion(Page):
    """One question about a policy; a subclass shows its answers and goes on with them."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._item: PolicyItem | None = None
        self._said = Answers()

    def enter(self, params: Any) -> None:  # noqa: ANN401 - PolicyParams
        """About which one; what was answered on this page stays as long as it is the same."""
        if isinstance(params, PolicyParams):
            if self._item is None or self._item.policy.key != params.key:
                self.forget()
            self._item = self.ctx.services.policies.get(params.key)
            self._said = params.answers or Answers()
        if self._item is None:
            self.ctx.navigator.swap("policies")
            return
        self.fill(self._item)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        if self._item is not None:
            self.fill(self._item)

    def wipe(self) -> None:
        """Forget what was said."""
        super().wipe()
        self._item, self._said = None, Answers()

    def forget(self) -> None:
        """Another policy is asked about: nothing is chosen."""

    def fill(self, item: PolicyItem) -> None:
        """Put the answers in, in the present language."""

    def go_on(self, page: str, answers: Answers) -> None:
        """With what was said; the result stands where the policy stood, and a way back leads here."""
        if self._item is not None:
            self.ctx.navigator.show(page, PolicyParams(key=self._item.policy.key, answers=answers))


class PolicyWhoScreen(PolicyQuestion):
    """您是哪一种人: a touch is the answer, and goes on."""

    name = "policy_who"
    title_key = "policy.who_title"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._grid = BigChoices(self.theme, upright=1, across=1)
        self._grid.changed.connect(self._chosen)
        self.body.addWidget(self._grid, 1)

    def forget(self) -> None:
        """Nothing is chosen."""
        self._grid.wipe()

    def fill(self, item: PolicyItem) -> None:
        """The kinds of people, and none of them."""
        kinds = item.said(self.ctx.strings.language).who
        self._grid.set_options(
            (
                *(Option(value=at, text=each) for at, each in enumerate(kinds)),
                Option(value=NONE, text=self.text("policy.who_none")),
            )
        )

    @Slot()
    def _chosen(self) -> None:
        chosen = next((at for at in self._grid.values if isinstance(at, int) and at != NONE), None)
        answers = replace(self._said, who=chosen)
        asked = self._item is not None and self._item.rule.said.conditions
        self.go_on("policy_conditions" if asked else "policy", answers)


class PolicyConditionsScreen(PolicyQuestion):
    """哪几条您合: what is left out is asked at the office."""

    name = "policy_conditions"
    title_key = "policy.conditions_title"
    hint_key = "policy.conditions_hint"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._grid = BigChoices(self.theme, several=True, upright=1, across=1)
        self.body.addWidget(self._grid, 1)
        self.action("policy.result", self._result, icon_name="right")

    def forget(self) -> None:
        """Nothing is chosen."""
        self._grid.wipe()

    def fill(self, item: PolicyItem) -> None:
        """The conditions as the notice has them."""
        said = item.said(self.ctx.strings.language)
        self._grid.set_options(Option(value=at, text=each) for at, each in enumerate(said.conditions))

    @Slot()
    def _result(self) -> None:
        met = frozenset(at for at in self._grid.values if isinstance(at, int))
        self.go_on("policy", replace(self._said, met=met))
