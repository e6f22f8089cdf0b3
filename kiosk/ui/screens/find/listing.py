"""One listing with everything the law requires and a worker asks, and the one touch that matters: 我要去."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from kiosk.domain.listings import LIVE, is_offered
from kiosk.domain.records import Listing
from kiosk.domain.refusal import Refusal
from kiosk.ui.components import say
from kiosk.ui.components.card_words import trade_icon
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.find.params import IdentifyParams, ListingParams
from kiosk.ui.theme import Role
from kiosk.ui.widgets.facts import Facts
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.picture import TradePicture
from kiosk.ui.widgets.text import Text

PICTURE_MM = 28.0
#: A listing, and the quartiles of what its trade pays (fen); None where too few say.
Known = tuple[Listing, tuple[int, int, int] | None]


class ListingScreen(Page):
    """招工信息."""

    name = "listing"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._listing: Listing | None = None
        self._guidance: tuple[int, int, int] | None = None
        self.pay = Text(self.theme, Role.HERO, tone="blue", bold=True)
        self.guidance = Text(self.theme, Role.BODY, tone="soft")
        self.places = Text(self.theme, Role.LEAD, tone="green", bold=True)
        self.facts = Facts(self.theme, most_air_mm=20.0, roles=(Role.FACT, Role.LEAD, Role.BODY))
        self._sheet = Card(self.theme)
        inside = QVBoxLayout(self._sheet)
        head = QHBoxLayout()
        self.picture = TradePicture(self.theme, PICTURE_MM)
        head.addWidget(self.picture)
        head.addWidget(self.pay, 1)
        head.addWidget(self.places)
        inside.addLayout(head)
        inside.addWidget(self.guidance)
        inside.addWidget(self.facts, 1)
        self._inside, self._head = inside, head
        self.body.addWidget(self._sheet, 1)
        self.go = self.action("listing.go", self._go, icon_name="check")

    def enter(self, params: Any) -> None:  # noqa: ANN401 - ListingParams
        """Load it anew each time: places go while people look."""
        services = self.ctx.services
        self.banner.say("")
        if isinstance(params, ListingParams):
            if self._listing is not None and self._listing.id != params.listing_id:
                self.wipe()

            def look_up() -> Known:
                """Both at once: the page is painted once."""
                listing = services.listings.get(params.listing_id)
                return listing, services.listings.guidance(listing.terms.trade)

            self.query("listing", look_up, self._loaded, self._gone)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        if self._listing is not None:
            self._show(self._listing)

    def arrange(self, *, portrait: bool) -> None:
        """The facts in one column upright, in two across."""
        self.facts.set_columns(1 if portrait else 2)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        pad = self.theme.px(5)
        self._inside.setContentsMargins(pad, pad, pad, pad)
        self._inside.setSpacing(self.theme.px(3))
        self._head.setSpacing(self.theme.px(5))

    def wipe(self) -> None:
        """Forget it."""
        super().wipe()
        self._listing = None
        self._guidance = None
        for text in (self.pay, self.places, self.guidance, self.title):
            text.setText("")

    def _loaded(self, known: Known) -> None:
        self._listing, self._guidance = known
        self._show(self._listing)

    def _gone(self, refusal: Refusal) -> None:
        self.go.setEnabled(False)
        self.refused(refusal)

    def _show(self, listing: Listing) -> None:
        strings, catalogue, terms = self.ctx.strings, self.ctx.services.catalogue, listing.terms
        self.title.setText(terms.title)
        self.title.setVisible(True)
        self.picture.show_picture(trade_icon(self.ctx.services, terms.trade))
        self.pay.setText(say.pay(strings, terms))
        low_high = self._guidance
        self.guidance.setText(
            self.text("listing.guidance", low=strings.money(low_high[0]), high=strings.money(low_high[2]))
            if low_high is not None
            else ""
        )
        left = listing.places_left
        now = self.ctx.services.context.now()
        live, over = is_offered(listing, now), listing.status in LIVE and not is_offered(listing, now)
        self.guidance.setVisible(low_high is not None and live)
        self.places.setText(self.text("listing.places_left", n=left) if left else self.text("listing.full"))
        self.places.setVisible(live)
        self.places.set_tone("green" if left else "red")
        self.go.setEnabled(live)
        self.go.say(self.text("listing.over_go" if over else "listing.go" if left else "listing.queue"))
        self.facts.show_rows(self._rows(listing, catalogue.trade_name(terms.trade, strings.language)))
        if not live:
            self.banner.say(self.text("listing.over" if over else "listing.closed"), "warn")
        else:
            self.banner.say(say.from_when(strings, terms, now), "info")

    def _rows(self, listing: Listing, trade: str) -> list[tuple[str, str]]:
        strings, terms = self.ctx.strings, listing.terms
        today = self.ctx.services.context.today()
        return [
            (self.text("listing.what"), self.text("listing.trade_headcount", trade=trade, n=terms.headcount)),
            (self.text("listing.when"), say.days(strings, terms, today)),
            (
                self.text("listing.hours"),
                self.text(
                    "listing.hours_a_day",
                    span=say.hours(strings, terms),
                    hours=strings.money(terms.minutes_per_day * 100 // 60),
                ),
            ),
            (self.text("listing.where"), say.place(strings, self.ctx.services.catalogue, terms)),
            (self.text("listing.meeting"), terms.meeting_place),
            (self.text("listing.settlement"), self.text(f"words.settlement.{terms.settlement}")),
            (self.text("listing.with"), say.extras(strings, terms)),
            (self.text("listing.strength"), self.text(f"words.strength.{terms.strength}")),
            (self.text("listing.requirements"), terms.requirements),
            (
                self.text("listing.employer"),
                self.text(
                    "listing.employer_kind",
                    name=listing.employer_name,
                    kind=self.text(f"words.employer_kind.{listing.employer_kind}"),
                ),
            ),
        ]

    @Slot()
    def _go(self) -> None:
        if self._listing is not None:
            self.ctx.navigator.show("identify", IdentifyParams(listing_id=self._listing.id))
