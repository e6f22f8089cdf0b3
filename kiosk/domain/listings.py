"""Transitions of listings."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from kiosk.domain import calendar, merging, slots
from kiosk.domain.change import changed, replace
from kiosk.domain.employers import is_banned, require_staff
from kiosk.domain.operations import CloseListing, Operation, PostListing, RenewListing, ReviewListing
from kiosk.domain.records import CentralSlots, Employer, Finding, Lease, Listing, Record
from kiosk.domain.refusal import Refusal
from kiosk.domain.rulebook import RuleBook
from kiosk.domain.state import Records
from kiosk.domain.values import ActorKind, ListingStatus, PlacementStatus, Severity, Standing

#: Days a listing is shown unless renewed (as on the public-employment forms).
VALID_DAYS = 15
#: States in which a listing is in the market.
LIVE = frozenset({ListingStatus.PUBLISHED, ListingStatus.FULL})


def offered_until(listing: Listing) -> int:
    """The minute (``calendar.local_minute``) from which a listing is offered no more, whatever its state."""
    shown = (listing.valid_until.toordinal() + 1) * calendar.MINUTES_PER_DAY
    return min(shown, calendar.closes(listing.terms))


def is_offered(listing: Listing, at: datetime) -> bool:
    """Whether somebody who applies now could still come and work."""
    return listing.status in LIVE and calendar.local_minute(at) < offered_until(listing)


def is_behind(listing: Listing, at: datetime) -> bool:
    """Whether nobody could begin the work any more: it can be neither taken nor shown for longer."""
    return calendar.local_minute(at) >= calendar.closes(listing.terms)


def _check_validity(valid_until: date, today: date) -> None:
    if not today <= valid_until <= today + timedelta(days=VALID_DAYS):
        raise Refusal("refusal.validity", "valid_until", days=VALID_DAYS)


def _may_publish_at_once(
    op: Operation, body: PostListing, employer: Employer, findings: tuple[Finding, ...]
) -> bool:
    """即时快招: verified, in good standing, really there (or staff for them), and nothing to look at."""
    there = body.identified or op.actor.kind is ActorKind.STAFF
    verified = merging.verified_at(employer, body.employer_id) is not None
    return there and verified and employer.standing is Standing.OK and not findings


def _first_block(findings: tuple[Finding, ...]) -> Finding | None:
    return next((each for each in findings if each.severity is Severity.BLOCK), None)


def post(op: Operation, body: PostListing, records: Records, rules: RuleBook) -> Sequence[Record]:
    """A new listing with its places split between the home kiosk and the city. Seen again, it changes nothing."""
    if records.listing(body.listing_id) is not None:
        return ()
    employer = records.employer(body.employer_id)
    today = calendar.local_date(op.at)
    if employer is None:
        raise Refusal("refusal.employer_unknown")
    if is_banned(employer, today):
        raise Refusal("refusal.employer_banned")
    _check_validity(body.valid_until, today)
    findings = rules.check_terms(body.terms, employer.kind, today)
    block = _first_block(findings)
    if block is not None:
        raise Refusal(f"finding.{block.rule}", block.field, **dict(block.params))
    at_once = _may_publish_at_once(op, body, employer, findings)
    listing = Listing(
        id=body.listing_id,
        employer_id=employer.id,
        employer_name=employer.name,
        employer_kind=employer.kind,
        terms=body.terms,
        source=body.source,
        status=ListingStatus.PUBLISHED if at_once else ListingStatus.PENDING,
        taken=0,
        findings=findings,
        number=body.number,
        home=op.kiosk,
        posted_at=op.at,
        published_at=op.at if at_once else None,
        valid_until=body.valid_until,
        changed_at=op.at,
    )
    home, central = slots.split(body.terms.headcount)
    return (
        listing,
        Lease(listing_id=listing.id, home=op.kiosk, granted=home),
        CentralSlots(listing_id=listing.id, headcount=body.terms.headcount, free=central),
    )


def review(op: Operation, body: ReviewListing, records: Records, rules: RuleBook) -> Sequence[Record]:
    """Staff publish or reject a pending listing; blocking findings of today's rules still block."""
    require_staff(op)
    listing = records.listing(body.listing_id)
    if listing is None:
        raise Refusal("refusal.listing_unknown")
    if listing.status is not ListingStatus.PENDING:
        raise Refusal("refusal.already_reviewed")
    reviewed = replace(listing, reviewed_by=op.actor.staff_id, review_reason=body.reason, changed_at=op.at)
    if not body.approve:
        if not body.reason.strip():
            raise Refusal("refusal.reason_missing", "reason")
        return (replace(reviewed, status=ListingStatus.REJECTED),)
    findings = rules.check_terms(listing.terms, listing.employer_kind, calendar.local_date(op.at))
    block = _first_block(findings)
    if block is not None:
        raise Refusal(f"finding.{block.rule}", block.field, **dict(block.params))
    return (replace(reviewed, status=ListingStatus.PUBLISHED, published_at=op.at, findings=findings),)


def close(op: Operation, body: CloseListing, records: Records, rules: RuleBook) -> Sequence[Record]:
    """Taken down. Who is confirmed keeps the place; who waits is told no."""
    listing = records.listing(body.listing_id)
    if listing is None:
        raise Refusal("refusal.listing_unknown")
    if listing.status in {ListingStatus.CLOSED, ListingStatus.REJECTED}:
        return ()
    changes: list[Record] = [
        replace(listing, status=ListingStatus.CLOSED, review_reason=body.reason, changed_at=op.at)
    ]
    changes.extend(
        replace(waiting, status=PlacementStatus.DECLINED, reason="listing_closed", changed_at=op.at)
        for waiting in records.waiting_for(listing.id)
    )
    return changes


def renew(op: Operation, body: RenewListing, records: Records, rules: RuleBook) -> Sequence[Record]:
    """Shown until a later day; the rules of today apply to it again."""
    listing = records.listing(body.listing_id)
    if listing is None:
        raise Refusal("refusal.listing_unknown")
    if listing.status not in LIVE:
        raise Refusal("refusal.listing_closed")
    today = calendar.local_date(op.at)
    _check_validity(body.valid_until, today)
    block = _first_block(rules.check_terms(listing.terms, listing.employer_kind, today))
    if block is not None and op.actor.kind is not ActorKind.CITY:
        raise Refusal(f"finding.{block.rule}", block.field, **dict(block.params))
    return changed(listing, op.at, valid_until=body.valid_until)


def with_taken(listing: Listing, step: int, op: Operation) -> Listing:
    """The listing after one more (+1) or one fewer (−1) place is held: the last place taken makes it full."""
    taken = max(0, listing.taken + step)
    status = listing.status
    if status in LIVE:
        status = ListingStatus.FULL if taken >= listing.terms.headcount else ListingStatus.PUBLISHED
    return replace(listing, taken=taken, status=status, changed_at=op.at)
