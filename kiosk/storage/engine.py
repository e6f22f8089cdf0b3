"""The pools of connections on one database file: one writer that all writing takes turns on, a few readers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from kiosk.storage import faults
from kiosk.storage.connection import Connection, connect_reader, connect_writer

READERS: Final = 4
#: Longer than any transaction of ours; who waits longer has met a bug or a dying disk.
_TURN_SECONDS: Final = 30.0


class Database:
    """An open database file. Connections are made when first needed and belong to one thread at a time."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._writer = _engine(lambda: connect_writer(path, key), 1)
        self._reader = _engine(lambda: connect_reader(path, key), READERS)

    @property
    def engine(self) -> sa.Engine:
        """SQLAlchemy's engine on the writer, for migrations."""
        return self._writer

    @contextmanager
    def writer(self) -> Iterator[Connection]:
        """The writing connection, for one turn."""
        with _borrowed(self._writer) as connection:
            yield connection

    @contextmanager
    def reader(self) -> Iterator[Connection]:
        """A connection that cannot write."""
        with _borrowed(self._reader) as connection:
            yield connection

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A writing transaction: committed at the end of the block, rolled back when it raises.

        Raises:
            StorageFault: the disk or the file failed; nothing of the block was saved.
        """
        with self.writer() as connection, faults.translated():
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                roll_back(connection)
                raise

    def close(self) -> None:
        """Close all connections; the last one folds the WAL into the file."""
        self._reader.dispose()
        self._writer.dispose()


def roll_back(connection: Connection) -> None:
    """End a transaction without saving, also when SQLite has already done so (disk full)."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


@contextmanager
def _borrowed(engine: sa.Engine) -> Iterator[Connection]:
    pooled = engine.raw_connection()
    try:
        connection: Connection = pooled.driver_connection  # type: ignore[assignment] # typed Any or None there
        yield connection
    finally:
        pooled.close()


def _engine(connect: Callable[[], Connection], size: int) -> sa.Engine:
    engine = sa.create_engine(
        "sqlite://",
        creator=connect,
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=_TURN_SECONDS,
        hide_parameters=True,  # names and phone numbers never stand in an exception
    )

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # The driver is in autocommit mode; DDL of migrations must be one transaction.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
