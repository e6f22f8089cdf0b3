"""The program is started anew each night; the daily comparison takes place all the same, whatever the clock says."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from kiosk.protocol.messages import DigestResponse, HelloResponse, PullResponse, ServerState, SnapshotResponse
from kiosk.protocol.progress import StreamDigest
from kiosk.protocol.signing import SigningKey
from kiosk.storage.storage import FILE_NAME
from kiosk.sync.client import Enrolled
from kiosk.sync.pump import COMPARE_AGAIN, COMPARE_EVERY, COMPARE_FROM, COMPARE_WITHIN, Pump
from tests.fakes import FakeClock
from tests.storage.desk import storage_at
from tests.sync.fakes import FakeInbox, FakeOutbox
from tests.sync.stations import fresh_storage

HOUR = 3600.0
STATE = ServerState(epoch=UUID(int=1), server_time=datetime(2026, 3, 3, tzinfo=UTC))


class City:
    """One empty stream; counts how often it is asked what should be held."""

    def __init__(self, kiosk="WH01"):
        self.me = Enrolled(device=UUID(int=2), incarnation=1, kiosk=kiosk, key=SigningKey(bytes(32)))
        self.asked = 0
        self.head = 0

    def hello(self):
        return HelloResponse(state=STATE, kiosk=self.me.kiosk, incarnation=1, streams=("ref",))

    def snapshot(self, stream, after):
        return SnapshotResponse(state=STATE, stream=stream, items=(), head=0, more=False)

    def pull(self, stream, after, epoch):
        return PullResponse(state=STATE, stream=stream, items=(), head=0, more=False)

    def digest(self, stream):
        self.asked += 1
        return DigestResponse(state=STATE, stream=stream, head=self.head, count=0, digest="")


class Inbox(FakeInbox):
    """Holds nothing."""

    def digest(self, stream):
        return StreamDigest(count=0, digest="")


@pytest.fixture
def city():
    return City()


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def inbox():
    return Inbox()


def run(city, inbox, clock, hours, rounds_an_hour=4):
    """One run of the program."""
    pump = Pump(city, FakeOutbox(), inbox, clock, "boot")
    for _ in range(int(hours * rounds_an_hour)):
        pump.step()
        clock.advance(HOUR / rounds_an_hour)


def test_a_kiosk_that_is_started_anew_each_night_compares_each_day(city, inbox, clock):
    for _ in range(5):
        run(city, inbox, clock, 23.75)
        clock.advance(HOUR / 4)
    assert city.asked == 5


def test_one_that_is_switched_off_in_the_evening_compares_each_day(city, inbox, clock):
    for _ in range(5):
        run(city, inbox, clock, 9)
        clock.advance(15 * HOUR)
    assert city.asked == 5


def test_starting_the_program_again_and_again_does_not_ask_again_and_again(city, inbox, clock):
    for _ in range(6):
        run(city, inbox, clock, 3)
    assert city.asked == 1


def test_a_machine_that_begins_each_day_in_1970_compares_each_day(city, inbox):
    for _ in range(4):
        clock = FakeClock(datetime(1970, 1, 1, tzinfo=UTC))
        run(city, inbox, clock, 12)
    assert city.asked == 4


def test_a_comparison_that_was_noted_in_the_future_stops_nothing(city, inbox, clock):
    inbox.note_compared(clock.now() + timedelta(days=4000))
    run(city, inbox, clock, 2)
    assert city.asked == 1
    assert inbox.compared() <= clock.now()


def test_a_stream_that_moves_meanwhile_is_compared_an_hour_later_not_a_day(city, inbox, clock):
    city.head = 7
    pump = Pump(city, FakeOutbox(), inbox, clock, "boot")
    pump.step()
    clock.advance(COMPARE_FROM + COMPARE_WITHIN)
    pump.step()
    for asked in (1, 2, 3):
        assert (city.asked, inbox.compared()) == (asked, None)
        clock.advance(COMPARE_AGAIN - 1)
        pump.step()
        assert city.asked == asked
        clock.advance(1)
        pump.step()
    city.head = 0
    clock.advance(COMPARE_AGAIN)
    pump.step()
    assert (city.asked, inbox.compared()) == (5, clock.now())
    clock.advance(COMPARE_EVERY - 1)
    pump.step()
    assert city.asked == 5


def test_kiosks_that_start_at_the_same_moment_do_not_ask_at_the_same_moment():
    firsts = set()
    for number in range(20):
        clock, city = FakeClock(), City(f"WH{number:02}")
        began = clock.monotonic()
        pump = Pump(city, FakeOutbox(), Inbox(), clock, "boot")
        while not city.asked:
            clock.advance(60)
            pump.step()
        firsts.add(clock.monotonic() - began)
    assert len(firsts) > 10
    assert COMPARE_FROM <= min(firsts) <= max(firsts) <= COMPARE_FROM + COMPARE_WITHIN + 60


def test_the_database_remembers_both_over_a_restart(tmp_path):
    storage = fresh_storage(tmp_path / "disk")
    at = datetime(2026, 3, 3, 4, 5, tzinfo=UTC)
    assert storage.inbox.compared() is None
    assert not storage.outbox.is_rolled_back()
    storage.inbox.note_compared(at)
    storage.outbox.note_rolled_back()
    storage.close()
    again = storage_at(tmp_path / "disk" / FILE_NAME)
    again.open()
    assert again.inbox.compared() == at
    assert again.outbox.is_rolled_back()
    again.outbox.renumber()
    assert not again.outbox.is_rolled_back()
    again.outbox.note_rolled_back()
    again.inbox.adopt_epoch(UUID(int=5))
    assert not again.outbox.is_rolled_back()
    again.close()
