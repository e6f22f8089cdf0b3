"""Transitions of placements 对接: who gets which place, and who is told to wait."""

from collections.abc import Sequence
from datetime import date, datetime

from kiosk.domain import calendar
from kiosk.domain.change import replace
from kiosk.domain.listings import LIVE, with_taken
from kiosk.domain.operations import Apply, CancelPlacement, MarkPlacement, Operation, PromotePlacement
from kiosk.domain.own_time import at_once, own_terms, terms_from
from kiosk.domain.person_operations import as_worker
from kiosk.domain.records import Listing, Placement, Record, Worker
from kiosk.domain.refusal import Refusal
from kiosk.domain.release import as_one, release
from kiosk.domain.rulebook import RuleBook
from kiosk.domain.state import Records
from kiosk.domain.upon import Upon
from kiosk.domain.values import OPEN, Claim, ListingStatus, PlacementStatus, Strength

ADULT_AGE = 18
#: Listings whose places a kiosk may have given away on paper before it heard that they were closed.
_PROMISABLE = LIVE | {ListingStatus.CLOSED}

_NEXT: dict[PlacementStatus, frozenset[PlacementStatus]] = {
    PlacementStatus.CONFIRMED: frozenset({PlacementStatus.ARRIVED, PlacementStatus.NO_SHOW}),
    PlacementStatus.ARRIVED: frozenset({PlacementStatus.COMPLETED}),
    PlacementStatus.COMPLETED: frozenset({PlacementStatus.PAID, PlacementStatus.UNPAID}),
    PlacementStatus.UNPAID: frozenset({PlacementStatus.PAID}),
}
#: From where a mark leads back. Not from a no-show: the place is given away, the person may apply again.
_BACK: dict[PlacementStatus, tuple[PlacementStatus, ...]] = {
    PlacementStatus.ARRIVED: (PlacementStatus.CONFIRMED,),
    PlacementStatus.COMPLETED: (PlacementStatus.ARRIVED,),
    PlacementStatus.UNPAID: (PlacementStatus.COMPLETED,),
    PlacementStatus.PAID: (PlacementStatus.COMPLETED, PlacementStatus.UNPAID),
}
#: Nothing has become of it yet: the worker may still come.
PROMISED = frozenset({PlacementStatus.CONFIRMED, PlacementStatus.WAITLISTED})
#: What cannot be true before the first day of work. Money follows upon completed work, so not before either.
_FROM_FIRST_DAY = frozenset({PlacementStatus.ARRIVED, PlacementStatus.COMPLETED, PlacementStatus.NO_SHOW})


def next_states(status: PlacementStatus) -> frozenset[PlacementStatus]:
    """What a placement may be marked as next."""
    return _NEXT.get(status, frozenset())


def states_on(placement: Placement, today: date) -> frozenset[PlacementStatus]:
    """What a placement may be marked as next on a day: before its first day of work nothing has come to pass."""
    possible = next_states(placement.status)
    return possible - _FROM_FIRST_DAY if today < own_terms(placement).date_from else possible


def states_before(status: PlacementStatus) -> tuple[PlacementStatus, ...]:
    """What a placement may be put back to when its last mark was a mistake, the likeliest first."""
    return _BACK.get(status, ())


def may_cancel(placement: Placement, at: datetime) -> bool:
    """Whether there is still something to cancel: work that has begun for the worker, or is over, cannot be."""
    return placement.status in PROMISED and not calendar.is_over(placement.terms, at)


def is_past(placement: Placement, at: datetime) -> bool:
    """Whether the work is over and nobody has said what became of it: the promise lies behind."""
    return placement.status in PROMISED and calendar.is_over(placement.terms, at)


def check_can_apply(worker: Worker, listing: Listing, others: Sequence[Placement], at: datetime) -> None:
    """Refuse an application that must not be made at that time, whatever places are left.

    Raises:
        Refusal: consent withdrawn, listing not live or past, too young for the work, or the times overlap.
    """
    today = calendar.local_date(at)
    if worker.consent.withdrawn_at is not None:
        raise Refusal("refusal.consent_withdrawn")
    if listing.status not in LIVE or listing.valid_until < today or listing.terms.date_to < today:
        raise Refusal("refusal.listing_closed")
    heavy = listing.terms.strength is Strength.HEAVY
    if (
        heavy
        and worker.identity is not None
        and calendar.age_on(worker.identity.birth_date, today) < ADULT_AGE
    ):
        raise Refusal("refusal.heavy_work_minor", minimum=ADULT_AGE)
    wanted = terms_from(listing.terms, at)
    for other in others:
        if other.status not in OPEN:
            continue
        if other.listing_id == listing.id:
            raise Refusal("refusal.already_applied")
        if other.status is not PlacementStatus.WAITLISTED and calendar.terms_overlap(
            own_terms(other), wanted
        ):
            raise Refusal("refusal.overlap", title=other.terms.title)


def _take(op: Operation, claim: Claim, listing: Listing, records: Records) -> tuple[Claim, list[Record]]:
    """Take one place where it is promised; what cannot be taken there may still come from the city's reserve."""
    if claim is Claim.LEASE:
        lease = records.lease(listing.id, op.kiosk)
        if lease is not None and lease.free > 0:
            return Claim.LEASE, [replace(lease, spent=lease.spent + 1)]
    central = records.central(listing.id)
    if central is not None and central.free > 0:
        return Claim.CENTRAL, [replace(central, free=central.free - 1, firm=central.firm + 1)]
    return Claim.NONE, []


def _claim_home(op: Operation, claim: Claim) -> str:
    return op.kiosk if claim is Claim.LEASE else ""


def _check_hazard(worker: Worker, listing: Listing, rules: RuleBook, today: date) -> None:
    """Refuse hazardous trades to people of 16 and 17, however light the employer calls the work."""
    if (
        worker.identity is not None
        and calendar.age_on(worker.identity.birth_date, today) < ADULT_AGE
        and rules.adults_only(listing.terms.trade)
    ):
        raise Refusal("refusal.adults_only", minimum=ADULT_AGE)


def apply(op: Operation, body: Apply, records: Records, rules: RuleBook) -> Sequence[Record]:
    """A worker asks for a place: confirmed when one can be taken, else 候补. Seen again, it changes nothing."""
    if records.placement(body.placement_id) is not None:
        return ()
    listing = records.listing(body.listing_id)
    if listing is None:
        raise Refusal("refusal.listing_unknown")
    worker = _applicant(op, body, records)
    others = records.placements_of_worker(worker.id)
    given, elsewhere = _unknown_to(op, worker, listing, others, records)
    twins = _twins(op, worker, listing, others, records)
    promised = _promised(op, body, listing, records)
    unheard = [*given, *twins, *(elsewhere if promised else ())]
    today = calendar.local_date(op.at)
    # Who holds a slip from before the listing was closed is confirmed, and keeps the place like the others.
    closed = promised and listing.status is ListingStatus.CLOSED
    offered = replace(listing, status=ListingStatus.PUBLISHED) if closed else listing
    check_can_apply(worker, offered, [other for other in others if other not in unheard], op.at)
    if not promised and calendar.local_minute(op.at) >= calendar.closes(listing.terms):
        raise Refusal("refusal.work_over")
    _check_hazard(worker, listing, rules, today)
    claim, changes = (Claim.NONE, []) if given and not promised else _take(op, body.claim, listing, records)
    confirmed = claim is not Claim.NONE
    placement = Placement(
        id=body.placement_id,
        listing_id=listing.id,
        employer_id=listing.employer_id,
        employer_name=listing.employer_name,
        worker_id=worker.id,
        worker_name=worker.name,
        worker_phone=worker.phone,
        terms=listing.terms,
        status=PlacementStatus.CONFIRMED if confirmed else PlacementStatus.WAITLISTED,
        claim=claim,
        claim_home=_claim_home(op, claim),
        home=op.kiosk,
        listing_home=listing.home,
        number=body.number,
        applied_at=op.at,
        changed_at=op.at,
    )
    if confirmed:
        changes.append(with_taken(listing, +1, op))
    for other in given if confirmed else ():
        changes += _wait_again(op, other, records)
    return [*changes, placement] if not twins else _one_of(op, [*twins, placement], changes, records)


def _one_of(
    op: Operation, theirs: Sequence[Placement], changes: Sequence[Record], records: Records
) -> Sequence[Record]:
    """Two kiosks that did not know of each other took the same person on for the same listing."""
    changed = Upon(records)
    changed.put_all((*changes, theirs[-1]))
    as_one(op, theirs, changed)
    return changed.puts()


def _applicant(op: Operation, body: Apply, records: Records) -> Worker:
    """Who applies: the record, or at a kiosk that does not hold it what the guest's slip has brought to light."""
    worker, guest = records.worker(body.worker_id), body.guest
    if worker is not None:
        return worker
    if guest is None or records.central(body.listing_id) is not None:
        raise Refusal("refusal.worker_unknown")
    return as_worker(body.worker_id, guest, op.at)


def _promised(op: Operation, body: Apply | PromotePlacement, listing: Listing, records: Records) -> bool:
    """In the city: whether the kiosk gave a place of its own lease, on paper, before it could know better."""
    lease = records.lease(listing.id, op.kiosk)
    return (
        records.central(listing.id) is not None
        and body.claim is Claim.LEASE
        and lease is not None
        and lease.free > 0
        and listing.status in _PROMISABLE
    )


def _unknown_to(
    op: Operation, worker: Worker, listing: Listing, others: Sequence[Placement], records: Records
) -> tuple[list[Placement], list[Placement]]:
    """In the city: work at the same time, held by a place, of which the kiosk had not heard. At a kiosk: none.

    Had it known, it would have refused; so what it told the worker comes first. Of a person with several registrations
    it may not even have known what it did itself: it took them for two.

    Returns:
        What others gave a waiting worker, which can be given back; and what nobody takes away: what another kiosk
        promised the worker face to face, on paper, and work that they are at already.
    """
    given: list[Placement] = []
    promised: list[Placement] = []
    wanted = terms_from(listing.terms, op.at)
    for other in others:
        if (
            other.status in OPEN
            and other.status is not PlacementStatus.WAITLISTED
            and (other.claim_home != op.kiosk or worker.also)
            and other.listing_id != listing.id
            and calendar.terms_overlap(own_terms(other), wanted)
            and records.central(listing.id) is not None
        ):
            held = other.claim_home == other.home or other.status is PlacementStatus.ARRIVED
            (promised if held else given).append(other)
    return given, promised


def _twins(
    op: Operation, worker: Worker, listing: Listing, others: Sequence[Placement], records: Records
) -> list[Placement]:
    """In the city: the worker's other application for the listing, not known to the kiosk. At a kiosk: none."""
    return [
        other
        for other in others
        if other.listing_id == listing.id
        and other.status in OPEN
        and (other.home != op.kiosk or worker.also)
        and records.central(listing.id) is not None
    ]


def _wait_again(op: Operation, placement: Placement, records: Records) -> list[Record]:
    """A place that the worker has never heard of goes back to where it came from; the worker goes on waiting.

    For a listing that has been closed since nobody waits: the worker is told no, as all who waited were.
    """
    listing = records.listing(placement.listing_id)
    open_still = listing is not None and listing.status in LIVE
    waiting = replace(
        placement,
        status=PlacementStatus.WAITLISTED if open_still else PlacementStatus.DECLINED,
        reason="" if open_still else "listing_closed",
        claim=Claim.NONE,
        claim_home="",
        changed_at=op.at,
    )
    return [waiting, *release(op, placement, "", records)[1:]]


def cancel(op: Operation, body: CancelPlacement, records: Records, rules: RuleBook) -> Sequence[Record]:
    """The worker cannot come. Cancelling twice changes nothing; work that has begun cannot be cancelled."""
    placement = records.placement(body.placement_id)
    if placement is None:
        raise Refusal("refusal.placement_unknown")
    if placement.status is PlacementStatus.CANCELLED:
        return ()
    if placement.status not in {PlacementStatus.CONFIRMED, PlacementStatus.WAITLISTED}:
        raise Refusal("refusal.cannot_cancel")
    return release(op, placement, body.reason, records)


def promote(op: Operation, body: PromotePlacement, records: Records, rules: RuleBook) -> Sequence[Record]:
    """A waiting worker gets a free place. Refused (not lied about) when there is none after all."""
    placement = records.placement(body.placement_id)
    if placement is None:
        raise Refusal("refusal.placement_unknown")
    if placement.status is PlacementStatus.CONFIRMED:
        return ()
    listing = records.listing(placement.listing_id)
    if listing is None:
        raise Refusal("refusal.cannot_promote")
    _check_can_promote(op, body, placement, listing, records)
    for other in records.placements_of_worker(placement.worker_id):
        busy = other.status in OPEN and other.status is not PlacementStatus.WAITLISTED
        if busy and at_once(other, placement):
            raise Refusal("refusal.overlap", title=other.terms.title)
    claim, changes = _take(op, body.claim, listing, records)
    if claim is Claim.NONE:
        raise Refusal("refusal.no_place")
    confirmed = replace(
        placement,
        status=PlacementStatus.CONFIRMED,
        claim=claim,
        claim_home=_claim_home(op, claim),
        reason="",
        changed_at=op.at,
    )
    return [*changes, with_taken(listing, +1, op), confirmed]


def _check_can_promote(
    op: Operation, body: PromotePlacement, placement: Placement, listing: Listing, records: Records
) -> None:
    """Refuse who does not wait. Who was told no by a closing elsewhere waited where the place was given, on paper.

    Raises:
        Refusal: cannot_promote, listing_closed.
    """
    missed = placement.status is PlacementStatus.DECLINED and placement.reason == "listing_closed"
    held = listing.status is ListingStatus.CLOSED and _promised(op, body, listing, records)
    if placement.status is not PlacementStatus.WAITLISTED and not (missed and held):
        raise Refusal("refusal.cannot_promote")
    if listing.status not in LIVE and not held:
        raise Refusal("refusal.listing_closed")


def mark(op: Operation, body: MarkPlacement, records: Records, rules: RuleBook) -> Sequence[Record]:
    """Arrived → completed → paid / unpaid, or no-show; or one step back. A no-show gives the place free for others.

    Raises:
        Refusal: placement_unknown, cannot_mark, too_early_to_mark, cannot_take_back, consent_withdrawn.
    """
    placement = records.placement(body.placement_id)
    if placement is None:
        raise Refusal("refusal.placement_unknown")
    if placement.status is body.status:
        return ()
    if body.instead_of is not None:
        _check_can_take_back(body, placement, records)
        return (replace(placement, status=body.status, reason="", changed_at=op.at),)
    if body.status not in next_states(placement.status):
        raise Refusal("refusal.cannot_mark")
    if body.status not in states_on(placement, calendar.local_date(op.at)):
        first = own_terms(placement).date_from
        raise Refusal("refusal.too_early_to_mark", month=first.month, day=first.day)
    marked = replace(placement, status=body.status, reason=body.reason, changed_at=op.at)
    if body.status is not PlacementStatus.NO_SHOW:
        return (marked,)
    released = release(op, placement, body.reason, records)
    return [replace(marked, claim=Claim.NONE, claim_home=""), *released[1:]]


def _check_can_take_back(body: MarkPlacement, placement: Placement, records: Records) -> None:
    """Only the last mark, and only the one that was seen: another kiosk may have gone on meanwhile."""
    if placement.status is not body.instead_of or body.status not in states_before(placement.status):
        raise Refusal("refusal.cannot_take_back")
    worker = records.worker(placement.worker_id)  # at the employer's kiosk: none
    if worker is not None and worker.consent.withdrawn_at is not None:
        raise Refusal("refusal.consent_withdrawn")
