"""A PIN typed twice, by somebody who knows their own: for a new member of staff, a colleague, or oneself."""

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout

from kiosk.services.staff_members import Member
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.staff.members import MemberParams
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.fields import Field

SAVE_ICON = "check"


def _secret(theme: Theme, name: str) -> Field:
    return Field(theme, name, InputWish.DIGITS, secret=True, max_length=16)


class PinForm(Page):
    """The fields, one after the other by Enter; a subclass puts its own before them and saves."""

    for_staff = True

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.own = _secret(self.theme, "own_pin")
        self.pin = _secret(self.theme, "pin")
        self.again = _secret(self.theme, "pin_again")
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        for each in self.asked:
            self.field(each)
            self._row.addWidget(each, 1, Qt.AlignmentFlag.AlignTop)
            each.entered.connect(self._next)
        self.body.addLayout(self._row)
        self.body.addStretch(1)
        self.action("members.save", self._save, icon_name=SAVE_ICON)

    @property
    def asked(self) -> tuple[Field, ...]:
        """What is asked for, in order."""
        return (self.own, self.pin, self.again)

    def save(self) -> None:
        """Everything was typed."""
        raise AssertionError(self.name)

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - for subclasses
        """Ask anew."""
        self.clear_errors()
        self._forget()
        self.asked[0].line.setFocus()

    def arrange(self, *, portrait: bool) -> None:
        """Side by side across, so that the dock leaves room for all of them."""
        way = QBoxLayout.Direction.TopToBottom if portrait else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        self._row.setSpacing(self.theme.px(5))

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.own.say(self.text("members.own_pin"), self.text("members.own_pin_hint"))
        self.pin.say(self.text("members.pin"), self.text("setup.pin_hint"))
        self.again.say(self.text("members.pin_again"))

    def _forget(self) -> None:
        for each in self.asked:
            each.wipe()

    @Slot()
    def _next(self) -> None:
        """Enter goes on to the next field; from the last one it saves."""
        at = self.touched_at(self.asked)
        if at + 1 < len(self.asked):
            self.asked[at + 1].line.setFocus()
        else:
            self._save()

    @Slot()
    def _save(self) -> None:
        self.clear_errors()
        self.save()


class MemberPinScreen(PinForm):
    """新密码, one's own or a colleague's."""

    name = "staff_member_pin"
    title_key = "members.pin_title"
    hint_key = "members.pin_page_hint"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._number = 0
        self._whose = ""

    def enter(self, params: Any) -> None:  # noqa: ANN401 - MemberParams
        """Whose it is."""
        super().enter(params)
        if isinstance(params, MemberParams):
            self._number = params.number
        session, members = self.ctx.navigator.staff, self.ctx.services.members
        if session is not None:
            self.query("members", lambda: members.all(session), self._loaded)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        if self._whose:
            self.title.setText(self.text("members.pin_of", name=self._whose, number=self._number))

    def wipe(self) -> None:
        """Forget whose it was."""
        super().wipe()
        self._number, self._whose = 0, ""

    def save(self) -> None:
        """The new one holds from now on."""
        session, members, number = self.ctx.navigator.staff, self.ctx.services.members, self._number
        own, pin, again = self.own.text, self.pin.text, self.again.text
        if session is not None:
            self.submit(lambda: members.set_pin(session, number, own, pin, again), self._saved)

    def _loaded(self, found: tuple[Member, ...]) -> None:
        self._whose = next((each.name for each in found if each.number == self._number), "")
        self.retranslate()

    def _saved(self, _: Member) -> None:
        self.ctx.notices.toast.emit(self.text("members.pin_saved", name=self._whose))
        self.ctx.navigator.back()


class MemberAddScreen(PinForm):
    """再加一位工作人员."""

    name = "staff_member_add"
    title_key = "members.add_title"
    hint_key = "members.add_hint"

    @property
    def asked(self) -> tuple[Field, ...]:
        """The name, the new PIN twice, and one's own."""
        return (self.who, self.pin, self.again, self.own)

    def __init__(self, ctx: UiContext) -> None:
        self.who = Field(ctx.theme, "staff_name", InputWish.NAME, max_length=60)
        super().__init__(ctx)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.who.say(self.text("members.name"))

    def save(self) -> None:
        """They get the next number."""
        session, members = self.ctx.navigator.staff, self.ctx.services.members
        own, name, pin, again = self.own.text, self.who.text, self.pin.text, self.again.text
        if session is not None:
            self.submit(lambda: members.add(session, own, name, pin, again), self._added)

    def _added(self, member: Member) -> None:
        self.ctx.notices.toast.emit(self.text("members.added", name=member.name, number=member.number))
        self.ctx.navigator.swap("staff_member", MemberParams(number=member.number))
