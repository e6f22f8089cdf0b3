"""Giving places back: into the lease that they came from, or to the reserve; and when one person has too many."""

from collections.abc import Sequence
from uuid import UUID

from kiosk.domain.change import replace
from kiosk.domain.listings import with_taken
from kiosk.domain.operations import Operation
from kiosk.domain.own_time import at_once
from kiosk.domain.presence import homes
from kiosk.domain.records import CentralSlots, Lease, Placement, Record
from kiosk.domain.state import Places
from kiosk.domain.upon import Upon
from kiosk.domain.values import HOLDING, OPEN, Claim, PlacementStatus

#: Reason of a placement that gave way to another of the same person for the same listing.
MERGED = "merged"
#: How far a placement has come, the farthest last.
_HOW_FAR = (
    PlacementStatus.WAITLISTED,
    PlacementStatus.CONFIRMED,
    PlacementStatus.ARRIVED,
    PlacementStatus.COMPLETED,
    PlacementStatus.UNPAID,
    PlacementStatus.PAID,
)


def release(op: Operation, placement: Placement, reason: str, records: Places) -> list[Record]:
    """Cancel an open placement and give its place back: into the lease that it came from, or to the reserve."""
    changes: list[Record] = [
        replace(
            placement,
            status=PlacementStatus.CANCELLED,
            claim=Claim.NONE,
            claim_home="",
            reason=reason,
            changed_at=op.at,
        )
    ]
    if placement.claim is Claim.NONE:
        return changes
    central = records.central(placement.listing_id)
    if placement.claim is Claim.LEASE:
        changes += _out_of_lease(placement, central, records)
    elif central is not None:
        changes.append(replace(central, free=central.free + 1, firm=max(0, central.firm - 1)))
    listing = records.listing(placement.listing_id)
    if listing is not None:
        changes.append(with_taken(listing, -1, op))
    return changes


def _out_of_lease(
    placement: Placement, central: CentralSlots | None, records: Places
) -> Sequence[Lease | CentralSlots]:
    """A place that was promised from a lease stays there only if nobody but that kiosk may dispose of the placement.

    Where another kiosk may, it goes to the reserve, whoever gives it back: there it reaches who waits, though the
    lease's kiosk be away for weeks. That kiosk loses nothing it could promise: ``free`` is the same before and
    after. It decides its own cancellations by this rule, so it promises no place that another gives back too.
    """
    lease = records.lease(placement.listing_id, placement.claim_home)
    if lease is None or lease.spent <= 0:
        return ()
    back = replace(lease, spent=lease.spent - 1)
    if _nobody_elses(placement, records):
        return (back,)
    home = replace(back, returned=lease.returned + 1)
    return (home,) if central is None else (home, replace(central, free=central.free + 1))


def _nobody_elses(placement: Placement, records: Places) -> bool:
    """Whether the kiosk whose lease holds the place is the only one with a part in the placement."""
    kiosk = placement.claim_home
    worker = records.worker(placement.worker_id)  # at a kiosk: none for a guest
    # Another kiosk that has come to know the worker since changes nothing: the lease's kiosk may not have heard of it.
    return (
        {placement.home, placement.listing_home} == {kiosk} and worker is not None and kiosk in homes(worker)
    )


def as_one(op: Operation, theirs: Sequence[Placement], changed: Upon) -> None:
    """Of several placements of one person for one listing the one that counts stays; open others give way to it.

    Who holds a place keeps it, else who has waited longer; the other's place goes back where it came from.
    """
    by_listing: dict[UUID, list[Placement]] = {}
    for each in theirs:
        if each.status in OPEN | HOLDING:
            by_listing.setdefault(each.listing_id, []).append(each)
    for group in by_listing.values():
        stays = min(group, key=lambda each: (-_HOW_FAR.index(each.status), each.applied_at, each.id))
        for other in group:
            if other.id != stays.id and other.status in OPEN:
                changed.put_all(release(op, other, MERGED, changed))


def clashing(theirs: Sequence[Placement]) -> list[Placement]:
    """Open placements that hold a place at the same time as an earlier one of the same person, earliest first.

    No kiosk gives two such: each was promised where the other was not known. People decide which one holds.
    """
    held = [each for each in theirs if each.status in OPEN and each.status is not PlacementStatus.WAITLISTED]
    held.sort(key=lambda each: (each.applied_at, each.id))
    return [each for at, each in enumerate(held) if any(at_once(each, other) for other in held[:at])]
