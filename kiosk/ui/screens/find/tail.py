"""The last four digits of the phone: a slip alone is no password."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot

from kiosk.domain.records import Worker
from kiosk.domain.refusal import Refusal
from kiosk.services.identify import TAIL, Scanned
from kiosk.services.visitors import Visitor
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.find.known import carry_on
from kiosk.ui.screens.find.params import FirstPhone, IdentifyParams
from kiosk.ui.screens.hire.params import ApplicantsParams, KnownEmployer
from kiosk.ui.screens.twice.twice import TwiceParams
from kiosk.ui.theme import Role
from kiosk.ui.widgets.fields import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class TailParams:
    """What was scanned, and where to go once the digits fit: the worker's wish, or the employer's applicants.

    With ``then_back`` an employer goes back to where they were asked who they are, with ``then`` on to that page.
    With ``typed_before`` the page that was scanned on asks for whole numbers: one that was given need not be proved by
    its end. The first page does not: whoever scans there may be the next person.
    """

    scanned: Scanned
    worker_id: UUID | None = None
    wish: IdentifyParams | None = None
    then_back: bool = False
    then: str = ""
    typed_before: bool = False


class TailScreen(Page):
    """手机尾号."""

    name = "tail"
    title_key = "tail.title"
    hint_key = "tail.hint"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._params: TailParams | None = None
        self.tail = self.field(
            Field(self.theme, "tail", InputWish.DIGITS, role=Role.HERO, max_length=4), forgets=True
        )
        self.tail.entered.connect(self._next)
        self.body.addWidget(self.tail)
        self.body.addStretch(1)
        self.action("common.next", self._next, icon_name="right")

    def enter(self, params: Any) -> None:  # noqa: ANN401 - TailParams
        """Ask."""
        self._params = params if isinstance(params, TailParams) else None
        self.clear_errors()  # what was said of another slip, or was asked and is not waited for any more
        self.tail.line.setFocus()
        self._take_typed()

    def _take_typed(self) -> None:
        """Who typed the whole number of that slip in this visit is not asked for the end of it again.

        It is judged as if it had been typed here: a slip that is locked stays locked.
        """
        params, visit, identify = self._params, self.ctx.visit, self.ctx.services.identify
        if params is None or params.scanned.away or not params.typed_before or not visit.has(FirstPhone):
            return
        phone = visit.draft(FirstPhone).phone.strip()
        if identify.is_of(params.scanned, phone):
            self.submit(lambda: identify.confirm(params.scanned, phone[-TAIL:]), self._confirmed)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.tail.say(self.text("tail.label"))

    def wipe(self) -> None:
        """Forget whose slip it was."""
        super().wipe()
        self._params = None

    @Slot()
    def _next(self) -> None:
        params, services = self._params, self.ctx.services
        if params is None:
            return
        self.clear_errors()
        digits = self.tail.text
        if params.scanned.away:
            self.banner.say(self.text("tail.asking"), "info")
            self.outside(
                lambda: services.identify.ask_city(params.scanned, digits), self._arrived, self._not_found
            )
            return
        self.submit(lambda: services.identify.confirm(params.scanned, digits), self._confirmed)

    def _arrived(self, visitor: Visitor) -> None:
        """Another kiosk's worker: known here until the visit ends, and not a moment longer."""
        params, identify = self._params, self.ctx.services.identify
        if params is None:
            return
        self.clear_errors()
        self.ctx.visit.on_end(identify.leave)
        identify.welcome(visitor)
        wish, one_person = params.wish or IdentifyParams(), self.ctx.services.one_person

        def found(here: Worker | None) -> None:
            if here is None:
                carry_on(self, visitor.worker.id, wish, proved=True)
                return
            self.ctx.navigator.swap("twice", TwiceParams(visitor=visitor.worker, here=here, wish=wish))

        self.submit(lambda: one_person.registered_here(visitor.worker.id), found)

    def _not_found(self, refusal: Refusal) -> None:
        """Wrong digits stand at the field, all else on top: the sentence says what to do instead."""
        self.clear_errors()
        self.refused(refusal)

    def _confirmed(self, _: None) -> None:
        params = self._params
        if params is None:
            return
        if params.worker_id is not None:
            carry_on(self, params.worker_id, params.wish or IdentifyParams(), proved=True)
        elif params.scanned.listing is not None:
            employer_id = params.scanned.listing.employer_id
            self.ctx.visit.keep(KnownEmployer(employer_id=employer_id, proved=True))
            if params.then_back:
                self.ctx.navigator.back()
                return
            if params.then:
                self.ctx.navigator.swap(params.then)
                return
            self.ctx.navigator.swap("applicants", ApplicantsParams(listing_id=params.scanned.listing.id))
