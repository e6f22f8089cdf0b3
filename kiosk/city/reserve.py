"""POST /v1/reserve: one place of the city's reserve for a kiosk that has a worker standing before it."""

import msgspec

from kiosk.city import projections
from kiosk.city.context import CityContext
from kiosk.city.store import CityOp, CityTransaction, DeviceRow, Wanted
from kiosk.domain.city_slots import grant
from kiosk.domain.listings import LIVE
from kiosk.domain.records import Lease
from kiosk.domain.refusal import Refusal
from kiosk.protocol.codec import encode
from kiosk.protocol.messages import ReserveRequest, ReserveResponse


def reserve(
    city: CityContext, tx: CityTransaction, device: DeviceRow, request: ReserveRequest
) -> ReserveResponse:
    """Move one place into the device's lease, if the reserve has one; asked again after a lost answer, not twice."""
    records = tx.load(Wanted(listings=frozenset({request.listing_id})))
    listing, central = records.listing(request.listing_id), records.central(request.listing_id)
    lease = records.lease(request.listing_id, device.kiosk)
    granted = False
    if lease is not None and lease.granted - lease.returned > request.held:
        granted = True  # granted before; the answer did not arrive
    elif listing is not None and central is not None and listing.status in LIVE:
        try:
            after, lease_after = grant(central, lease, device.kiosk, 1)
        except Refusal:
            pass
        else:
            records.put(after)
            records.put(lease_after)
            granted = True
    changed = records.changed()
    if changed:
        at = city.now()
        op_id = city.new_id(at)
        note = encode({"listing_id": request.listing_id, "home": device.kiosk, "count": 1})
        tx.note([CityOp(subject=request.listing_id, op_id=op_id, kind="slots.grant/1", op=note)], at)
        tx.publish([item for each in changed for item in projections.project(each, records)], changed)
        lease = next((each for each in changed if isinstance(each, Lease)), lease)
    body = msgspec.Raw(b"null" if lease is None else encode(lease))
    return ReserveResponse(state=city.state(tx.city(), device), granted=granted, lease=body)
