"""What a kiosk may act on: the records that the city shows it, and no others.

A kiosk knows ids of records that are none of its business (from a slip, from an earlier owner of a disk, from a forged
request): knowing an id is no right. Records that the city does not have are left to the rules, which say so.
"""

from datetime import timedelta
from uuid import UUID

from kiosk.city.memory import LoadedRecords
from kiosk.domain import presence
from kiosk.domain.merging import homes
from kiosk.domain.operations import (
    AnswerInvitation,
    Apply,
    CancelPlacement,
    CloseListing,
    ForgetWorker,
    IssueSlip,
    MakeInvitation,
    MarkPlacement,
    Operation,
    PostListing,
    PostWanted,
    PromotePlacement,
    RegisterEmployer,
    RegisterWorker,
    RenewListing,
    RenewWanted,
    ReviewListing,
    SetStanding,
    UpdateWorker,
    VerifyEmployer,
    WithdrawConsent,
    WithdrawWanted,
)
from kiosk.domain.person_operations import LeaveKiosk, MergeWorkers, RememberWorker
from kiosk.domain.records import Employer, Invitation, JobWanted, Listing, Placement, Slip, Worker
from kiosk.domain.slips import SLIP_SUBJECTS
from kiosk.domain.state import Records

_Roaming = MergeWorkers | RememberWorker | LeaveKiosk
#: So long after showing their slip a visitor may have been at the kiosk: what is done for them later is not theirs.
STAY = timedelta(hours=24)
#: Reason of a rejected operation.
OTHER_KIOSK = "refusal.other_kiosk"


def may(op: Operation, records: LoadedRecords) -> bool:
    """Whether the kiosk that made ``op`` may act on the records that it names."""
    kiosk, body = op.kiosk, op.body
    match body:
        # First what there is most of.
        case Apply():
            placement, worker = records.placement(body.placement_id), records.worker(body.worker_id)
            known = _own(worker, kiosk) or _visits(worker, op, records)
            return _own(placement, kiosk) and known and _public(body.listing_id, kiosk, records)
        case CancelPlacement() | PromotePlacement() | MarkPlacement():
            return _concerned(records.placement(body.placement_id), kiosk, records)
        case IssueSlip():
            return _own(records.slip(body.slip_id), kiosk) and _may_prove(body, kiosk, records)
        case RegisterWorker() | UpdateWorker() | WithdrawConsent() | ForgetWorker():
            return _own(records.worker(body.worker_id), kiosk)
        case MergeWorkers() | RememberWorker() | LeaveKiosk():
            return _may_about_person(body, op, records)
        case RegisterEmployer() | VerifyEmployer() | SetStanding():
            return _own(records.employer(body.employer_id), kiosk)
        case PostListing():
            listing, employer = records.listing(body.listing_id), records.employer(body.employer_id)
            return _own(listing, kiosk) and _own(employer, kiosk)
        case ReviewListing() | CloseListing() | RenewListing():
            return _own(records.listing(body.listing_id), kiosk)
        case PostWanted() | RenewWanted() | WithdrawWanted() | MakeInvitation() | AnswerInvitation():
            return _may_about_wanted(body, kiosk, records)
    return True  # places are only ever returned of the lease that is its own


def _visits(worker: Worker | None, op: Operation, records: LoadedRecords) -> bool:
    """Whether another kiosk's worker stood at this one: by when it was done, for it may arrive weeks later."""
    shown = records.guests.get(worker.id) if worker is not None else None
    return shown is not None and op.at <= shown + STAY


def _may_about_person(body: _Roaming, op: Operation, records: LoadedRecords) -> bool:
    """The kiosk's own worker, and another's only if they have shown their slip here. An unknown id is nobody's."""
    kiosk = op.kiosk

    def seen(worker_id: UUID) -> bool:
        worker = records.worker(worker_id)
        return worker is not None and (_own(worker, kiosk) or _visits(worker, op, records))

    if isinstance(body, MergeWorkers):
        return _own(records.worker(body.new_id), kiosk) and seen(body.old_id)
    return seen(body.worker_id)


def _may_about_wanted(
    body: PostWanted | RenewWanted | WithdrawWanted | MakeInvitation | AnswerInvitation,
    kiosk: str,
    records: Records,
) -> bool:
    """Entries belong to the worker's kiosk; who invites has the listing; who answers has the worker."""
    match body:
        case PostWanted():
            entry, worker = records.wanted(body.wanted_id), records.worker(body.worker_id)
            return _own(entry, kiosk) and _own(worker, kiosk)
        case RenewWanted() | WithdrawWanted():
            return _own(records.wanted(body.wanted_id), kiosk)
        case MakeInvitation():
            invitation, listing = records.invitation(body.invitation_id), records.listing(body.listing_id)
            employer = records.employer(body.employer_id)
            return _own(invitation, kiosk) and _own(listing, kiosk) and _own(employer, kiosk)
        case AnswerInvitation():
            asked = records.invitation(body.invitation_id)
            return asked is None or asked.worker_home == kiosk


def _own(
    record: Worker | Employer | Listing | Placement | JobWanted | Invitation | Slip | None, kiosk: str
) -> bool:
    if isinstance(record, Employer):
        return kiosk in homes(record)
    if isinstance(record, Worker):
        return kiosk in presence.homes(record)
    return record is None or record.home == kiosk


def _public(listing_id: UUID, kiosk: str, records: Records) -> bool:
    listing = records.listing(listing_id)
    return listing is None or listing.home == kiosk or listing.published_at is not None


def _may_prove(body: IssueSlip, kiosk: str, records: Records) -> bool:
    """Whether what the slip is about is this kiosk's affair: else anybody could sign for anybody's work or money."""
    match SLIP_SUBJECTS[body.kind]:
        case "worker":
            return _own(records.worker(body.subject_id), kiosk)
        case "placement":
            return _concerned(records.placement(body.subject_id), kiosk, records)
        case _:
            return _own(records.listing(body.subject_id), kiosk)


def _concerned(placement: Placement | None, kiosk: str, records: Records) -> bool:
    """The kiosk of the worker, of the listing, or where the placement was made."""
    if placement is None or kiosk in {placement.home, placement.listing_home}:
        return True
    worker = records.worker(placement.worker_id)
    return worker is not None and kiosk in presence.homes(worker)
