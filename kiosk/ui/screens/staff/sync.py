"""How the kiosk stands with the city: what is not sent, when it was last in touch, and a round now."""

from datetime import timedelta
from typing import Any

from PySide6.QtCore import Slot

from kiosk.services.ports import SyncCounts
from kiosk.services.station import STOPPED
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.staff.rows import ROW_MM
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.fact_sheet import FactSheet
from kiosk.ui.widgets.frames import Banner


class SyncScreen(Page):
    """同步."""

    name = "staff_sync"
    for_staff = True
    title_key = "staff.sync_title"
    hint_key = "staff.sync_hint"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._counts: SyncCounts | None = None
        sheet = FactSheet(self.theme)
        self.facts = sheet.facts
        self.note = Banner(self.theme, "warn")
        self.body.addWidget(self.note)
        self.body.addWidget(sheet)
        self.body.addStretch(1)
        self._aside = BigButton(self.theme, Kind.PLAIN, icon_name="warning", height_mm=ROW_MM)
        self._aside.clicked.connect(self._open_aside)
        self.body.addWidget(self._aside)
        self._courier = BigButton(self.theme, Kind.PLAIN, icon_name="drive", height_mm=ROW_MM)
        self._courier.clicked.connect(self._open_courier)
        self.body.addWidget(self._courier)
        self.action("staff.join", self._join, Kind.PLAIN, icon_name="cloud_ok")
        self.action("staff.sync_now", self._now, icon_name="refresh")

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - none
        """Ask."""
        self.query("counts", self.ctx.services.station.sync_counts, self._counted)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._aside.say(self.text("aside.open"))
        self._courier.say(self.text("courier.open"))
        self._fill()

    def _counted(self, counts: SyncCounts) -> None:
        self._counts = counts
        self._fill()

    def _fill(self) -> None:
        self.note.say(self._trouble())
        counts, config = self._counts, self.ctx.services.station.config
        if counts is None:
            return
        strings = self.ctx.strings
        heard = counts.last_contact
        enrolment = config.enrolment
        self.facts.show_rows(
            [
                (self.text("setup.kiosk"), config.kiosk),
                (self.text("setup.city"), enrolment.url if enrolment else self.text("status.alone")),
                (self.text("staff.unsent"), str(counts.unsent)),
                (self.text("staff.rejected_ops"), str(counts.rejected)),
                (self.text("staff.quarantined_ops"), str(counts.quarantined)),
                (
                    self.text("staff.last_contact"),
                    f"{strings.date(heard)} {strings.time(heard)}" if heard else self.text("staff.never"),
                ),
                (self.text("staff.clock"), self._clock()),
            ]
        )

    def _trouble(self) -> str:
        station = self.ctx.services.station
        fault = station.fault
        if not fault:
            return ""
        then = "sync.tell_city" if fault in STOPPED else "sync.work_on"
        said = self.text("staff.sync_fault", fault=self.text(fault), then=self.text(then))
        reason = station.fault_reason
        return f"{said}\n{self.text('sync.reason', reason=reason)}" if reason else said

    def _clock(self) -> str:
        """Nothing while it is right; else by how much it is wrong, in the unit that says it shortest."""
        off = self.ctx.services.context.clock_off()
        if off is None:
            return ""
        minutes = round(abs(off).total_seconds() / 60)
        way = "ahead" if off > timedelta() else "behind"
        unit, count = ("minutes", minutes) if minutes < 2 * 60 else ("hours", minutes // 60)
        if count >= 2 * 24 and unit == "hours":
            unit, count = "days", count // 24
        return self.text(f"staff.clock_{way}_{unit}", n=count)

    @Slot()
    def _open_aside(self) -> None:
        self.ctx.navigator.show("staff_quarantine")

    @Slot()
    def _open_courier(self) -> None:
        self.ctx.navigator.show("staff_courier")

    @Slot()
    def _join(self) -> None:
        self.ctx.navigator.show("staff_join")

    @Slot()
    def _now(self) -> None:
        self.ctx.services.station.sync_now()
        self.ctx.notices.toast.emit(self.text("staff.sync_asked"))
        self.query("counts", self.ctx.services.station.sync_counts, self._counted)
