"""Older files are brought up to date after a copy was put aside; whatever fails leaves them as they were."""

import importlib
import re
import shutil
from pathlib import Path

import pytest
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.schema import CreateIndex, CreateTable

from kiosk.protocol.codec import encode
from kiosk.services.ports import WantedQuery
from kiosk.storage import migration, schema
from kiosk.storage.connection import connect_new, connect_writer, page_bytes
from kiosk.storage.engine import Database
from kiosk.storage.faults import StorageFault
from kiosk.storage.rows import KINDS
from tests.storage.desk import KEY, storage_at
from tests.storage.market import NOW

STEP = """
from alembic import op
revision = "next"
down_revision = "{head}"

def upgrade():
    op.execute("ALTER TABLE setting ADD COLUMN changed_at INTEGER")
    {more}
"""


@pytest.fixture
def scripts(tmp_path):
    folder = Path(shutil.copytree(migration.SCRIPTS, tmp_path / "migrations 100%"))

    def with_step(more="pass"):
        (folder / "versions" / "vnext_test.py").write_text(
            STEP.format(more=more, head=schema.HEAD), encoding="utf-8"
        )
        return folder

    return with_step


@pytest.fixture
def old(path, storage, market):
    """A database of the present schema with a worker in it."""
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
    backup = migration.migrate(database, KEY, scripts=scripts(), head="next")
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
    assert migration.migrate(database, KEY, scripts=folder, head="next") is not None
    assert migration.migrate(database, KEY, scripts=folder, head="next") is None
    assert len(backups(path)) == 1


def test_a_step_that_fails_leaves_the_file_as_it_was(old, path, scripts):
    database, worker = old
    folder = scripts('op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(OperationalError):
        migration.migrate(database, KEY, scripts=folder, head="next")
    database.close()
    assert columns(path) == ["name", "value"]
    again = storage_at(path)
    again.open()
    assert again.read.worker(worker.id) == worker
    again.close()


def test_no_migration_without_a_backup(old, path, scripts, tmp_path):
    database, _ = old
    for count in range(1, 1000):
        (path.parent / f"{path.name}.before-{schema.HEAD}-{count}").touch()
    with pytest.raises(StorageFault):
        migration.migrate(database, KEY, scripts=scripts(), head="next")
    assert columns(path) == ["name", "value"]


def test_the_migrations_make_the_schema_that_the_program_uses(path):
    dialect = sqlite.dialect()
    wanted = {schema.SEARCH_DDL, *schema.WANTED_DDL}
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


def test_a_file_with_small_pages_is_opened_copied_and_kept_as_it_is(tmp_path, scripts):
    path = tmp_path / "small.sqlite3"
    connect_new(path, KEY, 4096).close()
    database = Database(path, KEY)
    migration.migrate(database, KEY)
    with database.transaction() as connection:
        connection.execute("INSERT INTO setting (name, value) VALUES ('a', x'01')")
    # The plug is pulled: what was committed stands in the write-ahead log only.
    cut = tmp_path / "cut.sqlite3"
    for end in ("", "-wal"):
        cut.with_name(cut.name + end).write_bytes(path.with_name(path.name + end).read_bytes())
    assert cut.with_name(cut.name + "-wal").stat().st_size > 0
    database.close()
    with pytest.raises(StorageFault) as caught:
        connect_writer(cut, bytes(32))
    assert caught.value.key == "fault.wrong_key"
    again = Database(cut, KEY)
    backup = migration.migrate(again, KEY, scripts=scripts(), head="next")
    again.close()
    for each in (cut, backup):
        connection = connect_writer(each, KEY)
        assert connection.execute("SELECT value FROM setting WHERE name = 'a'").fetchone()[0] == b"\x01"
        assert page_bytes(connection) == 4096
        connection.close()


def test_a_file_of_the_first_version_is_brought_up_to_date_with_what_is_in_it(tmp_path, market):
    path = tmp_path / "first.sqlite3"
    connect_new(path, KEY).close()
    database = Database(path, KEY)
    worker = market.worker()
    first = importlib.import_module("kiosk.storage.migrations.versions.v0001_first")
    with database.writer() as connection:
        for statement in first.STATEMENTS:
            connection.execute(statement)
        connection.execute("CREATE TABLE alembic_version (version_num TEXT NOT NULL PRIMARY KEY)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        kind = KINDS["worker"]
        connection.execute(kind.insert, (worker.id.bytes, *kind.columns(worker), 0, encode(worker)))
    database.close()
    opened = storage_at(path)
    opened.open()
    assert opened.backup is not None
    assert opened.read.worker(worker.id) == worker
    assert opened.read.wanted_count(WantedQuery(), NOW.date()) == 0
    opened.close()
