"""Moving places between the city's reserve and a kiosk's lease; the sum over all of them stays the headcount."""

from kiosk.domain.change import replace
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


def returned(lease: Lease, count: int) -> Lease:
    """The lease without ``count`` of its unspent places.

    Raises:
        Refusal: the lease has not that many free; nothing changes.
    """
    if not 0 < count <= lease.free:
        raise Refusal("refusal.no_place")
    return replace(lease, returned=lease.returned + count)


def give_back(central: CentralSlots, lease: Lease, count: int) -> tuple[CentralSlots, Lease]:
    """Return ``count`` unspent places of a lease to the reserve.

    Raises:
        Refusal: the lease has not that many free; nothing changes.
    """
    after = returned(lease, count)
    return replace(central, free=central.free + count), after


def chunk(central: CentralSlots, wanted: int) -> int:
    """How many places a kiosk gets at once that could use ``wanted``: never more than half of what is left.

    One place at a time would cost every worker of a crowd a question over the network; all of them at once would
    leave nothing for the kiosk that asks a minute later.
    """
    return min(max(1, wanted), (central.free + 1) // 2) if central.free > 0 else 0
