"""The console: what waits, what staff do for others, and the way out."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.services.ports import Page as Rows
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.route import STAFF
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.grid import TileGrid

#: Tile, icon, and where it leads: a console screen, or a public flow done on behalf.
CONSOLE = (
    ("review", "review", "staff_review"),
    ("calls", "phone", "staff_calls"),
    ("people", "people", "staff_people"),
    ("employers", "company", "staff_employers"),
    ("sync", "refresh", "staff_sync"),
    ("drafts", "save", "staff_drafts"),
    ("machine", "settings", "staff_machine"),
)
BEHALF = (
    ("behalf_register", "register", "register_consent"),
    ("behalf_find", "work", "trades"),
    ("behalf_hire", "hire", "hire_kind"),
    ("behalf_wanted", "people", "wanted_list"),
    ("behalf_mine", "mine", "identify"),
    ("behalf_policy", "policy", "policies"),
)
#: Waiting listings counted at most.
MOST = 100


class StaffHomeScreen(Page):
    """工作台."""

    name = STAFF
    for_staff = True
    title_key = "staff.home_title"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._waiting: int | None = None
        self._calls = 0
        self._console = [self._tile(icon, Kind.PLAIN) for _, icon, _ in CONSOLE]
        self._behalf = [self._tile(icon, Kind.PLAIN) for _, icon, _ in BEHALF]
        for tile in self._console:
            tile.clicked.connect(self._open)
        for tile in self._behalf:
            tile.clicked.connect(self._begin)
        self._grid = TileGrid(self.theme, 2)
        self._grid.set_tiles([*self._console, *self._behalf])
        self.body.addWidget(self._grid, 1)
        self.action("staff.sign_out", self._sign_out, Kind.PLAIN, icon_name="exit")

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - none
        """Count what waits."""
        services = self.ctx.services
        listings, calls, wanted = services.listings, services.calls, services.wanted
        self.query("waiting", lambda: listings.review_queue(None, MOST), self._counted)
        self.query("calls", lambda: calls.waiting() + len(wanted.to_call()), self._to_call)
        self.retranslate()

    def arrange(self, *, portrait: bool) -> None:
        """Two columns upright, five across."""
        self._grid.set_columns(2 if portrait else 5)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        for tile, (key, _, _) in zip(self._console, CONSOLE, strict=True):
            tile.say(self.text(f"staff.{key}"), self._note(key))
        for tile, (key, _, _) in zip(self._behalf, BEHALF, strict=True):
            tile.say(self.text(f"staff.{key}"), self.text("staff.on_behalf"))
        session = self.ctx.navigator.staff
        if session is not None:
            self.title.setText(self.text("staff.home_of", name=session.name))

    def _note(self, key: str) -> str:
        """How many wait behind a tile, else what it is for."""
        if key == "review" and self._waiting:
            return self.text("staff.waiting", n=self._waiting)
        if key == "calls" and self._calls:
            return self.text("staff.to_call", n=self._calls)
        return self.text(f"staff.{key}_note")

    def _tile(self, icon: str, kind: Kind) -> BigButton:
        return BigButton(self.theme, kind, icon_name=icon, upright=True, role=Role.LEAD)

    def _counted(self, page: Rows[Any]) -> None:
        self._waiting = len(page.rows)
        self.retranslate()

    def _to_call(self, count: int) -> None:
        self._calls = count
        self.retranslate()

    @Slot()
    def _open(self) -> None:
        self.ctx.navigator.show(CONSOLE[self.touched_at(self._console)][2])

    @Slot()
    def _begin(self) -> None:
        self.ctx.navigator.begin_on_behalf(BEHALF[self.touched_at(self._behalf)][2])

    @Slot()
    def _sign_out(self) -> None:
        session, staff = self.ctx.navigator.staff, self.ctx.services.staff
        if session is not None:
            self.submit(lambda: staff.sign_out(session))
        self.ctx.navigator.sign_out()
