"""What one of them is paid, with its unit, and the law beside it while it is typed."""

from PySide6.QtCore import Slot

from kiosk.domain.values import PayUnit
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.hire.draft import HireDraft
from kiosk.ui.screens.hire.halves import Halves
from kiosk.ui.screens.hire.problems import Problem
from kiosk.ui.screens.hire.question import Question
from kiosk.ui.screens.hire.step import HireStep
from kiosk.ui.theme import Role
from kiosk.ui.widgets.choices import ChoiceGrid, Option
from kiosk.ui.widgets.fields import Field
from kiosk.ui.widgets.text import Text

LONGEST = 12
UNITS = (PayUnit.DAY, PayUnit.HOUR, PayUnit.JOB, PayUnit.PIECE, PayUnit.MONTH)


class PostPayScreen(HireStep):
    """多少钱. The amount and what it is for are one answer: neither can be judged without the other."""

    name = "post_pay"
    title_key = "hire.pay_title"
    hint_key = "hire.pay_hint"
    next_screen = "post_settle"
    step_name = "post_pay"
    covers = (("pay", "pay_unit"),)

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._range: tuple[str, tuple[int, int, int] | None] = ("", None)
        self.pay = self.field(
            Field(self.theme, "pay", InputWish.MONEY, role=Role.FACT, max_length=LONGEST, height_mm=22.0)
        )
        self.guidance = Text(self.theme, Role.BODY, tone="soft")
        self._units = ChoiceGrid(self.theme, 3, role=Role.LEAD)
        self._unit = self.question(Question(self.theme, ("pay_unit",), self._units))
        self._halves = Halves(self.theme)
        for part in (self.pay, self.remedy, self.guidance):
            self._halves.first.addWidget(part)
        self._halves.first.addStretch(1)
        self._halves.second.addWidget(self._unit)
        self._halves.second.addStretch(1)
        self.body.addWidget(self._halves)
        self.body.addStretch(1)
        self.pay.changed.connect(self._typed)
        self.pay.entered.connect(self.go_on)
        self._units.changed.connect(self._touched)
        self.way_on()

    def arrange(self, *, portrait: bool) -> None:
        """Amount and unit side by side across."""
        self._halves.arrange(portrait=portrait)

    def enter(self, params: object) -> None:
        """Ask what others pay, too."""
        super().enter(params)
        trade, listings = self.draft.form.trade, self.ctx.services.listings
        if trade:
            self.query("guidance", lambda: (trade, listings.guidance(trade)), self._ranged)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.pay.say(self.text("hire.pay"))
        self._unit.say(self.text("hire.pay_unit"))
        self._fill()
        self._say_range()

    def show_draft(self, draft: HireDraft) -> None:
        """What was said before."""
        self.pay.set_text(draft.form.pay)
        self._fill()
        if not draft.form.pay:
            self.pay.line.setFocus()

    def _fill(self) -> None:
        """Pay by the month is for labour contracts: who signs none is not offered it."""
        draft = self.draft
        offered = [each for each in UNITS if draft.may_sign or each is not PayUnit.MONTH]
        self._units.set_options(Option(value=each, text=self.text(f"hire.unit.{each}")) for each in offered)
        self._units.set_columns(2 if len(offered) % 2 == 0 else 3)
        self._units.choose(draft.form.pay_unit)

    def wipe(self) -> None:
        """Forget it."""
        super().wipe()
        self._range = ("", None)
        self.guidance.setText("")

    def mend_word(self, problem: Problem | None) -> str:
        """One touch puts the lowest lawful pay in."""
        if problem is None or problem.needed_fen is None:
            return super().mend_word(problem)
        return self.text(
            "hire.mend_pay", pay=self.ctx.strings.pay(problem.needed_fen, self.draft.form.pay_unit)
        )

    def mend(self) -> None:
        """Put the lowest pay in that passes."""
        needed = next((each.needed_fen for each in self.problems() if each.needed_fen is not None), None)
        if needed is None:
            super().mend()
        else:
            self.pay.set_text(self.ctx.strings.money(needed).replace(",", ""))

    def judge(self) -> None:
        """The law first, then what others pay."""
        super().judge()
        self._say_range()

    def _ranged(self, found: tuple[str, tuple[int, int, int] | None]) -> None:
        self._range = found
        self._say_range()

    def _say_range(self) -> None:
        """What others pay is told in the trade's usual unit; beside another one it would mislead."""
        code, quartiles = self._range
        form = self.draft.form if self.live else None
        trade = self.ctx.services.catalogue.trade(code)
        fits = form is not None and trade is not None and (form.trade, form.pay_unit) == (code, trade.unit)
        shown = quartiles is not None and fits
        self.guidance.setVisible(shown)
        if quartiles is not None and shown and form is not None:
            low, middle, high = (self.ctx.strings.money(each) for each in quartiles)
            unit = self.ctx.strings.pay_unit(form.pay_unit)
            self.guidance.setText(self.text("hire.guidance", low=low, middle=middle, high=high, unit=unit))

    @Slot()
    def _typed(self) -> None:
        self.keep(pay=self.pay.text)

    @Slot()
    def _touched(self) -> None:
        unit = self._units.value
        if isinstance(unit, PayUnit):
            self.keep(pay_unit=unit)
