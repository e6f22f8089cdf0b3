"""POST /v1/reserve: places of the city's reserve for a kiosk that has a worker standing before it."""

import msgspec

from kiosk.city import projections
from kiosk.city.context import CityContext
from kiosk.city.demand import granted as granted_note
from kiosk.city.store import CityTransaction
from kiosk.city.stored import DeviceRow, Wanted
from kiosk.domain.city_slots import chunk, grant
from kiosk.domain.listings import LIVE
from kiosk.domain.records import Lease
from kiosk.protocol.codec import encode
from kiosk.protocol.messages import ReserveRequest, ReserveResponse


def reserve(
    city: CityContext, tx: CityTransaction, device: DeviceRow, request: ReserveRequest
) -> ReserveResponse:
    """Move places into the device's lease, if the reserve has any; asked again after a lost answer, not twice.

    A kiosk asks when it has none left: what it has used is what it may need once more, so that a crowd is served with
    few questions. Never more than half of the reserve, one at least.
    """
    records = tx.load(Wanted(listings=frozenset({request.listing_id})))
    listing, central = records.listing(request.listing_id), records.central(request.listing_id)
    lease = records.lease(request.listing_id, device.kiosk)
    granted, count = False, 0
    if _knows_less(request, lease):
        granted = True  # granted before; the answer did not arrive
    elif listing is not None and central is not None and listing.status in LIVE:
        count = chunk(central, 0 if lease is None else lease.granted - lease.returned)
        if count:
            for record in grant(central, lease, device.kiosk, count):
                records.put(record)
            granted = True
    changed = records.changed()
    if changed:
        at = city.now()
        facts = {"count": count, "held": request.held}
        tx.note([granted_note(city, at, request.listing_id, device.kiosk, **facts)], at)
        tx.publish([item for each in changed for item in projections.project(each, records)], changed)
        lease = next((each for each in changed if isinstance(each, Lease)), lease)
    body = msgspec.Raw(b"null" if lease is None else encode(lease))
    return ReserveResponse(state=city.state(tx.city(), device), granted=granted, lease=body)


def _knows_less(request: ReserveRequest, lease: Lease | None) -> bool:
    """Whether more has been granted than the kiosk had heard of when it asked."""
    return lease is not None and lease.granted > request.held
