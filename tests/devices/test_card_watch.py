"""A card is told once to each page that wants one."""

import queue
from datetime import date

import pytest

from kiosk.devices.card_watch import CardWatch
from kiosk.services.device_ports import IdCard

CARD = IdCard(name="王建国", id_number="371002197003031239", valid_until=date(2036, 3, 3))
SOON = 5.0


class Reader:
    """A card lies on it. ``looked`` counts; each look waits until the test allows it."""

    def __init__(self):
        self.looks = queue.SimpleQueue()

    def read(self):
        self.looks.put(None)
        return CARD

    def status(self):
        return None

    def close(self):
        """Nothing to let go of."""


@pytest.fixture
def told():
    return queue.SimpleQueue()


@pytest.fixture
def watch(told):
    reader = Reader()
    watching = CardWatch(reader, poll_seconds=0.005)
    watching.reader = reader
    watching.start(told.put, told.put)
    yield watching
    watching.stop()


def looked(watch, times):
    for _ in range(times):
        watch.reader.looks.get(timeout=SOON)


def test_however_long_it_lies_there_it_is_told_once(watch, told):
    watch.want(wanted=True)
    assert isinstance(told.get(timeout=SOON), IdCard)
    looked(watch, 5)
    assert told.empty()


def test_the_next_page_hears_of_it_even_if_it_comes_between_two_looks(watch, told):
    watch.want(wanted=True)
    told.get(timeout=SOON)
    watch.want(wanted=False)
    watch.want(wanted=True)
    assert told.get(timeout=SOON) == CARD


def test_a_page_that_goes_on_wanting_hears_nothing_twice(watch, told):
    watch.want(wanted=True)
    told.get(timeout=SOON)
    watch.want(wanted=True)
    looked(watch, 5)
    assert told.empty()
