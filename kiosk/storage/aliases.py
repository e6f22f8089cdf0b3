"""Records that are another one now, for the city knew them already: what the ``alias`` items of the own stream say."""

from typing import Final
from uuid import UUID

from kiosk.protocol.codec import decode
from kiosk.protocol.messages import ALIAS_ENTITY, Alias
from kiosk.storage.connection import Connection

_ALIAS: Final = f"SELECT body FROM inbox_other WHERE entity = '{ALIAS_ENTITY}' AND id = ?"  # noqa: S608 - our own name


def now(connection: Connection, entity: str, old: UUID) -> UUID | None:
    """Which record an id that is no more stands for; None when it never was another's."""
    row = connection.execute(_ALIAS, (old.bytes,)).fetchone()
    if row is None:
        return None
    found = decode(Alias, bytes(row[0]))
    return found.now if found.entity == entity else None
