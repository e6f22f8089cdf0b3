"""Which stream brought which row (table ``row_stream``)."""

from collections.abc import Collection
from typing import Final

from kiosk.storage.connection import Connection
from kiosk.storage.rows import Key
from kiosk.storage.statements import PORTIONS, portions

#: By its primary key, stream after stream (there are a dozen): an index by row alone would be as large as the table.
_HELD: Final = (
    "SELECT 1 FROM stream CROSS JOIN row_stream AS held ON held.stream_id = stream.id "
    "AND held.entity = ? AND held.id = ? LIMIT 1"
)
#: What all rows have in common is said once.
_BRING: Final = (
    "INSERT INTO row_stream (stream_id, entity, id, generation) SELECT ?, ?, column1, ? FROM (VALUES {}) WHERE true "
    "ON CONFLICT (stream_id, entity, id) DO UPDATE SET generation = excluded.generation"
)
_ONE: Final = _BRING.format("(?)")
_MANY: Final = {size: _BRING.format(", ".join(["(?)"] * size)) for size in PORTIONS}


def bring(connection: Connection, stream: int, entity: str, generation: int, ids: Collection[bytes]) -> None:
    """Note that a stream brought these rows of an entity in this round of it."""
    for part in portions(list(ids)):
        if len(part) in _MANY:
            connection.execute(_MANY[len(part)], [stream, entity, generation, *part])
        else:
            connection.executemany(_ONE, [(stream, entity, generation, row_id) for row_id in part])


def is_brought(connection: Connection, key: Key) -> bool:
    """Whether any stream holds a row."""
    return connection.execute(_HELD, key).fetchone() is not None
