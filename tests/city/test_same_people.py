"""Who is registered twice by their ID numbers: found with the key out of the safe, and nowhere else."""

import os
from dataclasses import replace
from datetime import date

import psycopg
import pytest

from kiosk.bootstrap.city_same_people import merge_workers
from kiosk.city import admin
from kiosk.city.context import CityContext
from kiosk.city.postgres import PostgresStore
from kiosk.domain.operations import WithdrawConsent
from kiosk.protocol.sealing import new_private, public_of, seal
from tests.city.stage import AREA, DISTRICTS, HOST, Kiosk
from tests.city.test_one_person import applied, published
from tests.domain.samples import RULES, identity

pytestmark = pytest.mark.postgres
NUMBER, OTHER = b"371002197503151230", b"371002198003151239"


@pytest.fixture
def founded(database, market):
    """A city whose private key is at hand, as on the machine in the office."""
    store = PostgresStore(database.gateway, 4)
    store.open()
    city = CityContext(store=store, rules=RULES, now=lambda: market.now, random=os.urandom)
    made = admin.create_city(city, AREA, HOST, DISTRICTS)
    yield city, made.sealing_private
    store.close()


@pytest.fixture
def stations(founded, market):
    return [Kiosk(founded[0], market, code).enroll() for code in ("WH01", "WH02")]


@pytest.fixture
def key_file(founded, tmp_path):
    path = tmp_path / "sealing.key"
    path.write_text(founded[1].hex() + "\n")
    return path


def registered(city, station, number, name="李大海", key=None):
    recipient = city.store.run(lambda tx: tx.city().sealing_key) if key is None else key
    who = replace(
        identity(date(1975, 3, 15)), sealed=seal(number, recipient), lookup=f"hash of {station.code}"
    )
    body = replace(station.worker_body(name), identity=who)
    assert station.say(body) == [("accepted", "")]
    return body.worker_id


def run(city, key_file, *, write=False):
    said = []
    return merge_workers(city, key_file, said.append, write=write), said


def test_pairs_are_listed_and_nothing_is_changed_until_it_is_said(founded, stations, key_file):
    city, _ = founded
    first, second = registered(city, stations[0], NUMBER), registered(city, stations[1], NUMBER)
    registered(city, stations[1], OTHER)
    code, said = run(city, key_file)
    assert code == 0
    assert said[0].startswith("WH02-")
    assert "nothing was changed" in said[-1]
    assert not any(NUMBER.decode() in line or "李大海" in line for line in said)
    assert stations[1].own()["worker", second]["merged_into"] is None
    code, said = run(city, key_file, write=True)
    assert code == 0
    for station in stations:
        assert station.own()["worker", second]["merged_into"] == str(first)
        assert station.own()["worker", first]["home"] == "WH01"
    assert run(city, key_file)[1] == [
        "2 ID numbers compared, 0 registrations of somebody who has an earlier one"
    ]


def test_work_moves_places_come_back_and_the_log_has_a_line(founded, stations, key_file, database):
    city, _ = founded
    first, second = registered(city, stations[0], NUMBER), registered(city, stations[1], NUMBER)
    listing = published(stations[0])
    applied(stations[0], listing, first)
    applied(stations[1], listing, second)
    assert run(city, key_file, write=True)[0] == 0
    assert stations[0].own()["listing", listing]["taken"] == 1
    with psycopg.connect(database.owner) as connection:
        rows = connection.execute("SELECT kind, op FROM city_log WHERE subject = %s", [first]).fetchall()
    assert [row[0] for row in rows] == ["worker.merge/1"]
    assert '"kind":"city"' in rows[0][1]


def test_who_has_withdrawn_is_left_alone(founded, stations, key_file):
    city, _ = founded
    registered(city, stations[0], NUMBER)
    second = registered(city, stations[1], NUMBER)
    stations[1].say(WithdrawConsent(worker_id=second))
    assert run(city, key_file)[1][-1].startswith("1 ID numbers compared, 0 ")


def test_a_box_for_another_key_stays_closed_and_is_counted(founded, stations, key_file):
    city, _ = founded
    registered(city, stations[0], NUMBER)
    registered(city, stations[1], NUMBER, key=public_of(new_private()))
    code, said = run(city, key_file)
    assert code == 0
    assert said[-1].startswith("1 boxes are not for this key")


@pytest.mark.parametrize("text", ["", "no key", "00" * 32, "ab" * 31])
def test_another_key_or_none_opens_nothing(founded, stations, tmp_path, text):
    path = tmp_path / "wrong.key"
    path.write_text(text)
    code, said = run(founded[0], path)
    assert code == 1
    assert "key" in said[0]
    assert run(founded[0], tmp_path / "nowhere")[0] == 1
