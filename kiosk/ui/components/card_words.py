"""The words of a listing's card, said the same on every screen that shows one."""

from datetime import datetime

from kiosk.domain.records import Listing
from kiosk.domain.values import ListingStatus
from kiosk.services.app import Services
from kiosk.ui.components import say
from kiosk.ui.components.listing_card import CardWords
from kiosk.ui.strings import Strings


def trade_icon(services: Services, trade_code: str) -> str:
    """The picture of a trade."""
    trade = services.catalogue.trade(trade_code)
    return trade.icon if trade is not None else "work"


def card_words(strings: Strings, services: Services, listing: Listing, now: datetime) -> CardWords:
    """The words of one card. ``now`` is aware."""
    catalogue, terms = services.catalogue, listing.terms
    today = services.context.today()
    left = listing.places_left
    settlement = strings.text(f"words.settlement.{terms.settlement}")
    extras = say.extras(strings, terms)
    return CardWords(
        amount=strings.money(terms.pay_fen),
        unit=strings.pay_unit(terms.pay_unit),
        what=terms.title,
        trade=catalogue.trade_name(terms.trade, strings.language),
        when=f"{say.days(strings, terms, today)}  {say.hours(strings, terms)}",
        where=say.place(strings, catalogue, terms),
        note=strings.text("common.tag_gap").join(part for part in (settlement, extras) if part),
        badge=strings.text("listing.places_left", n=left) if left else strings.text("listing.no_place"),
        fresh=strings.ago(listing.published_at or listing.posted_at, now),
        plenty=left > 0 and listing.status is ListingStatus.PUBLISHED,
        icon_name=trade_icon(services, terms.trade),
    )
