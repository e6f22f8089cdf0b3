"""Who hires: five tiles; the sixth is for those who have posted before and are asked for the phone alone."""

from dataclasses import replace

from PySide6.QtCore import Slot

from kiosk.domain.records import Employer
from kiosk.domain.values import EmployerKind
from kiosk.ui.context import UiContext
from kiosk.ui.screens.hire.draft import HireDraft, HireParams
from kiosk.ui.screens.hire.params import KnownEmployer
from kiosk.ui.screens.hire.receipt import scan_receipt
from kiosk.ui.screens.hire.step import HireStep
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.grid import TileGrid

KINDS = (
    (EmployerKind.HOUSEHOLD, "household"),
    (EmployerKind.INDIVIDUAL, "person"),
    (EmployerKind.ENTERPRISE, "company"),
    (EmployerKind.AGENCY, "agency"),
    (EmployerKind.BROKER, "broker"),
)


class KindScreen(HireStep):
    """谁要招人."""

    name = "hire_kind"
    title_key = "hire.kind_title"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._tiles = [
            BigButton(self.theme, Kind.PLAIN, icon_name=icon_name, upright=True, role=Role.LEAD)
            for _, icon_name in KINDS
        ]
        for tile in self._tiles:
            tile.clicked.connect(self._chosen)
        self._grid = TileGrid(self.theme, 2)
        self.returning = BigButton(self.theme, Kind.ACTION, icon_name="again", upright=True, role=Role.LEAD)
        self.returning.clicked.connect(self._returning)
        self._grid.set_tiles([*self._tiles, self.returning])
        self.body.addWidget(self._grid, 1)
        self.action("hire.see_workers", self._see_workers, Kind.PLAIN, icon_name="people")

    def arrange(self, *, portrait: bool) -> None:
        """Two columns upright, three across."""
        self._grid.set_columns(2 if portrait else 3)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        for tile, (kind, _) in zip(self._tiles, KINDS, strict=True):
            tile.say(self.text(f"hire.kind.{kind}"), self.text(f"hire.kind_note.{kind}"))
        self.returning.say(self.text("hire.returning"), self.text("hire.returning_note"))

    def scanned(self, code: str) -> bool:
        """A receipt says who it is: nothing is asked."""
        scan_receipt(self, code, then="hire_known")
        return True

    @Slot()
    def _chosen(self) -> None:
        kind = KINDS[self.touched_at(self._tiles)][0]
        draft = self.draft
        if draft.employer_id is not None and draft.employer.kind is not kind:
            draft = HireDraft(form=draft.form)
        self.ctx.visit.keep(replace(draft, employer=replace(draft.employer, kind=kind)))
        if self.params.notice:
            self.ctx.navigator.show("hire_name", HireParams())
        elif self.ctx.visit.has(KnownEmployer) and not draft.employer.phone:
            employer_id, employers = (
                self.ctx.visit.draft(KnownEmployer).employer_id,
                self.ctx.services.employers,
            )
            self.submit(lambda: employers.get(employer_id), self._is)
        else:
            self.ctx.navigator.show("hire_who", HireParams())

    def _is(self, known: Employer) -> None:
        """Who has hired in this visit does not type their number again, whatever they hire as now."""
        draft = self.draft
        if known.kind is draft.employer.kind:
            self.ctx.navigator.show("hire_known")
            return
        self.ctx.visit.keep(replace(draft, employer=replace(draft.employer, phone=known.phone)))
        self.ctx.navigator.show("hire_who", HireParams())

    @Slot()
    def _see_workers(self) -> None:
        """Who looks for work, before anything is posted; nobody is asked who they are for that."""
        self.ctx.navigator.show("wanted_list")

    @Slot()
    def _returning(self) -> None:
        if self.ctx.visit.has(KnownEmployer):
            self.ctx.navigator.show("hire_known")
        else:
            self.ctx.navigator.show("hire_who", HireParams(returning=True))
