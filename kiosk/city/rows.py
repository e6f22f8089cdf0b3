"""Records as rows of the city's tables, for ``jsonb_to_recordset``."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kiosk.city.store import LoggedOp, Projected, Quarantined, SetAside
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
from kiosk.protocol.codec import ENTITY_OF, encode
from kiosk.protocol.messages import Outcome


def row_of(record: Record) -> dict[str, Any]:
    """Column values of a record."""
    match record:
        case Lease():
            return {
                "listing_id": record.listing_id,
                "home": record.home,
                "granted": record.granted,
                "spent": record.spent,
                "returned": record.returned,
                "ver": record.version,
            }
        case CentralSlots():
            return {
                "listing_id": record.listing_id,
                "headcount": record.headcount,
                "free": record.free,
                "firm": record.firm,
                "ver": record.version,
            }
        case _:
            return {
                "id": record.id,
                "home": record.home,
                "ver": record.version,
                "body": msgspec.Raw(encode(record)),
                **_keys(record),
            }


def _keys(
    record: Worker | Employer | Listing | Placement | JobWanted | Invitation | Slip,
) -> dict[str, Any]:
    match record:
        case Worker():
            return {"phone": record.phone}
        case Employer():
            return {"phone": record.phone, "credit_code": record.credit_code}
        case Listing():
            return {
                "employer_id": record.employer_id,
                "region": record.terms.region,
                "trade": record.terms.trade,
                "status": record.status,
                "valid_until": record.valid_until,
            }
        case Placement():
            return {
                "listing_id": record.listing_id,
                "worker_id": record.worker_id,
                "status": record.status,
            }
        case JobWanted():
            return {
                "worker_id": record.worker_id,
                "status": record.status,
                "valid_until": record.valid_until,
            }
        case Invitation():
            return {
                "wanted_id": record.wanted_id,
                "listing_id": record.listing_id,
                "status": record.status,
            }
        case Slip():
            return {"subject_id": record.subject_id, "kind": record.kind}


def by_table(records: Iterable[Record]) -> dict[str, bytes]:
    """JSON arrays of rows by entity name, each ready for its upsert."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        tables.setdefault(ENTITY_OF[type(record)], []).append(row_of(record))
    return {name: encode(rows) for name, rows in tables.items()}


def log_row(device: UUID, incarnation: int, at: datetime, op: LoggedOp) -> dict[str, Any]:
    """An operation as a row of ``op_log``."""
    return {
        "device": device,
        "incarnation": incarnation,
        "seq": op.seq,
        "op_id": op.op_id,
        "kind": op.kind,
        "outcome": op.outcome,
        "reason": op.reason,
        "received_at": at,
        "done_at": op.done_at,
        "op": op.op.decode(),
    }


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


def item_row(item: Projected, seq: int) -> dict[str, Any]:
    """A projection as a row of ``sync_item``."""
    return {
        "stream": item.stream,
        "entity": item.entity,
        "id": item.id,
        "seq": seq,
        "ver": item.ver,
        "origin": item.origin,
        "deleted": item.deleted,
        "body": None if item.body is None else item.body.decode(),
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
