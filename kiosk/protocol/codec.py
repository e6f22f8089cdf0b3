"""Canonical bytes of operations and records: made once by msgspec, then stored, signed and sent as they are."""

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


def knows(kind: str) -> bool:
    """Whether this program can read operations of that kind and version."""
    return kind in _bodies


def decode_operation(raw: bytes | msgspec.Raw) -> Operation:
    """The operation behind its canonical bytes.

    Raises:
        UnknownKind: a kind or version from a newer program.
        Malformed: broken bytes or a body that does not fit its kind.
    """
    shell = decode_shell(raw)
    decoder = _bodies.get(shell.kind)
    if decoder is None:
        raise UnknownKind(shell.kind)
    if shell.at.tzinfo is None:
        raise Malformed("time without zone")
    try:
        body = decoder.decode(shell.body)
    except _BROKEN as error:
        raise Malformed(shell.kind) from error
    return Operation(
        op_id=shell.op_id, kind=shell.kind, at=shell.at, kiosk=shell.kiosk, actor=shell.actor, body=body
    )


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
