"""One posting to decide on: everything it says, what the rules found, publish or reject with a reason."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from kiosk.domain.records import Listing
from kiosk.domain.refusal import Refusal
from kiosk.ui.components import say
from kiosk.ui.components.listing_facts import fact_rows
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.find.params import ListingParams
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import STAFF_MM, Kind
from kiosk.ui.widgets.choices import ChoiceGrid, Option
from kiosk.ui.widgets.facts import Facts
from kiosk.ui.widgets.fields import STAFF_HEIGHT_MM, Field
from kiosk.ui.widgets.frames import Banner, Card

REASONS = ("unclear", "employer", "pay", "words", "duplicate")


class ReviewDetailScreen(Page):
    """审核."""

    name = "staff_review_detail"
    for_staff = True

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._listing: Listing | None = None
        self._sheet = Card(self.theme)
        self.facts = Facts(self.theme, role=Role.BODY)
        self._inside = QVBoxLayout(self._sheet)
        self._inside.addWidget(self.facts)
        self.findings = Banner(self.theme, "warn")
        self.reasons = ChoiceGrid(self.theme, 3, role=Role.SMALL, height_mm=STAFF_MM)
        self.reasons.changed.connect(self._reason_chosen)
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
        self.body.addWidget(self.findings)
        self.body.addWidget(self._sheet)
        self.body.addStretch(1)
        self._why = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._why.addWidget(self.reasons, 3)
        self._why.addWidget(self.reason, 2)
        self.body.addLayout(self._why)
        self._reject = self.action(
            "staff.reject", self._rejected, Kind.DANGER, icon_name="cross", commits=True
        )
        self._approve = self.action("staff.approve", self._approved, icon_name="check", commits=True)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - ListingParams
        """Load it."""
        self.clear_errors()
        self.reason.wipe()
        self.reasons.wipe()
        listings = self.ctx.services.listings
        if isinstance(params, ListingParams):
            self.query("listing", lambda: listings.get(params.listing_id), self._loaded)

    def arrange(self, *, portrait: bool) -> None:
        """One column of facts upright, two across; one's own words below the usual reasons, or beside them."""
        self.facts.set_columns(1 if portrait else 2)
        self.facts.set_role(Role.LEAD if portrait else Role.BODY)
        way = QBoxLayout.Direction.TopToBottom if portrait else QBoxLayout.Direction.LeftToRight
        self._why.setDirection(way)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        pad = self.theme.px(4)
        self._inside.setContentsMargins(pad, pad, pad, pad)
        self._why.setSpacing(pad)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.reason.say(self.text("staff.reason"), self.text("staff.reason_hint"))
        self.reasons.set_options(
            [Option(value=each, text=self.text(f"staff.reason_{each}")) for each in REASONS]
        )
        if self._listing is not None:
            self._loaded(self._listing)

    def wipe(self) -> None:
        """Forget it."""
        super().wipe()
        self._listing = None

    def _loaded(self, listing: Listing) -> None:
        self._listing = listing
        self.title.setText(listing.terms.title)
        self.title.setVisible(True)
        self.facts.show_rows(fact_rows(self.ctx, listing, contact=True))
        found = [say.finding(self.ctx.strings, each) for each in listing.findings]
        self.findings.say("\n".join(found), "warn")

    @Slot()
    def _reason_chosen(self) -> None:
        if self.reasons.value is not None:
            self.reason.set_text(self.text(f"staff.reason_{self.reasons.value}"))

    @Slot()
    def _approved(self) -> None:
        self._decide(approve=True)

    @Slot()
    def _rejected(self) -> None:
        if not self.reason.text.strip():
            self.refused(Refusal("refusal.reason_missing", "reason"))
            return
        self._decide(approve=False)

    def _decide(self, *, approve: bool) -> None:
        if self._listing is None:
            return
        self.clear_errors()
        listing_id, reason, actor = self._listing.id, self.reason.text, actor_of(self.ctx)
        listings = self.ctx.services.listings
        self.submit(
            lambda: listings.review(listing_id, approve=approve, reason=reason, actor=actor), self._decided
        )

    def _decided(self, listing: Listing) -> None:
        key = "staff.approved" if listing.published_at is not None else "staff.rejected"
        self.ctx.notices.toast.emit(self.text(key, title=listing.terms.title))
        self.ctx.navigator.back()
