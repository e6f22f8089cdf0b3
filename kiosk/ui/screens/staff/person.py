"""One worker: what is known, and what staff can do for them."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.records import Placement, Worker
from kiosk.services.context import slip_number
from kiosk.ui.behalf import OnBehalf
from kiosk.ui.components import say
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.find.params import KnownWorker
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.fact_sheet import FactSheet

NEWEST = 4


class StaffPersonScreen(Page):
    """零工."""

    name = "staff_person"
    for_staff = True

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._worker: Worker | None = None
        self._placements: tuple[Placement, ...] = ()
        sheet = FactSheet(self.theme)
        self.facts = sheet.facts
        self.body.addWidget(sheet)
        self.body.addStretch(1)
        self.action("double.other", self._other, Kind.PLAIN, icon_name="people")
        self.action("staff.behalf_mine", self._mine, Kind.PLAIN, icon_name="mine")
        self.action("staff.behalf_find", self._find, icon_name="work")

    def enter(self, params: Any) -> None:  # noqa: ANN401 - KnownWorker
        """Load the person and their newest placements."""
        services = self.ctx.services
        if isinstance(params, KnownWorker):
            self.query("worker", lambda: services.workers.get(params.worker_id), self._loaded)
            self.query("placements", lambda: services.placements.of_worker(params.worker_id), self._placed)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._fill()

    def wipe(self) -> None:
        """Forget the person."""
        super().wipe()
        self._worker, self._placements = None, ()

    def _loaded(self, worker: Worker) -> None:
        self._worker = worker
        self._fill()

    def _placed(self, placements: tuple[Placement, ...]) -> None:
        self._placements = placements
        self._fill()

    def _fill(self) -> None:
        worker = self._worker
        if worker is None:
            return
        strings, catalogue = self.ctx.strings, self.ctx.services.catalogue
        self.title.setText(worker.name)
        self.title.setVisible(True)
        comma = self.text("common.list_comma")
        trades = comma.join(catalogue.trade_name(each.trade, strings.language) for each in worker.trades)
        identity = worker.identity.masked if worker.identity is not None else ""
        recent = [
            (say.status(strings, each), f"{each.terms.title}  {say.days(strings, each.terms, self._today())}")
            for each in self._placements[:NEWEST]
        ]
        self.facts.show_rows(
            [
                (self.text("staff.worker_number"), slip_number(worker.home, worker.number)),
                (self.text("identify.phone"), worker.phone),
                (self.text("staff.id_number"), identity),
                (self.text("staff.trades"), trades),
                (self.text("double.also"), self._also(worker)),
                *recent,
            ]
        )

    def _also(self, worker: Worker) -> str:
        """Where else they are registered, or remembered."""
        comma = self.text("common.list_comma")
        return comma.join(
            self.text("double.remembered", kiosk=each.kiosk)
            if each.id is None
            else slip_number(each.kiosk, each.number)
            for each in worker.also
        )

    def _today(self) -> Any:  # noqa: ANN401 - a date
        return self.ctx.services.context.today()

    @Slot()
    def _other(self) -> None:
        if self._worker is not None:
            self.ctx.navigator.show("staff_same", KnownWorker(worker_id=self._worker.id))

    @Slot()
    def _mine(self) -> None:
        self._behalf("identify")  # news first, as for everybody: staff pass it on

    @Slot()
    def _find(self) -> None:
        self._behalf("trades")

    def _behalf(self, screen: str) -> None:
        if self._worker is not None:
            known = KnownWorker(worker_id=self._worker.id, proved=True)
            self.ctx.navigator.begin_on_behalf(screen, keep=(known, OnBehalf(name=self._worker.name)))
