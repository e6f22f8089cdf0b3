"""What the city last said about records that operations without a verdict have changed here.

present = base + those operations. Only records with such operations have a base row; for all others the present row is
the base.
"""

from collections.abc import Iterable
from typing import Final

from kiosk.storage.connection import Connection
from kiosk.storage.rows import Key

_KEEP: Final = "INSERT INTO base (entity, id, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_REPLACE: Final = "UPDATE base SET body = ? WHERE entity = ? AND id = ?"
_TAKE: Final = "DELETE FROM base WHERE entity = ? AND id = ? RETURNING body"
_KEYS: Final = "SELECT entity, id FROM base"
_BODY: Final = "SELECT body FROM base WHERE entity = ? AND id = ?"


class Bases:
    """The base rows, inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, before: Iterable[tuple[Key, bytes | None]]) -> None:
        """Remember what stood there before the first change; later ones change nothing here."""
        self._connection.executemany(_KEEP, [(key.entity, key.id, raw) for key, raw in before])

    def keys(self) -> set[Key]:
        """All records that have a base row."""
        return {Key(entity, bytes(row_id)) for entity, row_id in self._connection.execute(_KEYS)}

    def raw(self, key: Key) -> bytes | None:
        """What the city last said about a record that has a base row."""
        row = self._connection.execute(_BODY, key).fetchone()
        return None if row is None or row[0] is None else bytes(row[0])

    def replace(self, key: Key, raw: bytes | None) -> None:
        """The city says something new about a record that has a base row."""
        self._connection.execute(_REPLACE, (raw, *key))

    def take(self, key: Key) -> tuple[bool, bytes | None]:
        """Remove a base row: whether there was one, and its body."""
        row = self._connection.execute(_TAKE, key).fetchone()
        if row is None:
            return False, None
        return True, None if row[0] is None else bytes(row[0])

    def drop(self, keys: Iterable[Key]) -> None:
        """The present is what the city says."""
        self._connection.executemany("DELETE FROM base WHERE entity = ? AND id = ?", list(keys))
