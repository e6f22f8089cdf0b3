"""For staff: workers of this kiosk whom somebody asks for and who do not know it yet. They are called, and answer."""

from collections.abc import Sequence
from typing import Any

from kiosk.services.wanted import ToCall
from kiosk.ui.components import say
from kiosk.ui.screens.people import IdentifyParams, KnownWorker
from kiosk.ui.screens.staff.rows import Row, StaffList
from kiosk.ui.widgets.numbers import PHONE_GROUPS, in_groups


class StaffInvitedScreen(StaffList):
    """打电话问的人: a touch opens the invitation as the worker would see it, to be answered for them on the phone."""

    name = "staff_invited"
    title_key = "wanted.calls_title"
    hint_key = "wanted.calls_hint"
    blank_key = "wanted.calls_none"

    def look_up(self) -> Sequence[ToCall]:
        """On the read lane."""
        found: Sequence[ToCall] = self.ctx.services.wanted.to_call()
        return found

    def row(self, item: Any) -> Row:  # noqa: ANN401 - a ToCall
        """Whom to ring up, and what for."""
        call: ToCall = item
        strings, terms = self.ctx.strings, call.invitation.terms
        note = self.text("wanted.call", title=terms.title, pay=say.pay(strings, terms))
        phone = in_groups(call.worker.phone, PHONE_GROUPS)
        return Row(text=f"{call.worker.name}  {phone}", note=note, icon_name="phone")

    def chosen(self, item: Any) -> None:  # noqa: ANN401 - a ToCall
        """The same page that the worker is shown first at any kiosk, with staff as the ones who touch it."""
        known = KnownWorker(worker_id=item.worker.id, proved=True)
        self.ctx.navigator.begin_on_behalf("identify", IdentifyParams(), keep=(known,))
