"""Moving places between the city's reserve and a kiosk's lease; the sum over all of them stays the headcount."""

from dataclasses import replace

from kiosk.domain.records import CentralSlots, Lease
from kiosk.domain.refusal import Refusal


def grant(central: CentralSlots, lease: Lease | None, home: str, count: int) -> tuple[CentralSlots, Lease]:
    """Give ``count`` places of the reserve to the kiosk ``home``.

    Raises:
        Refusal: the reserve has not that many; nothing changes.
    """
    if not 0 < count <= central.free:
        raise Refusal("refusal.no_place")
    before = lease or Lease(listing_id=central.listing_id, home=home, granted=0)
    return replace(central, free=central.free - count), replace(before, granted=before.granted + count)


def give_back(central: CentralSlots, lease: Lease, count: int) -> tuple[CentralSlots, Lease]:
    """Return ``count`` unspent places of a lease to the reserve.

    Raises:
        Refusal: the lease has not that many free; nothing changes.
    """
    if not 0 < count <= lease.free:
        raise Refusal("refusal.no_place")
    return replace(central, free=central.free + count), replace(lease, returned=lease.returned + count)
