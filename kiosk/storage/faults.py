"""Failures of the database file and its key, each with a sentence of its own. Never with a person's data in it."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlcipher3 import dbapi2

from kiosk.services.faults import DeviceFault

#: SQLite's primary result codes (https://sqlite.org/rescode.html).
_PERM, _BUSY, _LOCKED, _NOMEM, _READONLY, _IOERR = 3, 5, 6, 7, 8, 10
_CORRUPT, _FULL, _CANTOPEN, _NOTADB = 11, 13, 14, 26
_PRIMARY: Final = 0xFF
DISK_FULL: Final = "D-01"


class StorageFault(DeviceFault):
    """The database or its key failed. Nothing of the transaction was saved, and no file was overwritten."""


def disk_full() -> StorageFault:
    """No space left; goes on by itself when there is space again."""
    return StorageFault("fault.disk_full", what_to_do="fault.disk_full_do", code=DISK_FULL, retry=True)


def io_error() -> StorageFault:
    """The disk answers with errors."""
    return StorageFault("fault.disk_error", code="D-02", retry=True)


def read_only() -> StorageFault:
    """File, folder or disk cannot be written."""
    return StorageFault("fault.database_read_only", what_to_do="fault.database_read_only_do", code="D-03")


def busy() -> StorageFault:
    """Another program holds the database for longer than we wait."""
    return StorageFault("fault.database_busy", code="D-04", retry=True)


def damaged() -> StorageFault:
    """The file is a database, and broken."""
    return StorageFault("fault.database_damaged", what_to_do="fault.database_damaged_do", code="D-05")


def missing() -> StorageFault:
    """There is no file where the database ought to be, or its folder cannot be entered."""
    return StorageFault("fault.database_missing", what_to_do="fault.database_missing_do", code="D-06")


def not_a_database() -> StorageFault:
    """The file is something else: a text, an unencrypted database, a fragment."""
    return StorageFault("fault.not_a_database", what_to_do="fault.not_a_database_do", code="D-07")


def wrong_key() -> StorageFault:
    """The file looks encrypted, but not with this key."""
    return StorageFault("fault.wrong_key", what_to_do="fault.wrong_key_do", code="D-08")


def newer_schema(found: str) -> StorageFault:
    """The file was written by a newer program; this one keeps its hands off."""
    return StorageFault(
        "fault.database_newer", what_to_do="fault.database_newer_do", code="D-09", found=found
    )


def old_library(found: str, needed: str) -> StorageFault:
    """The SQLite library has the WAL-reset bug."""
    return StorageFault(
        "fault.library_old", what_to_do="fault.library_old_do", code="D-10", found=found, needed=needed
    )


def key_missing() -> StorageFault:
    """The database is there and its key is not."""
    return StorageFault("fault.key_missing", what_to_do="fault.key_missing_do", code="D-11")


def key_exposed() -> StorageFault:
    """Others can read the key file: a copied database would be open to them."""
    return StorageFault("fault.key_exposed", what_to_do="fault.key_exposed_do", code="D-12")


def key_damaged() -> StorageFault:
    """What is kept as the key is not a key."""
    return StorageFault("fault.key_damaged", what_to_do="fault.key_missing_do", code="D-13")


def out_of_memory() -> StorageFault:
    """SQLite got no memory."""
    return StorageFault("fault.out_of_memory", code="D-14", retry=True)


_FAULTS = {
    _PERM: read_only,
    _BUSY: busy,
    _LOCKED: busy,
    _NOMEM: out_of_memory,
    _READONLY: read_only,
    _IOERR: io_error,
    _CORRUPT: damaged,
    _FULL: disk_full,
    _CANTOPEN: missing,
    _NOTADB: damaged,
}


def fault_of(error: BaseException) -> StorageFault | None:
    """The fault behind an error of the driver; None for what can only be a bug of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    make = _FAULTS.get(code & _PRIMARY) if isinstance(code, int) else None
    return make() if make is not None else None


def of_os(error: OSError) -> StorageFault:
    """The fault behind an error of the file system."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return disk_full()
    if error.errno == errno.EIO:
        return io_error()
    return read_only()


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's errors into faults; constraint and programming errors pass as the bugs they are."""
    try:
        yield
    except dbapi2.Error as error:
        fault = fault_of(error)
        if fault is None:
            raise
        raise fault from error
