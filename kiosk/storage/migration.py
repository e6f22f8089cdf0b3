"""Brings a database file to the schema of this program, after a backup copy; refuses one from a newer program."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from kiosk.storage import faults, schema
from kiosk.storage.connection import Connection, connect_new, page_bytes
from kiosk.storage.engine import Database

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS: Final = Path(__file__).parent / "migrations"


def revision(connection: Connection) -> str | None:
    """The schema's revision; None for a file without tables."""
    row = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'alembic_version'").fetchone()
    if row[0] == 0:
        return None
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if found is None else str(found[0])


def migrate(
    database: Database, key: bytes, *, scripts: Path = SCRIPTS, head: str = schema.HEAD
) -> Path | None:
    """Run the missing steps in one transaction; the backup's path when there was something to keep.

    Args:
        database: the file, opened.
        key: its key, for the backup.
        scripts: Alembic's folder.
        head: the newest revision there.

    Raises:
        StorageFault: newer schema, no space for the copy, disk failed. The file is as it was.
    """
    with database.writer() as connection, faults.translated():
        found = revision(connection)
    if found == head:
        return None
    backup = None
    if found is not None:
        if found not in _known(scripts):
            raise faults.newer_schema(found)
        backup = back_up(database, key, found)
    _upgrade(database, scripts)
    return backup


def back_up(database: Database, key: bytes, label: str) -> Path:
    """Copy the database beside itself, encrypted with the same key, synced to disk.

    Raises:
        StorageFault: no space or an I/O error; no half copy stays behind.
    """
    path = _free_name(database.path, label)
    try:
        with database.writer() as source, faults.translated():
            target = connect_new(path, key, page_bytes(source))
            try:
                source.backup(target)
                target.execute("PRAGMA journal_mode = DELETE")
            finally:
                target.close()
        _sync(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _free_name(path: Path, label: str) -> Path:
    for count in range(1, 1000):
        candidate = path.with_name(f"{path.name}.before-{label}-{count}")
        if not candidate.exists():
            return candidate
    raise faults.disk_full()


def _sync(path: Path) -> None:
    for place in (path, path.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError:
            if place == path:
                raise faults.io_error() from None
        finally:
            os.close(handle)


def _config(scripts: Path) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    return config


def _known(scripts: Path) -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory.from_config(_config(scripts)).walk_revisions()}


def _upgrade(database: Database, scripts: Path) -> None:
    # Loaded only when there is something to do: it costs a third of a second.
    from alembic import command
    from sqlalchemy.exc import DBAPIError

    config = _config(scripts)
    try:
        with database.writer() as borrowed, _engine(borrowed).begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except DBAPIError as error:
        fault = faults.fault_of(error.orig) if isinstance(error.orig, dbapi2.Error) else None
        if fault is None:
            raise
        raise fault from error


def _engine(connection: Connection) -> sa.Engine:
    """SQLAlchemy's view of a connection that stays ours."""
    engine = sa.create_engine(
        "sqlite://",
        creator=lambda: connection,
        module=dbapi2,
        poolclass=StaticPool,
        hide_parameters=True,  # names and phone numbers never stand in an exception
    )

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # The driver is in autocommit mode; all steps together are one transaction.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
