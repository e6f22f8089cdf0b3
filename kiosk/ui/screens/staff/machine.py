"""This machine: what runs here since when, its devices and staff, a restart, and the only way out of the kiosk."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk import __version__
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.fact_sheet import FactSheet
from kiosk.ui.widgets.grid import TileGrid

#: Word, icon, line of the audit trail, and exit status; the statuses are those of ``kiosk.bootstrap.status.Exit``.
WAYS = (
    ("restart", "refresh", "kiosk.restart", 5),
    ("close", "exit", "kiosk.close", 4),
)
#: High enough for icon, word and note, across too.
WAY_MM = 42.0


class StaffMachineScreen(Page):
    """本机. A way is chosen above and confirmed below, so that one finger at one place never ends the kiosk."""

    name = "staff_machine"
    for_staff = True
    title_key = "staff.machine_title"
    hint_key = "staff.machine_hint"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._since = ctx.clock.now()
        self._wanted: int | None = None
        sheet = FactSheet(self.theme)
        self.facts = sheet.facts
        self._ways = [
            BigButton(self.theme, Kind.PLAIN, icon_name=icon, upright=True, role=Role.LEAD, height_mm=WAY_MM)
            for _, icon, _, _ in WAYS
        ]
        for button in self._ways:
            button.clicked.connect(self._choose)
        self._grid = TileGrid(self.theme, 2)
        self._grid.set_tiles(self._ways)
        self.body.addWidget(sheet)
        self.body.addWidget(self._grid)
        self.body.addStretch(1)
        self._devices = self.action("staff.devices", self._to_devices, Kind.PLAIN, icon_name="printer")
        self._members = self.action("members.open", self._to_members, Kind.PLAIN, icon_name="people")
        self._keep = self.action("staff.keep_running", self._forget, Kind.PLAIN, icon_name="cross")
        self._sure = self.action("staff.sure_close", self._end, Kind.DANGER, icon_name="check")

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - none
        """Nothing is chosen yet."""
        self._forget()

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        config, strings = self.ctx.services.station.config, self.ctx.strings
        self.facts.show_rows(
            [
                (self.text("setup.kiosk"), config.kiosk),
                (self.text("staff.station_name"), config.name),
                (self.text("staff.version"), __version__),
                (self.text("staff.since"), f"{strings.date(self._since)} {strings.time(self._since)}"),
            ]
        )
        for button, (key, _, _, _) in zip(self._ways, WAYS, strict=True):
            button.say(self.text(f"staff.ask_{key}"), self.text(f"staff.ask_{key}_note"))
        if self._wanted is not None:
            self._sure.say(self.text(f"staff.sure_{WAYS[self._wanted][0]}"))
        for button in (self._keep, self._sure):
            button.setVisible(self._wanted is not None)
        for button in (self._devices, self._members):
            button.setVisible(self._wanted is None)

    @Slot()
    def _choose(self) -> None:
        self._wanted = self.touched_at(self._ways)
        self.retranslate()

    @Slot()
    def _forget(self) -> None:
        self._wanted = None
        self.retranslate()

    @Slot()
    def _to_devices(self) -> None:
        self.ctx.navigator.show("staff_devices")

    @Slot()
    def _to_members(self) -> None:
        self.ctx.navigator.show("staff_members")

    @Slot()
    def _end(self) -> None:
        session, desk = self.ctx.navigator.staff, self.ctx.services.staff
        if self._wanted is None or session is None:
            return
        _, _, action, status = WAYS[self._wanted]
        notices = self.ctx.notices
        self.submit(lambda: desk.note(session, action), lambda _: notices.end_wanted.emit(status))
