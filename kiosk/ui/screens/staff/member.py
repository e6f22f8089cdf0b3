"""One member of staff: the badge by scanning it, a new PIN, shut out and let in again."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.refusal import Refusal
from kiosk.services.staff import StaffSession
from kiosk.services.staff_members import Member
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.staff.members import MemberParams, state_of
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.fact_sheet import FactSheet


class StaffMemberScreen(Page):
    """一位工作人员."""

    name = "staff_member"
    for_staff = True
    hint_key = "members.scan"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._number = 0
        self._all: tuple[Member, ...] = ()
        self._badge_before: str | None = None
        self._said = ""
        sheet = FactSheet(self.theme)
        self.facts = sheet.facts
        self.body.addWidget(sheet)
        self.body.addStretch(1)
        self._active = self.action(
            "members.deactivate", self._toggle, Kind.PLAIN, icon_name="lock", commits=True
        )
        self._drop = self.action(
            "members.badge_off", self._drop_badge, Kind.PLAIN, icon_name="cross", commits=True
        )
        self._undo = self.action("members.undo", self._put_back, Kind.PLAIN, icon_name="again", commits=True)
        self._pin = self.action("members.new_pin", self._to_pin, icon_name="key")

    @property
    def member(self) -> Member | None:
        """Whose page it is; None until that is known."""
        return next((each for each in self._all if each.number == self._number), None)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - MemberParams
        """Look who it is; what was undone or not is settled with another page."""
        self.clear_errors()
        self._badge_before, self._said = None, ""
        if isinstance(params, MemberParams):
            self._number = params.number
        self._fill()
        session, members = self.ctx.navigator.staff, self.ctx.services.members
        if session is not None:
            self.query("members", lambda: members.all(session), self._loaded)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._fill()

    def wipe(self) -> None:
        """Forget them."""
        super().wipe()
        self._number, self._all, self._badge_before, self._said = 0, (), None, ""
        self._fill()

    def scanned(self, code: str) -> bool:
        """The badge is theirs from now on."""
        member = self.member
        if member is not None:
            self._set_badge(code, before=member.badge)
        return True

    def refused(self, refusal: Refusal) -> None:
        """A badge of somebody else: by name, which no refusal of the rules carries, as those are logged."""
        if refusal.key == "refusal.badge_taken":
            number = int(refusal.params["number"])
            name = next((each.name for each in self._all if each.number == number), "")
            refusal = Refusal("refusal.badge_of", None, number=number, name=name)
        super().refused(refusal)

    def _loaded(self, found: tuple[Member, ...]) -> None:
        self._all = found
        self._fill()

    def _fill(self) -> None:
        member, strings = self.member, self.ctx.strings
        undo = self._badge_before is not None
        self._active.setVisible(member is not None and not member.me)
        self._drop.setVisible(member is not None and bool(member.badge) and not undo)
        self._undo.setVisible(member is not None and undo)
        self._pin.setVisible(member is not None)
        if member is None:
            self.title.setText("")
            self.facts.show_rows(())
            return
        self.title.setText(member.name)
        self.title.setVisible(True)
        self.facts.show_rows(
            [
                (self.text("staff.number"), str(member.number)),
                (self.text("members.state"), state_of(strings, member)),
                (
                    self.text("members.badge"),
                    self.text("members.has_badge" if member.badge else "members.no_badge"),
                ),
            ]
        )
        if self._said:
            self.banner.say(self.text(self._said, name=member.name), "good")
        self._active.say(self.text("members.deactivate" if member.active else "members.activate"))
        self._active.set_icon("lock" if member.active else "unlock")
        self._pin.say(self.text("members.change_pin" if member.me else "members.new_pin"))

    def _set_badge(self, code: str, before: str | None) -> None:
        """``before`` is what undoing brings back; None for what was undone itself."""
        said = "members.undone" if before is None else "members.badge_saved" if code else "members.badge_gone"

        def done(member: Member) -> None:
            self._badge_before = before
            self._changed(said, member)

        members, number = self.ctx.services.members, self._number
        self._do(lambda session: members.set_badge(session, number, code), done)

    def _do(self, work: Callable[[StaffSession], Member], done: Callable[[Member], None]) -> None:
        self.clear_errors()
        self._said = ""
        session = self.ctx.navigator.staff
        if session is not None:
            self.submit(lambda: work(session), done)

    def _changed(self, said: str, member: Member) -> None:
        self.ctx.gate.guard(confirms=True)  # what undoes it lies there now
        self._said = said  # in the banner: a toast would lie over the way back
        self._loaded(tuple(member if each.number == member.number else each for each in self._all))

    @Slot()
    def _toggle(self) -> None:
        member, members = self.member, self.ctx.services.members
        if member is None:
            return
        number, on = member.number, not member.active
        said = "members.activated" if on else "members.deactivated"
        self._do(
            lambda session: members.set_active(session, number, active=on),
            lambda changed: self._changed(said, changed),
        )

    @Slot()
    def _drop_badge(self) -> None:
        member = self.member
        if member is not None:
            self._set_badge("", before=member.badge)

    @Slot()
    def _put_back(self) -> None:
        if self._badge_before is not None:
            self._set_badge(self._badge_before, before=None)

    @Slot()
    def _to_pin(self) -> None:
        self.ctx.navigator.show("staff_member_pin", MemberParams(number=self._number))
