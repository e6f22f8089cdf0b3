"""The envelopes between kiosk and city, protocol 1. Every answer carries epoch, server time and how much is durable.

Sizes: a push holds at most 500 operations and 256 KiB compressed; a pull or snapshot answers at most 4,000 items.
Unknown fields of a newer version are ignored; fields that came later have defaults.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

PROTOCOL = 1
MIN_PROTOCOL = 1
MAX_OPS = 500
MAX_BODY_BYTES = 256 * 1024
MAX_UNPACKED_BYTES = 4 * 1024 * 1024
PULL_LIMIT = 4000


#: Entity of the items in a device's stream that carry a ``Verdict`` instead of a record; their id is the op_id.
VERDICT_ENTITY = "verdict"
#: Entity of the items in a device's stream that carry a ``Demand``; their id is the listing's.
DEMAND_ENTITY = "demand"
#: Entity of the items in a device's stream that carry an ``Alias``; their id is the one that is no more.
ALIAS_ENTITY = "alias"
#: Entity of the items in ``ref`` that carry a ``StationKey``.
STATION_KEY_ENTITY = "station_key"

#: Entity of the item in ``ref`` that carries the city's ``CourierKey``.
COURIER_KEY_ENTITY = "courier_key"


#: Characters of the reason for shutting a kiosk out.
MAX_REASON = 200


def _null() -> msgspec.Raw:
    return msgspec.Raw(b"null")


class Outcome(StrEnum):
    """The city's last word on an operation."""

    ACCEPTED = "accepted"
    WAITLISTED = "waitlisted"
    MERGED = "merged"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"


class ServerState(msgspec.Struct, frozen=True, kw_only=True):
    """What every answer carries.

    Attributes:
        epoch: random id of this life of the city's database; a change means that it was restored.
        server_time: the city's clock, UTC.
        durable_seq: the device's operations up to here are in a verified backup.
        last_op_seq: the last operation of the device (in its present incarnation) that the city holds.
        chain: SHA-256 (hex) of the device's last batch that the city took, "" before the first.
        min_protocol: older clients must be upgraded.
    """

    epoch: UUID
    server_time: datetime
    durable_seq: int = 0
    last_op_seq: int = 0
    chain: str = ""
    min_protocol: int = MIN_PROTOCOL


class Demand(msgspec.Struct, frozen=True, kw_only=True):
    """People wait for places of a listing while this kiosk holds some (``demand`` items).

    Attributes:
        waiting: who could come at once.
        asked_at: tells one wish from the next; the kiosk answers each once.
    """

    listing_id: UUID
    waiting: int
    asked_at: datetime


class Alias(msgspec.Struct, frozen=True, kw_only=True):
    """A record of this kiosk is another one now, for it was registered before elsewhere (``alias`` items).

    Attributes:
        entity: kind of record, ``employer``.
        now: id of the record that stands for both.
    """

    entity: str
    now: UUID


class EnrollRequest(msgspec.Struct, frozen=True, kw_only=True):
    """POST /v1/enroll — one-time token, the device's Ed25519 public key (32 bytes), its code and name.

    ``district``: region code of the district it stands in, which decides whose listings it is sent; "" from kiosks of
    an earlier version, which get the whole city.
    """

    token: str
    public_key: bytes
    kiosk: str
    name: str
    district: str = ""
    protocol: int = PROTOCOL


class StationKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key that signs slips, as the ``ref`` stream and the enrolment list it (``station_key`` items).

    Attributes:
        key_id: the first 4 bytes of the public key's SHA-256, as a big-endian number.
        valid_from: first instant that may stand on its slips; valid_until: first that may not, None while in use.
    """

    key_id: int
    public_key: bytes
    kiosk: str
    valid_from: datetime
    valid_until: datetime | None = None
    revoked: bool = False


class EnrollResponse(msgspec.Struct, frozen=True, kw_only=True):
    """The device is known from now on.

    Attributes:
        device: the device's id.
        incarnation: counts re-enrolments of the same kiosk.
        key_id: id of its slip-signing key in tokens.
        sealing_key: the city's X25519 public key (32 bytes) for ID numbers.
        city: region code of the city; city_host: host name in QR addresses.
        streams: streams that the device may pull.
        keys: slip-signing keys of all stations.
        reference_key: public key that signs the city's reference data; empty while the city has published none.
    """

    state: ServerState
    device: UUID
    incarnation: int
    key_id: int
    sealing_key: bytes
    city: str
    city_host: str
    streams: tuple[str, ...]
    keys: tuple[StationKey, ...]
    reference_key: bytes = b""


class RenewRequest(msgspec.Struct, frozen=True, kw_only=True):
    """POST /v1/renew — another Ed25519 key for an enrolled device; the request is signed with the old one.

    ``proof``: the new key's signature over device, incarnation and both keys (``requests.renewal``).
    """

    public_key: bytes
    proof: bytes
    protocol: int = PROTOCOL


class HelloResponse(msgspec.Struct, frozen=True, kw_only=True):
    """GET /v1/hello — who the city takes us for, and what may be pulled."""

    state: ServerState
    kiosk: str
    incarnation: int
    streams: tuple[str, ...]


class Sent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One operation in a push: its place in the device's log, its id, and its canonical bytes.

    The id stands outside too, so that a verdict finds its way back even when the bytes turn out to be unreadable.

    Attributes:
        mono: seconds of the clock that only runs forward, when it was done.
        boot: name of the run of the program that this clock belongs to; "" = the run that pushes.
    """

    seq: int
    op_id: UUID
    op: msgspec.Raw
    mono: float | None = None
    boot: str = ""


class PushRequest(msgspec.Struct, frozen=True, kw_only=True):
    """POST /v1/push — contiguous operations; ``previous`` is the hash of the device's previous batch (hex, or "").

    ``boot_id`` names this run of the program, ``monotonic`` its clock that only runs forward, ``wall`` the other one:
    the city finds out from the first two when something was really done.
    """

    device: UUID
    incarnation: int
    boot_id: str
    monotonic: float
    wall: datetime
    previous: str
    ops: tuple[Sent, ...]
    protocol: int = PROTOCOL


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The city's word on one operation; ``reason`` is a refusal key."""

    seq: int
    op_id: UUID
    outcome: Outcome
    reason: str = ""


class PushResponse(msgspec.Struct, frozen=True, kw_only=True):
    """All operations up to ``acked`` are settled, with their verdicts."""

    state: ServerState
    acked: int
    verdicts: tuple[Verdict, ...]


class Action(StrEnum):
    """What staff decide about an operation in quarantine: send it once more, or give it up."""

    RETRY = "retry"
    DISCARD = "discard"


class SettleRequest(msgspec.Struct, frozen=True, kw_only=True):
    """POST /v1/settle — decide once more about one of this kiosk's operations that the city has set aside.

    Attributes:
        reason: why it is given up, in words; may be empty for a retry.
        by: who decided, by id and never by name.
    """

    op_id: UUID
    action: Action
    reason: str = ""
    by: str = ""


class SettleResponse(msgspec.Struct, frozen=True, kw_only=True):
    """The word on the operation, then on those that had waited behind it. Said again for one that is settled."""

    state: ServerState
    verdicts: tuple[Verdict, ...]


class Item(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The present state of one record in a stream; ``body`` is null when it is deleted there.

    ``seq`` is its number in the stream; 0 in the pages of a snapshot, which nobody goes by.
    """

    entity: str
    id: UUID
    seq: int
    ver: int
    deleted: bool = False
    body: msgspec.Raw = msgspec.field(default_factory=_null)


class PullResponse(msgspec.Struct, frozen=True, kw_only=True):
    """GET /v1/pull — items after the cursor in seq order; ``head`` is the stream's newest seq.

    Attributes:
        snapshot_needed: the cursor is below the purge fence or of another epoch; nothing is in ``items``.
        fence: deletions up to here are no longer told. A kiosk that was further back has to read the stream anew.
    """

    state: ServerState
    stream: str
    items: tuple[Item, ...]
    head: int
    more: bool
    snapshot_needed: bool = False
    fence: int = 0


class SnapshotResponse(msgspec.Struct, frozen=True, kw_only=True):
    """GET /v1/snapshot — what a stream holds now, without deletions, in order of entity and id, after a key.

    The pages are of different moments. ``head`` is the stream's newest seq before the page was read: that of the first
    page is noted by the kiosk, which pulls on from there after the last page, and so hears of all that changed
    meanwhile.
    """

    state: ServerState
    stream: str
    items: tuple[Item, ...]
    head: int
    more: bool


class ReserveRequest(msgspec.Struct, frozen=True, kw_only=True):
    """POST /v1/reserve — places of a listing for this kiosk's lease, if the city has any free: one, or a few.

    ``held`` is all that was ever granted to the lease, as the kiosk knows it: when the city has already granted more
    (its answer was lost), it answers with that lease instead of granting again. What was returned does not count,
    so that a request which arrives twice, with a return in between, is still known.
    """

    listing_id: UUID
    held: int


class ReserveResponse(msgspec.Struct, frozen=True, kw_only=True):
    """The lease as it is now (a Lease record, null when this kiosk has none) and whether a place came with it."""

    state: ServerState
    granted: bool
    lease: msgspec.Raw = msgspec.field(default_factory=_null)


class LookupOutcome(StrEnum):
    """What became of a lookup: nobody whom that slip is about, wrong digits, too many wrong ones, or the person."""

    UNKNOWN = "unknown"
    WRONG = "wrong"
    LOCKED = "locked"
    FOUND = "found"


class LookupRequest(msgspec.Struct, frozen=True, kw_only=True):
    """POST /v1/lookup — a slip's token (without the address) and the last four digits of its holder's phone."""

    token: str
    tail: str


class LookupResponse(msgspec.Struct, frozen=True, kw_only=True):
    """The worker (a Worker record without the ID number) and their placements that still matter.

    Attributes:
        left: tries left, when the digits were wrong.
    """

    state: ServerState
    outcome: LookupOutcome
    left: int = 0
    worker: msgspec.Raw = msgspec.field(default_factory=_null)
    placements: tuple[msgspec.Raw, ...] = ()


class DigestResponse(msgspec.Struct, frozen=True, kw_only=True):
    """GET /v1/digest — how many live items the stream holds for this device, and a hash over their ids and versions.

    Attributes:
        head: the stream's newest seq when this was counted.
        digest: SHA-256 (hex) over ``<entity> <id> <ver>`` newline, in the order of entity and id.
    """

    state: ServerState
    stream: str
    head: int
    count: int
    digest: str


class CourierResponse(msgspec.Struct, frozen=True, kw_only=True):
    """POST /v1/courier — the answers to one part of another kiosk's up file, sealed for that kiosk.

    The request's body is the part as it is.
    """

    state: ServerState
    answers: tuple[bytes, ...]


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Every 4xx and 5xx: a stable code and what to do."""

    code: str
    detail: str = ""
    expected: int | None = None
    state: ServerState | None = None
