"""Everything that was said, to look over; each part can be mended; then it is kept."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from kiosk.domain.money import parse_yuan
from kiosk.domain.refusal import Refusal
from kiosk.services.workers import WorkerForm
from kiosk.ui.components.worker_words import region_names, trade_names, yes_words
from kiosk.ui.context import UiContext
from kiosk.ui.screens.register.draft import StepParams
from kiosk.ui.screens.register.sending import KNOWN_ALREADY, go_on_as_known, register, save
from kiosk.ui.screens.register.step import RegisterStep
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import WORKER_MM, BigButton, Kind
from kiosk.ui.widgets.facts import Facts
from kiosk.ui.widgets.frames import Card

#: Part, the step that it is mended on, its share of the height; the name of its button: ``register.edit_<part>``.
PARTS = (
    ("who", "register_who", 3),
    ("trades", "register_trades", 2),
    ("wish", "register_wish", 2),
    ("more", "register_more", 3),
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
        for _, _, share in PARTS:
            self._add_part(share)
        self._known = self.action("register.go_on_known", self._as_known, Kind.PLAIN, icon_name="person")
        self._keep = self.action("register.confirm", self._confirm, icon_name="check", commits=True)

    def _add_part(self, share: int) -> None:
        card = Card(self.theme)
        facts = Facts(self.theme, role=Role.BODY)
        edit = BigButton(self.theme, Kind.PLAIN, icon_name="pencil", role=Role.BODY, height_mm=WORKER_MM)
        edit.clicked.connect(self._edit)
        row = QHBoxLayout(card)
        middle = QVBoxLayout()
        middle.addStretch(1)
        middle.addWidget(facts)
        middle.addStretch(1)
        row.addLayout(middle, 1)
        row.addWidget(edit, 0, Qt.AlignmentFlag.AlignVCenter)
        self._facts.append(facts)
        self._edits.append(edit)
        self._rows.append(row)
        self.body.addWidget(card, share)

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
        for edit, (part, _, _) in zip(self._edits, PARTS, strict=True):
            edit.say(self.text("common.edit"))
            edit.setAccessibleName(self.text(f"register.edit_{part}"))
        if self._live:
            self._say_purpose()
            self.show_form(self.draft.form)

    def _say_purpose(self) -> None:
        """A registration, or a change of one."""
        changing = self.draft.changing is not None
        self._keep.say(self.text("register.save" if changing else "register.confirm"))
        self._keep.setEnabled(self.draft.changed or not changing)
        if changing:
            self.title.setText(self.text("register.change_title"))

    def show_form(self, form: WorkerForm) -> None:
        """Everything that was said; what was left out is said to be."""
        self._known.hide()
        parts = self._say(form)
        labels = [label for rows in parts for label, _ in rows]
        for facts, rows in zip(self._facts, parts, strict=True):
            facts.show_rows([(label, value or self.text("register.not_said")) for label, value in rows])
            facts.align_with(labels)

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
        changing = self.draft.changing
        masked = changing.masked_id if changing is not None else ""
        return (
            [
                (self.text("register.name"), " ".join(form.name.split())),
                (self.text("register.phone"), form.phone.strip()),
                (self.text("my_data.id_number"), form.id_number.strip().upper() or masked),
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
        changing = self.draft.changing
        if changing is None:
            register(self)
        else:
            save(self, changing)

    @Slot()
    def _as_known(self) -> None:
        go_on_as_known(self)
