"""What you are called."""

from PySide6.QtCore import Slot

from kiosk.domain.names import check_person_name
from kiosk.ui.behalf import note_whose
from kiosk.ui.glyphs import check_shown
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.register.person import PersonStep
from kiosk.ui.theme import Role
from kiosk.ui.widgets.fields import Field

LONGEST = 60
#: Names of so many characters are written as large as facts; longer ones are to be seen whole.
SHORT = 10


class WhoScreen(PersonStep):
    """您叫什么."""

    name = "register_who"
    title_key = "register.who_title"
    hint_key = "register.who_hint"
    points = (
        ("identify.card", "identify.card_how", "id_card"),
        ("register.no_card", "register.name_hint", "pencil"),
    )

    def make_field(self) -> Field:
        """The name."""
        return Field(self.theme, "name", InputWish.NAME, role=Role.FACT, max_length=LONGEST)

    def check(self, text: str) -> None:
        """It is a name, and none of it would be a box on the slip."""
        check_shown(check_person_name(text, "name"), "name")

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.answer.set_role(Role.FACT if len(text) <= SHORT else Role.LEAD)
        super()._typed(text)

    def accepted(self) -> None:
        """Staff who act for somebody see for whom."""
        note_whose(self.ctx.navigator, self.form.name)
