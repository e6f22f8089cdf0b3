"""What has to be known before the storage can be built: read once, through a connection of its own."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kiosk.storage import faults, schema
from kiosk.storage import statements as make
from kiosk.storage.connection import connect_reader

_SETTING = make.select_by_key(schema.setting, "value")
_BROUGHT = "SELECT body FROM inbox_other WHERE entity = ? ORDER BY id"


@dataclass(frozen=True, slots=True)
class Peek:
    """Settings by name (None: not set), and bodies of one entity that streams have brought."""

    settings: dict[str, bytes | None]
    bodies: Sequence[bytes]


def peek(path: Path, key: bytes, names: Sequence[str], entity: str) -> Peek:
    """Read settings and what is kept aside of ``entity``.

    Raises:
        StorageFault: as opening the database would.
    """
    with closing(connect_reader(path, key)) as connection, faults.translated():
        settings: dict[str, bytes | None] = {}
        for name in names:
            row = connection.execute(_SETTING, (name,)).fetchone()
            settings[name] = None if row is None else bytes(row[0])
        bodies = [bytes(row[0]) for row in connection.execute(_BROUGHT, (entity,)).fetchall()]
    return Peek(settings, bodies)
