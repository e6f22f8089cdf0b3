"""The envelopes between kiosk and city, protocol 1. Every answer carries epoch, server time and how much is durable.

Sizes: a push holds at most 500 operations and 256 KiB compressed; a pull answers at most 2,000 items. Unknown fields of a newer version are ignored;
fields that came later have defaults.
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
PULL_LIMIT = 2000


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
        last_op_seq: the last operation of the device that the city holds.
        min_protocol: older clients must be upgraded.
    """

    epoch: UUID
    server_time: datetime
    durable_seq: int = 0
    last_op_seq: int = 0
    min_protocol: int = MIN_PROTOCOL


class EnrollRequest(msgspec.Struct, frozen=True, kw_only=True):
    """POST /v1/enroll — one-time token, the device's Ed25519 public key (32 bytes), its code and name."""

    token: str
    public_key: bytes
    kiosk: str
    name: str
    protocol: int = PROTOCOL


class StationKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key that signs slips: id, public key, kiosk code, revoked or not."""

    key_id: int
    public_key: bytes
    kiosk: str
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


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """One operation in a push: its place in the device's log and its canonical bytes."""

    seq: int
    op: msgspec.Raw


class PushRequest(msgspec.Struct, frozen=True, kw_only=True):
    """POST /v1/push — contiguous operations; ``previous`` is the hash of the device's previous batch (hex, or "")."""

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


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """The present state of one record in a stream; ``body`` is null when it is deleted there."""

    entity: str
    id: UUID
    seq: int
    ver: int
    deleted: bool = False
    body: msgspec.Raw = msgspec.Raw(b"null")


class PullResponse(msgspec.Struct, frozen=True, kw_only=True):
    """GET /v1/pull — items after the cursor in seq order; ``head`` is the stream's newest seq.

    ``snapshot_needed``: the cursor is below the purge fence or of another epoch.
    """

    state: ServerState
    stream: str
    items: tuple[Item, ...]
    head: int
    more: bool
    snapshot_needed: bool = False


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Every 4xx and 5xx: a stable code and what to do."""

    code: str
    detail: str = ""
    expected: int | None = None
    state: ServerState | None = None
