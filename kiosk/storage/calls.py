"""Rows behind the call list: slips that people hold, and what became of telephoning (table ``notice``)."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Final

from kiosk.domain.records import Placement
from kiosk.protocol.codec import decode, encode
from kiosk.services.call_note import CallNote
from kiosk.services.ports import SlipJob
from kiosk.storage import schema
from kiosk.storage import statements as make
from kiosk.storage.connection import Connection
from kiosk.storage.rows import micros

_HELD: Final = (
    "SELECT placement.id, placement.body, slip_job.body FROM placement "
    "JOIN slip_job ON slip_job.subject_id = placement.id "
    "WHERE placement.applied_at >= ? "
    "AND placement.status IN ('confirmed', 'waitlisted', 'cancelled', 'declined') ORDER BY placement.id"
)
_NOTES: Final = "SELECT body FROM notice ORDER BY id"
_PUT: Final = make.put(schema.notice)


def placements_with_slips(
    connection: Connection, since: datetime
) -> Sequence[tuple[Placement, Sequence[SlipJob]]]:
    """See ``ReadModel``."""
    rows = connection.execute(_HELD, (micros(since),)).fetchall()
    found = []
    for _, group in groupby(rows, key=lambda row: row[0]):
        those = list(group)
        found.append((decode(Placement, those[0][1]), [decode(SlipJob, row[2]) for row in those]))
    return found


def call_notes(connection: Connection) -> Sequence[CallNote]:
    """See ``ReadModel``."""
    return [decode(CallNote, row[0]) for row in connection.execute(_NOTES).fetchall()]


def put_call_note(connection: Connection, note: CallNote) -> None:
    """See ``UnitOfWork``."""
    told = None if note.told_at is None else micros(note.told_at)
    connection.execute(_PUT, (note.placement_id.bytes, note.worker_id.bytes, told, encode(note)))
