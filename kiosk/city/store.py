"""What the city's handlers need of a database: one Protocol, so that they run on PostgreSQL and in a simulation."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar
from uuid import UUID

from kiosk.city.memory import LoadedRecords
from kiosk.city.stored import (
    CityOp,
    CityRow,
    DeviceRow,
    DurableMark,
    ItemKey,
    KeyRow,
    LoggedOp,
    PageOfItems,
    Projected,
    Pushed,
    ReferenceRow,
    SetAside,
    Tries,
    Wanted,
)
from kiosk.domain.records import Placement, Record, Worker
from kiosk.protocol.messages import Outcome

T = TypeVar("T")


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
        """A worker has just shown their slip at a kiosk."""

    def visits(self, kiosk: str, worker_ids: Collection[UUID]) -> Mapping[UUID, datetime]:
        """Who of these has shown their slip at the kiosk, and when last."""

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

    def describe(self, row: DeviceRow) -> None:
        """Save what a device is called and where it stands; everything else of it stays."""

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
