"""Background work gives way to touches, and is never stopped by them."""

import time
from threading import Thread

import msgspec
import pytest

from kiosk.protocol.codec import encode
from kiosk.protocol.messages import Item
from kiosk.storage.courtesy import ANSWERED_S, Courtesy
from kiosk.storage.incoming import paced, sorted_out


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


def test_hammering_makes_it_half_as_fast_and_no_slower(courtesy, hours):
    worked = 0.0
    while hours.now < 160:
        courtesy.touched()
        courtesy.give_way()
        hours.now += 0.002
        worked += 0.002
    assert hours.slept > 20
    assert worked > 29


def test_between_two_pieces_of_a_page():
    told = []
    assert list(paced(range(250), lambda: told.append(1))) == list(range(250))
    assert len(told) == 2


def test_a_page_that_is_made_ready_gives_way(market):
    items = [
        Item(entity="listing", id=each.id, seq=at, ver=1, body=msgspec.Raw(encode(each)))
        for at, each in enumerate(market.listings(150), 1)
    ]
    told = []
    assert len(sorted_out(items, lambda: told.append(1)).records["listing"]) == 150
    assert told == [1]


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
