"""The restore drill: a good backup is said to be good, a bad one is not."""

import argparse
import json
import os

import psycopg
import pytest

from kiosk.bootstrap.city import city_tool
from kiosk.city.backup import BackupFailed, _run, backup
from kiosk.city.drill import in_words, restore_drill
from kiosk.city.embedded import superuser_of
from kiosk.settings import Settings
from tests.city.test_push import published, registered

pytestmark = pytest.mark.postgres


@pytest.fixture
def owner(database):
    return superuser_of(database.gateway)


def test_the_newest_backup_is_a_whole_city(kiosk, city, owner, tmp_path):
    published(kiosk)
    backup(city, owner, tmp_path / "old.dump")
    os.utime(tmp_path / "old.dump", (1, 1))
    registered(kiosk)
    backup(city, owner, tmp_path / "new.dump")
    drill = restore_drill(owner, tmp_path)
    assert drill.file.endswith("new.dump")
    assert (drill.operations, drill.rows["worker"], drill.rows["listing"]) == (4, 1, 1)
    assert drill.schema == drill.newest_schema
    assert drill.problems == ()
    assert in_words(drill)[-1] == "the city can go back to it"


@pytest.mark.parametrize(
    ("harm", "problem"),
    [
        ("UPDATE device_cursor SET last_seq = last_seq + 1", "log is without holes"),
        ("UPDATE listing_slot SET free = free + 1", "places add up"),
        ("UPDATE stream_head SET head = 0", "beyond its head"),
        ("DELETE FROM listing", "has its listing"),
        ("DELETE FROM city_epoch", "one city"),
    ],
)
def test_what_is_not_whole_is_said(kiosk, owner, database, tmp_path, harm, problem):
    listing = published(kiosk)
    kiosk.say(worker := kiosk.worker_body())
    kiosk.say(kiosk.apply_body(listing, worker.worker_id))
    with psycopg.connect(database.owner) as connection:
        connection.execute(harm)
    _run("pg_dump", ["--format=custom", "--no-owner", f"--file={tmp_path / 'x.dump'}"], owner)
    drill = restore_drill(owner, tmp_path / "x.dump")
    assert any(problem in each for each in drill.problems)
    assert in_words(drill)[-1] == "do not rely on this backup"


def test_nothing_to_restore_and_nothing_that_can_be(owner, tmp_path):
    with pytest.raises(BackupFailed, match="no backup"):
        restore_drill(owner, tmp_path)
    (tmp_path / "x.dump").write_bytes(b"PGDMP nonsense")
    with pytest.raises(BackupFailed, match="pg_restore"):
        restore_drill(owner, tmp_path)


def test_the_tool_says_it_in_words_or_as_json(kiosk, city, database, owner, tmp_path):
    registered(kiosk)
    backup(city, owner, tmp_path / "city.dump")
    settings = Settings(
        data_dir=tmp_path, slip_dir=tmp_path, city_data_dir=tmp_path / "city", city_dsn=database.gateway
    )
    said = []

    def tool(**options):
        return city_tool(argparse.Namespace(tool="restore-drill", **options), settings, said.append)

    assert tool(place=tmp_path, json=False, owner_dsn="") == 1
    assert tool(place=tmp_path, json=False, owner_dsn=owner) == 0
    assert "the city can go back to it" in said
    assert tool(place=tmp_path, json=True, owner_dsn=owner) == 0
    assert json.loads(said[-1])["operations"] == 1
    assert tool(place=tmp_path / "none", json=True, owner_dsn=owner) == 1
