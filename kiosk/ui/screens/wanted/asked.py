"""Somebody asks for me: said before anything else, and answered with one touch."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from kiosk.domain.records import Invitation
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import InvitationStatus
from kiosk.services.placements import Applied
from kiosk.services.wanted import Asked
from kiosk.ui.components import say
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.find.known import carry_on
from kiosk.ui.screens.find.params import AppliedParams, KnownWorker, RefusedParams
from kiosk.ui.screens.wanted.draft import AskedParams, Heard
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.facts import Facts
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.icons import icon
from kiosk.ui.widgets.text import Text

#: The sign beside the headline, and how far the facts may move apart.
MARK_MM, AIR_MM = 18.0, 14.0


class AskedScreen(Page):
    """有人请您去干活."""

    name = "asked"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._params: AskedParams | None = None
        self._sheet = Card(self.theme, ground="blue_soft", line="blue")
        self._mark = QLabel()
        self.who = Text(self.theme, Role.HERO, bold=True, tone="blue")
        self.employer = Text(self.theme, Role.LEAD, bold=True)
        self.facts = Facts(
            self.theme, most_air_mm=AIR_MM, roles=(Role.FACT, Role.LEAD, Role.BODY, Role.SMALL)
        )
        head = QHBoxLayout()
        head.addWidget(self._mark)
        head.addWidget(self.who, 1)
        self._inside = QVBoxLayout(self._sheet)
        self._inside.addLayout(head)
        self._inside.addWidget(self.employer)
        self._inside.addWidget(self.facts, 1)
        self.body.addWidget(self._sheet, 1)
        self.action("wanted.no", self._no, Kind.PLAIN, icon_name="cross", commits=True)
        self.action("wanted.later", self._later, Kind.PLAIN, icon_name="clock")
        self.action("wanted.yes", self._yes, icon_name="check", commits=True)

    @property
    def _asked(self) -> Asked | None:
        return self._params.asked[0] if self._params is not None else None

    def enter(self, params: Any) -> None:  # noqa: ANN401 - AskedParams
        """The first of them."""
        self.clear_errors()
        if isinstance(params, AskedParams):
            self._params = params
            self._show()

    def arrange(self, *, portrait: bool) -> None:
        """The facts in one column upright, in two across."""
        self.facts.set_columns(1 if portrait else 2)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        pad = self.theme.px(6)
        self._inside.setContentsMargins(pad, pad, pad, pad)
        self._inside.setSpacing(self.theme.px(4))
        self._mark.setPixmap(icon("phone", self.theme.palette.blue, self.theme.px(MARK_MM)))

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.who.setText(self.text("wanted.asked_title"))
        self._show()

    def wipe(self) -> None:
        """Forget who was asked for."""
        super().wipe()
        self._params = None
        self.employer.setText("")
        self.facts.wipe()

    def _show(self) -> None:
        asked = self._asked
        if asked is None:
            return
        strings, terms = self.ctx.strings, asked.invitation.terms
        today = self.ctx.services.context.today()
        left = asked.listing.places_left
        places = self.text("listing.places_left", n=left) if left else self.text("listing.full")
        self.employer.setText(self.text("wanted.asked_by", name=asked.invitation.employer_name))
        self.facts.show_rows(
            [
                (self.text("listing.what"), terms.title),
                (self.text("listing.pay"), say.pay(strings, terms)),
                (self.text("listing.when"), say.days(strings, terms, today)),
                (self.text("listing.hours"), say.hours(strings, terms)),
                (self.text("listing.where"), say.place(strings, self.ctx.services.catalogue, terms)),
                (self.text("listing.settlement"), self.text(f"words.settlement.{terms.settlement}")),
                (self.text("listing.with"), say.extras(strings, terms)),
                (self.text("wanted.places"), places),
            ]
        )

    @Slot()
    def _yes(self) -> None:
        """The place is taken as in any application; then the employer hears of it."""
        asked = self._asked
        if asked is None:
            return
        ctx, services, actor = self.ctx, self.ctx.services, actor_of(self.ctx)
        worker_id, invitation = ctx.visit.draft(KnownWorker).worker_id, asked.invitation

        def work() -> Applied:
            applied: Applied = services.placements.apply(worker_id, invitation.listing_id, actor)
            services.wanted.accepted(invitation.id, actor)
            return applied

        def done(applied: Applied) -> None:
            ctx.navigator.swap("applied", AppliedParams(applied=applied))

        def refused(refusal: Refusal) -> None:
            self._hear(asked)
            ctx.navigator.swap("apply_refused", RefusedParams(refusal=refusal))

        self.submit(work, done, refused)

    @Slot()
    def _no(self) -> None:
        asked, wanted, actor = self._asked, self.ctx.services.wanted, actor_of(self.ctx)
        if asked is not None:
            said = InvitationStatus.DECLINED
            self.submit(lambda: wanted.answer(asked.invitation.id, said, actor), self._answered)

    def _answered(self, _: Invitation) -> None:
        self._go_on()

    @Slot()
    def _later(self) -> None:
        """It stays open, and is not shown again in this visit."""
        if self._asked is not None:
            self._hear(self._asked)
            self._go_on()

    def _hear(self, asked: Asked) -> None:
        heard = self.ctx.visit.draft(Heard).invitations
        self.ctx.visit.keep(Heard(invitations=heard | {asked.invitation.id}))

    def _go_on(self) -> None:
        """To the next one, if there are more, else to what the person came for."""
        if self._params is not None:
            carry_on(self, self.ctx.visit.draft(KnownWorker).worker_id, self._params.wish)
