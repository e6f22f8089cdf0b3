"""Staff sign in: number (or the badge, scanned) and PIN."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.services.staff import StaffSession
from kiosk.ui.components.field_row import FieldRow
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.welcome.standing import standing
from kiosk.ui.widgets.fields import Field


class SignInScreen(Page):
    """工作人员登录."""

    name = "staff_sign_in"
    title_key = "staff.sign_in_title"
    hint_key = "staff.sign_in_hint"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        # A badge's code stands here, too.
        self.number = self.field(
            Field(self.theme, "staff_number", InputWish.DIGITS, max_length=200), forgets=True
        )
        self.pin = self.field(Field(self.theme, "pin", InputWish.DIGITS, secret=True, max_length=16))
        self.number.entered.connect(self._to_pin)
        self.pin.entered.connect(self._sign_in)
        self._row = FieldRow(self.theme, self.number, self.pin)
        self.body.addWidget(self._row)
        self.body.addStretch(1)
        self.action("staff.sign_in", self._sign_in, icon_name="unlock")

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - none
        """Ask."""
        self.number.line.setFocus()

    def arrange(self, *, portrait: bool) -> None:
        """Side by side across."""
        self._row.arrange(portrait=portrait)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.number.say(self.text("staff.number"))
        self.pin.say(self.text("staff.pin"))

    def scanned(self, code: str) -> bool:
        """A badge stands for the number."""
        self.number.set_text(code)
        self.pin.line.setFocus()
        return True

    @Slot()
    def _to_pin(self) -> None:
        self.pin.line.setFocus()

    @Slot()
    def _sign_in(self) -> None:
        self.clear_errors()
        who, pin, staff = self.number.text, self.pin.text, self.ctx.services.staff
        self.pin.set_text("")
        self.submit(lambda: staff.sign_in(who, pin), self._signed_in)

    def _signed_in(self, session: StaffSession) -> None:
        """Whoever has called staff in the middle of something finds it again when they have signed out."""
        navigator = self.ctx.navigator
        if standing(self.ctx) is None:
            navigator.end_visit()
        else:
            navigator.back()
        navigator.sign_in(session)
