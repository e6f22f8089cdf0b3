"""The city's store in memory: the same answers as PostgreSQL gives, with backups that cost a copy of dictionaries."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from kiosk.city.memory import LoadedRecords, key_of
from kiosk.city.store import CityTransaction, NoCity, StoreRejects
from kiosk.city.stored import (
    CityOp,
    CityRow,
    DeviceRow,
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
    area_stream,
)
from kiosk.domain.listings import LIVE
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
from kiosk.domain.values import OPEN, PlacementStatus, WantedStatus
from kiosk.protocol.codec import ENTITIES, encode
from kiosk.protocol.lean import lean_of
from kiosk.protocol.messages import VERDICT_ENTITY, Item, Outcome

T = TypeVar("T")
Row = tuple[int, Projected]


@dataclass
class Data:
    """Everything that a backup holds. Values are never changed, only replaced."""

    city: dict[str, CityRow] = field(default_factory=dict)
    tokens: dict[tuple[str, bytes], tuple[datetime, bool]] = field(default_factory=dict)
    devices: dict[UUID, DeviceRow] = field(default_factory=dict)
    cursors: dict[tuple[UUID, int], DeviceRow] = field(default_factory=dict)
    keys: dict[tuple[UUID, int], KeyRow] = field(default_factory=dict)
    log: dict[tuple[UUID, int, int], LoggedOp] = field(default_factory=dict)
    quarantine: dict[tuple[UUID, UUID], SetAside] = field(default_factory=dict)
    city_log: dict[tuple[UUID, UUID], CityOp] = field(default_factory=dict)
    records: dict[Any, Record] = field(default_factory=dict)
    boots: dict[tuple[UUID, str], datetime] = field(default_factory=dict)
    secrets: dict[str, bytes] = field(default_factory=dict)
    merged: dict[tuple[str, UUID], UUID] = field(default_factory=dict)
    tries: dict[str, Tries] = field(default_factory=dict)
    visits: dict[tuple[str, UUID], datetime] = field(default_factory=dict)
    heads: dict[str, tuple[int, int]] = field(default_factory=dict)
    items: dict[tuple[str, str, UUID], Row] = field(default_factory=dict)

    def copy(self) -> "Data":
        return Data(**{name: dict(table) for name, table in vars(self).items()})


class MemoryStore:
    """Implements ``CityStore``."""

    def __init__(self) -> None:
        self.data = Data()

    def run(self, work: Callable[[CityTransaction], T]) -> T:
        transaction = MemoryTransaction(self.data)
        try:
            return work(transaction)
        except BaseException:
            transaction.undo()
            raise

    def read(self, work: Callable[[CityTransaction], T]) -> T:
        return self.run(work)

    def close(self) -> None:
        pass

    def backup(self) -> Data:
        return self.data.copy()

    def restore(self, backup: Data) -> None:
        self.data = backup.copy()

    def verified(self, backup: Data) -> None:
        """The backup can be restored: everything in it is durable (until the city itself has a way to say so)."""
        for key, row in backup.cursors.items():
            if key in self.data.cursors:
                self.data.cursors[key] = replace(self.data.cursors[key], durable_seq=row.last_seq)


class MemoryTransaction:
    """Implements ``CityTransaction``."""

    def __init__(self, data: Data) -> None:
        self._data = data
        self._undo: list[tuple[dict[Any, Any], Any, Any, bool]] = []

    def undo(self) -> None:
        for table, key, before, there in reversed(self._undo):
            if there:
                table[key] = before
            else:
                del table[key]

    def _set(self, table: dict[Any, Any], key: Any, value: Any) -> None:
        self._undo.append((table, key, table.get(key), key in table))
        table[key] = value

    def _drop(self, table: dict[Any, Any], key: Any) -> None:
        self._undo.append((table, key, table[key], True))
        del table[key]

    def city(self) -> CityRow:
        if not self._data.city:
            raise NoCity("the database has no city")
        return self._data.city[""]

    def device(self, device: UUID, stream: str = "") -> DeviceRow | None:
        row = self._data.devices.get(device)
        if row is None:
            return None
        cursor = self._data.cursors[device, row.incarnation]
        return replace(
            row,
            last_seq=cursor.last_seq,
            durable_seq=cursor.durable_seq,
            chain=cursor.chain,
            chain_breaks=cursor.chain_breaks,
            last_push_at=cursor.last_push_at,
        )

    def devices(self) -> Sequence[DeviceRow]:
        rows = [self.device(device) for device in self._data.devices]
        return sorted((row for row in rows if row is not None), key=lambda row: row.kiosk)

    def station_keys(self) -> Sequence[KeyRow]:
        return [self._data.keys[key] for key in sorted(self._data.keys)]

    def reference(self) -> ReferenceRow | None:
        return None

    def add_reference(self, row: ReferenceRow) -> None:
        raise AssertionError("nothing is published in the simulation")

    def areas(self) -> Sequence[str]:
        return sorted(stream for stream in self._data.heads if stream.startswith("area/"))

    def lock_cursor(self, device: UUID) -> DeviceRow | None:
        return self.device(device)

    def logged(self, device: UUID, incarnation: int, first: int, last: int) -> Mapping[int, LoggedOp]:
        found = ((seq, self._data.log.get((device, incarnation, seq))) for seq in range(first, last + 1))
        return {seq: op for seq, op in found if op is not None}

    def logged_by_id(self, device: UUID, op_ids: Collection[UUID]) -> Mapping[UUID, LoggedOp]:
        wanted = set(op_ids)
        return {
            op.op_id: op for (of, _, _), op in self._data.log.items() if of == device and op.op_id in wanted
        }

    def boots(self, device: UUID, names: Collection[str]) -> Mapping[str, datetime]:
        found = ((name, self._data.boots.get((device, name))) for name in names)
        return {name: began for name, began in found if began is not None}

    def blocked_subjects(self, device: UUID) -> frozenset[UUID]:
        return frozenset(
            each
            for (of, _), op in self._data.quarantine.items()
            if of == device and op.outcome is None
            for each in op.subjects
        )

    def set_aside(
        self,
        device: UUID | None = None,
        op_id: UUID | None = None,
        *,
        waiting: bool = True,
        limit: int = 1000,
    ) -> Sequence[SetAside]:
        rows = (
            row
            for row in self._data.quarantine.values()
            if device in {None, row.device} and op_id in {None, row.op_id}
            if row.outcome is None or not waiting
        )
        return sorted(rows, key=lambda row: (row.kiosk, row.incarnation, row.seq))[:limit]

    def last_words(self, device: UUID, op_ids: Collection[UUID]) -> Mapping[UUID, tuple[Outcome, str]]:
        rows = (self._data.quarantine.get((device, op_id)) for op_id in op_ids)
        return {row.op_id: (row.outcome, row.settled_reason) for row in rows if row and row.outcome}

    def settle_aside(self, rows: Sequence[SetAside]) -> None:
        for row in rows:
            self._set(self._data.quarantine, (row.device, row.op_id), row)

    def heads(self) -> Mapping[str, int]:
        return {stream: head for stream, (head, _) in self._data.heads.items()}

    def secret(self, purpose: str, fresh: bytes, at: datetime) -> bytes:
        if purpose not in self._data.secrets:
            self._set(self._data.secrets, purpose, fresh)
        return self._data.secrets[purpose]

    def load(self, wanted: Wanted) -> LoadedRecords:
        """Only what PostgreSQL would load, so that a handler that needs more fails here too."""
        every = wanted.applying | wanted.leaving
        workers, listings = set(wanted.workers | every), set(wanted.listings)
        placements = [each for each in self._data.records.values() if isinstance(each, Placement)]
        for each in placements:
            leaves = each.worker_id in wanted.leaving and each.status in OPEN
            yields = each.worker_id in wanted.applying and each.status is PlacementStatus.CONFIRMED
            if each.id in wanted.placements or leaves or yields:
                workers.add(each.worker_id)
                listings.add(each.listing_id)
        found = [
            each
            for each in placements
            if each.id in wanted.placements
            or each.worker_id in every
            or (each.listing_id in listings and each.status is PlacementStatus.WAITLISTED)
        ]
        waiting = {each.worker_id for each in found if each.status is PlacementStatus.WAITLISTED}
        records = LoadedRecords()
        records.add(self._some("worker", sorted(workers | waiting)))
        records.add(self._some("employer", sorted(wanted.employers)))
        records.add(self._some("listing", sorted(listings)))
        records.add(self._some("slip", sorted(wanted.slips)))
        proven = {each.id for each in placements if each.worker_id in wanted.proven}
        slips = (each for each in self._data.records.values() if isinstance(each, Slip))
        records.add(each for each in slips if each.subject_id in proven)
        records.add(found)
        records.add(each for each in placements if each.worker_id in waiting)
        records.add(each for each in self._data.records.values() if _of_wanted(each, wanted))
        records.add(
            each
            for each in self._data.records.values()
            if isinstance(each, Lease | CentralSlots) and each.listing_id in listings
        )
        return records

    def aliases(self, entity: str, ids: Collection[UUID]) -> Mapping[UUID, UUID]:
        found = ((each, self._data.merged.get((entity, each))) for each in ids)
        return {old: now for old, now in found if now is not None}

    def put_aliases(self, entity: str, now: Mapping[UUID, UUID], at: datetime) -> None:
        for old, new in now.items():
            self._set(self._data.merged, (entity, old), new)

    def tries(self, what: str, now: datetime) -> Tries:
        return self._data.tries.get(what, Tries(what=what, wrong=0, since=now))

    def put_tries(self, tries: Tries) -> None:
        self._set(self._data.tries, tries.what, tries)

    def note_visit(self, kiosk: str, worker_id: UUID, at: datetime) -> None:
        self._set(self._data.visits, (kiosk, worker_id), at)

    def visits(self, kiosk: str, worker_ids: Collection[UUID]) -> Mapping[UUID, datetime]:
        visits = self._data.visits
        return {each: visits[kiosk, each] for each in worker_ids if (kiosk, each) in visits}

    def placements_of(self, worker_id: UUID) -> Sequence[Placement]:
        found = [each for each in self._data.records.values() if isinstance(each, Placement)]
        return sorted((each for each in found if each.worker_id == worker_id), key=lambda each: each.id)

    def lock_codes(self, codes: Collection[str]) -> Mapping[str, UUID]:
        found = [each for each in self._data.records.values() if isinstance(each, Employer)]
        found.sort(key=lambda each: each.id, reverse=True)
        return {each.credit_code: each.id for each in found if each.credit_code in codes}

    def _some(self, entity: str, ids: Iterable[UUID]) -> list[Record]:
        found = (self._data.records.get((ENTITIES[entity], each, "")) for each in ids)
        return [record for record in found if record is not None]

    def workers_after(self, after: UUID, limit: int) -> Sequence[Worker]:
        found = [each for each in self._data.records.values() if isinstance(each, Worker) and each.id > after]
        return sorted(found, key=lambda each: each.id)[:limit]

    def peek(self, entity: str, record_id: UUID) -> Record | None:
        return next(iter(self._some(entity, [record_id])), None)

    def write(self, pushed: Pushed) -> None:
        data = self._data
        self._save(pushed.records)
        for op in pushed.log:
            key = (pushed.device, pushed.incarnation, op.seq)
            if key in data.log:
                raise StoreRejects("op_log")
            self._set(data.log, key, op)
        for each in pushed.quarantined:
            if (pushed.device, each.op_id) not in data.quarantine:
                row = SetAside(
                    device=pushed.device,
                    kiosk=data.devices[pushed.device].kiosk,
                    incarnation=pushed.incarnation,
                    since=pushed.received_at,
                    **{each_field.name: getattr(each, each_field.name) for each_field in fields(each)},
                )
                self._set(data.quarantine, (pushed.device, each.op_id), row)
        self.note(pushed.city_ops, pushed.received_at)
        if pushed.boot is not None and (pushed.device, pushed.boot.name) not in data.boots:
            self._set(data.boots, (pushed.device, pushed.boot.name), pushed.boot.began_at)
        cursor = data.cursors[pushed.device, pushed.incarnation]
        moved = replace(
            cursor,
            last_seq=pushed.last_seq,
            chain=pushed.chain,
            chain_breaks=cursor.chain_breaks + int(pushed.chain_broken),
            last_push_at=pushed.received_at,
        )
        self._set(data.cursors, (pushed.device, pushed.incarnation), moved)
        self.publish(pushed.items)

    def publish(self, items: Sequence[Projected], records: Sequence[Record] = ()) -> None:
        self._save(records)
        latest = {(item.stream, item.entity, item.id): item for item in items}
        for key, item in latest.items():
            head, fence = self._data.heads.get(item.stream, (0, 0))
            self._set(self._data.heads, item.stream, (head + 1, fence))
            self._set(self._data.items, key, (head + 1, item))

    def note(self, ops: Sequence[CityOp], at: datetime) -> None:
        for op in ops:
            self._set(self._data.city_log, (op.subject, op.op_id), op)

    def fence(self, device: UUID, reason: str, at: datetime) -> None:
        row = self._data.devices[device]
        if row.fenced_at is None:
            self._set(self._data.devices, device, replace(row, fenced_at=at, fence_reason=reason))

    def items(self, stream: str, after: int, limit: int, reader: str) -> PageOfItems:
        rows = self._rows(stream, reader)
        found = sorted(((seq, item) for seq, item in rows if seq > after), key=lambda row: row[0])
        return self._page(stream, found, limit, numbered=True)

    def snapshot(self, stream: str, after: ItemKey, limit: int, reader: str) -> PageOfItems:
        rows = [
            (seq, item)
            for seq, item in self._rows(stream, reader)
            if not item.deleted and (item.entity, item.id) > after
        ]
        return self._page(
            stream, sorted(rows, key=lambda row: (row[1].entity, row[1].id)), limit, numbered=False
        )

    def _page(self, stream: str, found: list[Row], limit: int, *, numbered: bool) -> PageOfItems:
        head, fence = self._data.heads.get(stream, (0, 0))
        shown = found[:limit]
        return PageOfItems(
            lean=msgspec.Raw(
                encode(lean_of(tuple(_item(seq, item) for seq, item in shown), numbered=numbered))
            ),
            last=max((seq for seq, _ in shown), default=0),
            head=head,
            fence=fence,
            more=len(shown) == limit,
        )

    def streams(self) -> Sequence[str]:
        return sorted(self._data.heads)

    def outdated(self, before: date, after: UUID, limit: int) -> Sequence[UUID]:
        found = sorted(
            record.id
            for record in self._data.records.values()
            if isinstance(record, Listing)
            and record.status in LIVE
            and record.valid_until < before
            and record.id > after
            and self._is_shown(record)
        )
        return found[:limit]

    def lapsed(self, before: date, after: UUID, limit: int) -> Sequence[UUID]:
        found = sorted(
            record.id
            for record in self._data.records.values()
            if isinstance(record, JobWanted)
            and record.status is WantedStatus.OPEN
            and record.valid_until < before
            and record.id > after
        )
        return found[:limit]

    def _is_shown(self, listing: Listing) -> bool:
        row = self._data.items.get((area_stream(listing.terms.region), "listing", listing.id))
        return row is not None and not row[1].deleted

    def purge(self, stream: str, before: datetime, limit: int) -> int:
        """Everything here is older than ``before``, so that no kiosk hears of anything in time."""
        old = [
            (key, seq)
            for key, (seq, item) in self._data.items.items()
            if key[0] == stream and (item.deleted or item.entity == VERDICT_ENTITY)
        ][:limit]
        head, fence = self._data.heads.get(stream, (0, 0))
        for key, seq in old:
            self._drop(self._data.items, key)
            fence = max(fence, seq)
        self._set(self._data.heads, stream, (head, fence))
        return len(old)

    def live_versions(self, stream: str, reader: str) -> tuple[int, Sequence[tuple[str, UUID, int]]]:
        rows = [(it.entity, it.id, it.ver) for _, it in self._rows(stream, reader) if not it.deleted]
        return self._data.heads.get(stream, (0, 0))[0], sorted(rows)

    def _rows(self, stream: str, reader: str) -> list[Row]:
        left_out = reader if stream.startswith("area/") else "-"
        return [
            (seq, item)
            for (of, _, _), (seq, item) in self._data.items.items()
            if of == stream and item.origin != left_out
        ]

    def describe(self, row: DeviceRow) -> None:
        kept = self._data.devices[row.device]
        self._set(self._data.devices, row.device, replace(kept, name=row.name, district=row.district))

    def enroll(self, row: DeviceRow) -> None:
        data = self._data
        for key, each in list(data.keys.items()):
            if key[0] == row.device and each.valid_until is None:
                self._set(data.keys, key, replace(each, valid_until=row.enrolled_at))
        key_row = KeyRow(
            kiosk=row.kiosk,
            public_key=row.public_key,
            valid_from=datetime.fromtimestamp(0, UTC),
            valid_until=None,
            revoked=False,
        )
        self._set(data.keys, (row.device, row.incarnation), key_row)
        self._set(data.devices, row.device, row)
        self._set(data.cursors, (row.device, row.incarnation), row)

    def take_token(self, kiosk: str, token_hash: bytes, at: datetime) -> bool:
        until, used = self._data.tokens.get((kiosk, token_hash), (at, True))
        if used or until <= at:
            return False
        self._set(self._data.tokens, (kiosk, token_hash), (until, True))
        return True

    def add_token(self, kiosk: str, token_hash: bytes, at: datetime, until: datetime) -> None:
        self._set(self._data.tokens, (kiosk, token_hash), (until, False))

    def leased_to(self, kiosk: str) -> Sequence[UUID]:
        found = [each for each in self._data.records.values() if isinstance(each, Lease)]
        return sorted(each.listing_id for each in found if each.home == kiosk and each.free > 0)

    def revoke(self, device: UUID, reason: str, at: datetime) -> None:
        row = self._data.devices[device]
        self._set(
            self._data.devices, device, replace(row, revoked_at=row.revoked_at or at, revoke_reason=reason)
        )
        for key, each in list(self._data.keys.items()):
            if key[0] == device:
                self._set(self._data.keys, key, replace(each, revoked=True))

    def found_city(self, row: CityRow, areas: Sequence[str], at: datetime) -> None:
        before = self._data.city.get("")
        self._set(self._data.city, "", row if before is None else replace(before, host=row.host))
        for stream in areas:
            if stream not in self._data.heads:
                self._set(self._data.heads, stream, (0, 0))

    def renew_epoch(self, epoch: UUID, at: datetime) -> None:
        self._set(self._data.city, "", replace(self.city(), epoch=epoch))

    def counts(self) -> Mapping[str, int]:
        return {
            "operation": len(self._data.log),
            "quarantined": sum(row.outcome is None for row in self._data.quarantine.values()),
        }

    def _save(self, records: Sequence[Record]) -> None:
        for record in records:
            _check_sound(record)
            self._set(self._data.records, key_of(record), record)


def _of_wanted(record: Record, wanted: Wanted) -> bool:
    match record:
        case JobWanted():
            named = record.id in wanted.wanted
            return named or (record.worker_id in wanted.advertising and record.status is WantedStatus.OPEN)
        case Invitation():
            return record.id in wanted.invitations or record.listing_id in wanted.inviting
        case _:
            return False


def _check_sound(record: Record) -> None:
    """The tables' CHECK constraints."""
    match record:
        case CentralSlots():
            sound = record.free >= 0 and record.firm >= 0
        case Lease():
            sound = (
                min(record.spent, record.returned) >= 0 and record.spent + record.returned <= record.granted
            )
        case _:
            return
    if not sound:
        raise StoreRejects(type(record).__name__)


def _item(seq: int, item: Projected) -> Item:
    raw = msgspec.Raw(b"null" if item.body is None else item.body)
    return Item(entity=item.entity, id=item.id, seq=seq, ver=item.ver, deleted=item.deleted, body=raw)
