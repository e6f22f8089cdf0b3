"""Records, projections and batches as rows of the city's tables."""

from collections.abc import Callable, Iterable
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from kiosk.city.arrays import PgArray, arrays_of, uuids
from kiosk.city.oplog import pack_entries
from kiosk.city.statements import ITEM_COLUMNS, TABLES
from kiosk.city.stored import Projected, Pushed, Quarantined, SetAside
from kiosk.domain.records import Employer, Invitation, JobWanted, Listing, Placement, Record, Slip, Worker
from kiosk.protocol.codec import ENTITY_OF, encode
from kiosk.protocol.messages import Outcome

Row = tuple[Any, ...]
_LEASE = attrgetter("listing_id", "home", "granted", "spent", "returned", "version")
_CENTRAL = attrgetter("listing_id", "headcount", "free", "firm", "version")


def _worker(record: Worker) -> Row:
    return record.id, record.home, record.phone, record.version, encode(record)


def _employer(record: Employer) -> Row:
    return record.id, record.home, record.phone, record.credit_code, record.version, encode(record)


def _listing(record: Listing) -> Row:
    terms = record.terms
    keys = (record.employer_id, terms.region, terms.trade, record.status, record.valid_until)
    return record.id, record.home, *keys, record.version, encode(record)


def _placement(record: Placement) -> Row:
    keys = (record.listing_id, record.worker_id, record.status)
    return record.id, record.home, *keys, record.version, encode(record)


def _wanted(record: JobWanted) -> Row:
    keys = (record.worker_id, record.status, record.valid_until)
    return record.id, record.home, *keys, record.version, encode(record)


def _invitation(record: Invitation) -> Row:
    keys = (record.wanted_id, record.listing_id, record.status)
    return record.id, record.home, *keys, record.version, encode(record)


def _slip(record: Slip) -> Row:
    return record.id, record.home, record.subject_id, record.kind, record.version, encode(record)


#: A record's column values, in the order of its table's columns.
_ROWS: dict[str, Callable[[Any], Row]] = {
    "worker": _worker,
    "employer": _employer,
    "listing": _listing,
    "placement": _placement,
    "wanted": _wanted,
    "invitation": _invitation,
    "slip": _slip,
    "lease": _LEASE,
    "central": _CENTRAL,
}


def by_table(records: Iterable[Record]) -> dict[str, list[PgArray]]:
    """Arrays of column values by entity name, each ready for its upsert."""
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(ENTITY_OF[type(record)], []).append(record)
    return {
        name: arrays_of(list(TABLES[name].columns), list(map(_ROWS[name], group)))
        for name, group in groups.items()
    }


def item_arrays(items: Iterable[Projected]) -> list[PgArray]:
    """Projections of one stream as columns, see ``statements.ITEM_COLUMNS``."""
    rows = [(item.entity, item.id, item.ver, item.origin, item.body is None, item.body) for item in items]
    return arrays_of(ITEM_COLUMNS, rows)


def batch_row(pushed: Pushed) -> Row:
    """A batch as a row of ``op_batch``."""
    log = pushed.log
    # As bytes: comparing UUIDs is a Python function, called a thousand times.
    ids = [each.op_id.bytes for each in log]
    return (
        pushed.device,
        pushed.incarnation,
        log[0].seq,
        log[-1].seq,
        UUID(bytes=min(ids)),
        UUID(bytes=max(ids)),
        pushed.received_at,
        uuids(each.op_id for each in log),
        pack_entries(log),
    )


def quarantine_row(device: UUID, incarnation: int, at: datetime, op: Quarantined) -> dict[str, Any]:
    """An operation as a row of ``quarantine``."""
    return {
        "device": device,
        "op_id": op.op_id,
        "incarnation": incarnation,
        "seq": op.seq,
        "reason": op.reason,
        "subjects": op.subjects,
        "since": at,
        "settled_at": None,
        "kind": op.kind,
        "op": op.op.decode(),
        "done_at": op.done_at,
        "outcome": None,
        "settled_reason": "",
        "settled_by": "",
    }


def settled_row(op: SetAside) -> dict[str, Any]:
    """What may change of an operation in quarantine."""
    return {
        "device": op.device,
        "op_id": op.op_id,
        "reason": op.reason,
        "subjects": op.subjects,
        "outcome": op.outcome,
        "settled_at": op.settled_at,
        "settled_reason": op.settled_reason,
        "settled_by": op.settled_by,
    }


def set_aside(row: tuple[Any, ...]) -> SetAside:
    """A row of ``quarantine`` as ``statements.SET_ASIDE`` reads it."""
    device, kiosk, op_id, incarnation, seq, kind, op, reason, subjects, since, done_at, *settled = row
    outcome, settled_at, settled_reason, settled_by = settled
    return SetAside(
        device=device,
        kiosk=kiosk,
        op_id=op_id,
        incarnation=incarnation,
        seq=seq,
        kind=kind,
        op=op.encode(),
        reason=reason,
        subjects=tuple(UUID(each) for each in subjects),
        since=since,
        done_at=done_at,
        outcome=None if outcome is None else Outcome(outcome),
        settled_at=settled_at,
        settled_reason=settled_reason,
        settled_by=settled_by,
    )
