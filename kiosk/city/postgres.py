"""The city's store on PostgreSQL: set-based reads and writes, a few round trips a batch."""

import logging
import random
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from psycopg import Connection, Cursor, errors
from psycopg.rows import class_row
from psycopg_pool import ConnectionPool, PoolTimeout

from kiosk.city import statements as q
from kiosk.city.arrays import OutOfRange, prepare, texts, uuids
from kiosk.city.memory import LoadedRecords
from kiosk.city.postgres_devices import DeviceTables
from kiosk.city.postgres_log import LogTables
from kiosk.city.postgres_merged import MergedTables
from kiosk.city.postgres_quarantine import QuarantineTables
from kiosk.city.postgres_roaming import RoamingTables
from kiosk.city.rows import batch_row, by_table, item_arrays, quarantine_row
from kiosk.city.store import CityTransaction, NoCity, StoreBusy, StoreRejects
from kiosk.city.stored import CityOp, CityRow, DeviceRow, Projected, Pushed, ReferenceRow, Wanted, lock_order
from kiosk.city.stream_reads import StreamReads
from kiosk.domain.records import CentralSlots, Lease, Placement, Record
from kiosk.domain.values import OPEN, PlacementStatus
from kiosk.protocol.codec import decode_record, encode

log = logging.getLogger(__name__)
T = TypeVar("T")
TRIES = 8
POOL_SECONDS = 5.0
_BACKOFF_SECONDS = 0.005


_DEVICE_FIELDS = tuple(field.name for field in fields(DeviceRow))


class _Again(Exception):
    """Something came in between the look at what to lock and the lock."""


def _configure(connection: Connection[tuple[Any, ...]]) -> None:
    """A new connection of the pool."""
    prepare(connection)
    # A page of a stream is read along its index, and records are looked up by key. While nobody has counted a table
    # (just filled or restored, or new), PostgreSQL would rather sort all that is left of the stream, page
    # after page, on disk, and read the whole table for a few keys; prepared statements keep to that when it has grown.
    # What has no index is read whole all the same, at a price for which it would be compiled.
    for setting in ("enable_bitmapscan", "enable_seqscan", "jit"):
        # Not every engine that speaks its language has such scans.
        with suppress(errors.UndefinedObject):
            connection.execute(f"SET {setting} = off")


class PostgresStore:
    """Implements ``CityStore``.

    Args:
        dsn: libpq connection string of the gateway's role.
        connections: most connections at a time.
    """

    def __init__(self, dsn: str, connections: int = 8) -> None:
        self._pool: ConnectionPool[Connection[tuple[Any, ...]]] = ConnectionPool(
            dsn,
            min_size=1,
            max_size=connections,
            open=False,
            timeout=POOL_SECONDS,
            kwargs={"autocommit": True},
            configure=_configure,
        )
        self._pause = threading.Event()

    def open(self) -> None:
        """Connect; returns once one connection stands.

        Raises:
            StoreBusy: there is no database.
        """
        try:
            self._pool.open(wait=True, timeout=POOL_SECONDS)
        except PoolTimeout as error:
            raise StoreBusy("no connection") from error

    def usage(self) -> dict[str, int]:
        """Connections of the pool: most, open, in use, and requests that wait for one."""
        stats = self._pool.get_stats()
        opened = stats.get("pool_size", 0)
        return {
            "most": stats.get("pool_max", 0),
            "open": opened,
            "in_use": opened - stats.get("pool_available", 0),
            "waiting": stats.get("requests_waiting", 0),
        }

    def close(self) -> None:
        """See ``CityStore``."""
        self._pool.close()

    def run(self, work: Callable[[CityTransaction], T]) -> T:
        """See ``CityStore``."""

        def in_transaction(connection: Connection[tuple[Any, ...]]) -> T:
            # One pipeline from BEGIN to COMMIT: the server has the last writes and the COMMIT at once, so a lock that
            # many wait for is not held while this thread waits for the interpreter. The pool rolls back after errors.
            with connection.pipeline():
                connection.execute("BEGIN", prepare=False)
                done = work(PostgresTransaction(connection))
                connection.execute("COMMIT", prepare=False)
            return done

        return self._tried(in_transaction)

    def read(self, work: Callable[[CityTransaction], T]) -> T:
        """See ``CityStore``. No BEGIN and COMMIT: two round trips less."""
        return self._tried(lambda connection: work(PostgresTransaction(connection)))

    def _tried(self, work: Callable[[Connection[tuple[Any, ...]]], T]) -> T:
        for attempt in range(TRIES):
            try:
                with self._pool.connection() as connection:
                    return work(connection)
            except (errors.SerializationFailure, errors.DeadlockDetected, _Again) as error:
                log.info("transaction runs again: %s", type(error).__name__)
                self._pause.wait(random.uniform(0, _BACKOFF_SECONDS * 2**attempt))  # noqa: S311 - jitter
            except (errors.DataError, errors.IntegrityError, OutOfRange) as error:
                raise StoreRejects(type(error).__name__) from error
            except (errors.OperationalError, PoolTimeout) as error:
                raise StoreBusy(type(error).__name__) from error
        raise StoreBusy("too many conflicts")


class PostgresTransaction(
    QuarantineTables, DeviceTables, RoamingTables, MergedTables, StreamReads, LogTables
):
    """Implements ``CityTransaction`` on an open transaction."""

    def __init__(self, connection: Connection[tuple[Any, ...]]) -> None:
        super().__init__(connection)
        self._city: CityRow | None = None
        self._blocked: dict[UUID, frozenset[UUID]] = {}
        self._heads: dict[str, tuple[int, int]] = {}

    def city(self) -> CityRow:
        """See ``CityTransaction``."""
        if self._city is None:
            with self._connection.cursor(row_factory=class_row(CityRow)) as cursor:
                self._city = cursor.execute(q.CITY).fetchone()
        if self._city is None:
            raise NoCity("the database has no city")
        return self._city

    def device(self, device: UUID, stream: str = "") -> DeviceRow | None:
        """See ``CityTransaction``. The city's row comes with it: who asks for a device answers with an epoch."""
        return self._device(self._connection.execute(q.ONE_DEVICE, [stream, device]), stream)

    def _device(self, found: Cursor[tuple[Any, ...]], stream: str = "") -> DeviceRow | None:
        row = found.fetchone()
        if row is None:
            return None
        *of_device, area, epoch, host, key, head, fence = row
        self._heads[stream] = (head or 0, fence or 0)
        if area is not None:
            self._city = CityRow(area=area, epoch=epoch, host=host, sealing_key=key)
        return DeviceRow(**dict(zip(_DEVICE_FIELDS, of_device, strict=True)))

    def reference(self) -> ReferenceRow | None:
        """See ``CityTransaction``."""
        with self._connection.cursor(row_factory=class_row(ReferenceRow)) as cursor:
            return cursor.execute(q.REFERENCE).fetchone()

    def add_reference(self, row: ReferenceRow) -> None:
        """See ``CityTransaction``."""
        self._connection.execute(q.ADD_REFERENCE, [row.version, row.made_at, row.body])

    def lock_cursor(self, device: UUID) -> DeviceRow | None:
        """See ``CityTransaction``."""
        run = self._connection.execute
        run(q.LOCK_CURSOR, [device])
        # The server runs these once the lock is held, each with a snapshot of its own.
        found, blocked = run(q.ONE_DEVICE, ["", device]), run(q.BLOCKED, [device])
        self._blocked[device] = _ids_in(blocked)
        return self._device(found)

    def blocked_subjects(self, device: UUID) -> frozenset[UUID]:
        """See ``CityTransaction``."""
        known = self._blocked.get(device)
        return _ids_in(self._connection.execute(q.BLOCKED, [device])) if known is None else known

    def load(self, wanted: Wanted) -> LoadedRecords:
        """See ``CityTransaction``. Locks go worker, employer, listing, each by id: no two batches can embrace."""
        workers, listings = self._reach(wanted)
        records = LoadedRecords()
        run = self._connection.execute
        there = uuids(sorted(listings))
        held = [
            ("worker", run(q.LOCK_RECORDS["worker"], [uuids(sorted(workers))])),
            ("employer", run(q.LOCK_RECORDS["employer"], [uuids(sorted(wanted.employers))])),
            ("listing", run(q.LOCK_RECORDS["listing"], [there])),
            ("slip", run(q.SLIPS, [uuids(wanted.slips)])),
        ]
        # The server runs these after the locks are held, each with a snapshot of its own.
        every = uuids(wanted.applying | wanted.leaving)
        placements = run(q.PLACEMENTS, [uuids(wanted.placements), every, there])
        leases = run(q.LEASES, [there])
        centrals = run(q.CENTRALS, [there])
        held += self._load_wanted(wanted)
        if wanted.proven:
            held.append(("slip", run(q.SLIPS_ABOUT, [uuids(wanted.proven)])))
        for entity, cursor in held:
            records.add(_decoded(entity, cursor))
        found = list(_decoded("placement", placements))
        records.add(found)
        records.add(
            Lease(listing_id=a, home=b, granted=c, spent=d, returned=e, version=f)
            for a, b, c, d, e, f in leases
        )
        records.add(
            CentralSlots(listing_id=a, headcount=b, free=c, firm=d, version=e) for a, b, c, d, e in centrals
        )
        self._check_closed(wanted, workers, listings, found)
        self._load_waiting(records, found, workers)
        return records

    def _load_wanted(self, wanted: Wanted) -> list[tuple[str, Cursor[tuple[Any, ...]]]]:
        """Job-wanted entries, and invitations without locks: of each of those only one kiosk writes at a time."""
        run, held = self._connection.execute, []
        if wanted.wanted or wanted.advertising:
            held.append(("wanted", run(q.JOB_WANTED, [uuids(wanted.wanted), uuids(wanted.advertising)])))
        if wanted.invitations or wanted.inviting:
            asked = run(q.INVITATIONS, [uuids(wanted.invitations), uuids(wanted.inviting)])
            held.append(("invitation", asked))
        return held

    def _reach(self, wanted: Wanted) -> tuple[set[UUID], set[UUID]]:
        """Ids of all workers and listings to lock: those named, and those behind the placements."""
        workers = set(wanted.workers | wanted.applying | wanted.leaving)
        listings = set(wanted.listings)
        if wanted.placements or wanted.leaving or wanted.applying:
            for worker_id, listing_id in self._connection.execute(
                q.REACH, [uuids(wanted.placements), uuids(wanted.leaving), uuids(wanted.applying)]
            ):
                workers.add(worker_id)
                listings.add(listing_id)
        return workers, listings

    @staticmethod
    def _check_closed(
        wanted: Wanted, workers: set[UUID], listings: set[UUID], found: Iterable[Record]
    ) -> None:
        for record in found:
            if (
                isinstance(record, Placement)
                and record.id in wanted.placements
                and record.worker_id not in workers
            ):
                raise _Again  # merged in between
            if isinstance(record, Placement) and record.listing_id not in listings:
                leaves = record.worker_id in wanted.leaving and record.status in OPEN
                yields = record.worker_id in wanted.applying and record.status is PlacementStatus.CONFIRMED
                if leaves or yields or record.id in wanted.placements:
                    raise _Again

    def _load_waiting(self, records: LoadedRecords, found: Iterable[Record], workers: set[UUID]) -> None:
        """For who waits: the worker and all other placements, so that nobody is promoted into a clash."""
        waiting = {
            each.worker_id
            for each in found
            if isinstance(each, Placement) and each.status is PlacementStatus.WAITLISTED
        }
        if waiting:
            records.add(
                _decoded("placement", self._connection.execute(q.PLACEMENTS_OF_WORKERS, [uuids(waiting)]))
            )
            records.add(_decoded("worker", self._connection.execute(q.WORKERS, [uuids(waiting - workers)])))

    def peek(self, entity: str, record_id: UUID) -> Record | None:
        """See ``CityTransaction``."""
        return next(iter(_decoded(entity, self._connection.execute(q.PEEK[entity], [record_id]))), None)

    def write(self, pushed: Pushed) -> None:
        """See ``CityTransaction``."""
        device, incarnation, at = pushed.device, pushed.incarnation, pushed.received_at
        self._save(pushed.records)
        if pushed.log:
            self._connection.execute(q.INSERT_BATCH, batch_row(pushed))
        if pushed.quarantined:
            rows = [quarantine_row(device, incarnation, at, each) for each in pushed.quarantined]
            self._run(q.INSERT_QUARANTINE, rows)
        self.note(pushed.city_ops, at)
        if pushed.boot is not None:
            self._connection.execute(q.NOTE_BOOT, [device, pushed.boot.name, pushed.boot.began_at])
        self._connection.execute(
            q.ADVANCE,
            [pushed.last_seq, pushed.chain, int(pushed.chain_broken), at, device, incarnation],
        )
        self.publish(pushed.items)

    def publish(self, items: Sequence[Projected], records: Sequence[Record] = ()) -> None:
        """See ``CityTransaction``."""
        self._save(records)
        latest = {(item.stream, item.entity, item.id): item for item in items}
        by_stream: dict[str, list[Projected]] = {}
        for item in latest.values():
            by_stream.setdefault(item.stream, []).append(item)
        run = self._connection.execute
        for stream in sorted(by_stream, key=lock_order):
            rows = by_stream[stream]
            run(q.MOVE_HEAD, [stream, len(rows)])
            run(q.PUT_ITEMS, [len(rows), *item_arrays(rows), stream])

    def note(self, ops: Sequence[CityOp], at: datetime) -> None:
        """See ``CityTransaction``."""
        if ops:
            rows = [
                {
                    "subject": op.subject,
                    "op_id": op.op_id,
                    "kind": op.kind,
                    "done_at": at,
                    "op": op.op.decode(),
                }
                for op in ops
            ]
            self._run(q.INSERT_CITY_LOG, rows)

    def fence(self, device: UUID, reason: str, at: datetime) -> None:
        """See ``CityTransaction``."""
        self._connection.execute(q.FENCE, [at, reason, device])

    def describe(self, row: DeviceRow) -> None:
        """See ``CityTransaction``."""
        self._connection.execute(q.DESCRIBE, [row.name, row.district, row.device])

    def enroll(self, row: DeviceRow) -> None:
        """See ``CityTransaction``."""
        run = self._connection.execute
        run(q.PUT_DEVICE, [row.device, row.kiosk, row.name, row.district, row.incarnation, row.enrolled_at])
        run(q.END_KEYS, [row.enrolled_at, row.device])
        run(q.ADD_KEY, [row.device, row.incarnation, row.public_key, datetime.fromtimestamp(0, UTC)])
        run(q.ADD_CURSOR, [row.device, row.incarnation])

    def found_city(self, row: CityRow, areas: Sequence[str], at: datetime) -> None:
        """See ``CityTransaction``."""
        self._connection.execute(q.FOUND_CITY, [row.area, row.epoch, row.host, row.sealing_key, at])
        self._city = None
        self._connection.execute(q.NEW_STREAMS, [texts(areas)])

    def renew_epoch(self, epoch: UUID, at: datetime) -> None:
        """See ``CityTransaction``."""
        self._connection.execute("UPDATE city_epoch SET epoch = %s, began_at = %s", [epoch, at])
        self._city = None

    def _save(self, records: Sequence[Record]) -> None:
        for entity, columns in by_table(records).items():
            self._connection.execute(q.UPSERTS[entity], columns)

    def _run(self, statement: str, rows: Sequence[Mapping[str, Any]]) -> None:
        self._connection.execute(statement, [encode(rows).decode()])


def _decoded(entity: str, rows: Iterable[tuple[Any, ...]]) -> Iterable[Record]:
    return (decode_record(entity, row[0]) for row in rows)


def _ids_in(rows: Iterable[tuple[Any, ...]]) -> frozenset[UUID]:
    return frozenset(UUID(each) for row in rows for each in row[0])
