"""Questions of a posting that one touch answers: the touch is the way on."""

from collections.abc import Hashable, Iterable
from typing import ClassVar

from PySide6.QtCore import Slot

from kiosk.domain.values import Settlement, Strength
from kiosk.ui.components.choice_page import BigChoices
from kiosk.ui.context import UiContext
from kiosk.ui.screens.hire.draft import HireDraft
from kiosk.ui.screens.hire.step import SUMMARY, HireStep
from kiosk.ui.widgets.choices import Option

#: What the answers take of the room before anything is left free.
FIRST = 1000


class TouchStep(HireStep):
    """At most six large answers, the one that stands marked; 下一步 is there while one stands."""

    #: How many answers stand beside each other upright and across.
    beside: ClassVar[tuple[int, int]] = (2, 3)

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        upright, across = self.beside
        self.choices = BigChoices(self.theme, upright=upright, across=across)
        self.choices.changed.connect(self._touched)
        self.body.addWidget(self.remedy)
        self.choices.be_snug()
        self.body.addWidget(self.choices, FIRST)
        self.add_below()
        self.body.addStretch(1)
        self.on = self.way_on()

    def add_below(self) -> None:
        """What stands right below the answers: another way to say one."""

    def options(self, draft: HireDraft) -> Iterable[Option]:
        """The answers."""
        raise NotImplementedError  # each page has its own; not by abc: Qt's classes have another metaclass

    def answer(self, draft: HireDraft) -> Hashable | None:
        """The one that stands; None while none does."""
        raise NotImplementedError  # each page has its own; not by abc: Qt's classes have another metaclass

    def take(self, value: Hashable) -> None:
        """Keep an answer."""
        raise NotImplementedError  # each page has its own; not by abc: Qt's classes have another metaclass

    def arrange(self, *, portrait: bool) -> None:
        """Upright or across."""
        self.choices.arrange(portrait=portrait)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.fill()

    def show_draft(self, draft: HireDraft) -> None:  # noqa: ARG002 - looked at anew
        """The answer as it stands."""
        self.fill()

    def fill(self) -> None:
        """Put the answers in and mark the one that stands."""
        draft = self.draft
        self.choices.set_options(self.options(draft))
        self.mark()

    def mark(self) -> None:
        """Mark the answer that stands."""
        answer = self.answer(self.draft)
        self.choices.choose(*([] if answer is None else [answer]))
        self.on.setVisible(answer is not None)

    @Slot()
    def _touched(self) -> None:
        if self.live:
            self.take(self.choices.value)
            self.mark()
            self.go_on()


class PostSettleScreen(TouchStep):
    """什么时候结钱. A month is for labour contracts: who signs none is not offered it."""

    name = "post_settle"
    title_key = "hire.settle_title"
    hint_key = "hire.settle_hint"
    next_screen = "post_where"
    step_name = "post_settle"
    covers = (("settlement",),)

    def options(self, draft: HireDraft) -> Iterable[Option]:
        """All that the law knows."""
        offered = [each for each in Settlement if draft.may_sign or each is not Settlement.MONTH]
        return [Option(value=each, text=self.text(f"words.settlement.{each}")) for each in offered]

    def answer(self, draft: HireDraft) -> Hashable | None:
        """As it stands; the day itself at first."""
        return draft.form.settlement

    def take(self, value: Hashable) -> None:
        """Keep it."""
        self.keep(settlement=value)


class PostStrengthScreen(TouchStep):
    """活重不重."""

    name = "post_strength"
    title_key = "hire.strength_title"
    hint_key = "hire.strength_hint"
    next_screen = SUMMARY
    beside = (1, 3)

    def options(self, draft: HireDraft) -> Iterable[Option]:  # noqa: ARG002 - the same for all
        """Light, medium, heavy."""
        return [Option(value=each, text=self.text(f"words.strength.{each}")) for each in Strength]

    def answer(self, draft: HireDraft) -> Hashable | None:
        """As it stands; medium at first."""
        return draft.form.strength

    def take(self, value: Hashable) -> None:
        """Keep it."""
        self.keep(strength=value)


class PostContractScreen(TouchStep):
    """签不签劳动合同: asked of firms."""

    name = "post_contract"
    title_key = "hire.contract_title"
    hint_key = "hire.contract_hint"
    next_screen = SUMMARY
    beside = (1, 2)

    def options(self, draft: HireDraft) -> Iterable[Option]:  # noqa: ARG002 - the same for all
        """Casual work, or a contract."""
        return [
            Option(value=False, text=self.text("hire.casual"), icon_name="hire"),
            Option(value=True, text=self.text("hire.full_time"), icon_name="consent"),
        ]

    def answer(self, draft: HireDraft) -> Hashable | None:
        """As it stands; casual work at first."""
        return draft.form.full_time

    def take(self, value: Hashable) -> None:
        """Keep it."""
        self.keep(full_time=value)
