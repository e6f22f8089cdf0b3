"""What screens ask: lists by pages, counts, and what they show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from kiosk.domain.operations import Apply, Body
from kiosk.domain.records import (
    Employer,
    Invitation,
    JobWanted,
    Lease,
    Listing,
    Placement,
    Slip,
    Worker,
)
from kiosk.domain.values import EmployerKind, ListingStatus
from kiosk.services.call_note import CallNote
from kiosk.services.ports.writing import SlipJob, StaffMember

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingQuery:
    """What a person looks for. ``trade`` may be a category, ``region`` a district or street.

    Those with places, or with ``full`` those without, which one can wait for.
    """

    text: str = ""
    trade: str | None = None
    region: str | None = None
    on_day: date | None = None
    full: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedQuery:
    """Whom an employer looks for. ``trade`` may be a category, ``region`` a district or street."""

    trade: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """Keyset position: the sort key of the last row seen. Opaque to the screen."""

    key: int


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """A page of rows and how to go on; ``next`` is None on the last page."""

    rows: tuple[Row, ...]
    next: Cursor | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncCounts:
    """How far the kiosk's own operations have got."""

    unsent: int
    quarantined: int
    rejected: int
    last_contact: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideOp:
    """An operation that the city has set aside or rejected. ``body`` is None when this program cannot read it.

    ``kind`` has its version; ``entity`` and ``entity_id`` name its main record; ``reason`` is a string key;
    ``decision`` is what staff decided and the city has not heard yet, "" for nothing.
    """

    op_id: UUID
    kind: str
    entity: str
    entity_id: UUID
    body: Body | None
    reason: str
    since: datetime
    done_at: datetime
    rejected: bool
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPlaces:
    """A lease of this kiosk with places left, its listing, and how many the city would like back (asked when)."""

    lease: Lease
    listing: Listing
    wanted: int
    asked_at: datetime | None


class ReadModel(Protocol):
    """Read-only lists for the screens, on connections of their own. Sorting, filtering and paging happen in SQL."""

    def listings(
        self, query: ListingQuery, now: datetime, cursor: Cursor | None, limit: int
    ) -> Page[Listing]:
        """Listings in the market that are still shown, and whose work is not over now, newest first."""

    def count_by_trade(self, now: datetime) -> Mapping[str, int]:
        """How many ``listings`` with places left there are by trade code; what ends counts minutes longer."""

    def listing(self, listing_id: UUID) -> Listing | None:
        """One listing."""

    def worker(self, worker_id: UUID) -> Worker | None:
        """One worker."""

    def employer(self, employer_id: UUID) -> Employer | None:
        """One employer."""

    def placement(self, placement_id: UUID) -> Placement | None:
        """One placement."""

    def doubles(self, limit: int) -> Sequence[tuple[Worker, Worker]]:
        """Workers held here who may be one person, the earlier registration first, the likeliest pairs first.

        The same ID card, the same phone, or the same name and date of birth; nobody who has withdrawn.
        """

    def placements_of_worker(self, worker_id: UUID) -> Sequence[Placement]:
        """A worker's placements, newest first."""

    def placements_of_listing(self, listing_id: UUID) -> Sequence[Placement]:
        """A listing's placements: confirmed ones first, then the waiting in their order."""

    def listings_of_employer(self, employer_id: UUID) -> Sequence[Listing]:
        """An employer's listings, newest first, at most 50."""

    def by_status(self, status: ListingStatus, cursor: Cursor | None, limit: int) -> Page[Listing]:
        """Listings in a state, oldest first for ``pending`` (the review queue), else newest first."""

    def wanted(self, wanted_id: UUID) -> JobWanted | None:
        """One job-wanted entry."""

    def wanted_page(
        self, query: WantedQuery, today: date, cursor: Cursor | None, limit: int
    ) -> Page[JobWanted]:
        """Job-wanted entries that are shown today, newest first."""

    def wanted_count(self, query: WantedQuery, today: date) -> int:
        """How many job-wanted entries a query has today."""

    def wanted_of_worker(self, worker_id: UUID) -> Sequence[JobWanted]:
        """A worker's job-wanted entries, newest first."""

    def invitation(self, invitation_id: UUID) -> Invitation | None:
        """One invitation."""

    def invitations_of_worker(self, worker_id: UUID) -> Sequence[Invitation]:
        """Invitations to any of a worker's entries, newest first."""

    def invitations_to(self, listing_id: UUID) -> Sequence[Invitation]:
        """Whom an employer has asked for a listing, oldest first."""

    def open_invitations(self, limit: int) -> Sequence[tuple[Invitation, Worker]]:
        """Unanswered invitations to workers of this kiosk and whom they mean, longest waiting first."""

    def withdrawn_workers(self, after: UUID | None, limit: int) -> Sequence[UUID]:
        """Workers who have withdrawn and are not erased yet, by id, with ids after ``after``."""

    def lapsed_entries(self, before: date, limit: int) -> Sequence[UUID]:
        """This kiosk's own open job-wanted entries that were valid only until some day before ``before``, by id."""

    def find_workers(self, text: str, limit: int) -> Sequence[Worker]:
        """Workers by phone digits, name, pinyin initials of the name, or number."""

    def find_employers(self, text: str, limit: int) -> Sequence[Employer]:
        """Employers by phone digits, name, pinyin initials or credit code."""

    def employers_of_kind(self, kind: EmployerKind, limit: int) -> Sequence[Employer]:
        """Employers of one kind, newest first."""

    def pay_range(self, trade: str, today: date) -> tuple[int, int, int] | None:
        """Quartiles of the pay (fen, commonest unit of the trade) of live listings; None with fewer than 5."""

    def slip_jobs(self, subject_id: UUID) -> Sequence[SlipJob]:
        """Slips about a record, newest first."""

    def slips_of(self, subject_id: UUID) -> Sequence[Slip]:
        """Issued slips about a record, newest first."""

    def busy_workers(self) -> Sequence[UUID]:
        """Workers held here who hold two places or more that are not done with."""

    def refused_applications(self, worker_id: UUID | None) -> Sequence[Apply]:
        """Applications made here that the city has refused, newest first; of one worker, or (None) of everybody."""

    def placements_with_slips(self, since: datetime) -> Sequence[tuple[Placement, Sequence[SlipJob]]]:
        """Placements applied for since then of which slips were numbered here, with those slips."""

    def call_notes(self) -> Sequence[CallNote]:
        """What became of telephoning."""

    def held_places(self, kiosk: str, today: date) -> Sequence[HeldPlaces]:
        """Leases of this kiosk with places left, on listings in the market with work ahead."""

    def sync_counts(self) -> SyncCounts:
        """Unsent, quarantined and rejected operations."""

    def aside(self, limit: int) -> Sequence[AsideOp]:
        """Operations that the city has set aside, then those it has rejected, newest first."""

    def staff_count(self) -> int:
        """Active staff members: 0 means that the first set-up is still to be made."""

    def staff_members(self) -> Sequence[StaffMember]:
        """Everybody who may or might sign in, by staff number; also those who no longer may."""

    def setting(self, name: str) -> bytes | None:
        """A value of the station's settings."""
