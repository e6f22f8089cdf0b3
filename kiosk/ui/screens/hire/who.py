"""The phone comes first: who is known under it types nothing more."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Slot

from kiosk.domain.phone import check_phone
from kiosk.domain.records import Employer
from kiosk.domain.refusal import Refusal
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.hire.draft import HireDraft, HireParams
from kiosk.ui.screens.hire.known import go_on_as
from kiosk.ui.screens.hire.receipt import scan_receipt
from kiosk.ui.screens.hire.step import HireStep
from kiosk.ui.screens.people import note_typed
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.grid import TileGrid
from kiosk.ui.widgets.numbers import NumberField, phone_echo
from kiosk.ui.widgets.text import Text

MOST, LONGEST = 4, 20
ICONS = {"household": "household", "individual": "person", "enterprise": "company"}


class HireWhoScreen(HireStep):
    """手机号."""

    name = "hire_who"
    title_key = "hire.who_title"
    hint_key = "hire.who_hint"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._known: Sequence[Employer] = ()
        self._asked_phone = ""
        self.phone = self.field(
            NumberField(self.theme, "phone", InputWish.PHONE, phone_echo, max_length=LONGEST)
        )
        self.phone.changed.connect(self._typed)
        self.phone.entered.connect(self._on)
        self._which = Text(self.theme, Role.LEAD, bold=True)
        self._grid = TileGrid(self.theme, 1)
        self._tiles = [BigButton(self.theme, Kind.PLAIN, role=Role.LEAD) for _ in range(MOST)]
        for tile in self._tiles:
            tile.clicked.connect(self._chosen)
        self.body.addWidget(self.phone)
        self.body.addWidget(self._which)
        self.body.addWidget(self._grid)
        self.body.addStretch(1)
        self._other = self.action("hire.none_of_them", self._new, Kind.PLAIN, icon_name="register")
        self._next = self.action("common.next", self._on, icon_name="right")

    def arrange(self, *, portrait: bool) -> None:
        """One column upright, two across."""
        self._grid.set_columns(1 if portrait else 2)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.phone.say(self.text("hire.phone"))
        self._which.setText(self.text("hire.which"))
        for tile, employer in zip(self._tiles, self._known, strict=False):
            tile.set_icon(ICONS.get(employer.kind, str(employer.kind)))
            tile.say(employer.name, self.text(f"hire.kind.{employer.kind}"))

    def show_draft(self, draft: HireDraft) -> None:
        """The number that was typed before."""
        self._show_known(())
        self.phone.set_text(draft.employer.phone)
        self.phone.line.setFocus()

    def scanned(self, code: str) -> bool:
        """A receipt says who it is: nothing is typed."""
        scan_receipt(self, code, then="hire_known")
        return True

    def wipe(self) -> None:
        """Forget who it was."""
        super().wipe()
        self._asked_phone = ""
        self._show_known(())
        for tile in self._tiles:
            tile.say("")

    def _show_known(self, known: Sequence[Employer]) -> None:
        self._known = known[:MOST]
        self._grid.set_tiles(self._tiles[: len(self._known)])
        for part in (self._which, self._grid, self._other):
            part.setVisible(bool(self._known))
        self._next.setVisible(not self._known)
        self.retranslate()

    @Slot(str)
    def _typed(self, text: str) -> None:
        if self.live:
            self._show_known(())
            self.keep_employer(phone=text)

    @Slot()
    def _on(self) -> None:
        self.clear_errors()
        self._asked_phone = self.phone.text
        if self.params.edit:
            self._back_to_summary()
            return
        note_typed(self.ctx.visit, self._asked_phone)
        phone, employers = self._asked_phone, self.ctx.services.employers
        self.submit(lambda: employers.by_phone(phone), self._found)

    def _back_to_summary(self) -> None:
        try:
            check_phone(self.phone.text, "phone")
        except Refusal as refusal:
            self.refused(refusal)
            return
        self.go_on()

    def _found(self, known: Sequence[Employer]) -> None:
        if not known and self.params.returning:
            self.ctx.navigator.swap("hire_kind", HireParams(notice="hire.not_known"))
        elif not known:
            self._new()
        elif len(known) == 1 and self.params.returning:
            self._go(known[0].id)
        else:
            self.setFocus()
            self._show_known(known)

    def _go(self, employer_id: UUID) -> None:
        go_on_as(self, employer_id)

    @Slot()
    def _chosen(self) -> None:
        self._go(self._known[self.touched_at(self._tiles)].id)

    @Slot()
    def _new(self) -> None:
        self.ctx.navigator.show("hire_name", HireParams())
