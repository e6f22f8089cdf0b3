"""Values of the exchange by name: the city's epoch, how much is durable there, when it last answered."""

from typing import Final

from kiosk.storage import schema
from kiosk.storage import statements as make
from kiosk.storage.connection import Connection

EPOCH: Final = "epoch"
DURABLE_SEQ: Final = "durable_seq"
LAST_CONTACT: Final = "last_contact"
#: When all streams were compared with the city's.
COMPARED: Final = "compared"
#: There while this disk is known to be an old image.
ROLLED_BACK: Final = "rolled_back"

_GET: Final = make.select_by_key(schema.sync_meta, "value")
_PUT: Final = make.put(schema.sync_meta)
_DROP: Final = make.delete(schema.sync_meta)


def get(connection: Connection, name: str) -> bytes | None:
    """The value, or None."""
    row = connection.execute(_GET, (name,)).fetchone()
    return None if row is None else bytes(row[0])


def put(connection: Connection, name: str, value: bytes) -> None:
    """Set the value."""
    connection.execute(_PUT, (name, value))


def drop(connection: Connection, name: str) -> None:
    """Forget the value; nothing when there is none."""
    connection.execute(_DROP, (name,))


def integer(connection: Connection, name: str) -> int:
    """The value as a number; 0 when there is none."""
    raw = get(connection, name)
    return 0 if raw is None else int(raw)


def put_integer(connection: Connection, name: str, value: int) -> None:
    """Set the value to a number."""
    put(connection, name, str(value).encode("ascii"))
