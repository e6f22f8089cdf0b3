"""What the use cases need from outside, as Protocols. Storage, slips, sync and devices implement them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar
from uuid import UUID

from kiosk.domain.operations import Apply, Body, Operation
from kiosk.domain.records import (
    Employer,
    Invitation,
    JobWanted,
    Lease,
    Listing,
    Placement,
    Record,
    Slip,
    Worker,
)
from kiosk.domain.state import Records
from kiosk.domain.values import EmployerKind, ListingStatus
from kiosk.services.call_note import CallNote
from kiosk.services.faults import DeviceFault
from kiosk.services.saved_draft import SavedDraft
from kiosk.services.slip_content import SlipContent


class Clock(Protocol):
    """Time from outside, so that a simulation can own it."""

    def now(self) -> datetime:
        """Wall time, aware, UTC."""

    def monotonic(self) -> float:
        """Seconds that never run backwards."""


class Entropy(Protocol):
    """Randomness from outside."""

    def token_bytes(self, count: int) -> bytes:
        """``count`` random bytes."""


class Sealer(Protocol):
    """Puts ID numbers out of reach of this kiosk, and finds them again without reading them."""

    def seal(self, secret: bytes) -> bytes:
        """Encrypt for the city's key (this station's own until it is enrolled)."""

    def lookup(self, secret: bytes) -> str:
        """Keyed hash under this kiosk's key, 64 hex digits."""


class TokenIssuer(Protocol):
    """Signs and reads the tokens in QR codes."""

    def issue(self, kind: str, subject_id: UUID, number: int, at: datetime) -> str:
        """A signed token (without the URL)."""

    def url(self, token: str) -> str:
        """The address that goes into the QR code."""

    def read(self, scanned: str, now: datetime) -> "ScannedToken":
        """Verify what a scanner read.

        Raises:
            Refusal: not ours, damaged, forged, unknown or revoked key, expired, of another city.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedToken:
    """A verified token: what kind of slip, about which record, from which kiosk. ``text``: as it is signed."""

    kind: str
    subject_id: UUID
    number: int
    kiosk: str
    issued_at: datetime
    text: str = ""


class PrintState(StrEnum):
    """Where a slip's paper is. Only the printer's own word makes it ``printed``."""

    QUEUED = "queued"
    PRINTING = "printing"
    PRINTED = "printed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipJob:
    """A slip on its way to paper. ``content`` says what was true at issue; ``copies`` counts prints that came out."""

    slip_id: UUID
    subject_id: UUID
    content: SlipContent
    state: PrintState
    copies: int
    queued_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """Somebody who may sign in. ``secret`` is a salted scrypt hash of the PIN, never the PIN."""

    id: UUID
    name: str
    number: int
    secret: bytes
    badge: str
    created_at: datetime
    active: bool = True
    failed_tries: int = 0
    locked_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Who did what to which record; never what it says."""

    at: datetime
    actor: str
    action: str
    entity: str
    entity_id: UUID | None


class UnitOfWork(Records, Protocol):
    """One transaction: reads of the records, saves, the outbox; rolled back unless ``commit`` was called."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def commit(self) -> None:
        """Make everything durable, or raise a DeviceFault (disk full, file damaged) with nothing saved."""

    def put(self, record: Record) -> None:
        """Insert or replace by id. CentralSlots are the city's affair and are ignored here."""

    def append(self, op: Operation) -> int:
        """Append to the outbox; returns its op_seq (1, 2, 3 … without gaps)."""

    def next_number(self, series: str) -> int:
        """The next number of a series (``worker``, ``listing``, ``slip`` …), from 1; rolled back with the rest."""

    def worker_by_phone(self, phone: str) -> Sequence[Worker]:
        """Workers of this kiosk with that phone (11 digits), consent not withdrawn."""

    def worker_by_identity(self, lookup: str) -> Worker | None:
        """The worker whose ID number has that keyed hash."""

    def employer_by_phone(self, phone: str) -> Sequence[Employer]:
        """Employers with that phone, newest first."""

    def employer_by_credit_code(self, code: str) -> Employer | None:
        """The organisation with that Unified Social Credit Code."""

    def staff_by_badge(self, badge: str) -> StaffMember | None:
        """Staff member by the code on the badge."""

    def staff_by_number(self, number: int) -> StaffMember | None:
        """Staff member by staff number."""

    def put_staff(self, member: StaffMember) -> None:
        """Insert or replace a staff member."""

    def put_call_note(self, note: CallNote) -> None:
        """Insert or replace what became of telephoning about a placement."""

    def put_job(self, job: SlipJob) -> None:
        """Insert or replace a slip job."""

    def drop_jobs(self, before: datetime, limit: int) -> int:
        """Delete slip jobs that were queued before then, except worker cards; how many."""

    def job(self, slip_id: UUID) -> SlipJob | None:
        """The slip job, or None."""

    def put_draft(self, draft: SavedDraft) -> None:
        """Insert or replace a saved draft."""

    def draft(self, number: int) -> SavedDraft | None:
        """The saved draft of that number, or None."""

    def drafts(self) -> Sequence[SavedDraft]:
        """All saved drafts, also those that are too old."""

    def drop_draft(self, number: int) -> None:
        """Remove a saved draft for good."""

    def audit(self, entry: AuditEntry) -> None:
        """Append to the audit trail."""

    def setting(self, name: str) -> bytes | None:
        """A value of the station's own settings, or None."""

    def decide_aside(self, op_id: UUID, action: str, reason: str, by: str) -> None:
        """Keep what staff decided (``retry``, ``discard``) about an operation set aside until the city has heard."""

    def put_setting(self, name: str, value: bytes | None) -> None:
        """Set or remove a value of the station's settings."""


Row = TypeVar("Row")

UnitOfWorkFactory = Callable[[], UnitOfWork]


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

    def listings(self, query: ListingQuery, today: date, cursor: Cursor | None, limit: int) -> Page[Listing]:
        """Listings in the market, valid today and with work still ahead, newest first."""

    def count_by_trade(self, today: date) -> Mapping[str, int]:
        """Published listings valid today by trade code."""

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

    def setting(self, name: str) -> bytes | None:
        """A value of the station's settings."""


class Words(Protocol):
    """The catalogue, for finished words on paper (the screen has the same one)."""

    @property
    def language(self) -> str:
        """``zh_CN`` or ``en``."""

    def text(self, key: str, **params: str | int) -> str:
        """The sentence behind a key."""

    def yuan(self, fen: int) -> str:
        """An amount with the currency word."""

    def pay(self, fen: int, unit: str) -> str:
        """A wage with its unit."""

    def date(self, day: date) -> str:
        """A day with its weekday."""

    def time(self, moment: datetime) -> str:
        """Local time of day."""

    def hours(self, start_minute: int, end_minute: int) -> str:
        """A span of working time."""


class SlipPress(Protocol):
    """Paper: renders a slip and hands it to the printer of this station."""

    def print(self, job: SlipJob) -> "PressResult":
        """Print; blocks until the printer has answered. Never raises for a device: the result says it."""

    def preview(self, content: SlipContent) -> bytes:
        """The same slip as PNG bytes, for the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PressResult:
    """What the printer said: ``printed``, ``failed`` or ``unknown``, with the fault if there was one."""

    state: PrintState
    fault: DeviceFault | None = None


class Signals(Protocol):
    """What the use cases tell the rest of the kiosk after a commit."""

    def committed(self, op_kinds: tuple[str, ...]) -> None:
        """Operations are in the outbox: the pump may push."""

    def sync_wanted(self) -> None:
        """Staff want a full round now, whatever the backoff says."""

    def station_changed(self) -> None:
        """The station is enrolled (anew): everything that was made for the old one is to be made again. Any thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedUp:
    """What the city says about a slip and digits: ``found``, ``wrong`` (tries ``left``), ``locked``, ``unknown``."""

    outcome: str
    left: int
    worker: Worker | None = None
    placements: tuple[Placement, ...] = ()


class PersonLookup(Protocol):
    """Asks the city about a worker of another kiosk."""

    def look_up(self, token: str, tail: str) -> LookedUp | None:
        """Blocks for at most two seconds; never on the screen's thread. None when the city is not reached."""


class SlotReserver(Protocol):
    """Asks the city for places while a worker stands at the screen."""

    def reserve(self, listing_id: UUID) -> bool:
        """Get one or a few more places of a listing into this kiosk's lease.

        Blocks for at most two seconds in all; never called inside a transaction or on the screen's thread. False for
        whatever reason (none left, no network): then the worker waits. Never raises for the network.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceReport:
    """One line of the readiness report."""

    name: str
    ok: bool
    key: str
    params: Mapping[str, str | int] = field(default_factory=dict)
