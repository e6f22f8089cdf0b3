"""Background work gives way to touches, and is never stopped by them."""

import time
from threading import Thread

import msgspec
import pytest

from kiosk.protocol.codec import encode
from kiosk.protocol.messages import Item
from kiosk.protocol.progress import SnapshotKey, digest_of
from kiosk.services.ports import ListingQuery
from kiosk.storage.courtesy import ANSWERED_S, ATTENDED_S, PIECE_S, SLICE_S, Courtesy
from kiosk.storage.inbox import CHUNK
from kiosk.storage.incoming import PIECE, sorted_out
from kiosk.storage.turns import Turns
from tests.storage.market import NOW

AREA = "area/371002"


class Hours:
    """A clock that only sleeping and working move on."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept = 0.0

    def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.now += seconds


@pytest.fixture
def hours():
    return Hours()


@pytest.fixture
def courtesy(hours):
    return Courtesy(lambda: hours.now, hours.sleep)


def test_nobody_waits_for_nothing(courtesy, hours):
    courtesy.give_way()
    assert hours.slept == 0


def test_a_touch_is_answered_first(courtesy, hours):
    courtesy.touched()
    hours.now += ANSWERED_S / 3
    courtesy.give_way()
    assert hours.slept == pytest.approx(ANSWERED_S * 2 / 3)


def test_hammering_never_stops_it(courtesy, hours):
    pieces = 0
    while hours.now < 160:
        courtesy.touched()
        courtesy.give_way()
        hours.now += 0.005
        pieces += 1
    assert hours.slept > 50
    assert pieces > 60 / (ANSWERED_S + 0.005) - 1


def page_of(market, count):
    return [
        Item(entity="listing", id=each.id, seq=at, ver=1, body=msgspec.Raw(encode(each)))
        for at, each in enumerate(market.listings(count), 1)
    ]


def test_a_page_that_is_made_ready_gives_way(market):
    told = []
    page = sorted_out(page_of(market, 2 * PIECE + 1), lambda: told.append(1))
    assert [len(piece.records["listing"]) for piece in page.pieces] == [PIECE, PIECE, 1]
    assert told == [1, 1]


def test_a_transaction_ends_for_a_touch_and_is_short_while_somebody_is_there(courtesy, hours):
    began = hours.now
    assert not courtesy.has_enough(began)
    hours.now += 1
    assert not courtesy.has_enough(began)  # nobody is there: as long as it takes
    courtesy.touched()
    assert courtesy.has_enough(hours.now)
    hours.now += ANSWERED_S
    assert not courtesy.has_enough(hours.now)
    assert courtesy.has_enough(hours.now - SLICE_S)
    hours.now += ATTENDED_S
    assert not courtesy.has_enough(began)


class Rushed(Courtesy):
    """Somebody touches the screen all the time, and pulls the plug after so many slices."""

    attended = True

    def __init__(self, slices):
        super().__init__()
        self.left = slices

    def has_enough(self, began):
        return True

    def give_way(self):
        self.left -= 1
        if self.left == 0:
            raise KeyboardInterrupt


@pytest.mark.parametrize("snapshot", [True, False])
def test_a_page_that_is_cut_off_between_two_slices_goes_on_behind_them(storage, market, snapshot):
    items = page_of(market, 4 * PIECE)
    storage.inbox._courtesy = rushed = Rushed(100)

    def take(some):
        page = storage.inbox.prepare(some)
        rushed.left = 2 if some == items else 100
        if snapshot:
            last = some[-1]
            storage.inbox.apply_snapshot(AREA, page, 9999, SnapshotKey(last.entity, last.id), last=True)
        else:
            storage.inbox.apply(AREA, page, 5000, complete=True)

    with pytest.raises(KeyboardInterrupt):
        take(items)
    cursor = storage.inbox.cursor(AREA)
    assert len(browsed(storage)) == 2 * PIECE
    if snapshot:
        assert (cursor.reading, cursor.seq) == (True, 9999)
        assert cursor.after == SnapshotKey("listing", items[2 * PIECE - 1].id)
    else:
        assert cursor.seq == items[2 * PIECE - 1].seq
        assert cursor.replacing
    take(items[2 * PIECE :])
    assert browsed(storage) == {item.id for item in items}
    cursor = storage.inbox.cursor(AREA)
    assert (cursor.reading, cursor.seq, cursor.after) == (False, 9999 if snapshot else 5000, None)


def browsed(storage):
    return {each.id for each in storage.read.listings(ListingQuery(), NOW, None, 5000).rows}


def test_whoever_waits_for_a_transaction_is_known(storage):
    database = storage.database
    with database.writer():
        assert not database.wanted
        waits = Thread(target=lambda: (database.take_turn(), database.end_turn()))
        waits.start()
        deadline = time.monotonic() + 10
        while not database.wanted and time.monotonic() < deadline:
            waits.join(0.001)
        assert database.wanted
    waits.join()
    assert not database.wanted


def test_turns_come_in_the_order_of_asking():
    turns, order = Turns(), []
    assert turns.take()

    def ask(name):
        turns.take()
        order.append(name)
        turns.give()

    threads = []
    for name in "abc":
        threads.append(Thread(target=ask, args=(name,)))
        threads[-1].start()
        deadline = time.monotonic() + 5
        while len(turns._waiting) < len(threads) and time.monotonic() < deadline:
            threads[-1].join(0.001)
    turns.give()
    order.append("me, too late")  # who asks again at once comes behind those who wait
    for thread in threads:
        thread.join()
    assert [name for name in order if len(name) == 1] == ["a", "b", "c"]
    assert turns.take(0)


def test_who_waits_too_long_for_a_turn_is_told_and_does_not_get_it_later():
    turns = Turns()
    assert turns.take()
    assert not turns.take(0.01)
    assert not turns.wanted
    turns.give()
    assert turns.take(0)


def test_the_daily_comparison_gives_way_too(storage, market):
    items = page_of(market, 2 * CHUNK + 1)
    storage.inbox.apply(AREA, storage.inbox.prepare(items), 5000, complete=True)
    storage.inbox._courtesy = rushed = Rushed(100)
    said = storage.inbox.digest(AREA)
    assert rushed.left == 100 - 3
    ordered = sorted((item.entity, item.id, item.ver) for item in items)
    assert (said.count, said.digest) == (len(items), digest_of(ordered))


def test_it_knows_whether_somebody_works(courtesy, hours):
    assert not courtesy.at_work
    courtesy.give_way()
    assert courtesy.at_work
    hours.now += PIECE_S
    assert not courtesy.at_work
