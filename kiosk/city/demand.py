"""Places follow the people: what the city grants of its own accord, and what it asks of kiosks that hold too many.

A kiosk whose workers were turned away offline gets places for the next ones; who holds places while others wait is told
how many are wanted (``Demand``), and decides itself what it can spare. The city never takes anything back.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from kiosk.city.context import CityContext
from kiosk.city.memory import LoadedRecords
from kiosk.city.stored import CityOp, Projected, device_stream
from kiosk.domain.city_slots import grant
from kiosk.domain.city_waitlist import could_come
from kiosk.domain.listings import is_offered
from kiosk.domain.operations import Apply, Operation, ReturnPlaces
from kiosk.domain.records import Lease, Placement
from kiosk.domain.values import Claim, PlacementStatus
from kiosk.protocol.codec import encode
from kiosk.protocol.messages import DEMAND_ENTITY, Demand

GRANT = "slots.grant/1"


def granted(city: CityContext, at: datetime, listing_id: UUID, home: str, **facts: object) -> CityOp:
    """The line in the city's own log for places that were granted, with what they were granted for."""
    note = encode({"listing_id": listing_id, "home": home, **facts})
    return CityOp(subject=listing_id, op_id=city.new_id(at), kind=GRANT, op=note)


def top_up(city: CityContext, ops: Sequence[Operation], records: LoadedRecords, at: datetime) -> list[CityOp]:
    """Places for the kiosk that pushes, where it had to turn workers away and has none left.

    As many as were turned away in this batch, and never more than half of the reserve: the rest is for the others.
    """
    turned_away: dict[UUID, list[Operation]] = {}
    for op in ops:
        match op.body:
            case Apply(claim=Claim.NONE, placement_id=made, listing_id=listing_id) if records.placement(made):
                turned_away.setdefault(listing_id, []).append(op)
            case _:
                pass
    done = []
    for listing_id, those in turned_away.items():
        listing, central = records.listing(listing_id), records.central(listing_id)
        home = those[-1].kiosk
        lease = records.lease(listing_id, home)
        if listing is None or central is None or not is_offered(listing, at):
            continue
        count = min(len(those), central.free // 2)
        if count == 0 or (lease is not None and lease.free > 0):
            continue
        for record in grant(central, lease, home, count):
            records.put(record)
        done.append(granted(city, at, listing_id, home, count=count, because=those[-1].op_id))
    return done


def hints(ops: Sequence[Operation], records: LoadedRecords, kiosk: str, at: datetime) -> list[Projected]:
    """For every listing that this batch moved: how many people wait, to the kiosks that hold places of it.

    Args:
        ops: the batch; a kiosk that has returned places is told anew, also that nobody waits any more.
        records: as the batch leaves them.
        kiosk: who pushes.
        at: the city's clock; tells one wish from the next.
    """
    returned = {op.body.listing_id for op in ops if isinstance(op.body, ReturnPlaces)}
    items: list[Projected] = []
    for listing_id in _moved(records, returned):
        waiting = _waiting(records, listing_id, at)
        holders = (
            {lease.home for lease in _leases(records, listing_id) if lease.free > 0} if waiting else set()
        )
        items.extend(_hint(home, listing_id, waiting, at) for home in sorted(holders))
        if listing_id in returned and kiosk not in holders:
            items.append(_hint(kiosk, listing_id, 0, at))
    return items


def _moved(records: LoadedRecords, returned: Iterable[UUID]) -> dict[UUID, None]:
    moved = dict.fromkeys(returned)
    for record in records.dirty():
        if isinstance(record, Lease) or (
            isinstance(record, Placement) and record.status is PlacementStatus.WAITLISTED
        ):
            moved[record.listing_id] = None
    return moved


def _waiting(records: LoadedRecords, listing_id: UUID, at: datetime) -> int:
    """People who could come at once if there were a place; 0 while the reserve has some."""
    listing, central = records.listing(listing_id), records.central(listing_id)
    if listing is None or central is None or central.free > 0:
        return 0
    return sum(1 for _ in could_come(listing, records, at))


def _leases(records: LoadedRecords, listing_id: UUID) -> list[Lease]:
    return [lease for (of, _), lease in records.leases.items() if of == listing_id]


def _hint(home: str, listing_id: UUID, waiting: int, at: datetime) -> Projected:
    wish = Demand(listing_id=listing_id, waiting=waiting, asked_at=at)
    return Projected(
        stream=device_stream(home),
        entity=DEMAND_ENTITY,
        id=listing_id,
        ver=waiting,
        origin=home,
        body=encode(wish) if waiting else None,
    )
