"""Older files are brought up to date after a copy was put aside; whatever fails leaves them as they were."""

import re
import shutil
from pathlib import Path

import pytest
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.schema import CreateIndex, CreateTable

from kiosk.storage import migration, schema
from kiosk.storage.connection import connect_writer
from kiosk.storage.engine import Database
from kiosk.storage.faults import StorageFault
from tests.storage.desk import KEY, storage_at

STEP = """
from alembic import op
revision = "0002"
down_revision = "0001"

def upgrade():
    op.execute("ALTER TABLE setting ADD COLUMN changed_at INTEGER")
    {more}
"""


@pytest.fixture
def scripts(tmp_path):
    folder = Path(shutil.copytree(migration.SCRIPTS, tmp_path / "migrations 100%"))

    def with_step(more="pass"):
        (folder / "versions" / "v0002_test.py").write_text(STEP.format(more=more), encoding="utf-8")
        return folder

    return with_step


@pytest.fixture
def old(path, storage, market):
    """A database of schema 0001 with a worker in it."""
    worker = market.worker()
    storage.load([worker])
    storage.close()
    database = Database(path, KEY)
    yield database, worker
    database.close()


def backups(path):
    return sorted(path.parent.glob(f"{path.name}.before-*"))


def columns(path):
    connection = connect_writer(path, KEY)
    names = [row[1] for row in connection.execute("PRAGMA table_info(setting)")]
    connection.close()
    return names


def test_an_older_file_is_migrated_after_a_backup(old, path, scripts):
    database, worker = old
    backup = migration.migrate(database, KEY, scripts=scripts(), head="0002")
    database.close()
    assert backups(path) == [backup]
    assert columns(path) == ["name", "value", "changed_at"]
    kept = storage_at(backup)
    kept.open()
    assert kept.read.worker(worker.id) == worker
    kept.close()
    assert columns(backup) == ["name", "value"]
    assert backup.read_bytes()[:6] != b"SQLite"


def test_a_migrated_file_is_left_alone(old, path, scripts):
    database, _ = old
    folder = scripts()
    assert migration.migrate(database, KEY, scripts=folder, head="0002") is not None
    assert migration.migrate(database, KEY, scripts=folder, head="0002") is None
    assert len(backups(path)) == 1


def test_a_step_that_fails_leaves_the_file_as_it_was(old, path, scripts):
    database, worker = old
    folder = scripts('op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(OperationalError):
        migration.migrate(database, KEY, scripts=folder, head="0002")
    database.close()
    assert columns(path) == ["name", "value"]
    again = storage_at(path)
    again.open()
    assert again.read.worker(worker.id) == worker
    again.close()


def test_no_migration_without_a_backup(old, path, scripts, tmp_path):
    database, _ = old
    for count in range(1, 1000):
        (path.parent / f"{path.name}.before-0001-{count}").touch()
    with pytest.raises(StorageFault):
        migration.migrate(database, KEY, scripts=scripts(), head="0002")
    assert columns(path) == ["name", "value"]


def test_the_first_migration_makes_the_schema_that_the_program_uses(path):
    dialect = sqlite.dialect()
    wanted = {schema.SEARCH_DDL}
    for table in schema.metadata.tables.values():
        wanted.add(str(CreateTable(table).compile(dialect=dialect)))
        wanted.update(str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes)
    connection = connect_writer(path, KEY)
    found = connection.execute(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name != 'alembic_version' "
        "AND name NOT LIKE 'search\\_%' ESCAPE '\\' OR name = 'search_backlog'"
    ).fetchall()
    connection.close()

    def plain(sql):
        return re.sub(r"\s+", " ", sql).strip()

    assert {plain(row[0]) for row in found} == {plain(sql) for sql in wanted}
