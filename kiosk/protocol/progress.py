"""How far the exchange has got, as the kiosk's database and its pump tell each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxCounts:
    """How far this kiosk's own operations have got.

    Attributes:
        unsent: operations without a verdict of the city.
        issued: the highest op_seq ever given out here; 0 when there is none.
        rejected: settled as rejected; quarantined: set aside by the city.
    """

    unsent: int
    issued: int
    rejected: int = 0
    quarantined: int = 0


@dataclass(frozen=True, slots=True)
class SnapshotKey:
    """The last item of a snapshot that has been applied: the next page begins after it."""

    entity: str
    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamCursor:
    """How far a stream has been applied.

    Attributes:
        seq: the last applied seq. While a snapshot is read: the one noted before its first page, from where to pull
            on after the last.
        replacing: the stream is being read anew: rows that it does not bring again are to go at the end.
        reading: of that, the snapshot is not whole yet.
        after: where the snapshot stands; None before its first page.
    """

    seq: int
    replacing: bool
    reading: bool = False
    after: SnapshotKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamDigest:
    """What is held of a stream: how many live items, and a hash over their ids and versions (``digest_of``)."""

    count: int
    digest: str


def digest_of(items: Iterable[tuple[str, UUID, int]]) -> str:
    """SHA-256 (hex) over entity, id and version of live items, given in the order of entity and id."""
    hashed = sha256()
    for entity, record_id, ver in items:
        hashed.update(f"{entity} {record_id} {ver}\n".encode())
    return hashed.hexdigest()
