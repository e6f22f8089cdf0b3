"""Which places a kiosk keeps, and which it gives back: so that nobody waits at B for a place that lies idle at A."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.ids import uuid7
from kiosk.domain.leases import NEAR, is_near, spare
from kiosk.domain.operations import ReturnPlaces
from kiosk.domain.records import Lease
from kiosk.domain.refusal import Refusal
from tests.domain.samples import NOW, TERMS, TODAY, Market

LISTING = uuid7(1, bytes(10))


def lease(granted, spent=0, returned=0):
    return Lease(listing_id=LISTING, home="WH01", granted=granted, spent=spent, returned=returned)


def asked(held, *, at_home=True, wanted=0, idle=False, near=True):
    return spare(held, at_home=at_home, wanted=wanted, idle=idle, near=near)


@pytest.mark.parametrize(("free", "wanted", "given_back"), [(3, 0, 0), (3, 1, 1), (3, 5, 3), (0, 5, 0)])
def test_who_waits_elsewhere_gets_what_is_free_here_at_once(free, wanted, given_back):
    assert asked(lease(free), wanted=wanted) == given_back


@pytest.mark.parametrize(("granted", "given_back"), [(1, 0), (2, 1), (3, 1), (6, 3), (7, 3)])
def test_an_idle_home_keeps_half_of_what_it_could_promise_the_evening_before(granted, given_back):
    assert asked(lease(granted), idle=True) == given_back


def test_an_idle_home_keeps_everything_while_the_work_is_far_off():
    assert asked(lease(6), idle=True, near=False) == 0


def test_idle_for_ever_it_still_keeps_that_half():
    once = replace(lease(6), returned=asked(lease(6), idle=True))
    assert asked(once, idle=True) == 0


def test_another_kiosk_keeps_nothing_that_it_does_not_use():
    assert asked(lease(5, spent=2), at_home=False, idle=True, near=False) == 3
    assert asked(lease(5, spent=2), at_home=False) == 0


@given(
    st.integers(0, 50),
    st.integers(0, 50),
    st.integers(0, 50),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.integers(0, 60),
)
def test_never_more_than_is_free(granted, spent, returned, at_home, idle, near, wanted):
    held = lease(granted + spent + returned, spent, returned)
    assert 0 <= asked(held, at_home=at_home, wanted=wanted, idle=idle, near=near) <= held.free


def test_near_is_from_now_to_a_day_and_a_half():
    begins = replace(TERMS, date_from=TODAY + timedelta(days=1), start_minute=8 * 60)
    start = NOW + timedelta(hours=26)  # six in the morning, to eight the next day
    assert is_near(begins, NOW)
    assert is_near(begins, start - NEAR)
    assert not is_near(begins, start - NEAR - timedelta(minutes=1))
    assert not is_near(begins, start)


@pytest.fixture
def market():
    return Market()


def posted(market, headcount=8):
    body = market.post_body(market.employer(), replace(TERMS, headcount=headcount))
    market.run(body)
    return body.listing_id


def test_returned_places_are_in_the_reserve_and_the_sum_stays(market):
    listing = posted(market)
    market.run(ReturnPlaces(listing_id=listing, returned=4))
    central, held = market.ledger.central(listing), market.ledger.lease(listing, "WH01")
    assert (central.free, held.granted, held.returned, held.free) == (6, 6, 4, 2)


@pytest.mark.parametrize("places", [-1, 0, 7])
def test_more_than_is_free_is_refused_and_so_is_nothing(market, places):
    listing = posted(market)
    with pytest.raises(Refusal, match="no_place"):
        market.run(ReturnPlaces(listing_id=listing, returned=places))


def test_said_again_on_records_that_know_it_nothing_comes_back_twice(market):
    listing = posted(market)
    market.run(ReturnPlaces(listing_id=listing, returned=2))
    market.run(ReturnPlaces(listing_id=listing, returned=2))
    market.run(ReturnPlaces(listing_id=listing, returned=1))
    assert market.ledger.lease(listing, "WH01").returned == 2
    market.run(ReturnPlaces(listing_id=listing, returned=5))
    assert (market.ledger.lease(listing, "WH01").returned, market.ledger.central(listing).free) == (5, 7)


def test_nobody_returns_the_places_of_others(market):
    listing = posted(market)
    with pytest.raises(Refusal, match="no_place"):
        market.run(ReturnPlaces(listing_id=listing, returned=1), kiosk="WH02")


def test_at_the_kiosk_only_the_lease_changes():
    market = Market(city=False)
    listing = posted(market)
    market.run(ReturnPlaces(listing_id=listing, returned=2))
    assert market.ledger.lease(listing, "WH01").free == 4
    assert market.ledger.central(listing) is None
