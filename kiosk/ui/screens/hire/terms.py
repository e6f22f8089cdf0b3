"""How many people and what they are paid, with the law beside it while it is typed."""

from PySide6.QtCore import Slot

from kiosk.domain.values import PayUnit, Settlement
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.hire.count import CountField
from kiosk.ui.screens.hire.draft import HireDraft
from kiosk.ui.screens.hire.halves import Halves
from kiosk.ui.screens.hire.problems import Problem
from kiosk.ui.screens.hire.question import Question
from kiosk.ui.screens.hire.step import HireStep
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import Choice
from kiosk.ui.widgets.choices import ChoiceGrid, Option
from kiosk.ui.widgets.fields import Field
from kiosk.ui.widgets.text import Text

#: Many tiles stand on this page: the least that a finger of an old hand hits.
LONGEST, TILE_MM = 12, 16.0
UNITS = (PayUnit.DAY, PayUnit.HOUR, PayUnit.JOB, PayUnit.PIECE, PayUnit.MONTH)


class PostTermsScreen(HireStep):
    """招几个人，多少钱."""

    name = "post_terms"
    title_key = "hire.terms_title"
    next_screen = "post_where"
    step_name = "post_terms"
    covers = (("headcount",), ("pay", "pay_unit", "settlement", "full_time"))

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._range: tuple[str, tuple[int, int, int] | None] = ("", None)
        self.headcount = CountField(self.theme, "headcount")
        self.field(self.headcount)
        self.pay = self.field(
            Field(self.theme, "pay", InputWish.MONEY, role=Role.FACT, max_length=LONGEST, height_mm=20.0)
        )
        self.guidance = Text(self.theme, Role.BODY, tone="soft")
        self._units = ChoiceGrid(self.theme, 3, role=Role.BODY, height_mm=TILE_MM)
        self._settlements = ChoiceGrid(self.theme, 3, role=Role.BODY, height_mm=TILE_MM)
        self._contract = Choice(self.theme, icon_name="consent", role=Role.BODY, height_mm=TILE_MM)
        self._unit = self.question(Question(self.theme, ("pay_unit",), self._units))
        self._settlement = self.question(Question(self.theme, ("settlement",), self._settlements))
        self._full_time = self.question(Question(self.theme, ("full_time",), self._contract))
        self._halves = Halves(self.theme)
        self._place()
        for field in (self.headcount, self.pay):
            field.changed.connect(self._typed)
            field.entered.connect(self._entered)
        self._units.changed.connect(self._touched)
        self._settlements.changed.connect(self._touched)
        self._contract.clicked.connect(self._touched)
        self.remedy.taken.connect(self._mend)
        self.action("common.next", self.go_on, icon_name="right")

    def _place(self) -> None:
        first, second = self._halves.first, self._halves.second
        for part in (self.pay, self.remedy, self.guidance, self.headcount):
            first.addWidget(part)
        first.addStretch(1)
        for question in (self._unit, self._settlement, self._full_time):
            second.addWidget(question)
        second.addStretch(1)
        self.body.addWidget(self._halves)
        self.body.addStretch(1)

    def arrange(self, *, portrait: bool) -> None:
        """What is typed and what is touched side by side across."""
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
        text = self.text
        self.headcount.say(text("hire.headcount"), text("hire.headcount_hint"))
        self.headcount.say_steps(
            text("hire.fewer"), text("hire.more"), (text("common.less"), text("common.more"))
        )
        self.pay.say(text("hire.pay"))
        self._unit.say(text("hire.pay_unit"))
        self._settlement.say(text("hire.settlement"))
        self._full_time.say(text("hire.contract"))
        self._units.set_options(Option(value=each, text=text(f"hire.unit.{each}")) for each in UNITS)
        self._settlements.set_options(
            Option(value=each, text=text(f"words.settlement.{each}")) for each in Settlement
        )
        self._contract.say(text("hire.full_time"))
        self._say_range()

    def show_draft(self, draft: HireDraft) -> None:
        """What was said before."""
        form = draft.form
        self.headcount.set_text(form.headcount)
        self.pay.set_text(form.pay)
        self.retranslate()
        self._units.choose(form.pay_unit)
        self._settlements.choose(form.settlement)
        self._contract.setChecked(form.full_time)

    def wipe(self) -> None:
        """Forget it."""
        super().wipe()
        self._range = ("", None)
        self.guidance.setText("")

    def mend_word(self, problem: Problem | None) -> str:
        """One touch puts the lowest lawful pay in."""
        if problem is None or problem.needed_fen is None:
            return ""
        return self.text(
            "hire.mend_pay", pay=self.ctx.strings.pay(problem.needed_fen, self.draft.form.pay_unit)
        )

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
        self.keep(headcount=self.headcount.text, pay=self.pay.text)

    @Slot()
    def _touched(self) -> None:
        unit, settlement = self._units.value, self._settlements.value
        if isinstance(unit, PayUnit) and isinstance(settlement, Settlement):
            self.keep(pay_unit=unit, settlement=settlement, full_time=self._contract.isChecked())

    @Slot()
    def _entered(self) -> None:
        """Enter goes from the pay to the head count if that is still to be said, else on."""
        if not self.pay.text.strip():
            self.pay.line.setFocus()
        else:
            self.go_on()

    @Slot()
    def _mend(self) -> None:
        """Put the lowest pay in that passes."""
        needed = next((each.needed_fen for each in self.problems() if each.needed_fen is not None), None)
        if needed is not None:
            self.pay.set_text(self.ctx.strings.money(needed).replace(",", ""))
