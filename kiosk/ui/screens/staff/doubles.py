"""Who may be registered here twice, and looking for the other registration of somebody."""

from collections.abc import Sequence
from typing import Any

from kiosk.domain.records import Worker
from kiosk.services.context import slip_number
from kiosk.ui.screens.find.params import KnownWorker
from kiosk.ui.screens.staff.double import DoubleParams
from kiosk.ui.screens.staff.people import StaffPeopleScreen
from kiosk.ui.screens.staff.rows import Row, StaffList


class StaffDoublesScreen(StaffList):
    """可能登记了两次的."""

    name = "staff_doubles"
    title_key = "double.list_title"
    hint_key = "double.list_hint"
    blank_key = "double.none"

    def look_up(self) -> Sequence[tuple[Worker, Worker]]:
        """On the read lane."""
        found: Sequence[tuple[Worker, Worker]] = self.ctx.services.one_person.doubles()
        return found

    def row(self, item: Any) -> Row:  # noqa: ANN401 - a pair of workers
        """One of them, and the other below."""
        one, other = item
        phone = "" if one.phone == other.phone else other.phone
        note = (other.name, phone, slip_number(other.home, other.number))
        return Row(
            text=f"{one.name}  {one.phone}",
            note="  ".join(part for part in note if part),
            icon_name="people",
        )

    def chosen(self, item: Any) -> None:  # noqa: ANN401 - a pair of workers
        """Compare them."""
        one, other = item
        self.ctx.navigator.show("staff_double", DoubleParams(one=one.id, other=other.id))


class StaffSameScreen(StaffPeopleScreen):
    """另一份登记在哪里: any other worker can be chosen, the comparison comes next."""

    name = "staff_same"
    title_key = "double.search_title"
    _whose: KnownWorker | None = None

    def enter(self, params: Any) -> None:  # noqa: ANN401 - KnownWorker, or none on the way back
        """Whose other registration."""
        if isinstance(params, KnownWorker):
            self._whose = params
        super().enter(params)

    def wipe(self) -> None:
        """Forget whose."""
        super().wipe()
        self._whose = None

    def chosen(self, found: Any) -> None:  # noqa: ANN401 - a Worker
        """Compare them."""
        if self._whose is not None:
            both = DoubleParams(one=found.id, other=self._whose.worker_id)
            self.ctx.navigator.show("staff_double", both)
