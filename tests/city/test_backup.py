"""A backup is durable once it was restored and read; kiosks forget no sooner."""

import stat
from contextlib import closing
from dataclasses import replace

import psycopg
import pytest

from kiosk.bootstrap.city import city_tool
from kiosk.city import admin
from kiosk.city.backup import BackupFailed, backup
from kiosk.city.embedded import superuser_of
from kiosk.city.postgres import PostgresStore
from kiosk.settings import Settings
from tests.city.test_push import published, registered

pytestmark = pytest.mark.postgres


@pytest.fixture
def owner(database):
    return superuser_of(database.gateway)


def databases(owner):
    with psycopg.connect(owner) as connection:
        return {row[0] for row in connection.execute("SELECT datname FROM pg_database")}


def test_what_was_read_back_is_durable_and_nothing_after_it(kiosk, other, city, owner, tmp_path):
    published(kiosk)
    registered(other)
    before = databases(owner)
    verified = backup(city, owner, tmp_path / "backups" / "city.dump")
    assert verified.operations == 4
    assert (kiosk.device.durable_seq, other.device.durable_seq) == (3, 1)
    registered(kiosk)
    assert (kiosk.device.last_seq, kiosk.device.durable_seq) == (4, 3)
    assert databases(owner) == before
    assert stat.S_IMODE(verified.path.stat().st_mode) == 0o600
    assert list(verified.path.parent.iterdir()) == [verified.path]


def test_a_dump_that_cannot_be_read_back_makes_nothing_durable(kiosk, city, owner, tmp_path, monkeypatch):
    from kiosk.city import backup as room

    registered(kiosk)
    run = room._run

    def torn(name, arguments, dsn):
        run(name, arguments, dsn)
        if name == "pg_dump":
            path = tmp_path / ".city.dump.part"
            path.write_bytes(path.read_bytes()[:-3000])

    monkeypatch.setattr(room, "_run", torn)
    before = databases(owner)
    with pytest.raises(BackupFailed, match="pg_restore"):
        backup(city, owner, tmp_path / "city.dump")
    assert kiosk.device.durable_seq == 0
    assert list(tmp_path.iterdir()) == []
    assert databases(owner) == before


def test_a_role_without_the_right_is_told_so(kiosk, city, database, tmp_path):
    registered(kiosk)
    with pytest.raises(BackupFailed, match="permission denied"):
        backup(city, database.gateway, tmp_path / "city.dump")
    assert list(tmp_path.iterdir()) == []


def test_a_backup_of_an_earlier_life_marks_nothing(kiosk, city, owner, tmp_path):
    registered(kiosk)
    verified = backup(city, owner, tmp_path / "city.dump")
    later = registered(kiosk)
    assert later
    admin.after_restore(city)
    assert not city.store.run(lambda tx: tx.mark_durable(verified.epoch, verified.marks))


def test_no_mark_goes_beyond_what_the_city_has_or_back(kiosk, city, owner, tmp_path):
    registered(kiosk)
    verified = backup(city, owner, tmp_path / "city.dump")
    for seq in (0, 99):
        marks = [replace(mark, seq=seq) for mark in verified.marks]
        city.store.run(lambda tx, marks=marks: tx.mark_durable(verified.epoch, marks))
        assert kiosk.device.durable_seq == 1


def test_the_tools_of_the_engineer(kiosk, city, database, owner, tmp_path):
    import argparse

    registered(kiosk)
    said = []
    settings = Settings(
        data_dir=tmp_path, slip_dir=tmp_path, city_data_dir=tmp_path / "city", city_dsn=database.gateway
    )

    def tool(**options):
        return city_tool(argparse.Namespace(**options), settings, said.append)

    target = tmp_path / "city.dump"
    assert tool(tool="backup", file=target, owner_dsn="") == 1
    assert not target.exists()
    assert tool(tool="backup", file=target, owner_dsn=owner) == 0
    assert "1 operations" in said[1]
    epoch = city.store.run(lambda tx: tx.city()).epoch
    assert tool(tool="after-restore") == 0
    assert city.store.run(lambda tx: tx.city()).epoch != epoch


def test_a_restored_backup_is_a_city_that_kiosks_fill_again(kiosk, city, cluster, owner, tmp_path):
    from kiosk.city.backup import _run

    worker = registered(kiosk)
    backup(city, owner, tmp_path / "city.dump")
    lost = registered(kiosk)
    fresh = cluster.fresh()
    admin_dsn = superuser_of(fresh.gateway)
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    _run("pg_restore", ["--no-owner", "--exit-on-error", "--dbname=", str(tmp_path / "city.dump")], admin_dsn)
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        connection.execute("GRANT USAGE ON SCHEMA public TO city_gateway")
        connection.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO city_gateway")
    with closing(PostgresStore(fresh.gateway, 2)) as store:
        store.open()
        restored = replace(city, store=store)
        admin.after_restore(restored)
        kiosk.city = restored
        assert kiosk.device.last_seq == 1
        kiosk.push(*kiosk.log[1:])
        assert store.run(lambda tx: tx.peek("worker", worker)) is not None
        assert store.run(lambda tx: tx.peek("worker", lost)) is not None


def test_the_packed_programs_libraries_are_not_postgresqls(kiosk, city, owner, tmp_path, monkeypatch):
    packed = tmp_path / "packed"
    packed.mkdir()
    (packed / "libz.so.1").write_text("of another making")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(packed))
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "")
    registered(kiosk)
    assert backup(city, owner, tmp_path / "city.dump").operations
