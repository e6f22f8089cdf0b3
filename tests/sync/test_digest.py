"""Once a day a kiosk compares what it holds with what the city has, and reads anew what has drifted."""

from uuid import UUID

import pytest

from kiosk.sync.pump import COMPARE_EVERY
from tests.sync.kiosks import WholeKiosk

pytestmark = pytest.mark.postgres


@pytest.fixture
def pair(tmp_path, clock, city, server):
    made = [WholeKiosk(tmp_path, code, clock, city, server.url) for code in ("WHC1", "WHG1")]
    yield made
    for each in made:
        each.close()


@pytest.fixture
def busy(pair):
    """Two kiosks with every kind of record and a place of the reserve; at rest."""
    one, two = pair
    listing = one.listing(headcount="8")
    one.apply(one.worker(), listing)
    one.settle()
    two.settle()
    two.apply(two.worker(), listing)
    two.settle()
    for each in (one, two, one, two):
        each.settle()
    return one, two, listing


def streams(kiosk):
    return kiosk.pump._client.hello().streams


def test_what_a_kiosk_holds_after_a_round_is_what_the_city_counts(busy):
    one, two, _ = busy
    for kiosk in (one, two):
        for stream in streams(kiosk):
            theirs, mine = kiosk.pump._client.digest(stream), kiosk.kiosk.storage.inbox.digest(stream)
            assert (mine.count, mine.digest) == (theirs.count, theirs.digest), stream
    assert two.kiosk.storage.inbox.digest("area/371002").count == 1


def test_a_record_that_was_lost_here_is_there_again_after_a_day(busy, clock):
    _, two, _ = busy
    with two.kiosk.storage.database.transaction() as connection:
        row = connection.execute("SELECT id FROM worker").fetchone()
        connection.execute("DELETE FROM worker")
    worker = UUID(bytes=bytes(row[0]))
    two.settle()
    assert two.kiosk.storage.read.worker(worker) is None
    clock.advance(COMPARE_EVERY + 1)
    two.settle()
    assert two.kiosk.storage.read.worker(worker) is not None


def test_a_kiosk_that_holds_the_right_things_reads_nothing_anew(busy, clock):
    _, two, _ = busy
    clock.advance(COMPARE_EVERY + 1)
    done = two.pump.step()
    assert done.fault is None
    assert (done.pulled, done.more) == (0, False)
