"""Workers by phone, name, pinyin initials or number."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.records import Worker
from kiosk.services.context import slip_number
from kiosk.ui.context import UiContext
from kiosk.ui.screens.find.params import KnownWorker
from kiosk.ui.screens.staff.rows import Row
from kiosk.ui.screens.staff.search import SearchScreen
from kiosk.ui.widgets.buttons import Kind


class StaffPeopleScreen(SearchScreen):
    """查零工."""

    name = "staff_people"
    title_key = "staff.people_title"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        if self.name == StaffPeopleScreen.name:
            self.action("double.list", self._doubles, Kind.PLAIN, icon_name="people")

    def look_up(self, text: str, limit: int) -> Sequence[Worker]:
        """On the read lane."""
        found: Sequence[Worker] = self.ctx.services.workers.find(text, limit)
        return found

    def row(self, found: Any) -> Row:  # noqa: ANN401 - a Worker
        """Name, phone, trades."""
        catalogue, strings = self.ctx.services.catalogue, self.ctx.strings
        trades = self.text("common.list_comma").join(
            catalogue.trade_name(each.trade, strings.language) for each in found.trades
        )
        return Row(
            text=f"{found.name}  {found.phone}",
            note=f"{slip_number(found.home, found.number)}  {trades}",
            icon_name="person",
        )

    def fill(self) -> None:
        """Who may be registered twice is a way in; once something is looked for, the rows have its place."""
        super().fill()
        self.foot.setVisible(not self.search.text.strip())

    @Slot()
    def _doubles(self) -> None:
        self.ctx.navigator.show("staff_doubles")

    def chosen(self, found: Any) -> None:  # noqa: ANN401 - a Worker
        """Open the person."""
        self.ctx.navigator.show("staff_person", KnownWorker(worker_id=found.id))
