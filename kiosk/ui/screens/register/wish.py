"""What you would like to earn, and for what unit."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout

from kiosk.domain.money import parse_yuan
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import PayUnit
from kiosk.ui.components.worker_words import WorkForm
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.register.step import RegisterStep
from kiosk.ui.theme import Role
from kiosk.ui.widgets.choices import ChoiceGrid, Option
from kiosk.ui.widgets.fields import Field

LONGEST = 12


class WishScreen(RegisterStep):
    """想要多少工钱."""

    name = "register_wish"
    title_key = "register.wish_title"
    next_screen = "register_where"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.wage = self.field(Field(self.theme, "wage", InputWish.MONEY, role=Role.FACT, max_length=LONGEST))
        self.wage.changed.connect(self._typed)
        self.wage.left.connect(self._left)
        self.wage.entered.connect(self._on)
        self._units = ChoiceGrid(self.theme, 3)
        self._units.changed.connect(self._unit_touched)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._row.addWidget(self.wage, 2)
        self._row.addWidget(self._units, 3)
        self.body.addLayout(self._row)
        self.body.addStretch(1)
        self.action("common.next", self._on, icon_name="right")

    def arrange(self, *, portrait: bool) -> None:
        """The units below the amount, or beside it: above the dock there is little height."""
        way = QBoxLayout.Direction.TopToBottom if portrait else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        self._row.setSpacing(self.theme.px(5))

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.wage.say(self.text("register.wage"), self.text("register.wage_hint"))
        self._units.set_options(Option(value=unit, text=self.ctx.strings.pay_unit(unit)) for unit in PayUnit)

    def show_form(self, form: WorkForm) -> None:
        """What was said before."""
        self.wage.set_text(form.wage)
        self._units.choose(form.wage_unit)

    def _check(self) -> bool:
        if not self.wage.text.strip():
            return True
        try:
            parse_yuan(self.wage.text, "wage")
        except Refusal as refusal:
            self.refused(refusal)
            return False
        return True

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.keep(wage=text)

    @Slot()
    def _left(self) -> None:
        if self._live:
            self._check()

    @Slot()
    def _unit_touched(self) -> None:
        unit = self._units.value
        if isinstance(unit, PayUnit):
            self.keep(wage_unit=unit)

    @Slot()
    def _on(self) -> None:
        self.clear_errors()
        if self._check():
            self.go_on()
