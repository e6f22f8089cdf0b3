"""Records as rows of the city's tables, for ``jsonb_to_recordset``."""

from collections.abc import Iterable
from typing import Any

import msgspec

from kiosk.domain.records import CentralSlots, Employer, Lease, Listing, Placement, Record, Slip, Worker
from kiosk.protocol.codec import ENTITY_OF, encode


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


def _keys(record: Worker | Employer | Listing | Placement | Slip) -> dict[str, Any]:
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
        case Slip():
            return {"subject_id": record.subject_id, "kind": record.kind}


def by_table(records: Iterable[Record]) -> dict[str, bytes]:
    """JSON arrays of rows by entity name, each ready for its upsert."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        tables.setdefault(ENTITY_OF[type(record)], []).append(row_of(record))
    return {name: encode(rows) for name, rows in tables.items()}
