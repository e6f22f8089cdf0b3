"""Your phone number; not asked of who has typed it before in this visit."""

from kiosk.domain.phone import check_phone
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.register.person import PersonStep
from kiosk.ui.widgets.fields import Field
from kiosk.ui.widgets.numbers import NumberField, phone_echo

LONGEST = 20


class PhoneScreen(PersonStep):
    """您的手机号."""

    name = "register_phone"
    title_key = "register.phone_title"
    hint_key = "consent.why"
    points = (
        ("consent.why_label", "consent.why", "phone"),
        ("consent.seen_label", "consent.seen", "people"),
    )

    def make_field(self) -> Field:
        """The number, and once more in groups."""
        return NumberField(self.theme, "phone", InputWish.PHONE, phone_echo, max_length=LONGEST)

    def check(self, text: str) -> None:
        """It is a phone number."""
        check_phone(text, "phone")

    def card_kept(self) -> None:
        """The number that is asked here is not on it: it is said that the card was read."""
        self.banner.say(self.text("register.card_read", name=self.form.name), "info")
