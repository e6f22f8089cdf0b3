"""What a kiosk may act on: the records that the city shows it, and no others.

A kiosk knows ids of records that are none of its business (from a slip, from an earlier owner of a disk, from a forged
request): knowing an id is no right. Records that the city does not have are left to the rules, which say so.
"""

from uuid import UUID

from kiosk.domain.operations import (
    Apply,
    CancelPlacement,
    CloseListing,
    IssueSlip,
    MarkPlacement,
    Operation,
    PostListing,
    PromotePlacement,
    RegisterEmployer,
    RegisterWorker,
    RenewListing,
    ReviewListing,
    SetStanding,
    UpdateWorker,
    VerifyEmployer,
    WithdrawConsent,
)
from kiosk.domain.records import Employer, Listing, Placement, Slip, Worker
from kiosk.domain.state import Records

#: Reason of a rejected operation.
OTHER_KIOSK = "refusal.other_kiosk"


def may(op: Operation, records: Records) -> bool:
    """Whether the kiosk that made ``op`` may act on the records that it names."""
    kiosk, body = op.kiosk, op.body
    match body:
        case RegisterWorker() | UpdateWorker() | WithdrawConsent():
            return _own(records.worker(body.worker_id), kiosk)
        case RegisterEmployer() | VerifyEmployer() | SetStanding():
            return _own(records.employer(body.employer_id), kiosk)
        case PostListing():
            listing, employer = records.listing(body.listing_id), records.employer(body.employer_id)
            return _own(listing, kiosk) and _own(employer, kiosk)
        case ReviewListing() | CloseListing() | RenewListing():
            return _own(records.listing(body.listing_id), kiosk)
        case Apply():
            placement, worker = records.placement(body.placement_id), records.worker(body.worker_id)
            return _own(placement, kiosk) and _own(worker, kiosk) and _public(body.listing_id, kiosk, records)
        case CancelPlacement() | PromotePlacement() | MarkPlacement():
            return _concerned(records.placement(body.placement_id), kiosk, records)
        case IssueSlip():
            return _own(records.slip(body.slip_id), kiosk)


def _own(record: Worker | Employer | Listing | Placement | Slip | None, kiosk: str) -> bool:
    return record is None or record.home == kiosk


def _public(listing_id: UUID, kiosk: str, records: Records) -> bool:
    listing = records.listing(listing_id)
    return listing is None or listing.home == kiosk or listing.published_at is not None


def _concerned(placement: Placement | None, kiosk: str, records: Records) -> bool:
    """The kiosk of the worker, of the listing, or where the placement was made."""
    if placement is None or kiosk in {placement.home, placement.listing_home}:
        return True
    worker = records.worker(placement.worker_id)
    return worker is not None and worker.home == kiosk
