"""Records and their rows: which columns stand beside the body of which entity."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

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
from kiosk.protocol.codec import ENTITY_OF
from kiosk.storage import schema, wanted_list
from kiosk.storage import statements as make
from kiosk.storage.initials import initials

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


class Key(NamedTuple):
    """Where a record stands: entity and row id (16 bytes; for a lease followed by the kiosk's code)."""

    entity: str
    id: bytes


def micros(at: datetime) -> int:
    """µs since 1970 UTC."""
    return (at - _EPOCH) // _MICROSECOND


def instant(value: int) -> datetime:
    """The instant behind ``micros``."""
    return _EPOCH + value * _MICROSECOND


def lease_id(listing_id: UUID, home: str) -> bytes:
    """Row id of a lease."""
    return listing_id.bytes + home.encode("utf-8")


def _worker(worker: Worker) -> tuple[Any, ...]:
    return (
        worker.number,
        worker.phone,
        worker.phone[::-1],
        worker.name,
        initials(worker.name),
        worker.identity.lookup if worker.identity is not None else None,
        int(worker.consent.withdrawn_at is not None),
    )


def _employer(employer: Employer) -> tuple[Any, ...]:
    phone = employer.phone
    return (
        employer.kind,
        phone,
        phone[::-1],
        employer.name,
        initials(employer.name),
        employer.credit_code,
    )


def _listing(listing: Listing) -> tuple[Any, ...]:
    # A plain str: the driver would ask an enum's member what it is.
    return listing.employer_id.bytes, str(listing.status)


def _placement(placement: Placement) -> tuple[Any, ...]:
    return (
        placement.listing_id.bytes,
        placement.worker_id.bytes,
        placement.status,
        micros(placement.applied_at),
    )


def _wanted(wanted: JobWanted) -> tuple[Any, ...]:
    worker = wanted.worker_id.bytes if wanted.worker_id is not None else None
    return worker, wanted.valid_until.toordinal(), wanted_list.filters_column(wanted)


def _invitation(invitation: Invitation) -> tuple[Any, ...]:
    return invitation.wanted_id.bytes, invitation.listing_id.bytes, invitation.status


def _slip(slip: Slip) -> tuple[Any, ...]:
    return (slip.subject_id.bytes,)


@dataclass(frozen=True, slots=True)
class RowKind:
    """The statements of one entity. Rows are (id, *columns, ver, body)."""

    columns: Callable[[Any], tuple[Any, ...]]
    insert: str
    put: str
    update: str
    update_body: str
    select: str
    delete: str


def _kind(table: sa.Table, columns: Callable[[Any], tuple[Any, ...]]) -> RowKind:
    beside = [column.name for column in table.columns if column.name != "id"]
    return RowKind(
        columns=columns,
        insert=make.insert(table),
        put=make.put(table),
        update=make.update(table, beside),
        update_body=make.update(table, ["ver", "body"]),
        select=make.select_by_key(table, "body"),
        delete=make.delete(table),
    )


KINDS: Final[dict[str, RowKind]] = {
    "worker": _kind(schema.worker, _worker),
    "employer": _kind(schema.employer, _employer),
    "listing": _kind(schema.listing, _listing),
    "placement": _kind(schema.placement, _placement),
    "wanted": _kind(schema.wanted, _wanted),
    "invitation": _kind(schema.invitation, _invitation),
    "slip": _kind(schema.slip, _slip),
    "lease": _kind(schema.lease, lambda _: ()),
}


def key_of(record: Record) -> Key:
    """Where a record stands."""
    if isinstance(record, Lease):
        return Key("lease", lease_id(record.listing_id, record.home))
    entity = ENTITY_OF[type(record)]
    return Key(entity, record.listing_id.bytes if entity == "central" else record.id.bytes)  # type: ignore[union-attr] # only CentralSlots lack an id
