"""One policy: what one gets, who it is for, where; with answers, what fits and what has to be asked. And on paper."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.eligibility import Verdict, asks, verdict
from kiosk.services.policies import PolicyItem
from kiosk.ui.components.placement_look import DONE, WAITING
from kiosk.ui.components.slip_page import PLAIN, Promise, SlipPage
from kiosk.ui.context import UiContext
from kiosk.ui.screens.policy.params import PolicyParams
from kiosk.ui.widgets.buttons import Kind


class PolicyScreen(SlipPage):
    """一样政策."""

    name = "policy"
    facts_beside = False

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._params: PolicyParams | None = None
        self._item: PolicyItem | None = None
        self.action("policy.others", self._others, Kind.PLAIN, icon_name="list")
        self._paper = self.action("policy.paper", self._print, Kind.PLAIN, icon_name="printer", commits=True)
        self._check = self.action("policy.check", self._ask, icon_name="question")
        self.slip.changed.connect(self._paper_came)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - PolicyParams
        """Which one; other answers make another paper."""
        if isinstance(params, PolicyParams) and params != self._params:
            self.slip.wipe()
            self._params = params
        if self._params is not None:
            self._item = self.ctx.services.policies.get(self._params.key)
        if self._item is None:
            self.ctx.navigator.swap("policies")  # the city has it no more
            return
        self.retranslate()

    def action_key(self, key: str) -> str:
        """Who has answered may answer again."""
        answered = self._params is not None and self._params.answers is not None
        return "policy.again" if key == "policy.check" and answered else key

    def promise(self) -> Promise | None:
        """Never more than the notice says: the office decides."""
        item, params = self._item, self._params
        if item is None or params is None:
            return None
        services, language = self.ctx.services, self.ctx.strings.language
        said = item.said(language)
        facts = tuple(
            (self.text(f"policy.{name}"), "\n".join(sentences))
            for name, sentences in services.policies.points(item, params.answers)
            if any(sentences)
        )
        if params.answers is None:
            return Promise(look=PLAIN, state=said.title, hint=self.text("policy.decides"), facts=facts)
        fits = verdict(said, params.answers) is Verdict.FITS
        what_to_do = self.text("policy.fits_hint" if fits else "policy.ask_hint")
        return Promise(
            look=DONE if fits else WAITING,
            state=self.text("policy.fits" if fits else "policy.ask_state"),
            hint=said.title if self.slip.issued is not None else f"{said.title}\n{what_to_do}",
            facts=facts,
        )

    def retranslate(self) -> None:
        """Words in; nothing is asked where the notice asks nothing. One thing stands out: to answer, then the paper."""
        super().retranslate()
        item, params = self._item, self._params
        if item is None or params is None:
            return
        asked = asks(item.rule.said) and params.answers is None
        self._check.set_kind(Kind.ACTION if asked else Kind.PLAIN)
        self._check.set_icon("question" if asked else "again")
        self._check.setVisible(asks(item.rule.said))
        self._paper.set_kind(Kind.PLAIN if asked else Kind.ACTION)
        self._paper_came()

    def wipe(self) -> None:
        """Forget which one, and what was said."""
        super().wipe()
        self._params, self._item = None, None

    @Slot()
    def _paper_came(self) -> None:
        """What to do stands on the paper then, and the page has room for it."""
        self.show_promise()
        self._paper.setVisible(self.slip.issued is None)

    @Slot()
    def _ask(self) -> None:
        if self._item is None:
            return
        page = "policy_who" if self._item.rule.said.who else "policy_conditions"
        self.ctx.navigator.show(page, PolicyParams(key=self._item.policy.key))

    @Slot()
    def _print(self) -> None:
        item, params, desk = self._item, self._params, self.ctx.services.policies
        if item is not None and params is not None and self.slip.issued is None:
            self.submit(lambda: desk.paper(item, params.answers), self.slip.show_slip)

    @Slot()
    def _others(self) -> None:
        self.ctx.navigator.back_to("policies")
