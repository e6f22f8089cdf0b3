"""Another kiosk's worker at the screen: the city is asked, the own page opens, and nothing stays."""

from dataclasses import replace

import pytest

from kiosk.domain.ids import uuid7
from kiosk.protocol.token import City
from kiosk.services.ports import LookedUp
from kiosk.slips.tokens import StationTokens
from tests.ui.screens.house import STAFF


class FakeCity:
    """Says what it is told to say."""

    def __init__(self):
        self.answer = None
        self.asked = []

    def look_up(self, token, tail):
        self.asked.append(tail)
        return self.answer


@pytest.fixture
def city(house):
    fake = FakeCity()
    house.services.identify._lookup = fake
    return fake


@pytest.fixture
def stranger(house):
    """Somebody whom only another kiosk knows, and the QR code of their card, signed with this station's key."""
    worker = house.worker("孙大力", "13900005678").worker
    worker = replace(worker, id=uuid7(1, bytes(10)), home="WHG1", name="欧阳凤霞")
    config = house.kiosk.config
    home = City(code=config.city, host=config.city_host)
    tokens = StationTokens(house.kiosk.secrets.signing, config.kiosk, home, lambda: None)
    token = tokens.issue("worker_card", worker.id, 7, house.clock.now())
    return worker, tokens.url(token)


def digits(house, hand, code, tail):
    hand.scan(code)
    hand.wait_screen("tail")
    hand.type("tail", tail)
    house.tap("common.next")


def test_the_own_page_opens_and_the_end_of_the_visit_forgets_it(house, city, stranger):
    worker, code = stranger
    city.answer = LookedUp(outcome="found", left=0, worker=worker)
    hand = house.start()
    digits(house, hand, code, "5678")
    hand.wait_screen("mine")
    hand.wait_text(worker.name)
    visitors = house.services.workers._visitors
    assert visitors.get(worker.id) is not None
    house.shell.ctx.navigator.end_visit()
    hand.wait_screen("welcome")
    assert visitors.get(worker.id) is None


def test_a_city_that_is_not_reached_is_said_and_nothing_is_lost(house, city, stranger):
    hand = house.start()
    digits(house, hand, stranger[1], "5678")
    hand.wait_text(house.text("refusal.lookup_offline"))
    assert house.screen.name == "tail"
    city.answer = LookedUp(outcome="found", left=0, worker=stranger[0])
    house.tap("common.next")
    hand.wait_screen("mine")


def test_wrong_digits_stand_at_the_field(house, city, stranger):
    city.answer = LookedUp(outcome="wrong", left=2)
    hand = house.start()
    digits(house, hand, stranger[1], "0000")
    hand.wait_text(house.text("refusal.tail_wrong", left=2))
    assert house.screen.tail.has_error


def test_a_place_is_taken_for_the_visitor_and_printed_here(house, city, stranger):
    worker, code = stranger
    city.answer = LookedUp(outcome="found", left=0, worker=worker)
    listing = house.listing()
    hand = house.start()
    digits(house, hand, code, "5678")
    hand.wait_screen("mine")
    applied = house.services.placements.apply(worker.id, listing.id, STAFF)
    assert (applied.placement.worker_name, applied.confirmed) == (worker.name, True)
    house.shell.ctx.navigator.end_visit()
    hand.wait_screen("welcome")
    assert house.services.placements.get(applied.placement.id).worker_phone == worker.phone
