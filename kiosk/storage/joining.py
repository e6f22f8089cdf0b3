"""A kiosk enters a city: what it had sealed for itself is sealed for the city, and its log is numbered for it.

One transaction, before anything is sent. Operations that were never sent may get other bytes: nobody has seen the old
ones. One that was sent under an earlier enrolment is sealed for the city already, and ``reseal`` leaves it alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from kiosk.domain.operations import Operation, RegisterEmployer, RegisterWorker, UpdateWorker
from kiosk.domain.records import Employer, Identity, Worker
from kiosk.protocol.codec import Malformed, UnknownKind, decode_operation, decode_record, encode
from kiosk.storage import outbox_rows, schema, traces
from kiosk.storage import statements as make
from kiosk.storage.connection import Connection
from kiosk.storage.rows import Key
from kiosk.storage.traces import Trace, Traces

#: The same secret in another box, or None when the box is not one of this kiosk's own.
Reseal = Callable[[bytes], bytes | None]

_PEOPLE: Final = {"worker": schema.worker, "employer": schema.employer}
_PUT_SETTING: Final = make.put(schema.setting)
_DELETE_SETTING: Final = make.delete(schema.setting)
_OPS: Final = f"SELECT op_seq, body, traces {outbox_rows.UNSENT}"
_PUT_OP: Final = "UPDATE outbox SET body = ?, traces = ? WHERE op_seq = ?"


def take_along(connection: Connection, reseal: Reseal, settings: Mapping[str, bytes | None]) -> None:
    """Seal every ID number anew and save the station's settings (None: removed), inside the caller's transaction."""
    for entity, table in _PEOPLE.items():
        put = f"UPDATE {table.name} SET body = ? WHERE id = ?"  # noqa: S608 - our own names
        rows = connection.execute(f"SELECT id, body FROM {table.name}").fetchall()  # noqa: S608 - our own names
        for row_id, raw in rows:
            sealed = _record(entity, bytes(raw), reseal)
            if sealed is not None:
                connection.execute(put, (sealed, row_id))
    for op_seq, raw, packed in connection.execute(_OPS).fetchall():
        body, left = _operation(bytes(raw), reseal), _traces(traces.unpack(bytes(packed)), reseal)
        connection.execute(_PUT_OP, (body or raw, traces.pack(left), op_seq))
    for name, value in settings.items():
        if value is None:
            connection.execute(_DELETE_SETTING, (name,))
        else:
            connection.execute(_PUT_SETTING, (name, value))


def _identity(identity: Identity | None, reseal: Reseal) -> Identity | None:
    """The identity with the new box, None when nothing is to be changed."""
    if identity is None:
        return None
    box = reseal(identity.sealed)
    return None if box is None else replace(identity, sealed=box)


def _record(entity: str, raw: bytes, reseal: Reseal) -> bytes | None:
    record = decode_record(entity, raw)
    if not isinstance(record, Worker | Employer):
        return None
    identity = _identity(record.identity, reseal)
    return None if identity is None else encode(replace(record, identity=identity))


def _operation(raw: bytes, reseal: Reseal) -> bytes | None:
    try:
        op: Operation = decode_operation(raw)
    except (Malformed, UnknownKind):
        return None  # the city will set it aside as it is
    if not isinstance(op.body, RegisterWorker | UpdateWorker | RegisterEmployer):
        return None
    identity = _identity(op.body.identity, reseal)
    return None if identity is None else encode(replace(op, body=replace(op.body, identity=identity)))


def _traces(left: Traces, reseal: Reseal) -> Traces:
    """What stood before is put back when an operation is refused: it must be sealed for the city as well."""
    sealed: dict[Key, Trace] = {}
    for key, trace in left.items():
        before = trace.before
        if before is not None and key.entity in _PEOPLE:
            before = _record(key.entity, before, reseal) or before
        sealed[key] = trace._replace(before=before)
    return sealed
