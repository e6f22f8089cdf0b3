"""The row of the market list: what a listing looks like there, and where it wants to stand. Pure."""

from datetime import UTC, datetime
from typing import Final

from kiosk.domain.listings import LIVE, offered_until
from kiosk.domain.records import Listing
from kiosk.domain.values import ListingStatus
from kiosk.storage import places

#: ``seq`` counts steps of 1/4096 s from here: room for as many listings published in the same second.
_ZERO: Final = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())
_STEPS: Final = 4096
#: Full listings stand so far below: more steps than there are in a hundred years.
_FULL_BELOW: Final = 2**44

#: A row, in the order of the table's columns; its first value is the place that it wants, and may be taken.
Entry = tuple[int, bytes, str, str, str, str, int, int, int, str, int]


def is_shown(listing: Listing) -> bool:
    """Whether a listing is in the market."""
    return listing.status in LIVE and listing.published_at is not None


def same_entry(one: Listing, other: Listing) -> bool:
    """Whether two states of a listing look the same in the market list (their places left may differ)."""
    return (one.status, one.published_at, one.valid_until, one.employer_name, one.terms) == (
        other.status,
        other.published_at,
        other.valid_until,
        other.employer_name,
        other.terms,
    )


def entry_of(listing: Listing) -> Entry | None:
    """The row of a listing or of its mirror (``kiosk.storage.incoming``); None for one that is not shown."""
    if not is_shown(listing):
        return None
    terms, row_id = listing.terms, listing.id.bytes
    trade, region = terms.trade, terms.region
    return (
        _wanted_seq(listing, row_id),
        row_id,
        trade,
        places.category_of(trade),
        region,
        places.district_of(region),
        terms.date_from.toordinal(),
        terms.date_to.toordinal(),
        offered_until(listing),
        str(terms.pay_unit),  # a plain str: the driver would ask an enum's member what it is
        terms.pay_fen,
    )


def _wanted_seq(listing: Listing, row_id: bytes) -> int:
    assert listing.published_at is not None, "only published listings are shown"
    seconds = max(0, int(listing.published_at.timestamp()) - _ZERO)
    # Spread by the id's random tail: listings of one second rarely meet, and keep their place when shown again.
    seq = seconds * _STEPS + (row_id[-2] << 8 | row_id[-1]) % _STEPS + 1
    return seq - _FULL_BELOW if listing.status == ListingStatus.FULL else seq
