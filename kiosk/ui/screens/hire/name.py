"""Who hires: a name; of organisations whom to ask for and the credit code; others may leave their ID number."""

from typing import ClassVar

from PySide6.QtCore import Slot

from kiosk.domain.refusal import Refusal
from kiosk.services.device_ports import IdCard
from kiosk.services.employers import EmployerForm, check_form
from kiosk.ui.behalf import note_whose
from kiosk.ui.context import UiContext
from kiosk.ui.glyphs import check_shown
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.hire.draft import HireDraft, contact_of, with_contact
from kiosk.ui.screens.hire.step import SUMMARY, HireStep
from kiosk.ui.widgets.fields import Field

LONGEST_NAME, LONGEST_CODE, LONGEST_ID = 100, 30, 24
FIRST_QUESTION = "post_trade"


def _wrong(form: EmployerForm, field: str) -> Refusal | None:
    """What the rules say of a field, or that it would be boxes on the slip."""
    said = next((each for each in check_form(form) if each.field == field), None)
    if said is not None or field not in ("name", "contact_name"):
        return said
    try:
        check_shown(getattr(form, field), field)
    except Refusal as refusal:
        return refusal
    return None


class EmployerStep(HireStep):
    """One field of the employer's own."""

    asks: ClassVar[str] = ""
    wish: ClassVar[InputWish] = InputWish.NAME
    longest: ClassVar[int] = LONGEST_NAME
    takes_cards = True

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        #: A card has said the next page's answer, too.
        self._known_by_card = False
        self.asked = self.field(Field(self.theme, self.asks, self.wish, max_length=self.longest))
        self.asked.changed.connect(self._typed)
        self.asked.left.connect(self._left)
        self.asked.entered.connect(self.go_on)
        self.body.addWidget(self.asked)
        self.body.addStretch(1)
        self.way_on()

    def retranslate(self) -> None:
        """Words in: an organisation is asked for other things than a person."""
        super().retranslate()
        who = "organisation" if self.draft.employer.organisation else "person"
        title = self.text(f"hire.name_title.{who}") if self.asks == "name" else self.text(self.title_key)
        hint = f"hire.name_hint.{who}" if self.asks == "name" else f"hire.{self.asks}_hint"
        self.title.setText(title)
        self.title.setVisible(True)
        self.hint.setText(self.text(hint))
        self.hint.setVisible(True)
        self.asked.say("")
        self.asked.line.setAccessibleName(title)

    def show_draft(self, draft: HireDraft) -> None:
        """What was typed before."""
        self._known_by_card = False
        self.asked.set_text(getattr(draft.employer, self.asks))
        if not self.asked.text or self.params.mends:
            self.asked.line.setFocus()

    def card_read(self, card: IdCard) -> None:
        """A person's name and ID number; of an organisation's contact only the name is asked."""
        if not self.live:
            return
        self.clear_errors()
        organisation = self.draft.employer.organisation
        said = (
            {"contact_name": card.name} if organisation else {"name": card.name, "id_number": card.id_number}
        )
        self.keep_employer(**said)
        if self.asks in said:
            self.asked.set_text(said[self.asks])
        if said.keys() - {self.asks}:
            self._known_by_card = True
            who = "organisation" if organisation else "person"
            self.banner.say(self.text(f"hire.from_card.{who}", name=card.name), "info")

    def go_on(self) -> None:
        """On, if the answer is one."""
        self.clear_errors()
        wrong = _wrong(self.draft.employer, self.asks)
        if wrong is not None:
            self.refused(wrong)
            return
        who, form = self.draft.employer, self.draft.form
        note_whose(self.ctx.navigator, who.name)
        contact = with_contact(form, contact_of(who), who.phone)
        self.keep(contact_name=contact.contact_name, contact_phone=contact.contact_phone)
        super().go_on()

    @Slot(str)
    def _typed(self, text: str) -> None:
        if text != getattr(self.draft.employer, self.asks):
            self.keep_employer(**{self.asks: text})

    @Slot()
    def _left(self) -> None:
        if self.live and self.asked.text.strip():
            self.judged(self.asked, _wrong(self.draft.employer, self.asks))


class HireNameScreen(EmployerStep):
    """怎么称呼."""

    name = "hire_name"
    asks = "name"

    def following(self) -> str:
        """A person is through; an organisation has two more things to say, unless a card has said the first."""
        if not self.draft.employer.organisation:
            return FIRST_QUESTION
        return "hire_code" if self._known_by_card else "hire_contact"


class HireContactScreen(EmployerStep):
    """零工来了找谁: of an organisation."""

    name = "hire_contact"
    title_key = "hire.contact_title"
    asks = "contact_name"
    next_screen = "hire_code"


class HireCodeScreen(EmployerStep):
    """统一社会信用代码."""

    name = "hire_code"
    title_key = "hire.credit_code"
    asks = "credit_code"
    wish = InputWish.CODE
    longest = LONGEST_CODE
    next_screen = FIRST_QUESTION
    takes_cards = False


class HireIdScreen(EmployerStep):
    """身份证号: only from the summary, and it may stay empty."""

    name = "hire_id"
    title_key = "hire.id_number"
    asks = "id_number"
    wish = InputWish.ID_NUMBER
    longest = LONGEST_ID
    next_screen = SUMMARY
