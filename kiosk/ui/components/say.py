"""What the market's records are called on the screen. Words only; no rule is decided here."""

from datetime import date, datetime

from kiosk.domain.calendar import first_day_left, local_date
from kiosk.domain.listings import LIVE, is_behind, is_offered
from kiosk.domain.records import Finding, Listing, Placement, Terms
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import ListingStatus
from kiosk.services.catalogue import Catalogue
from kiosk.ui.strings import Strings


def days(strings: Strings, terms: Terms, today: date) -> str:
    """When: one day as people say it, or first and last."""
    if terms.date_from == terms.date_to:
        return strings.day(terms.date_from, today)
    return strings.text(
        "listing.day_range", first=strings.date(terms.date_from), last=strings.date(terms.date_to)
    )


def from_when(strings: Strings, terms: Terms, now: datetime) -> str:
    """On which day one would begin, where that is not the first one or today: today's hours are over. Else ""."""
    first, today = first_day_left(terms, now), local_date(now)
    behind = terms.date_from <= today < first
    return strings.text("listing.from_day", day=strings.day(first, today)) if behind else ""


def place(strings: Strings, catalogue: Catalogue, terms: Terms) -> str:
    """Where: district, street and address."""
    region = catalogue.region_name(terms.region, strings.language)
    return strings.text("listing.place", region=region, address=terms.address)


def extras(strings: Strings, terms: Terms) -> str:
    """What comes with it: meals, lodging, transport, own tools."""
    names = [name for name in ("meals", "lodging", "transport") if getattr(terms, name)]
    if terms.own_tools:
        names.append("own_tools")
    return strings.text("common.tag_gap").join(strings.text(f"listing.{name}") for name in names)


def pay(strings: Strings, terms: Terms) -> str:
    """The wage with its unit."""
    return strings.pay(terms.pay_fen, terms.pay_unit)


def hours(strings: Strings, terms: Terms) -> str:
    """From when to when."""
    return strings.hours(terms.start_minute, terms.end_minute)


def finding(strings: Strings, found: Finding) -> str:
    """The sentence of a finding."""
    return strings.refusal(Refusal(f"finding.{found.rule}", found.field, **dict(found.params)))


def listing_state(strings: Strings, listing: Listing, now: datetime) -> str:
    """The state of a listing in a word, as it is now: nobody takes down what has run out, or whose day has passed."""
    open_still = listing.status in LIVE
    if (open_still or listing.status is ListingStatus.PENDING) and is_behind(listing, now):
        return strings.text("words.listing_past")
    if open_still and not is_offered(listing, now):
        return strings.text("words.listing_expired")
    return strings.text(f"words.listing_status.{listing.status}")


def status(strings: Strings, placement: Placement) -> str:
    """The state of a placement in a word."""
    return strings.text(f"words.placement_status.{placement.status}")
