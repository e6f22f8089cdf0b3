"""A disk that was put back from an old image: nothing is lost, and nobody is given a number that somebody has."""

import shutil

import psycopg
import pytest

from kiosk.city import admin
from kiosk.city.purge import forget
from kiosk.domain.calendar import local_date
from tests.city.test_purge import LATER
from tests.sync.kiosks import WholeKiosk

pytestmark = pytest.mark.postgres
DAY = 86_400


class Disk:
    """The kiosk's folder, and a copy of it."""

    def __init__(self, folder, clock):
        self.folder, self.clock = folder, clock
        self.phones = iter(range(5000, 9999))

    def start(self):
        made = WholeKiosk(self.folder, "WHC1", self.clock)
        made._phones = self.phones  # nobody is called up twice
        return made

    def keep(self):
        shutil.copytree(self.folder / "WHC1", self.folder / "image")

    def put_back(self):
        shutil.rmtree(self.folder / "WHC1")
        shutil.copytree(self.folder / "image", self.folder / "WHC1")


@pytest.fixture
def disk(tmp_path, clock):
    return Disk(tmp_path, clock)


def come_back(kiosk, city, url):
    """Staff enrol it once more."""
    kiosk.services.station.join_city(url, admin.make_enroll_token(city, "WHC1"))
    kiosk.begin_anew()
    kiosk.settle()


def numbers(kiosk, table):
    """The numbers on the records that are held, by id."""
    storage = kiosk.kiosk.storage
    with storage.database.reader() as connection:
        rows = connection.execute(f"SELECT body ->> 'id', body ->> 'number' FROM {table}").fetchall()
    return {row[0]: int(row[1]) for row in rows}


def work(kiosk):
    """Somebody registers, a listing is posted, they take it and want more: every number that there is, once."""
    worker, listing = kiosk.worker(), kiosk.listing(headcount="3")
    kiosk.apply(worker, listing)
    return str(worker), str(listing)


def same_view(kiosk):
    client, inbox = kiosk.pump._client, kiosk.kiosk.storage.inbox
    for stream in client.hello().streams:
        mine, theirs = inbox.digest(stream), client.digest(stream)
        assert (mine.count, mine.digest) == (theirs.count, theirs.digest), stream


def test_numbers_go_on_where_they_were_and_not_where_the_image_ends(home, disk, city, server):
    work(home)
    home.settle()
    home.close()
    disk.keep()
    lost = disk.start()
    work(lost)
    lost.settle()
    given = {
        table: set(numbers(lost, table).values()) for table in ("worker", "listing", "placement", "slip")
    }
    assert given["worker"] == {1, 2}
    lost.close()
    disk.put_back()
    old = disk.start()
    assert old.pump.step().fault.key == "sync.re_enrol"
    come_back(old, city, server.url)
    before = {table: numbers(old, table) for table in given}
    assert {table: set(held.values()) for table, held in before.items()} == given
    work(old)
    for table, held in before.items():
        now = numbers(old, table)
        assert len(set(now.values())) == len(now), table
        assert min(now[each] for each in now.keys() - held.keys()) == max(given[table]) + 1, table
    old.settle()
    same_view(old)
    old.close()


def test_an_image_of_three_weeks_ago_finds_what_was_pruned_and_purged_since(
    home, disk, city, server, database, clock
):
    first = work(home)
    home.settle()
    home.close()
    disk.keep()
    lost = disk.start()
    second, third = work(lost), work(lost)
    lost.settle()
    with psycopg.connect(database.owner) as connection:  # a backup was taken, and read
        connection.execute("UPDATE device_cursor SET durable_seq = last_seq")
    lost.settle()
    clock.advance(21 * DAY)
    lost.kiosk.storage.maintain(local_date(clock.now()))
    assert lost.kiosk.storage.outbox.unsent(100) == []
    with lost.kiosk.storage.database.reader() as connection:
        assert connection.execute("SELECT count(*) FROM outbox").fetchone()[0] == 0
    lost.close()
    forget(city, LATER)
    with psycopg.connect(database.owner) as connection:
        connection.execute("UPDATE stream_head SET fence = head")
    disk.put_back()
    old = disk.start()
    assert old.kiosk.storage.inbox.cursor("dev/WHC1").seq > 0
    # Worked on before anybody knows: nobody here can say which numbers are taken.
    fourth = str(old.worker(name="于大海"))
    assert old.pump.step().fault.key == "sync.re_enrol"
    come_back(old, city, server.url)
    workers = numbers(old, "worker")
    assert {first[0], second[0], third[0], fourth} == workers.keys()
    assert {first[1], second[1], third[1]} <= numbers(old, "listing").keys()
    counts = old.kiosk.storage.outbox.counts()
    assert (counts.unsent, counts.rejected, counts.quarantined) == (0, 0, 0)
    fifth = str(old.worker(name="王四"))
    assert numbers(old, "worker")[fifth] == 4
    old.settle()
    same_view(old)
    old.close()
