"""Whom the workers ask for: the employer, unless somebody else is named."""

from PySide6.QtCore import Slot

from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.hire.draft import HireDraft
from kiosk.ui.screens.hire.halves import Halves
from kiosk.ui.screens.hire.step import HireStep
from kiosk.ui.widgets.fields import Field
from kiosk.ui.widgets.numbers import NumberField, phone_echo

LONGEST_NAME, LONGEST_PHONE = 60, 20


class PostContactScreen(HireStep):
    """零工找谁."""

    name = "post_contact"
    title_key = "hire.contact_title"
    next_screen = "post_summary"
    covers = (("contact_name", "contact_phone"),)

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.who = self.field(Field(self.theme, "contact_name", InputWish.NAME, max_length=LONGEST_NAME))
        self.phone = self.field(
            NumberField(self.theme, "contact_phone", InputWish.PHONE, phone_echo, max_length=LONGEST_PHONE)
        )
        self._halves = Halves(self.theme)
        self._halves.first.addWidget(self.who)
        self._halves.first.addStretch(1)
        self._halves.second.addWidget(self.phone)
        self._halves.second.addStretch(1)
        self.body.addWidget(self._halves)
        self.body.addStretch(1)
        for field in (self.who, self.phone):
            field.changed.connect(self._typed)
            field.entered.connect(self.go_on)
        self.action("common.next", self.go_on, icon_name="right")

    def arrange(self, *, portrait: bool) -> None:
        """Side by side across."""
        self._halves.arrange(portrait=portrait)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.who.say(self.text("hire.contact_name"))
        self.phone.say(self.text("hire.contact_phone"))

    def show_draft(self, draft: HireDraft) -> None:
        """What was said before."""
        self.who.set_text(draft.form.contact_name)
        self.phone.set_text(draft.form.contact_phone)

    @Slot()
    def _typed(self) -> None:
        self.keep(contact_name=self.who.text, contact_phone=self.phone.text)
