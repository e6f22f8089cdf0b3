"""工作人员: everybody who may sign in here, and those who no longer may."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Slot

from kiosk.services.staff_members import Member
from kiosk.ui.context import UiContext
from kiosk.ui.screens.staff.rows import Row, StaffList
from kiosk.ui.strings import Strings


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberParams:
    """Whose page it is, by staff number."""

    number: int


def state_of(strings: Strings, member: Member) -> str:
    """Whether somebody may sign in, in a word."""
    if not member.active:
        return strings.text("members.inactive")
    return strings.text("members.paused" if member.paused else "members.active")


class StaffMembersScreen(StaffList):
    """The list; a touch opens a member."""

    name = "staff_members"
    title_key = "members.title"
    hint_key = "members.hint"
    blank_key = "members.none"
    blank_icon = "people"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.action("members.add", self._add, icon_name="plus")

    def look_up(self) -> Sequence[Member]:
        """Everybody."""
        session = self.ctx.navigator.staff
        return () if session is None else self.ctx.services.members.all(session)

    def row(self, item: Any) -> Row:  # noqa: ANN401 - a Member
        """Number, name, and how it stands with them."""
        member: Member = item
        strings = self.ctx.strings
        key = "members.row_me" if member.me else "members.row"
        badge = self.text("members.badge_yes" if member.badge else "members.badge_no")
        note = self.text("members.note", state=state_of(strings, member), badge=badge)
        icon_name = "person" if member.active else "lock"
        return Row(
            text=self.text(key, number=member.number, name=member.name), note=note, icon_name=icon_name
        )

    def chosen(self, item: Any) -> None:  # noqa: ANN401 - a Member
        """Their page."""
        self.ctx.navigator.show("staff_member", MemberParams(number=item.number))

    @Slot()
    def _add(self) -> None:
        self.ctx.navigator.show("staff_member_add")
