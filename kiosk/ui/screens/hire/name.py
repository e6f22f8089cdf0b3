"""Name, and what shows that an organisation is one: its credit code. Others may leave their ID number."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout

from kiosk.domain.refusal import Refusal
from kiosk.services.device_ports import IdCard
from kiosk.services.employers import EmployerForm, check_form
from kiosk.ui.behalf import note_whose
from kiosk.ui.context import UiContext
from kiosk.ui.glyphs import check_shown
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.hire.draft import HireDraft, HireParams, with_contact
from kiosk.ui.screens.hire.step import HireStep
from kiosk.ui.widgets.fields import Field

LONGEST_NAME, LONGEST_CODE, LONGEST_ID = 100, 30, 24


def _wrong(form: EmployerForm) -> list[Refusal]:
    """What the rules say, and which names would be boxes on the slip."""
    found = list(check_form(form))
    for field in ("name", "contact_name"):
        try:
            check_shown(getattr(form, field), field)
        except Refusal as refusal:
            found.append(refusal)
    return found


class HireNameScreen(HireStep):
    """怎么称呼."""

    name = "hire_name"
    next_screen = "post_trade"
    takes_cards = True

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._asked = (
            self.field(Field(self.theme, "name", InputWish.NAME, max_length=LONGEST_NAME)),
            self.field(Field(self.theme, "contact_name", InputWish.NAME, max_length=LONGEST_NAME)),
            self.field(Field(self.theme, "credit_code", InputWish.CODE, max_length=LONGEST_CODE)),
            self.field(Field(self.theme, "id_number", InputWish.ID_NUMBER, max_length=LONGEST_ID)),
        )
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        for field in self._asked:
            field.changed.connect(self._typed)
            field.left.connect(self._left)
            field.entered.connect(self._entered)
            self._row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(self._row)
        self.body.addStretch(1)
        self.action("common.next", self._on, icon_name="right")

    def arrange(self, *, portrait: bool) -> None:
        """Below each other upright; side by side across, so that the dock leaves room for all of them."""
        way = QBoxLayout.Direction.TopToBottom if portrait else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        self._row.setSpacing(self.theme.px(5))

    def retranslate(self) -> None:
        """Words in: an organisation is asked for other things than a person."""
        super().retranslate()
        who = "organisation" if self.draft.employer.organisation else "person"
        self.title.setText(self.text(f"hire.name_title.{who}"))
        self.title.setVisible(True)
        for field in self._asked:
            name = field.field_name
            if name == "name":
                field.say(self.text(f"hire.name.{who}"), self.text(f"hire.name_hint.{who}"))
            else:
                field.say(self.text(f"hire.{name}"), self.text(f"hire.{name}_hint"))

    def show_draft(self, draft: HireDraft) -> None:
        """What was typed before; the first empty field is next."""
        organisation = draft.employer.organisation
        for field in self._asked:
            field.set_text(getattr(draft.employer, field.field_name))
            wanted = {
                "contact_name": organisation,
                "credit_code": organisation,
                "id_number": not organisation,
            }
            field.setVisible(wanted.get(field.field_name, True))
        empty = next((field for field in self._asked if field.isVisibleTo(self) and not field.text), None)
        if empty is not None:
            empty.line.setFocus()

    def card_read(self, card: IdCard) -> None:
        """A person's name and ID number; of an organisation's contact only the name is asked."""
        if not self.live:
            return
        self.clear_errors()
        organisation = self.draft.employer.organisation
        said = (
            {"contact_name": card.name} if organisation else {"name": card.name, "id_number": card.id_number}
        )
        for field in self._asked:
            if field.field_name in said:
                field.set_text(said[field.field_name])
        self.keep_employer(**said)
        empty = next((field for field in self._asked if field.isVisible() and not field.text), None)
        if empty is not None:
            empty.line.setFocus()

    def refused(self, refusal: Refusal) -> None:
        """The phone is asked on the page before; everything else here."""
        if refusal.field == "phone":
            self.ctx.navigator.show("hire_who", HireParams(refusal=refusal))
            return
        super().refused(refusal)

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.keep_employer(**{self._asked[self.touched_at(self._asked)].field_name: text})

    @Slot()
    def _left(self) -> None:
        field = self._asked[self.touched_at(self._asked)]
        if self.live and field.text.strip():
            found = (each for each in _wrong(self.draft.employer) if each.field == field.field_name)
            self.judged(field, next(found, None))

    @Slot()
    def _entered(self) -> None:
        """Enter goes to the next empty field, then on."""
        at = self.touched_at(self._asked)
        rest = [field for field in self._asked[at + 1 :] if field.isVisible() and not field.text.strip()]
        if rest:
            rest[0].line.setFocus()
        else:
            self._on()

    @Slot()
    def _on(self) -> None:
        self.clear_errors()
        wrong = _wrong(self.draft.employer)
        for refusal in reversed(wrong):
            self.refused(refusal)  # the first one is said last and keeps the focus
        if wrong:
            return
        note_whose(self.ctx.navigator, self.draft.employer.name)
        who, form = self.draft.employer, self.draft.form
        contact = with_contact(form, who.contact_name or who.name, who.phone)
        self.keep(contact_name=contact.contact_name, contact_phone=contact.contact_phone)
        self.go_on()
