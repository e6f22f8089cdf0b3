"""Places that a kiosk will never promise again go back to the city's reserve, and from there to who waits.

Only by somebody's decision (``gig-kiosk city revoke``), never by a clock: a kiosk that is only silent may have promised
them already. Should it have, its operations still count when they arrive, and who finds no place left then waits.
"""

import logging
from collections.abc import Sequence
from uuid import UUID

from kiosk.city import projections
from kiosk.city.batch import Decided, promote_waiting
from kiosk.city.context import CityContext
from kiosk.city.store import CityTransaction
from kiosk.city.stored import CityOp, Wanted
from kiosk.domain.city_slots import give_back
from kiosk.domain.listings import LIVE
from kiosk.protocol.codec import encode

log = logging.getLogger(__name__)
#: Listings in one transaction: short, so that no push waits long for their locks.
CHUNK = 50


def reclaim(city: CityContext, kiosk: str) -> int:
    """Take back every unspent place of a kiosk's leases on listings that are in the market.

    May be called again: what was cut off goes on.

    Returns:
        How many places came back.
    """
    total = 0
    listings = city.store.run(lambda tx: tx.leased_to(kiosk))
    for start in range(0, len(listings), CHUNK):
        part = listings[start : start + CHUNK]
        total += city.store.run(lambda tx, part=part: _take_back(city, tx, kiosk, part))  # type: ignore[misc] # mypy and defaults of lambdas
    log.info("%d places of %s are back in the reserve", total, kiosk)
    return total


def _take_back(city: CityContext, tx: CityTransaction, kiosk: str, listings: Sequence[UUID]) -> int:
    records = tx.load(Wanted(listings=frozenset(listings)))
    decided = Decided(records)
    at, total = city.now(), 0
    for listing_id in listings:
        listing, central = records.listing(listing_id), records.central(listing_id)
        lease = records.lease(listing_id, kiosk)
        if (
            listing is None
            or central is None
            or lease is None
            or listing.status not in LIVE
            or lease.free <= 0
        ):
            continue
        total += lease.free
        for record in give_back(central, lease, lease.free):
            records.put(record)
        note = encode({"listing_id": listing_id, "home": kiosk, "count": lease.free})
        decided.city_ops.append(
            CityOp(subject=listing_id, op_id=city.new_id(at), kind="slots.reclaim/1", op=note)
        )
    promote_waiting(city, decided, at)
    changed = records.changed()
    tx.note(decided.city_ops, at)
    tx.publish([item for each in changed for item in projections.project(each, records)], changed)
    return total
