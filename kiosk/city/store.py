"""What the city's handlers need of a database: one Protocol, so that they run on PostgreSQL and in a simulation."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

import msgspec

from kiosk.city.clocks import Boot
from kiosk.city.memory import LoadedRecords
from kiosk.domain.records import Placement, Record, Worker
from kiosk.protocol.messages import Outcome

T = TypeVar("T")

#: Region codes of a city's districts share the city's first four digits.
CITY_DIGITS = 4
DISTRICT_DIGITS = 6
REF = "ref"


def area_stream(region: str) -> str:
    """The public stream of the district that a region code lies in."""
    return f"area/{region[:DISTRICT_DIGITS]}"


def device_stream(kiosk: str) -> str:
    """The stream that only one kiosk may read."""
    return f"dev/{kiosk}"


def lock_order(stream: str) -> tuple[bool, str]:
    """The order in which streams are locked: those that all kiosks share come last, and so are held shortest."""
    return not stream.startswith("dev/"), stream


@dataclass(frozen=True, slots=True, kw_only=True)
class CityRow:
    """Whose database this is: region code of the city, epoch, host name in QR codes, X25519 public key."""

    area: str
    epoch: UUID
    host: str
    sealing_key: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRow:
    """A published set of reference data: ``body`` is the signed bundle."""

    version: int
    made_at: datetime
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRow:
    """A device in its present incarnation, and how far its log has got.

    ``district``: where it stands, which decides whose listings it may pull; "" when it has not said.
    """

    device: UUID
    kiosk: str
    name: str
    district: str = ""
    incarnation: int
    public_key: bytes
    enrolled_at: datetime
    revoked_at: datetime | None = None
    fenced_at: datetime | None = None
    fence_reason: str = ""
    revoke_reason: str = ""
    last_seq: int = 0
    durable_seq: int = 0
    chain: str = ""
    chain_breaks: int = 0
    last_push_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """A slip-signing key of a station."""

    kiosk: str
    public_key: bytes
    valid_from: datetime
    valid_until: datetime | None
    revoked: bool


class LoggedOp(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What became of an operation; ``op`` is its canonical bytes.

    ``done_at`` is the true time that it was decided with, None when the one in ``op`` was right.
    """

    seq: int
    op_id: UUID
    kind: str
    outcome: Outcome
    reason: str
    op: bytes
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """An operation set aside, and the ids of the records that later operations must not touch before it is settled."""

    seq: int
    op_id: UUID
    reason: str
    subjects: tuple[UUID, ...]
    kind: str = ""
    op: bytes = b""
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """An operation in quarantine, whole. ``kiosk`` is who made it; ``seq`` and ``incarnation`` where it came first.

    ``outcome`` is None while it waits, then the last word with its reason, and by whom.
    """

    device: UUID
    kiosk: str
    op_id: UUID
    incarnation: int
    seq: int
    kind: str
    op: bytes
    reason: str
    subjects: tuple[UUID, ...]
    since: datetime
    done_at: datetime | None = None
    outcome: Outcome | None = None
    settled_at: datetime | None = None
    settled_reason: str = ""
    settled_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DurableMark:
    """A device's operations up to ``seq`` of this incarnation are in a backup that was read back."""

    device: UUID
    incarnation: int
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CityOp:
    """Something that the city did by itself, with the record it was done to."""

    subject: UUID
    op_id: UUID
    kind: str
    op: bytes


class Projected(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The state of a record as one stream shows it. ``origin``: the kiosk it came from, which needs no public copy."""

    stream: str
    entity: str
    id: UUID
    ver: int
    origin: str
    body: bytes | None

    @property
    def deleted(self) -> bool:
        """Gone from this stream."""
        return self.body is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Ids of what a batch of operations touches; the store adds what hangs on them (see ``CityTransaction.load``)."""

    workers: frozenset[UUID] = frozenset()
    employers: frozenset[UUID] = frozenset()
    listings: frozenset[UUID] = frozenset()
    placements: frozenset[UUID] = frozenset()
    slips: frozenset[UUID] = frozenset()
    wanted: frozenset[UUID] = frozenset()
    invitations: frozenset[UUID] = frozenset()
    #: Workers whose open job-wanted entries matter; listings to which all invitations matter.
    advertising: frozenset[UUID] = frozenset()
    inviting: frozenset[UUID] = frozenset()
    #: Workers of whom all placements matter, because they apply; and the listings of the confirmed ones.
    applying: frozenset[UUID] = frozenset()
    #: Workers who withdraw or change their phone: all placements, and the listings of the open ones.
    leaving: frozenset[UUID] = frozenset()
    #: Workers whom other kiosks come to know, or no more: all slips about their placements, too.
    proven: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """Wrong tries of a lookup, and since when they are counted."""

    what: str
    wrong: int
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOfItems:
    """Part of a stream.

    Attributes:
        items: a JSON array of ``Item``, put together by the database.
        last: seq of the last item of a pull, 0 without items.
        head: the stream's newest seq.
        fence: cursors below it have missed purged tombstones.
    """

    items: msgspec.Raw
    last: int
    head: int
    fence: int
    more: bool


class ItemKey(NamedTuple):
    """Where a snapshot stands: the last item that was read. The first one comes after no key at all."""

    entity: str
    id: UUID


#: A page without any.
NO_ITEMS = msgspec.Raw(b"[]")
#: Before every item of a stream.
BEFORE_ALL = ItemKey("", UUID(int=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """Everything a batch leaves behind, written in one go."""

    device: UUID
    incarnation: int
    received_at: datetime
    last_seq: int
    chain: str
    chain_broken: bool
    log: Sequence[LoggedOp]
    quarantined: Sequence[Quarantined] = ()
    city_ops: Sequence[CityOp] = ()
    records: Sequence[Record] = ()
    items: Sequence[Projected] = field(default=())
    boot: Boot | None = None


class CityTransaction(Protocol):
    """One transaction on the city's database. Reads see what this transaction wrote."""

    def city(self) -> CityRow:
        """Whose database this is.

        Raises:
            NoCity: the database has no city yet.
        """

    def device(self, device: UUID, stream: str = "") -> DeviceRow | None:
        """A device in its present incarnation; ``stream`` is what will be read next, if that is known."""

    def devices(self) -> Sequence[DeviceRow]:
        """All devices, by kiosk code."""

    def station_keys(self) -> Sequence[KeyRow]:
        """All slip-signing keys, also revoked ones."""

    def reference(self) -> ReferenceRow | None:
        """The newest published reference data."""

    def add_reference(self, row: ReferenceRow) -> None:
        """Keep a newer set; the older ones stay, for questions about what held when."""

    def areas(self) -> Sequence[str]:
        """All public streams, sorted."""

    def lock_cursor(self, device: UUID) -> DeviceRow | None:
        """Like ``device``, and nobody else pushes for it until this transaction ends."""

    def logged(self, device: UUID, incarnation: int, first: int, last: int) -> Mapping[int, LoggedOp]:
        """The device's operations with first ≤ seq ≤ last, by seq."""

    def logged_by_id(self, device: UUID, op_ids: Collection[UUID]) -> Mapping[UUID, LoggedOp]:
        """The device's operations of any incarnation, by id."""

    def boots(self, device: UUID, names: Collection[str]) -> Mapping[str, datetime]:
        """Of these runs of the device's program the ones known, and when their monotonic clocks stood at 0."""

    def blocked_subjects(self, device: UUID) -> frozenset[UUID]:
        """Ids of records with an operation of this device in quarantine."""

    def set_aside(
        self,
        device: UUID | None = None,
        op_id: UUID | None = None,
        *,
        waiting: bool = True,
        limit: int = 1000,
    ) -> Sequence[SetAside]:
        """Operations in quarantine, of all devices or one, the oldest first; ``waiting=False``: settled ones too."""

    def last_words(self, device: UUID, op_ids: Collection[UUID]) -> Mapping[UUID, tuple[Outcome, str]]:
        """Outcome and reason of those of these operations that were set aside and settled since."""

    def settle_aside(self, rows: Sequence[SetAside]) -> None:
        """Save reason and last word of operations in quarantine."""

    def heads(self) -> Mapping[str, int]:
        """The newest number of every stream."""

    def secret(self, purpose: str, fresh: bytes, at: datetime) -> bytes:
        """The private key kept under that name; ``fresh`` becomes it when there is none."""

    def load(self, wanted: Wanted) -> LoadedRecords:
        """Read and lock what a batch touches, in a few set-based reads.

        With each placement come its worker and listing; with each applying or leaving worker all placements; with
        each listing its slots, its leases, and who waits for it (with those workers' other placements).
        Ids are taken as they are: see ``kiosk.city.merging`` for those that are somebody else now.
        """

    def aliases(self, entity: str, ids: Collection[UUID]) -> Mapping[UUID, UUID]:
        """Those of these ids that are no more, and which record each of them is now: never an id that is no more.

        Of employers only: a worker's old record says itself who it is now.
        """

    def put_aliases(self, entity: str, now: Mapping[UUID, UUID], at: datetime) -> None:
        """Ids that are no more from now on, and which record each of them is."""

    def lock_codes(self, codes: Collection[str]) -> Mapping[str, UUID]:
        """Who has registered with these credit codes; nobody else registers with one until this transaction ends."""

    def tries(self, what: str, now: datetime) -> Tries:
        """Wrong tries for a person or a device, locked until this transaction ends; 0 since now when there are none."""

    def put_tries(self, tries: Tries) -> None:
        """Save what ``tries`` gave, changed."""

    def note_visit(self, kiosk: str, worker_id: UUID, at: datetime) -> None:
        """A worker has shown their slip at a kiosk; once is enough."""

    def visits(self, kiosk: str, worker_ids: Collection[UUID]) -> frozenset[UUID]:
        """Who of these has shown their slip at the kiosk."""

    def placements_of(self, worker_id: UUID) -> Sequence[Placement]:
        """A worker's placements without a lock, oldest first."""

    def workers_after(self, after: UUID, limit: int) -> Sequence[Worker]:
        """Workers with greater ids, by id, without a lock."""

    def peek(self, entity: str, record_id: UUID) -> Record | None:
        """One record (``worker``, ``employer``, ``listing``, ``placement``, ``slip``) without a lock."""

    def write(self, pushed: Pushed) -> None:
        """Save a batch: records, log, quarantine, cursor, and last of all the items with their streams' counters."""

    def publish(self, items: Sequence[Projected], records: Sequence[Record] = ()) -> None:
        """Save records and items outside a push; the streams' counters are touched last, in sorted order."""

    def note(self, ops: Sequence[CityOp], at: datetime) -> None:
        """Append to the city's own log."""

    def fence(self, device: UUID, reason: str, at: datetime) -> None:
        """Nothing more is taken from this device until it is enrolled again."""

    def items(self, stream: str, after: int, limit: int, reader: str) -> PageOfItems:
        """Items with seq > after, in seq order, without those that came from the kiosk ``reader`` in area streams."""

    def snapshot(self, stream: str, after: ItemKey, limit: int, reader: str) -> PageOfItems:
        """Items that are not deleted, by entity and id, after a key; ``head`` is from before they were read."""

    def streams(self) -> Sequence[str]:
        """All streams, sorted."""

    def outdated(self, before: date, after: UUID, limit: int) -> Sequence[UUID]:
        """Listings shown in area streams though they were valid only until some day before ``before``, by id."""

    def lapsed(self, before: date, after: UUID, limit: int) -> Sequence[UUID]:
        """Open job-wanted entries that were valid only until some day before ``before``, by id; locked."""

    def purge(self, stream: str, before: datetime, limit: int) -> int:
        """Forget at most so many deletions and verdicts of a stream older than ``before``, and move its fence."""

    def live_versions(self, stream: str, reader: str) -> tuple[int, Sequence[tuple[str, UUID, int]]]:
        """The stream's head, and entity, id and ver of all items not deleted, in that order."""

    def enroll(self, row: DeviceRow) -> None:
        """Save a device's new incarnation, its key and an empty cursor.

        The old key ends now, its slips stay good. The new one is also good for slips from before: a kiosk may work for
        weeks before its first contact, and its clock may be wrong.
        """

    def take_token(self, kiosk: str, token_hash: bytes, at: datetime) -> bool:
        """Use up an enrolment token; False when there is none, or it is used or too old."""

    def add_token(self, kiosk: str, token_hash: bytes, at: datetime, until: datetime) -> None:
        """Save a new enrolment token."""

    def leased_to(self, kiosk: str) -> Sequence[UUID]:
        """Listings of which a kiosk holds places that it has not given to anybody, sorted."""

    def revoke(self, device: UUID, reason: str, at: datetime) -> None:
        """The device may do nothing any more (``reason`` is told to it); its slip keys are refused from now on."""

    def found_city(self, row: CityRow, areas: Sequence[str], at: datetime) -> None:
        """Make the one row of the city and its public streams; a city that is there already keeps epoch and key."""

    def renew_epoch(self, epoch: UUID, at: datetime) -> None:
        """This database was restored from a backup: it is another one from now on."""

    def mark_durable(self, epoch: UUID, marks: Sequence[DurableMark]) -> bool:
        """Kiosks may forget what the marks say; False, with nothing marked, when the city has another epoch by now."""

    def counts(self) -> Mapping[str, int]:
        """Rows of each kind of record, devices, operations, and operations in quarantine."""


class NoCity(RuntimeError):
    """The database is empty: nobody has made a city in it."""


class CityStore(Protocol):
    """The city's database."""

    def run(self, work: Callable[[CityTransaction], T]) -> T:
        """Run ``work`` in one transaction and commit; any exception rolls back.

        Serialization failures and deadlocks run ``work`` anew (so it must not have other effects).

        Raises:
            StoreBusy: it failed too often, or there is no connection.
            StoreRejects: the database refuses a value (nothing is written).
        """

    def read(self, work: Callable[[CityTransaction], T]) -> T:
        """Run ``work``, which only reads, and whose reads need not belong to one moment.

        Raises:
            StoreBusy: as ``run``.
        """

    def close(self) -> None:
        """Give all connections back."""


class StoreBusy(RuntimeError):
    """The database does not answer now; trying again later may help."""


class StoreRejects(RuntimeError):
    """The database refuses a value that the rules let pass: the same transaction would fail again."""
