"""The records as they are at this kiosk now, inside one transaction: reads that rules depend on, and saves."""

from collections.abc import Sequence
from typing import Final, TypeVar
from uuid import UUID

from kiosk.domain.records import (
    CentralSlots,
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
from kiosk.protocol.codec import decode_record, encode
from kiosk.storage import aliases
from kiosk.storage.connection import Connection
from kiosk.storage.market import Market
from kiosk.storage.rows import KINDS, Key, key_of, lease_id

_OF_WORKER: Final = "SELECT id, body FROM placement WHERE worker_id = ? ORDER BY id DESC"
_WAITING: Final = (
    "SELECT id, body FROM placement WHERE listing_id = ? AND status = 'waitlisted' ORDER BY applied_at, id"
)
_WANTED: Final = "SELECT id, body FROM wanted WHERE worker_id = ? ORDER BY id DESC"
_INVITED: Final = "SELECT id, body FROM invitation WHERE listing_id = ? ORDER BY id"

_Record = TypeVar("_Record", bound=Record)


class Present:
    """Implements ``kiosk.domain.state.Records`` on one connection; remembers what it has read until ``forget``."""

    def __init__(self, connection: Connection, market: Market) -> None:
        self._connection = connection
        self._market = market
        self._raw: dict[Key, bytes | None] = {}
        self._known: dict[Key, Record] = {}

    def forget(self) -> None:
        """Another transaction begins: nothing read before holds any more."""
        self._raw.clear()
        self._known.clear()

    def raw(self, key: Key) -> bytes | None:
        """Canonical bytes of a record, or None."""
        if key not in self._raw:
            row = self._connection.execute(KINDS[key.entity].select, (key.id,)).fetchone()
            self._raw[key] = None if row is None else bytes(row[0])
        return self._raw[key]

    def get(self, key: Key) -> Record | None:
        """A record, or None."""
        record = self._known.get(key)
        if record is None:
            raw = self.raw(key)
            if raw is None:
                return None
            record = decode_record(key.entity, raw)
            self._known[key] = record
        return record

    def save(self, record: Record, *, ver: int | None = None, raw: bytes | None = None) -> None:
        """Insert or replace a record's row; ``raw`` spares encoding it again."""
        key = key_of(record)
        kind = KINDS[key.entity]
        before = self.get(key)
        body = encode(record) if raw is None else raw
        version = record.version if ver is None else ver
        columns = kind.columns(record)
        if before is None:
            self._connection.execute(kind.insert, (key.id, *columns, version, body))
        elif columns == kind.columns(before):
            # The indexes stay as they are: half as many pages to write and sync.
            self._connection.execute(kind.update_body, (version, body, key.id))
        else:
            self._connection.execute(kind.update, (*columns, version, body, key.id))
        if isinstance(record, Listing):
            self._market.replace(before if isinstance(before, Listing) else None, record)
        self._raw[key] = body
        self._known[key] = record

    def remove(self, key: Key) -> None:
        """Delete a record's row, if there is one."""
        before = self.get(key)
        if before is None:
            return
        self._connection.execute(KINDS[key.entity].delete, (key.id,))
        if isinstance(before, Listing):
            self._market.replace(before, None)
        self._raw[key] = None
        self._known.pop(key, None)

    def restore(self, key: Key, raw: bytes | None) -> None:
        """Make a record what these bytes say, or make it not be."""
        if raw is None:
            self.remove(key)
        elif raw != self.raw(key):
            self.save(decode_record(key.entity, raw), raw=raw)

    def worker(self, worker_id: UUID) -> Worker | None:
        """See ``Records``."""
        found = self.registration(worker_id)
        return self.registration(found.merged_into) if found is not None and found.merged_into else found

    def registration(self, worker_id: UUID) -> Worker | None:
        """See ``Records``."""
        record = self.get(Key("worker", worker_id.bytes))
        return record if isinstance(record, Worker) else None

    def employer(self, employer_id: UUID) -> Employer | None:
        """See ``Records``."""
        record = self.get(Key("employer", employer_id.bytes))
        if record is None:
            known = aliases.now(self._connection, "employer", employer_id)
            record = None if known is None else self.get(Key("employer", known.bytes))
        return record if isinstance(record, Employer) else None

    def listing(self, listing_id: UUID) -> Listing | None:
        """See ``Records``."""
        record = self.get(Key("listing", listing_id.bytes))
        return record if isinstance(record, Listing) else None

    def placement(self, placement_id: UUID) -> Placement | None:
        """See ``Records``."""
        record = self.get(Key("placement", placement_id.bytes))
        return record if isinstance(record, Placement) else None

    def slip(self, slip_id: UUID) -> Slip | None:
        """See ``Records``."""
        record = self.get(Key("slip", slip_id.bytes))
        return record if isinstance(record, Slip) else None

    def wanted(self, wanted_id: UUID) -> JobWanted | None:
        """See ``Records``."""
        record = self.get(Key("wanted", wanted_id.bytes))
        return record if isinstance(record, JobWanted) else None

    def wanted_of_worker(self, worker_id: UUID) -> Sequence[JobWanted]:
        """See ``Records``; newest first."""
        return self._related(JobWanted, "wanted", _WANTED, worker_id)

    def invitation(self, invitation_id: UUID) -> Invitation | None:
        """See ``Records``."""
        record = self.get(Key("invitation", invitation_id.bytes))
        return record if isinstance(record, Invitation) else None

    def invitations_to(self, listing_id: UUID) -> Sequence[Invitation]:
        """See ``Records``; oldest first."""
        return self._related(Invitation, "invitation", _INVITED, listing_id)

    def lease(self, listing_id: UUID, home: str) -> Lease | None:
        """See ``Records``."""
        record = self.get(Key("lease", lease_id(listing_id, home)))
        return record if isinstance(record, Lease) else None

    def central(self, listing_id: UUID) -> CentralSlots | None:  # noqa: ARG002 - the signature is the Protocol's
        """The city's reserve is never known at a kiosk."""
        return None

    def placements_of_worker(self, worker_id: UUID) -> Sequence[Placement]:
        """See ``Records``; newest first."""
        return self._related(Placement, "placement", _OF_WORKER, worker_id)

    def waiting_for(self, listing_id: UUID) -> Sequence[Placement]:
        """See ``Records``."""
        return self._related(Placement, "placement", _WAITING, listing_id)

    def _related(self, kind: type[_Record], entity: str, sql: str, parent: UUID) -> Sequence[_Record]:
        found: list[_Record] = []
        for row_id, body in self._connection.execute(sql, (parent.bytes,)).fetchall():
            key = Key(entity, bytes(row_id))
            self._raw.setdefault(key, bytes(body))
            record = self.get(key)
            if isinstance(record, kind):
                found.append(record)
        return found
