"""What the city's database holds, as values: devices and keys, the log, what was set aside, items of streams."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from kiosk.city.clocks import Boot
from kiosk.domain.records import Record
from kiosk.protocol.messages import Outcome

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
        lean: JSON of a ``LeanPage``, put together by the database.
        last: seq of the last item of a pull, 0 without items.
        head: the stream's newest seq.
        fence: cursors below it have missed purged tombstones.
    """

    lean: msgspec.Raw
    last: int
    head: int
    fence: int
    more: bool


class ItemKey(NamedTuple):
    """Where a snapshot stands: the last item that was read. The first one comes after no key at all."""

    entity: str
    id: UUID


#: A page without any.
NO_ITEMS = msgspec.Raw(b'{"times":"","chances":"","steps":[],"rows":[]}')
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
