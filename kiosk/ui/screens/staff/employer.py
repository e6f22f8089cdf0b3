"""One employer: licence seen, standing, and what staff can do for them."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.records import Employer, Listing
from kiosk.domain.values import Standing
from kiosk.ui.behalf import OnBehalf
from kiosk.ui.components import say
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.hire.params import KnownEmployer
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import STAFF_MM, Kind
from kiosk.ui.widgets.choices import ChoiceGrid, Option
from kiosk.ui.widgets.fact_sheet import FactSheet
from kiosk.ui.widgets.fields import STAFF_HEIGHT_MM, Field

#: Registrations at other kiosks, and listings, the newest; more would push the buttons off the page.
MOST_SHOWN = 3


class StaffEmployerScreen(Page):
    """用工方."""

    name = "staff_employer"
    for_staff = True

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._employer: Employer | None = None
        self._listings: tuple[Listing, ...] = ()
        sheet = FactSheet(self.theme)
        self.facts = sheet.facts
        self.standing = ChoiceGrid(self.theme, 3, role=Role.BODY, height_mm=STAFF_MM)
        self.reason = self.field(
            Field(
                self.theme,
                "reason",
                InputWish.TEXT,
                role=Role.BODY,
                height_mm=STAFF_HEIGHT_MM,
                max_length=200,
            )
        )
        self.body.addWidget(sheet)
        self.body.addStretch(1)
        self.body.addWidget(self.standing)
        self.body.addWidget(self.reason)
        self.action("staff.set_standing", self._set_standing, Kind.PLAIN, icon_name="save", commits=True)
        self.action("staff.behalf_hire", self._hire, Kind.PLAIN, icon_name="hire")
        self._verify = self.action("staff.verify", self._verified, icon_name="check", commits=True)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - KnownEmployer
        """Load the employer."""
        self.clear_errors()
        self.reason.wipe()
        employers, listings = self.ctx.services.employers, self.ctx.services.listings
        if isinstance(params, KnownEmployer):
            employer_id = params.employer_id
            self.query(
                "employer",
                lambda: (employers.get(employer_id), listings.of_employer(employer_id)),
                lambda found: self._loaded(*found),
            )

    def arrange(self, *, portrait: bool) -> None:
        """Facts upright large and in one column, in two across: the buttons below keep their place."""
        self.facts.set_columns(1 if portrait else 2)
        self.facts.set_role(Role.LEAD if portrait else Role.BODY)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.reason.say(self.text("staff.standing_reason"))
        self.standing.set_options(
            [Option(value=each, text=self.text(f"words.standing.{each}")) for each in Standing]
        )
        if self._employer is not None:
            self._loaded(self._employer, self._listings)

    def wipe(self) -> None:
        """Forget the employer."""
        super().wipe()
        self._employer, self._listings = None, ()

    def _loaded(self, employer: Employer, listings: tuple[Listing, ...]) -> None:
        self._employer, self._listings = employer, listings
        self.title.setText(employer.name)
        self.title.setVisible(True)
        self._verify.setEnabled(employer.verified_at is None)
        self.standing.choose(employer.standing)
        verified = self.text("staff.verified" if employer.verified_at is not None else "staff.not_verified")
        identity = employer.identity.masked if employer.identity is not None else ""
        self.facts.show_rows(
            [
                (self.text("staff.kind"), self.text(f"words.employer_kind.{employer.kind}")),
                (self.text("listing.contact"), f"{employer.contact_name} {employer.phone}"),
                (self.text("staff.credit_code"), employer.credit_code or ""),
                (self.text("staff.id_number"), identity),
                (self.text("staff.checked"), verified),
                (self.text("staff.standing_reason"), employer.standing_reason),
                *self._registrations(employer),
                *self._newest(),
            ]
        )

    def _newest(self) -> list[tuple[str, str]]:
        """What they have posted last, and what became of it."""
        strings, today = self.ctx.strings, self.ctx.services.context.today()
        rows = []
        for each in self._listings[:MOST_SHOWN]:
            terms = each.terms
            pay = say.pay(strings, terms)
            what = self.text("hire.past", title=terms.title, n=terms.headcount, pay=pay)
            status = say.listing_state(strings, each, self.ctx.services.context.now())
            rows.append((status, f"{what}  {say.days(strings, terms, today)}"))
        return rows

    def _registrations(self, employer: Employer) -> list[tuple[str, str]]:
        """Where else the same credit code was registered, by whom, and whether the licence was seen there."""
        rows = []
        for each in employer.also[-MOST_SHOWN:]:
            checked = self.text("staff.verified" if each.verified_at is not None else "staff.not_verified")
            who = f"{each.kiosk} {each.contact_name} {each.phone} {checked}"
            rows.append((self.text("staff.also_registered"), who))
        return rows

    def _changed(self, employer: Employer) -> None:
        self._loaded(employer, self._listings)
        self.ctx.notices.toast.emit(self.text("staff.saved"))

    @Slot()
    def _verified(self) -> None:
        if self._employer is not None:
            employer_id, actor, employers = self._employer.id, actor_of(self.ctx), self.ctx.services.employers
            self.submit(lambda: employers.verify(employer_id, actor), self._changed)

    @Slot()
    def _set_standing(self) -> None:
        if self._employer is None or self.standing.value is None:
            return
        self.clear_errors()
        employer_id, actor, employers = self._employer.id, actor_of(self.ctx), self.ctx.services.employers
        standing, reason = Standing(str(self.standing.value)), self.reason.text
        self.submit(lambda: employers.set_standing(employer_id, standing, reason, None, actor), self._changed)

    @Slot()
    def _hire(self) -> None:
        if self._employer is not None:
            known = KnownEmployer(employer_id=self._employer.id)
            self.ctx.navigator.begin_on_behalf("hire_kind", keep=(known, OnBehalf(name=self._employer.name)))
