"""Whole kiosks: places go where people stand, with nobody at the console."""

import pytest

from kiosk.domain.calendar import local_date
from kiosk.domain.values import PlacementStatus
from kiosk.services.context import SELF
from kiosk.services.leases import IDLE, LeaseKeeper
from kiosk.services.news import NewsKind
from tests.city.stage import escrow
from tests.sync.kiosks import shared

pytestmark = pytest.mark.postgres


def test_who_waits_at_one_kiosk_gets_the_place_that_lies_at_another_within_two_rounds(home, away, city):
    listing = shared(home, away, headcount="2")
    applied = away.apply(away.worker(), listing)
    assert not applied.confirmed
    away.settle()
    home.settle()  # hears that somebody waits, and gives one place back
    away.settle()
    assert away.services.placements.get(applied.placement.id).status is PlacementStatus.CONFIRMED
    assert home.lease(listing).free == 1
    central, leases = escrow(city, listing)
    assert central.free + central.firm + sum(each.granted - each.returned for each in leases) == 2


def test_a_place_given_back_while_its_kiosk_is_away_goes_to_who_waits_and_they_are_told(
    home, away, city, clock
):
    listing = shared(home, away, headcount="1")
    own = home.apply(home.worker(), listing).placement.id
    home.settle()
    first = away.apply(away.worker(), listing).placement.id
    clock.advance(60)
    second = away.apply(away.worker(), listing).placement.id
    away.settle()
    home.settle()
    home.services.placements.cancel(own, "", SELF)  # the next in line moves up, in the home's own lease
    home.settle()
    away.settle()
    assert away.services.placements.get(first).claim_home == "WHC1"
    away.services.placements.cancel(first, "", SELF)
    away.settle()  # the kiosk that holds the place says no word any more
    away.settle()
    confirmed = away.services.placements.get(second)
    assert confirmed.status is PlacementStatus.CONFIRMED
    (news,) = away.services.placements.news_for(confirmed.worker_id)
    assert news.kind is NewsKind.SETTLED
    assert confirmed.worker_id in {call.worker_id for call in away.services.calls.all()}
    central, leases = escrow(city, listing)
    assert central.free + central.firm + sum(each.granted - each.returned for each in leases) == 1


def test_two_kiosks_that_dispose_of_one_placement_break_no_third_persons_promise(home, away):
    today = local_date(home.clock.now())
    listing = shared(home, away, headcount="1", date_from=today, date_to=today)
    own = home.apply(home.worker(), listing).placement.id
    home.settle()
    first = away.apply(away.worker(), listing).placement.id
    away.settle()
    home.settle()
    home.services.placements.cancel(own, "", SELF)
    home.settle()
    away.settle()
    # Out of touch: at one kiosk the worker is there, at the other one cancels, and somebody else wants the place.
    away.services.placements.mark(first, PlacementStatus.ARRIVED, "", SELF)
    home.services.placements.cancel(first, "", SELF)
    third = home.apply(home.worker(), listing)
    assert not third.confirmed  # told the truth: not a place that another kiosk may give or keep
    away.settle()
    home.settle()
    assert home.services.placements.get(first).status is PlacementStatus.ARRIVED
    assert home.services.placements.get(third.placement.id).status is PlacementStatus.WAITLISTED


def test_asked_once_it_gives_once(home, away):
    listing = shared(home, away, headcount="3")
    away.apply(away.worker(), listing)
    away.settle()
    home.settle()
    home.settle()
    assert home.lease(listing).returned == 1


def test_an_idle_evening_puts_half_into_the_reserve_for_who_comes_at_five_elsewhere(home, away, clock):
    listing = shared(home, away, headcount="2")
    clock.advance(IDLE + 1)
    home.settle()
    assert home.lease(listing).free == 1
    applied = away.apply(away.worker(), listing)  # the home kiosk says no word any more
    assert applied.confirmed


def test_a_restart_forgives_an_idle_lease(home, clock):
    listing = home.listing()
    home.settle()
    clock.advance(IDLE + 1)
    keeper = LeaseKeeper(home.services.context)
    assert keeper.tend() == 0
    clock.advance(IDLE - 1)
    home.apply(home.worker(), listing)
    assert keeper.tend() == 0
    clock.advance(IDLE)
    assert keeper.tend() == 1
    assert home.lease(listing).returned == 2  # half of the five that are left


def test_what_was_granted_for_a_crowd_that_left_goes_back(home, away, clock):
    listing = shared(home, away, headcount="64")
    for _ in range(5):
        away.apply(away.worker(), listing)
    assert away.lease(listing).free > 0
    away.settle()
    clock.advance(IDLE + 1)
    away.settle()
    assert away.lease(listing).free == 0


def test_a_full_disk_stops_the_round_and_not_the_exchange(home, monkeypatch):
    home.listing()
    home.settle()

    def full():
        from kiosk.services.faults import DeviceFault

        raise DeviceFault("fault.disk_full")

    monkeypatch.setattr(home.pump._keeper, "tend", full)
    assert home.pump.step().fault.key == "fault.disk_full"
    monkeypatch.undo()
    assert home.pump.step().fault is None
