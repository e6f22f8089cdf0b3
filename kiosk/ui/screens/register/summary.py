"""Everything that was said, to look over; each part can be mended; then it is kept."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from kiosk.domain.money import parse_yuan
from kiosk.domain.refusal import Refusal
from kiosk.services.workers import WorkerForm
from kiosk.ui.components.worker_words import region_names, trade_names, yes_words
from kiosk.ui.context import UiContext
from kiosk.ui.screens.register.draft import StepParams
from kiosk.ui.screens.register.sending import KNOWN_ALREADY, go_on_as_known, register
from kiosk.ui.screens.register.step import RegisterStep
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import WORKER_MM, BigButton, Kind
from kiosk.ui.widgets.facts import Facts
from kiosk.ui.widgets.frames import Card

#: The parts and the step that each is mended on; the accessible name of its button is ``register.edit_<part>``.
PARTS = (
    ("who", "register_who"),
    ("trades", "register_trades"),
    ("wish", "register_wish"),
    ("more", "register_more"),
)


class SummaryScreen(RegisterStep):
    """看一看，对不对."""

    name = "register_summary"
    title_key = "register.summary_title"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._edits: list[BigButton] = []
        self._facts: list[Facts] = []
        self._rows: list[QHBoxLayout] = []
        for _ in PARTS:
            self._add_part()
        self._known = self.action("register.go_on_known", self._as_known, Kind.PLAIN, icon_name="person")
        self.action("register.confirm", self._confirm, icon_name="check")

    def _add_part(self) -> None:
        card = Card(self.theme)
        facts = Facts(self.theme, role=Role.LEAD)
        edit = BigButton(self.theme, Kind.PLAIN, icon_name="pencil", role=Role.BODY, height_mm=WORKER_MM)
        edit.clicked.connect(self._edit)
        row = QHBoxLayout(card)
        row.addWidget(facts, 1)
        row.addWidget(edit)
        self._facts.append(facts)
        self._edits.append(edit)
        self._rows.append(row)
        self.body.addWidget(card, 1)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        pad = self.theme.px(4)
        for row in self._rows:
            row.setContentsMargins(pad, pad // 2, pad, pad // 2)
            row.setSpacing(pad)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        for edit, (part, _) in zip(self._edits, PARTS, strict=True):
            edit.say(self.text("common.edit"))
            edit.setAccessibleName(self.text(f"register.edit_{part}"))
        if self._live:
            self.show_form(self.draft.form)

    def show_form(self, form: WorkerForm) -> None:
        """Everything that was said; what was left out is said to be."""
        self._known.hide()
        for facts, rows in zip(self._facts, self._say(form), strict=True):
            facts.show_rows([(label, value or self.text("register.not_said")) for label, value in rows])

    def wipe(self) -> None:
        """Forget it."""
        super().wipe()
        for facts in self._facts:
            facts.wipe()

    def refused(self, refusal: Refusal) -> None:
        """Somebody who is registered already is offered to go on as such."""
        super().refused(refusal)
        self._known.setVisible(refusal.key == KNOWN_ALREADY)

    def _say(self, form: WorkerForm) -> tuple[list[tuple[str, str]], ...]:
        strings, catalogue = self.ctx.strings, self.ctx.services.catalogue
        return (
            [
                (self.text("register.name"), " ".join(form.name.split())),
                (self.text("register.phone"), form.phone.strip()),
                (self.text("register.id_number"), form.id_number.strip().upper()),
            ],
            [(self.text("register.trades"), trade_names(strings, catalogue, form.trades))],
            [(self.text("register.wage"), self._wage(form))],
            [
                (self.text("register.districts"), region_names(strings, catalogue, form.districts)),
                (self.text("register.also"), yes_words(strings, form)),
            ],
        )

    def _wage(self, form: WorkerForm) -> str:
        try:
            return self.ctx.strings.pay(parse_yuan(form.wage, "wage"), form.wage_unit)
        except Refusal:
            return form.wage  # said beside its field when it is sent

    @Slot()
    def _edit(self) -> None:
        step = PARTS[self.touched_at(self._edits)][1]
        self.ctx.navigator.show(step, StepParams(edit=True))

    @Slot()
    def _confirm(self) -> None:
        register(self)

    @Slot()
    def _as_known(self) -> None:
        go_on_as_known(self)
