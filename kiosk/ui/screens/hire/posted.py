"""It is posted: published at once, or waiting for a look; and the receipt that opens it again."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from kiosk.domain.values import ListingStatus
from kiosk.ui.components import say
from kiosk.ui.components.page import Page
from kiosk.ui.components.slip_print import SlipPanel
from kiosk.ui.context import UiContext
from kiosk.ui.screens.hire.halves import Halves
from kiosk.ui.screens.hire.params import ApplicantsParams, PostedParams
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.facts import Facts
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.text import Text


class PostedScreen(Page):
    """发出去了."""

    name = "posted"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._params: PostedParams | None = None
        self._sheet = Card(self.theme)
        self.state = Text(self.theme, Role.HERO, bold=True)
        self.explained = Text(self.theme, Role.LEAD)
        self.facts = Facts(self.theme, role=Role.BODY)
        self._inside = QVBoxLayout(self._sheet)
        for part in (self.state, self.explained, self.facts):
            self._inside.addWidget(part)
        self._inside.addStretch(1)
        self.slip = SlipPanel(self)
        self._halves = Halves(self.theme)
        self._halves.first.addWidget(self._sheet, 1)
        self._halves.second.addWidget(self.slip, 1)
        self.body.addWidget(self._halves, 1)
        self.action("slip_panel.again", self.slip.print_again, Kind.PLAIN, icon_name="printer")
        self.action("hire.see_people", self._people, Kind.PLAIN, icon_name="people")
        self.action("common.done", self._done, icon_name="check", commits=True)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - PostedParams
        """Say it and print the receipt."""
        if isinstance(params, PostedParams):
            self._params = params
            self.slip.show_slip(params.posted.slip)
            self.retranslate()

    def arrange(self, *, portrait: bool) -> None:
        """The slip below or beside."""
        self._halves.arrange(portrait=portrait)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        pad = self.theme.px(5)
        self._inside.setContentsMargins(pad, pad, pad, pad)
        self._inside.setSpacing(self.theme.px(4))

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.slip.retranslate()
        if self._params is None:
            return
        listing, strings = self._params.posted.listing, self.ctx.strings
        terms, services = listing.terms, self.ctx.services
        out = listing.status is ListingStatus.PUBLISHED
        self._sheet.set_ground("green_soft" if out else "orange_soft", "green" if out else "orange_deep")
        self.state.setText(self.text("posted.published" if out else "posted.pending"))
        self.state.set_tone("green" if out else "ink")
        self.explained.setText(self.text("posted.published_hint" if out else "posted.pending_hint"))
        today = services.context.today()
        self.facts.show_rows(
            [
                (self.text("listing.what"), self.text("hire.work", trade=terms.title, n=terms.headcount)),
                (self.text("listing.pay"), say.pay(strings, terms)),
                (self.text("listing.when"), f"{say.days(strings, terms, today)} {say.hours(strings, terms)}"),
                (self.text("listing.where"), say.place(strings, services.catalogue, terms)),
                (self.text("posted.until"), strings.date(listing.valid_until)),
            ]
        )

    def wipe(self) -> None:
        """Forget it."""
        super().wipe()
        self._params = None
        self.state.setText("")
        self.explained.setText("")

    @Slot()
    def _people(self) -> None:
        if self._params is not None:
            listing_id = self._params.posted.listing.id
            self.ctx.navigator.show("applicants", ApplicantsParams(listing_id=listing_id))

    @Slot()
    def _done(self) -> None:
        self.ctx.navigator.end_visit()
