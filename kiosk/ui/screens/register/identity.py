"""Your ID number; it can be left out."""

from PySide6.QtCore import Slot

from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.register.person import PersonStep
from kiosk.ui.widgets.fields import Field
from kiosk.ui.widgets.numbers import NumberField, id_echo

LONGEST = 24


class IdentityScreen(PersonStep):
    """您的身份证号."""

    name = "register_id"
    title_key = "register.id_title"
    hint_key = "register.id_hint"
    points = (
        ("consent.why_label", "register.id_why", "work"),
        ("register.id_kept_label", "register.id_kept", "consent"),
        ("identify.card", "identify.card_how", "id_card"),
    )

    def make_field(self) -> Field:
        """The number, and once more in groups; it does not stay behind the page."""
        made = NumberField(self.theme, "id_number", InputWish.ID_NUMBER, id_echo, max_length=LONGEST)
        made.forgets = True
        return made

    def check(self, text: str) -> None:
        """It is an ID number, or there is none."""
        if text.strip():
            self.ctx.services.workers.check_identity(text)

    def action_key(self, key: str) -> str:
        """Nothing typed: the same touch leaves it out, and says so."""
        now = super().action_key(key)
        return "register.id_skip" if now == "common.next" and not self.answer.text.strip() else now

    @Slot(str)
    def _typed(self, text: str) -> None:
        super()._typed(text)
        if self._live:
            self.say_next()
