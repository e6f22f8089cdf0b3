"""Everything that was said, to look over; each part can be mended; then it is kept."""

from PySide6.QtCore import Slot

from kiosk.domain.money import parse_yuan
from kiosk.domain.phone import grouped, normalise_phone
from kiosk.domain.refusal import Refusal
from kiosk.services.workers import WorkerForm
from kiosk.ui.components.block import MOST_MM, Block
from kiosk.ui.components.worker_words import region_names, trade_names, yes_words
from kiosk.ui.context import UiContext
from kiosk.ui.screens.register.draft import StepParams
from kiosk.ui.screens.register.sending import KNOWN_ALREADY, go_on_as_known, register, save
from kiosk.ui.screens.register.step import RegisterStep
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.grid import TileGrid

#: Part, its label, and the step that it is mended on; the name of its touch is ``register.edit_<part>``.
PARTS = (
    ("who", "register.name", "register_who"),
    ("phone", "register.phone", "register_phone"),
    ("id", "my_data.id_number", "register_id"),
    ("trades", "register.trades", "register_trades"),
    ("wish", "register.wage", "register_wish"),
    ("where", "register.districts", "register_where"),
    ("also", "register.also", "register_extras"),
)


class SummaryScreen(RegisterStep):
    """看一看，对不对."""

    name = "register_summary"
    title_key = "register.summary_title"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._blocks = [Block(self.theme) for _ in PARTS]
        for block in self._blocks:
            block.clicked.connect(self._edit)
        self._grid = TileGrid(self.theme, 1, most_mm=MOST_MM)
        self._grid.set_tiles(self._blocks)
        self.body.addWidget(self._grid, 1)
        self._known = self.action("register.go_on_known", self._as_known, Kind.PLAIN, icon_name="person")
        self._keep = self.action("register.confirm", self._confirm, icon_name="check", commits=True)

    def arrange(self, *, portrait: bool) -> None:
        """One column upright, two across."""
        self._grid.set_columns(1 if portrait else 2)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
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
        said = self._said(form)
        changing = self.draft.changing
        for block, (part, label, _) in zip(self._blocks, PARTS, strict=True):
            mend = self.text(f"register.edit_{part}")
            # An ID number that is kept is changed by staff alone, who look at the card.
            kept = part == "id" and changing is not None and bool(changing.masked_id)
            about = self.text("register.id_by_staff" if kept else label)
            block.setEnabled(not kept)
            block.say_part(
                about, said[part] or self.text("register.not_said"), mend, self.text("common.edit")
            )

    def wipe(self) -> None:
        """Forget it."""
        super().wipe()
        for block in self._blocks:
            block.say_part("", "", "", "")

    def refused(self, refusal: Refusal) -> None:
        """Somebody who is registered already is offered to go on as such."""
        super().refused(refusal)
        self._known.setVisible(refusal.key == KNOWN_ALREADY)

    def _said(self, form: WorkerForm) -> dict[str, str]:
        strings, catalogue = self.ctx.strings, self.ctx.services.catalogue
        changing = self.draft.changing
        masked = changing.masked_id if changing is not None else ""
        digits = normalise_phone(form.phone)
        phone = grouped(digits) if digits.isdigit() else form.phone.strip()
        return {
            "who": " ".join(form.name.split()),
            "phone": phone,
            "id": form.id_number.strip().upper() or masked,
            "trades": trade_names(strings, catalogue, form.trades),
            "wish": self._wage(form),
            "where": region_names(strings, catalogue, form.districts),
            "also": yes_words(strings, form),
        }

    def _wage(self, form: WorkerForm) -> str:
        try:
            return self.ctx.strings.pay(parse_yuan(form.wage, "wage"), form.wage_unit)
        except Refusal:
            return form.wage  # said beside its field when it is sent

    @Slot()
    def _edit(self) -> None:
        step = PARTS[self.touched_at(self._blocks)][2]
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
