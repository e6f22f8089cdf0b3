"""Canonical bytes of operations and records: made once by msgspec, then stored, signed and sent as they are."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from kiosk.domain.operations import BODIES, Actor, Operation
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
from kiosk.protocol.upcasters import MOST_STEPS, UPCASTERS, Upcaster

T = TypeVar("T")


class UnknownKind(ValueError):
    """The operation's kind or version is not one of ours: to be set aside, not guessed at."""


class Malformed(ValueError):
    """The bytes are not a well-formed message of the wanted type."""


class OperationShell(msgspec.Struct, frozen=True, kw_only=True):
    """An operation whose body is still bytes: enough to route or quarantine what we may not understand."""

    op_id: UUID
    kind: str
    at: datetime
    kiosk: str
    actor: Actor
    body: msgspec.Raw


#: What msgspec raises for bytes that are not what they should be; bad UTF-8 inside a string has an error of its own.
_BROKEN = (msgspec.DecodeError, RecursionError, UnicodeDecodeError)
_encoder = msgspec.json.Encoder()
_shells = msgspec.json.Decoder(OperationShell)
_bodies: dict[str, msgspec.json.Decoder[Any]] = {
    kind: msgspec.json.Decoder(body) for kind, body in BODIES.items()
}

#: Entity names on the wire and in the tables.
ENTITIES: dict[str, type[Record]] = {
    "worker": Worker,
    "employer": Employer,
    "listing": Listing,
    "placement": Placement,
    "wanted": JobWanted,
    "invitation": Invitation,
    "slip": Slip,
    "lease": Lease,
    "central": CentralSlots,
}
ENTITY_OF: dict[type[Record], str] = {record: name for name, record in ENTITIES.items()}
_records: dict[str, msgspec.json.Decoder[Any]] = {
    name: msgspec.json.Decoder(record) for name, record in ENTITIES.items()
}


def encode(value: object) -> bytes:
    """Canonical JSON bytes of a record, message or operation (fields in the order of their definition)."""
    return _encoder.encode(value)


def decode_shell(raw: bytes | msgspec.Raw) -> OperationShell:
    """The envelope of an operation.

    Raises:
        Malformed: not an operation at all.
    """
    try:
        return _shells.decode(raw)
    except _BROKEN as error:
        raise Malformed("operation") from error


def knows(kind: str, casters: Mapping[str, Upcaster] = UPCASTERS) -> bool:
    """Whether this program can read operations of that kind and version."""
    for _ in range(MOST_STEPS):
        if kind in _bodies:
            return True
        if kind not in casters:
            return False
        kind = casters[kind].kind
    return False


def decode_operation(raw: bytes | msgspec.Raw, casters: Mapping[str, Upcaster] = UPCASTERS) -> Operation:
    """The operation behind its canonical bytes; one of an earlier version is read as the present one.

    Raises:
        UnknownKind: a kind or version from a newer program.
        Malformed: broken bytes or a body that does not fit its kind.
    """
    shell = decode_shell(raw)
    kind, body_bytes = shell.kind, shell.body
    if kind not in _bodies:
        kind, body_bytes = _upcast(kind, body_bytes, casters)
    if shell.at.tzinfo is None:
        raise Malformed("time without zone")
    try:
        body = _bodies[kind].decode(body_bytes)
    except _BROKEN as error:
        raise Malformed(shell.kind) from error
    return Operation(
        op_id=shell.op_id, kind=kind, at=shell.at, kiosk=shell.kiosk, actor=shell.actor, body=body
    )


def _upcast(kind: str, raw: msgspec.Raw, casters: Mapping[str, Upcaster]) -> tuple[str, msgspec.Raw]:
    """The present kind of an earlier version, and its body as that kind has it."""
    if not knows(kind, casters):
        raise UnknownKind(kind)
    try:
        body = msgspec.json.decode(raw, type=dict[str, Any])
        while kind not in _bodies:
            step = casters[kind]
            kind, body = step.kind, dict(step.cast(body))
    except (*_BROKEN, KeyError, TypeError, ValueError) as error:
        raise Malformed(kind) from error
    return kind, msgspec.Raw(_encoder.encode(body))


def decode_record(entity: str, raw: bytes | str | msgspec.Raw) -> Record:
    """The record behind its canonical bytes.

    Raises:
        UnknownKind: an entity this version does not know.
        Malformed: bytes that do not fit the entity.
    """
    decoder = _records.get(entity)
    if decoder is None:
        raise UnknownKind(entity)
    try:
        record: Record = decoder.decode(raw)
    except _BROKEN as error:
        raise Malformed(entity) from error
    return record


def decode(kind: type[T], raw: bytes | memoryview) -> T:
    """Any other message.

    Raises:
        Malformed: the bytes are not a well-formed ``kind``.
    """
    try:
        return msgspec.json.decode(raw, type=kind)
    except _BROKEN as error:
        raise Malformed(kind.__name__) from error
