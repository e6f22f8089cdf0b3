"""The connections on one database file: one writer that all writing takes turns on, and readers.

Not SQLAlchemy's pool: borrowing from it costs 35 µs, as much as five statements of ours.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kiosk.storage import faults
from kiosk.storage.connection import (
    BULK_LOG_PAGES,
    LOG_PAGES,
    Connection,
    connect_reader,
    connect_writer,
    log_bytes,
)
from kiosk.storage.reserve import Reserve
from kiosk.storage.sizes import USUAL, Sizes
from kiosk.storage.turns import Turns

#: Longer than any transaction of ours; who waits longer has met a bug or a dying disk.
_TURN_SECONDS: Final = 30.0
_LET_GO: Final = "PRAGMA shrink_memory"


class Database:
    """A database file. Connections are made when first needed and belong to one thread at a time."""

    def __init__(self, path: Path, key: bytes, *, reserve_bytes: int = 0, sizes: Sizes = USUAL) -> None:
        self.path = path
        self._fold_from = sizes.fold
        self.reserve = Reserve(path.parent, reserve_bytes)
        self._key = key
        self._turns = Turns()
        self._owner: int | None = None
        self._writer: Connection | None = None
        #: Turns of the writer that came to an end: what was read since the last one is what there is.
        self.ended = 0
        # A deque's append and pop are atomic; there are never more readers than threads that read at once.
        self._readers: deque[Connection] = deque()

    def take_turn(self) -> Connection:
        """The writing connection; the next thread waits until ``end_turn``.

        Raises:
            StorageFault: the file cannot be opened, or another thread does not come to an end.
            RuntimeError: this thread is in a transaction already.
        """
        me = threading.get_ident()
        if self._owner == me:
            raise RuntimeError("a transaction inside another one of the same thread")
        if not self._turns.take(_TURN_SECONDS):
            raise faults.busy()
        self._owner = me
        if self._writer is None:
            try:
                self._writer = connect_writer(self.path, self._key)
            except BaseException:
                self.end_turn()
                raise
        return self._writer

    @property
    def wanted(self) -> bool:
        """Whether somebody waits for the end of the transaction under way."""
        return self._turns.wanted

    def end_turn(self) -> None:
        """Let the next writer on."""
        self._owner = None
        self.ended += 1
        self._turns.give()

    @contextmanager
    def writer(self) -> Iterator[Connection]:
        """The writing connection, for one turn."""
        connection = self.take_turn()
        try:
            yield connection
        finally:
            self.end_turn()

    @contextmanager
    def reader(self) -> Iterator[Connection]:
        """A connection that cannot write."""
        try:
            connection = self._readers.pop()
        except IndexError:
            connection = connect_reader(self.path, self._key)
        try:
            yield connection
        finally:
            self._readers.append(connection)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A writing transaction: committed at the end of the block, rolled back when it raises.

        Raises:
            StorageFault: the disk or the file failed; nothing of the block was saved.
        """
        with self.writer() as connection, self.watched(), _saved(connection):
            yield connection

    @contextmanager
    def bulk(self) -> Iterator[Connection]:
        """A ``transaction`` that others follow, of what the city can send again: its commit does not wait for the disk.

        A power cut may take it, and all of it, as long as no ``transaction`` has come to its end since: that one brings
        everything before it to the disk. The log grows meanwhile; ``fold`` is called beside it.
        """
        with self.writer() as connection, self.watched(), _at_ease(connection), _saved(connection):
            yield connection

    def fold(self) -> None:
        """Bring what ``bulk`` has written from the log into the file, beside whoever writes; nothing when it is little.

        What cannot be done now is left to the writers.
        """
        try:
            with faults.translated():
                if log_bytes(self.path) < self._fold_from:
                    return
                connection = connect_writer(self.path, self._key)
                try:
                    connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
                finally:
                    connection.close()
        except faults.StorageFault as fault:
            self.note(fault)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Turn the driver's errors into faults; a full disk lets the reserve go."""
        try:
            with faults.translated():
                yield
        except faults.StorageFault as fault:
            self.note(fault)
            raise

    def note(self, fault: faults.StorageFault) -> None:
        """A statement has failed; if the disk is full, give up the reserve."""
        if fault.code == faults.DISK_FULL:
            self.reserve.let_go()

    def require_room(self) -> None:
        """Before anything new is taken from people or the city.

        Raises:
            StorageFault: the disk was full and still is.
        """
        if not self.reserve.full or self.reserve.take():
            return
        self.checkpoint()
        if not self.reserve.take():
            raise faults.disk_full()

    def checkpoint(self) -> None:
        """Fold the WAL into the file and give its space back."""
        with self.writer() as connection, faults.translated():
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def spare(self) -> None:
        """Let go of the pages that connections keep while nobody uses them. Waits for nobody, reads nothing.

        A reader's pages are worth nothing once somebody has written, and it keeps them until it is used again.
        """
        for _ in range(len(self._readers)):
            try:
                reader = self._readers.popleft()
            except IndexError:
                break  # all are in use
            reader.execute(_LET_GO)
            self._readers.append(reader)
        if self._turns.take(0):
            try:
                if self._writer is not None:
                    self._writer.execute(_LET_GO)
            finally:
                self._turns.give()

    def close(self) -> None:
        """Close all connections; the last one folds the WAL into the file. They are made again when needed."""
        while self._readers:
            self._readers.pop().close()
        self._turns.take()
        try:
            writer, self._writer = self._writer, None
            if writer is not None:
                writer.close()
        finally:
            self._turns.give()


@contextmanager
def _saved(connection: Connection) -> Iterator[None]:
    """All of the block, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        roll_back(connection)
        raise


@contextmanager
def _at_ease(connection: Connection) -> Iterator[None]:
    """Commits do not wait for the disk, and leave the log to ``Database.fold`` for longer."""
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {BULK_LOG_PAGES}")
    try:
        yield
    finally:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")


def roll_back(connection: Connection) -> None:
    """End a transaction without saving, also when SQLite has already done so (disk full)."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")
