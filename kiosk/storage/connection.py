"""Opening the encrypted file: key, version guard, pragmas. Nothing else in the program opens it."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from sqlcipher3 import dbapi2

from kiosk.storage import faults

#: Older libraries can lose committed data when a WAL file is reset (https://sqlite.org/wal.html#walresetbug).
MIN_LIBRARY = (3, 51, 3)
KEY_BYTES = 32
#: Each page is sealed, checked and written by itself, and of 4 KiB a fifth stays empty behind three listings.
PAGE_BYTES = 8192
#: Files of earlier programs have smaller ones, and keep them.
PAGE_SIZES = (PAGE_BYTES, 4096)
BUSY_MS = 5000
#: KiB of decrypted pages kept; a page costs about 10 µs to decrypt again.
WRITER_CACHE_KIB = 16_000
READER_CACHE_KIB = 32_000
#: All of them together: a reader for each thread that reads at once would make 80 MB with the writer's. Who has reached
#: its share reuses its oldest pages.
ALL_CACHES_BYTES = 40_000_000
#: Pages in the write-ahead log after which a writer folds it into the file; more while a second thread does so.
LOG_PAGES = 1000
BULK_LOG_PAGES = 4000
#: A log that is worth a second thread's while.
FOLD_BYTES = 4 * 1024 * 1024
_STATEMENTS = 256
_TEXT_PROBE = 512

# The driver asks every value that is neither str, int nor float itself whether it can be made into one, by an
# attribute that bytes do not have: a microsecond and an exception for each id and body. Now it is told.
dbapi2.register_adapter(bytes, bytes.__bytes__)


class Cursor(Protocol):
    """What we use of the driver's cursor."""

    rowcount: int

    def fetchone(self) -> Any:  # noqa: ANN401 - a row is what its statement says
        """The next row, or None."""

    def fetchall(self) -> list[Any]:
        """All rows that are left."""

    def fetchmany(self, size: int, /) -> list[Any]:
        """The next so many rows; fewer at the end."""

    def __iter__(self) -> Iterator[Any]:
        """Row by row."""


class Connection(Protocol):
    """What we use of the driver's connection (in autocommit mode: we say BEGIN and COMMIT ourselves)."""

    in_transaction: bool

    def execute(self, sql: str, values: Sequence[object] = (), /) -> Cursor:
        """Run one statement."""

    def executemany(self, sql: str, rows: Iterable[Sequence[object]], /) -> Cursor:
        """Run one statement for each row of values."""

    def backup(self, target: "Connection", /) -> None:
        """Copy the whole database into another one."""

    def close(self) -> None:
        """Close the file."""


def check_library(found: tuple[int, ...] = dbapi2.sqlite_version_info) -> None:
    """Refuse a SQLite library with the WAL-reset bug.

    Raises:
        StorageFault: it is older than 3.51.3.
    """
    if found < MIN_LIBRARY:
        raise faults.old_library(".".join(map(str, found)), ".".join(map(str, MIN_LIBRARY)))


def connect_writer(path: Path, key: bytes) -> Connection:
    """Open an existing file for reading and writing: WAL, every commit synced, foreign keys checked.

    Raises:
        StorageFault: see ``kiosk.storage.faults``.
    """
    _refuse_empty(path)
    return _writer(path, key)


def _writer(path: Path, key: bytes, page_sizes: Sequence[int] = PAGE_SIZES) -> Connection:
    connection = _open(path, key, "rw", page_sizes)
    with _ClosingOnError(connection), faults.translated():
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        if mode[0] != "wal":
            raise faults.read_only()
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{WRITER_CACHE_KIB}")
        connection.execute(f"PRAGMA soft_heap_limit = {ALL_CACHES_BYTES}")
    return connection


def connect_reader(path: Path, key: bytes) -> Connection:
    """Open an existing file for reading only.

    Raises:
        StorageFault: see ``kiosk.storage.faults``.
    """
    _refuse_empty(path)
    connection = _open(path, key, "ro")
    with _ClosingOnError(connection), faults.translated():
        connection.execute("PRAGMA query_only = ON")
        connection.execute(f"PRAGMA cache_size = -{READER_CACHE_KIB}")
        connection.execute(f"PRAGMA soft_heap_limit = {ALL_CACHES_BYTES}")
    return connection


def log_bytes(path: Path) -> int:
    """The size of a database's write-ahead log; it is used again from its beginning, and never smaller."""
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size
    except OSError:
        return 0


def page_bytes(connection: Connection) -> int:
    """The size of the pages of an open file."""
    return int(connection.execute("PRAGMA page_size").fetchone()[0])


def connect_new(path: Path, key: bytes, page_size: int = PAGE_BYTES) -> Connection:
    """Create a file that must not exist yet and open it for writing; pages of other sizes only for copies."""
    try:
        path.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise faults.of_os(error) from error
    return _writer(path, key, (page_size,))


def _refuse_empty(path: Path) -> None:
    """SQLite would take an empty file for a new database; ours was lost, and nobody must work on over that."""
    try:
        empty = path.stat().st_size == 0
    except OSError:
        return  # opening it says why
    if empty:
        raise faults.not_a_database()


def _open(path: Path, key: bytes, mode: str, page_sizes: Sequence[int] = PAGE_SIZES) -> Connection:
    check_library()
    if len(key) != KEY_BYTES:
        raise faults.key_damaged()
    if not path.is_file():
        raise faults.missing()
    for page_size in page_sizes:
        connection = _connect(path, key, mode, page_size)
        with _ClosingOnError(connection), faults.translated():
            if _is_readable(connection):
                return connection
            connection.close()
    # The driver's text says less than the fault does.
    raise faults.wrong_key() if _looks_encrypted(path) else faults.not_a_database()


def _connect(path: Path, key: bytes, mode: str, page_size: int) -> Connection:
    uri = f"file:{quote(str(path.resolve()))}?mode={mode}"
    with faults.translated():
        connection: Connection = dbapi2.connect(
            uri,
            uri=True,
            isolation_level=None,
            timeout=BUSY_MS / 1000,
            check_same_thread=False,  # the pool hands a connection to one thread at a time
            cached_statements=_STATEMENTS,
        )
    with _ClosingOnError(connection), faults.translated():
        # SQLCipher would write its own complaints to stderr; ours are typed.
        connection.execute("PRAGMA cipher_log_level = NONE")
        # A raw key: no key derivation, opening takes under a millisecond.
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute(f"PRAGMA cipher_page_size = {page_size}")
    return connection


def _is_readable(connection: Connection) -> bool:
    """Whether the key and the size of the pages are right."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except dbapi2.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") != "SQLITE_NOTADB":
            raise
        return False
    return True


def _looks_encrypted(path: Path) -> bool:
    """Whole pages of what looks like noise: telling a wrong key from a wrong file, for the sentence on the screen."""
    try:
        with path.open("rb") as file:
            head = file.read(_TEXT_PROBE)
        whole_pages = path.stat().st_size % min(PAGE_SIZES) == 0
    except OSError:
        return False
    if not whole_pages or head.startswith(b"SQLite format 3\0"):
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


class _ClosingOnError:
    """Close a half-opened connection when something goes wrong."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._connection.close()
