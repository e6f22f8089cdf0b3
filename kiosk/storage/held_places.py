"""Places of listings in the market that this kiosk holds and has not given to anybody."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from kiosk.domain.records import Lease, Listing
from kiosk.protocol.codec import Malformed, decode
from kiosk.protocol.messages import DEMAND_ENTITY, Demand
from kiosk.services.ports import HeldPlaces
from kiosk.storage.connection import Connection

#: A lease's row id begins with its listing's id. From the leases to the market: a kiosk has few leases.
_HELD: Final = (
    "SELECT lease.body, listing.body, other.body FROM lease "
    "JOIN market ON market.listing_id = substr(lease.id, 1, 16) AND market.last_day >= ? "
    "JOIN listing ON listing.id = market.listing_id "
    "LEFT JOIN inbox_other AS other ON other.entity = ? AND other.id = market.listing_id "
    "ORDER BY lease.id"
)


def held_places(connection: Connection, kiosk: str, today: date) -> Sequence[HeldPlaces]:
    """See ``ReadModel``."""
    rows = connection.execute(_HELD, (today.toordinal(), DEMAND_ENTITY)).fetchall()
    return list(_held(rows, kiosk))


def _held(rows: Sequence[tuple[bytes, bytes, bytes | None]], kiosk: str) -> Iterator[HeldPlaces]:
    for raw, listing, wish in rows:
        lease = decode(Lease, raw)
        if lease.free <= 0 or lease.home != kiosk:
            continue
        demand = _demand(wish)
        yield HeldPlaces(
            lease=lease,
            listing=decode(Listing, listing),
            wanted=0 if demand is None else demand.waiting,
            asked_at=None if demand is None else demand.asked_at,
        )


def _demand(raw: bytes | None) -> Demand | None:
    """What the city wishes; a wish in a form that this program does not know is none."""
    try:
        return None if raw is None else decode(Demand, raw)
    except Malformed:
        return None
