"""Transitions of invitations: an employer asks for the worker behind a job-wanted entry; the worker decides."""

from collections.abc import Sequence

from kiosk.domain import calendar
from kiosk.domain.change import replace
from kiosk.domain.employers import is_banned
from kiosk.domain.listings import LIVE
from kiosk.domain.operations import AnswerInvitation, MakeInvitation, Operation
from kiosk.domain.records import Invitation, JobWanted, Listing, Record
from kiosk.domain.refusal import Refusal
from kiosk.domain.rulebook import RuleBook
from kiosk.domain.state import Records
from kiosk.domain.values import InvitationStatus
from kiosk.domain.wanted import is_shown

#: So many people may be asked for one place, and a few more for the smallest listings: workers are no mailing list.
ASKED_PER_PLACE = 3
ASKED_AT_LEAST = 5


def most_asked(headcount: int) -> int:
    """How many people may be invited to a listing."""
    return max(ASKED_AT_LEAST, ASKED_PER_PLACE * headcount)


def make(op: Operation, body: MakeInvitation, records: Records, rules: RuleBook) -> Sequence[Record]:
    """Asked once for each listing; only while entry and listing are in the market. Seen again, it changes nothing."""
    if records.invitation(body.invitation_id) is not None:
        return ()
    wanted, listing = records.wanted(body.wanted_id), records.listing(body.listing_id)
    today = calendar.local_date(op.at)
    if wanted is None or not is_shown(wanted, today):
        raise Refusal("refusal.wanted_withdrawn")
    employer = records.employer(body.employer_id)
    theirs = {body.employer_id} if employer is None else {body.employer_id, employer.id}
    if listing is None or listing.employer_id not in theirs:
        raise Refusal("refusal.listing_unknown")
    if listing.status not in LIVE or listing.valid_until < today or listing.terms.date_to < today:
        raise Refusal("refusal.listing_closed")
    if listing.places_left == 0:
        raise Refusal("refusal.listing_full")
    if employer is None:
        raise Refusal("refusal.employer_unknown")
    if is_banned(employer, today):
        raise Refusal("refusal.employer_banned")
    asked = records.invitations_to(listing.id)
    if any(each.wanted_id == wanted.id for each in asked):
        raise Refusal("refusal.already_invited")
    limit = most_asked(listing.terms.headcount)
    if len(asked) >= limit:
        raise Refusal("refusal.invited_many", None, limit=limit)
    return (_invitation(op, body, wanted, listing),)


def _invitation(op: Operation, body: MakeInvitation, wanted: JobWanted, listing: Listing) -> Invitation:
    return Invitation(
        id=body.invitation_id,
        wanted_id=wanted.id,
        listing_id=listing.id,
        employer_id=listing.employer_id,
        employer_name=listing.employer_name,
        terms=listing.terms,
        surname=wanted.surname,
        phone_masked=wanted.phone_masked,
        status=InvitationStatus.OPEN,
        home=op.kiosk,
        worker_home=wanted.home,
        invited_at=op.at,
        changed_at=op.at,
    )


def answer(op: Operation, body: AnswerInvitation, records: Records, rules: RuleBook) -> Sequence[Record]:
    """Goes, or does not. The same answer twice changes nothing; a no may become a yes, a yes stays (they cancel)."""
    invitation = records.invitation(body.invitation_id)
    if invitation is None:
        raise Refusal("refusal.invitation_unknown")
    if invitation.status is body.answer:
        return ()
    if body.answer is InvitationStatus.OPEN or invitation.status is InvitationStatus.ACCEPTED:
        raise Refusal("refusal.invitation_answered")
    return (replace(invitation, status=body.answer, changed_at=op.at),)
