"""The operation: the one vocabulary of kiosk, wire and city.

An operation says what a person did, once, in bytes that never change afterwards. ``kind`` carries the version of its
body; ``BODIES`` maps kinds to body types. Every body names the records it is about, so that a broken operation can be
set aside together with the later ones of the same record, and so that unsettled ones can be applied again after a pull.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from kiosk.domain.person_operations import Guest, LeaveKiosk, MergeWorkers, RememberWorker
from kiosk.domain.records import Consent, Identity, Offer, Terms, WorkerTrade
from kiosk.domain.values import (
    ActorKind,
    Claim,
    EmployerKind,
    InvitationStatus,
    PayUnit,
    PlacementStatus,
    SlipKind,
    Source,
    Standing,
)


class Subject(NamedTuple):
    """A record an operation touches: entity name (``worker``, ``listing`` …) and id."""

    entity: str
    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acted: the person at the screen, a member of staff (on behalf, or in their own work), the kiosk, the city."""

    kind: ActorKind
    staff_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterWorker:
    """worker.register/1 — a person asks to be in the people database, with consent."""

    worker_id: UUID
    name: str
    phone: str
    identity: Identity | None
    consent: Consent
    number: int
    trades: tuple[WorkerTrade, ...] = ()
    wage_wish_fen: int | None = None
    wage_wish_unit: PayUnit = PayUnit.DAY
    districts: tuple[str, ...] = ()
    night_work: bool = False
    needs_lodging: bool = False
    own_tools: bool = False
    own_vehicle: bool = False
    wants_sms: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateWorker:
    """worker.update/1 — the whole editable part of a worker, as it should be from now on."""

    worker_id: UUID
    name: str
    phone: str
    identity: Identity | None
    trades: tuple[WorkerTrade, ...]
    wage_wish_fen: int | None
    wage_wish_unit: PayUnit
    districts: tuple[str, ...]
    night_work: bool
    needs_lodging: bool
    own_tools: bool
    own_vehicle: bool
    wants_sms: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawConsent:
    """worker.withdraw_consent/1 — as easy as giving it; open placements are cancelled."""

    worker_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetWorker:
    """worker.forget/1 — who has withdrawn is erased, once the law lets go of the record of their work."""

    worker_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEmployer:
    """employer.register/1."""

    employer_id: UUID
    kind: EmployerKind
    name: str
    contact_name: str
    phone: str
    credit_code: str | None
    identity: Identity | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyEmployer:
    """employer.verify/1 — staff have seen the licence or the ID card."""

    employer_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStanding:
    """employer.set_standing/1 — warn, ban (until) or restore an employer, with the reason."""

    employer_id: UUID
    standing: Standing
    reason: str
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostListing:
    """listing.post/1 — the terms and how long the listing is valid (last day shown).

    ``identified``: the employer has proved who they are (a receipt and four digits). A phone number alone proves
    nothing: it is printed on every job slip.
    """

    listing_id: UUID
    employer_id: UUID
    terms: Terms
    source: Source
    number: int
    valid_until: date
    identified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewListing:
    """listing.review/1 — staff publish or reject (with a reason the employer reads)."""

    listing_id: UUID
    approve: bool
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseListing:
    """listing.close/1 — the employer or staff take it down; confirmed placements stay, waiting ones are declined."""

    listing_id: UUID
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewListing:
    """listing.renew/1 — shown until a later day."""

    listing_id: UUID
    valid_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Apply:
    """placement.apply/1 — a worker takes a place. ``claim`` is what this kiosk promised when it was said.

    ``guest``: what the kiosk knows of another kiosk's worker, whose record it does not hold; the city has its own.
    """

    placement_id: UUID
    listing_id: UUID
    worker_id: UUID
    claim: Claim
    number: int
    guest: Guest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelPlacement:
    """placement.cancel/1 — the worker cannot come; the place goes back to where it came from."""

    placement_id: UUID
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotePlacement:
    """placement.promote/1 — a waiting worker gets a place that has become free."""

    placement_id: UUID
    claim: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPlacement:
    """placement.mark/1 — arrived, completed, paid, unpaid or no-show; or back from one of them, touched by mistake.

    Attributes:
        placement_id: which.
        status: how it stands from now on.
        reason: why, in the words of who marks it.
        instead_of: the mark that is taken back; None for a mark. Without it a mark that comes late, after another
            kiosk has gone a step further, would look like a step back.
    """

    placement_id: UUID
    status: PlacementStatus
    reason: str = ""
    instead_of: PlacementStatus | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostWanted:
    """wanted.post/1 — a worker says what they offer; an earlier entry of theirs is taken down."""

    wanted_id: UUID
    worker_id: UUID
    offer: Offer
    number: int
    valid_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewWanted:
    """wanted.renew/1 — shown until a later day."""

    wanted_id: UUID
    valid_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawWanted:
    """wanted.withdraw/1 — the worker takes the entry down."""

    wanted_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeInvitation:
    """invitation.make/1 — an employer asks for the worker behind an entry, for one of their listings."""

    invitation_id: UUID
    wanted_id: UUID
    listing_id: UUID
    employer_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerInvitation:
    """invitation.answer/1 — the worker goes (and applies), or does not."""

    invitation_id: UUID
    answer: InvitationStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPlaces:
    """lease.return/1 — the kiosk itself gives places back that it does not need; others may promise them then.

    ``returned`` counts all that it has ever given back of this lease: decided again on records that know of it already
    (an answer was lost, the log was numbered anew), it changes nothing.
    """

    listing_id: UUID
    returned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSlip:
    """slip.issue/1 — a numbered slip exists from now on; ``state`` is what it says of a promise, else ""."""

    slip_id: UUID
    kind: SlipKind
    number: int
    subject_id: UUID
    token: str
    state: str = ""


Body = (
    RegisterWorker
    | UpdateWorker
    | WithdrawConsent
    | ForgetWorker
    | MergeWorkers
    | RememberWorker
    | LeaveKiosk
    | RegisterEmployer
    | VerifyEmployer
    | SetStanding
    | PostListing
    | ReviewListing
    | CloseListing
    | RenewListing
    | Apply
    | CancelPlacement
    | PromotePlacement
    | MarkPlacement
    | PostWanted
    | RenewWanted
    | WithdrawWanted
    | MakeInvitation
    | AnswerInvitation
    | ReturnPlaces
    | IssueSlip
)

BODIES: dict[str, type[Body]] = {
    "worker.register/1": RegisterWorker,
    "worker.update/1": UpdateWorker,
    "worker.withdraw_consent/1": WithdrawConsent,
    "worker.forget/1": ForgetWorker,
    "worker.merge/1": MergeWorkers,
    "worker.remember/1": RememberWorker,
    "worker.leave/1": LeaveKiosk,
    "employer.register/1": RegisterEmployer,
    "employer.verify/1": VerifyEmployer,
    "employer.set_standing/1": SetStanding,
    "listing.post/1": PostListing,
    "listing.review/1": ReviewListing,
    "listing.close/1": CloseListing,
    "listing.renew/1": RenewListing,
    "placement.apply/1": Apply,
    "placement.cancel/1": CancelPlacement,
    "placement.promote/1": PromotePlacement,
    "placement.mark/1": MarkPlacement,
    "wanted.post/1": PostWanted,
    "wanted.renew/1": RenewWanted,
    "wanted.withdraw/1": WithdrawWanted,
    "invitation.make/1": MakeInvitation,
    "invitation.answer/1": AnswerInvitation,
    "lease.return/1": ReturnPlaces,
    "slip.issue/1": IssueSlip,
}
KINDS: dict[type[Body], str] = {body: kind for kind, body in BODIES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing a person did.

    Attributes:
        op_id: UUIDv7.
        kind: name and version, a key of ``BODIES``.
        at: wall time at the kiosk (UTC). It orders nothing; the city may correct it.
        kiosk: code of the kiosk, 4–8 characters A–Z 0–9 (``home`` of the records made there).
        actor: who did it.
        body: what was done.
    """

    op_id: UUID
    kind: str
    at: datetime
    kiosk: str
    actor: Actor
    body: Body


def subjects(body: Body) -> tuple[Subject, ...]:
    """The records that an operation's body names, its main one first."""
    match body:
        # First what there is most of: each case costs as much as a look into a dictionary.
        case Apply():
            return (
                Subject("placement", body.placement_id),
                Subject("listing", body.listing_id),
                Subject("worker", body.worker_id),
            )
        case MarkPlacement() | CancelPlacement() | PromotePlacement():
            return (Subject("placement", body.placement_id),)
        case IssueSlip():
            return (Subject("slip", body.slip_id),)
        case (
            RegisterWorker()
            | UpdateWorker()
            | WithdrawConsent()
            | ForgetWorker()
            | RememberWorker()
            | LeaveKiosk()
        ):
            return (Subject("worker", body.worker_id),)
        case MergeWorkers():
            return (Subject("worker", body.new_id), Subject("worker", body.old_id))
        case RegisterEmployer() | VerifyEmployer() | SetStanding():
            return (Subject("employer", body.employer_id),)
        case PostListing():
            return (Subject("listing", body.listing_id), Subject("employer", body.employer_id))
        case ReviewListing() | CloseListing() | RenewListing() | ReturnPlaces():
            return (Subject("listing", body.listing_id),)
        case PostWanted() | RenewWanted() | WithdrawWanted() | MakeInvitation() | AnswerInvitation():
            return _subjects_of_wanted(body)


def _subjects_of_wanted(
    body: PostWanted | RenewWanted | WithdrawWanted | MakeInvitation | AnswerInvitation,
) -> tuple[Subject, ...]:
    match body:
        case PostWanted():
            return (Subject("wanted", body.wanted_id), Subject("worker", body.worker_id))
        case RenewWanted() | WithdrawWanted():
            return (Subject("wanted", body.wanted_id),)
        case MakeInvitation():
            return (
                Subject("invitation", body.invitation_id),
                Subject("wanted", body.wanted_id),
                Subject("listing", body.listing_id),
                Subject("employer", body.employer_id),
            )
        case AnswerInvitation():
            return (Subject("invitation", body.invitation_id),)
