from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest

from kiosk.domain.calendar import SHANGHAI
from kiosk.domain.city_slots import grant
from kiosk.domain.operations import (
    Apply,
    CancelPlacement,
    CloseListing,
    MarkPlacement,
    PromotePlacement,
    ReviewListing,
    WithdrawConsent,
)
from kiosk.domain.placements import may_cancel, next_states, states_before, states_on
from kiosk.domain.records import Terms
from kiosk.domain.refusal import Refusal
from kiosk.domain.release import clashing
from kiosk.domain.values import Claim, ListingStatus, PlacementStatus, Strength
from tests.domain.samples import STAFF, TERMS, TODAY, Market

AFTERNOON = replace(TERMS, start_minute=18 * 60, end_minute=20 * 60, minutes_per_day=120)
S = PlacementStatus


@pytest.fixture
def market() -> Market:
    return Market()


def published(market: Market, terms: Terms = TERMS) -> UUID:
    body = market.post_body(market.employer(), terms)
    market.run(body)
    market.run(ReviewListing(listing_id=body.listing_id, approve=True), STAFF)
    return body.listing_id


def apply_body(
    market: Market, listing: UUID, worker: UUID | None = None, claim: Claim = Claim.LEASE
) -> Apply:
    worker = market.worker() if worker is None else worker
    return Apply(placement_id=market.new_id(), listing_id=listing, worker_id=worker, claim=claim, number=1)


def applied(market: Market, listing: UUID, worker: UUID | None = None, **more) -> UUID:
    kiosk = more.pop("kiosk", None)
    body = apply_body(market, listing, worker, **more)
    market.run(body, kiosk=kiosk)
    return body.placement_id


def status(market: Market, placement: UUID) -> PlacementStatus:
    return market.ledger.placement(placement).status


def key_of(market: Market, body, **more) -> str:
    with pytest.raises(Refusal) as refused:
        market.run(body, **more)
    return refused.value.key


def at(market: Market, hour: float, day: int = 0) -> None:
    """Let it be so late at the market."""
    market.now = datetime.combine(TODAY + timedelta(days=day), time(), SHANGHAI) + timedelta(hours=hour)


def test_work_whose_hours_are_over_is_promised_to_nobody():
    market = Market(city=False)
    hours = {"start_minute": 8 * 60, "end_minute": 17 * 60}
    today = published(market, replace(TERMS, date_from=TODAY, date_to=TODAY, **hours))
    longer = published(market, replace(TERMS, date_from=TODAY, date_to=TODAY + timedelta(days=2), **hours))
    night = replace(TERMS, date_from=TODAY, date_to=TODAY, start_minute=20 * 60, end_minute=6 * 60)
    tonight = published(market, night)
    at(market, 16.9)
    applied(market, today)
    at(market, 17)
    assert key_of(market, apply_body(market, today)) == "refusal.work_over"
    assert status(market, applied(market, longer)) is S.CONFIRMED
    at(market, 23.9)
    assert status(market, applied(market, tonight)) is S.CONFIRMED
    at(market, 0.1, day=1)
    assert key_of(market, apply_body(market, tonight)) == "refusal.listing_closed"


def test_what_a_kiosk_promised_on_paper_by_its_own_clock_stands_in_the_city(market):
    listing = published(
        market, replace(TERMS, date_from=TODAY, date_to=TODAY, start_minute=480, end_minute=1020)
    )
    at(market, 18)
    assert status(market, applied(market, listing, claim=Claim.LEASE)) is S.CONFIRMED
    assert key_of(market, apply_body(market, listing, claim=Claim.NONE)) == "refusal.work_over"


def test_only_what_lies_ahead_can_be_cancelled(market):
    listing = published(
        market, replace(TERMS, date_from=TODAY, date_to=TODAY, start_minute=1200, end_minute=360)
    )
    placement = market.ledger.placement(applied(market, listing))
    at(market, 5.9, day=1)
    assert may_cancel(placement, market.now)
    at(market, 6, day=1)
    assert not may_cancel(placement, market.now)


def test_places_are_confirmed_until_the_last_one_then_workers_wait(market):
    listing = published(market)
    first, second, third = (applied(market, listing) for _ in range(3))
    assert [status(market, each) for each in (first, second, third)] == [
        S.CONFIRMED,
        S.CONFIRMED,
        S.WAITLISTED,
    ]
    assert market.ledger.listing(listing).status is ListingStatus.FULL
    assert market.ledger.listing(listing).places_left == 0
    assert market.ledger.placement(third).claim is Claim.NONE


def test_a_confirmed_place_copies_the_promise(market):
    listing = published(market)
    placement = market.ledger.placement(applied(market, listing))
    assert (placement.terms, placement.worker_phone, placement.listing_home) == (TERMS, "13900000000", "WH01")
    assert placement.claim_home == "WH01"


def test_the_same_application_again_changes_nothing(market):
    op = market.operation(apply_body(market, published(market)))
    market.play(op)
    assert market.play(op).puts == ()


def test_another_kiosk_without_a_lease_takes_from_the_citys_reserve(market):
    listing = published(market, replace(TERMS, headcount=4))
    here = applied(market, listing, kiosk="WH02", claim=Claim.NONE)
    assert market.ledger.placement(here).claim is Claim.CENTRAL
    assert market.ledger.central(listing).free == 0
    assert status(market, applied(market, listing, kiosk="WH02", claim=Claim.NONE)) is S.WAITLISTED


def test_a_kiosk_knows_no_reserve_and_lets_people_wait():
    kiosk = Market(city=False)
    listing = published(kiosk, replace(TERMS, headcount=4))
    statuses = [status(kiosk, applied(kiosk, listing)) for _ in range(4)]
    assert statuses == [S.CONFIRMED, S.CONFIRMED, S.CONFIRMED, S.WAITLISTED]


def test_what_cannot_be_applied_for(market):
    listing, worker = published(market), market.worker()
    assert key_of(market, apply_body(market, market.new_id(), worker)) == "refusal.listing_unknown"
    assert key_of(market, apply_body(market, listing, market.new_id())) == "refusal.worker_unknown"
    pending = market.post_body(market.employer())
    market.run(pending)
    assert key_of(market, apply_body(market, pending.listing_id, worker)) == "refusal.listing_closed"
    applied(market, listing, worker)
    assert key_of(market, apply_body(market, listing, worker)) == "refusal.already_applied"
    market.now += timedelta(days=1)
    assert key_of(market, apply_body(market, listing)) == "refusal.listing_closed"


def test_times_that_collide_are_refused_those_that_do_not_are_fine(market):
    worker = market.worker()
    applied(market, published(market), worker)
    with pytest.raises(Refusal) as refused:
        market.run(apply_body(market, published(market), worker))
    assert refused.value == Refusal("refusal.overlap", title=TERMS.title)
    assert status(market, applied(market, published(market, AFTERNOON), worker)) is S.CONFIRMED


def days(first: int, last: int) -> Terms:
    """Work from eight to five, from a day to another one; today is 0."""
    whole = TODAY + timedelta(days=first), TODAY + timedelta(days=last)
    return replace(
        TERMS, date_from=whole[0], date_to=whole[1], start_minute=480, end_minute=1020, headcount=9
    )


def test_what_was_done_today_stands_against_nothing_that_begins_tomorrow(market):
    worker, longer = market.worker(), published(market, days(0, 3))
    applied(market, published(market, days(0, 0)), worker)
    at(market, 16)
    assert key_of(market, apply_body(market, longer, worker)) == "refusal.overlap"
    at(market, 18)
    tomorrow_on = applied(market, longer, worker)
    assert status(market, tomorrow_on) is S.CONFIRMED
    assert clashing(market.ledger.placements_of_worker(worker)) == []
    assert key_of(market, apply_body(market, published(market, days(2, 2)), worker)) == "refusal.overlap"


def test_who_moves_up_in_the_evening_is_not_held_by_what_they_did_by_day(market):
    first, worker = market.worker(), market.worker()
    longer = published(market, replace(days(0, 3), headcount=1))
    held = applied(market, longer, first)
    applied(market, published(market, days(0, 0)), worker)
    at(market, 18)
    waiting = applied(market, longer, worker)
    market.run(CancelPlacement(placement_id=held, reason=""))
    market.run(PromotePlacement(placement_id=waiting, claim=Claim.LEASE))
    assert status(market, waiting) is S.CONFIRMED


def test_waiting_somewhere_does_not_keep_anybody_from_other_work(market):
    crowded, worker = published(market, replace(TERMS, headcount=1)), market.worker()
    applied(market, crowded)
    waiting = applied(market, crowded, worker)
    assert status(market, applied(market, published(market), worker)) is S.CONFIRMED
    market.run(CloseListing(listing_id=crowded))
    assert status(market, waiting) is S.DECLINED


@pytest.mark.parametrize(
    ("changes", "birth", "key"),
    [
        ({"strength": Strength.HEAVY}, date(2008, 1, 1), "refusal.heavy_work_minor"),
        ({"trade": "jz-jiazi"}, date(2008, 1, 1), "refusal.adults_only"),
        ({"strength": Strength.HEAVY}, date(2007, 11, 22), None),
        ({"trade": "jz-jiazi"}, date(2007, 11, 22), None),
        ({"trade": "jz-jiazi"}, None, None),
        ({"trade": "jzfw-baojie"}, date(2008, 1, 1), None),
    ],
)
def test_sixteen_and_seventeen_do_no_heavy_or_hazardous_work(market, changes, birth, key):
    listing, worker = published(market, replace(TERMS, **changes)), market.worker(birth=birth)
    if key is None:
        assert status(market, applied(market, listing, worker)) is S.CONFIRMED
    else:
        assert key_of(market, apply_body(market, listing, worker)) == key


def test_cancelling_gives_the_place_back_where_it_came_from(market):
    listing = published(market, replace(TERMS, headcount=4))
    leased = applied(market, listing)
    central = applied(market, listing, claim=Claim.NONE)
    assert market.ledger.placement(central).claim is Claim.CENTRAL
    before = (market.ledger.lease(listing, "WH01").free, market.ledger.central(listing).free)
    for placement in (leased, central):
        market.run(CancelPlacement(placement_id=placement, reason="有事"))
        assert status(market, placement) is S.CANCELLED
        assert market.run(CancelPlacement(placement_id=placement)).puts == ()
    after = (market.ledger.lease(listing, "WH01").free, market.ledger.central(listing).free)
    assert after == (before[0] + 1, before[1] + 1)
    assert market.ledger.listing(listing).taken == 0


def test_a_cancelled_place_opens_a_full_listing_again(market):
    listing = published(market)
    first, _ = applied(market, listing), applied(market, listing)
    market.run(CancelPlacement(placement_id=first))
    assert market.ledger.listing(listing).status is ListingStatus.PUBLISHED
    assert market.ledger.lease(listing, "WH01").free == 1


def test_cancelling_what_only_waits_frees_nothing(market):
    listing = published(market, replace(TERMS, headcount=1))
    applied(market, listing)
    waiting = applied(market, listing)
    changes = market.run(CancelPlacement(placement_id=waiting))
    assert len(changes.puts) == 1
    assert market.ledger.listing(listing).taken == 1


def test_begun_work_and_nothing_cannot_be_cancelled(market):
    placement = applied(market, published(market))
    market.run(MarkPlacement(placement_id=placement, status=S.ARRIVED))
    assert key_of(market, CancelPlacement(placement_id=placement)) == "refusal.cannot_cancel"
    assert key_of(market, CancelPlacement(placement_id=market.new_id())) == "refusal.placement_unknown"


def test_a_waiting_worker_moves_up_when_a_place_is_free(market):
    listing = published(market, replace(TERMS, headcount=1))
    holding, waiting = applied(market, listing), applied(market, listing)
    promote = PromotePlacement(placement_id=waiting, claim=Claim.LEASE)
    assert key_of(market, promote) == "refusal.no_place"
    market.run(CancelPlacement(placement_id=holding))
    market.run(promote)
    assert status(market, waiting) is S.CONFIRMED
    assert market.ledger.listing(listing).status is ListingStatus.FULL
    assert market.run(promote).puts == ()
    assert (
        key_of(market, PromotePlacement(placement_id=holding, claim=Claim.LEASE)) == "refusal.cannot_promote"
    )
    nobody = PromotePlacement(placement_id=market.new_id(), claim=Claim.LEASE)
    assert key_of(market, nobody) == "refusal.placement_unknown"


def test_nobody_moves_up_into_two_jobs_at_once_or_a_closed_listing(market):
    listing, worker = published(market, replace(TERMS, headcount=1)), market.worker()
    holding = applied(market, listing)
    waiting = applied(market, listing, worker)
    elsewhere = applied(market, published(market), worker)
    market.run(CancelPlacement(placement_id=holding))
    promote = PromotePlacement(placement_id=waiting, claim=Claim.LEASE)
    assert key_of(market, promote) == "refusal.overlap"
    market.run(CancelPlacement(placement_id=elsewhere))
    market.ledger.put(replace(market.ledger.listing(listing), status=ListingStatus.CLOSED))
    assert key_of(market, replace(promote, claim=Claim.CENTRAL)) == "refusal.listing_closed"


def test_who_moved_up_on_a_kiosks_own_lease_keeps_the_place_though_the_listing_was_closed_meanwhile(market):
    """A kiosk gave away a place that had become free there, and printed it, before it could hear of the closing."""
    listing = published(market, replace(TERMS, headcount=1))
    holding, waiting = applied(market, listing), applied(market, listing)
    market.run(CloseListing(listing_id=listing))
    assert status(market, waiting) is S.DECLINED
    promote = PromotePlacement(placement_id=waiting, claim=Claim.LEASE)
    assert key_of(market, promote) == "refusal.cannot_promote"  # nothing has become free
    market.run(CancelPlacement(placement_id=holding))
    assert key_of(market, promote, kiosk="WH02") == "refusal.cannot_promote"  # it is not that kiosk's to give
    market.run(promote)
    assert (status(market, waiting), market.ledger.placement(waiting).reason) == (S.CONFIRMED, "")
    assert market.ledger.lease(listing, "WH01").free == 0


def lent(market):
    """A place of a listing at WH01, promised by WH02 from its own lease to somebody who waited at WH01."""
    listing = published(market, replace(TERMS, headcount=8))
    central, lease = grant(market.ledger.central(listing), None, "WH02", 2)
    market.ledger.put(replace(central, free=0, firm=central.free + central.firm))
    market.ledger.put(lease)
    for _ in range(6):
        applied(market, listing)
    waiting = applied(market, listing, claim=Claim.LEASE)
    assert status(market, waiting) is S.WAITLISTED
    market.run(PromotePlacement(placement_id=waiting, claim=Claim.LEASE), kiosk="WH02")
    assert market.ledger.lease(listing, "WH02").free == 1
    assert market.ledger.placement(waiting).claim_home == "WH02"
    return listing, waiting


@pytest.mark.parametrize("giver", ["WH01", "WH02"])
def test_a_place_that_several_kiosks_dispose_of_goes_to_the_reserve_whoever_gives_it_back(market, giver):
    listing, placement = lent(market)
    before = market.ledger.central(listing)
    market.run(CancelPlacement(placement_id=placement), kiosk=giver)
    lease, central = market.ledger.lease(listing, "WH02"), market.ledger.central(listing)
    assert (lease.free, lease.spent, lease.returned) == (1, 0, 1)  # may promise what it could promise before
    assert central == replace(before, free=before.free + 1)
    assert market.ledger.lease(listing, "WH01").spent == 6
    assert market.ledger.placement(placement).claim_home == ""
    market.run(CancelPlacement(placement_id=placement), kiosk="WH02")  # the other one's word, later
    assert market.ledger.lease(listing, "WH02") == lease


def test_a_kiosk_promises_nobody_a_place_that_another_may_give_back_too():
    """As at the kiosk of the lease, offline: no reserve is known there, and the place is out of its hands."""
    market = Market()
    listing, placement = lent(market)
    del market.ledger.centrals[listing]
    market.run(CancelPlacement(placement_id=placement), kiosk="WH02")
    lease = market.ledger.lease(listing, "WH02")
    assert (lease.free, lease.spent, lease.returned) == (1, 0, 1)


def test_the_place_of_a_guest_goes_to_the_reserve_for_the_home_of_the_guest_may_cancel_too(market):
    listing, worker = published(market), market.worker()
    market.ledger.put(replace(market.ledger.worker(worker), home="WH02"))
    placement = applied(market, listing, worker)
    market.run(CancelPlacement(placement_id=placement))
    assert market.ledger.lease(listing, "WH01").free == 1
    assert market.ledger.central(listing).free == 1


@pytest.mark.parametrize(
    "path",
    [[S.ARRIVED, S.COMPLETED, S.PAID], [S.ARRIVED, S.COMPLETED, S.UNPAID, S.PAID], [S.NO_SHOW]],
)
def test_the_ways_a_working_day_goes(market, path):
    listing = published(market)
    placement = applied(market, listing)
    for step in path:
        mark = MarkPlacement(placement_id=placement, status=step)
        market.run(mark)
        assert status(market, placement) is step
        assert market.run(mark).puts == ()
    assert market.ledger.listing(listing).taken == (0 if path == [S.NO_SHOW] else 1)


@pytest.mark.parametrize("step", [S.COMPLETED, S.PAID, S.UNPAID, S.WAITLISTED, S.CANCELLED, S.DECLINED])
def test_steps_that_cannot_be_skipped(market, step):
    placement = applied(market, published(market))
    assert key_of(market, MarkPlacement(placement_id=placement, status=step)) == "refusal.cannot_mark"


def test_who_waits_or_is_unknown_is_not_marked(market):
    listing = published(market, replace(TERMS, headcount=1))
    applied(market, listing)
    waiting = MarkPlacement(placement_id=applied(market, listing), status=S.ARRIVED)
    assert key_of(market, waiting) == "refusal.cannot_mark"
    assert (
        key_of(market, MarkPlacement(placement_id=market.new_id(), status=S.ARRIVED))
        == "refusal.placement_unknown"
    )


def test_a_no_show_frees_the_place_for_others(market):
    listing = published(market, replace(TERMS, headcount=1))
    placement = applied(market, listing)
    market.run(MarkPlacement(placement_id=placement, status=S.NO_SHOW, reason="没来"))
    gone = market.ledger.placement(placement)
    assert (gone.status, gone.claim, gone.claim_home, gone.reason) == (S.NO_SHOW, Claim.NONE, "", "没来")
    assert status(market, applied(market, listing)) is S.CONFIRMED


@pytest.mark.parametrize("step", [S.ARRIVED, S.NO_SHOW])
def test_nothing_has_come_to_pass_before_the_first_day(market, step):
    tomorrow = TODAY + timedelta(days=1)
    later = replace(TERMS, date_from=tomorrow, date_to=tomorrow)
    placement = applied(market, published(market, later))
    mark = MarkPlacement(placement_id=placement, status=step)
    assert key_of(market, mark) == "refusal.too_early_to_mark"
    assert states_on(market.ledger.placement(placement), TODAY) == frozenset()
    assert states_on(market.ledger.placement(placement), tomorrow) == next_states(S.CONFIRMED)
    # Midnight at the market, not in London.
    market.now = datetime.combine(tomorrow, time(0, 1), SHANGHAI)
    market.run(mark)
    assert status(market, placement) is step


@pytest.mark.parametrize("step", [S.ARRIVED, S.NO_SHOW])
def test_who_came_after_todays_hours_is_not_marked_before_tomorrow(market, step):
    listing = published(market, days(0, 3))
    at(market, 18)
    placement = applied(market, listing)
    mark = MarkPlacement(placement_id=placement, status=step)
    with pytest.raises(Refusal) as refused:
        market.run(mark)
    tomorrow = TODAY + timedelta(days=1)
    assert refused.value == Refusal("refusal.too_early_to_mark", month=tomorrow.month, day=tomorrow.day)
    at(market, 8, day=1)
    market.run(mark)
    assert status(market, placement) is step


@pytest.mark.parametrize(
    ("path", "before"),
    [
        ([S.ARRIVED], S.CONFIRMED),
        ([S.ARRIVED, S.COMPLETED], S.ARRIVED),
        ([S.ARRIVED, S.COMPLETED, S.PAID], S.COMPLETED),
        ([S.ARRIVED, S.COMPLETED, S.UNPAID], S.COMPLETED),
        ([S.ARRIVED, S.COMPLETED, S.UNPAID, S.PAID], S.UNPAID),
    ],
)
def test_the_last_mark_can_be_taken_back_and_the_place_is_still_there(market, path, before):
    listing = published(market)
    placement = applied(market, listing)
    for step in path:
        market.run(MarkPlacement(placement_id=placement, status=step))
    held = market.ledger.placement(placement)
    back = MarkPlacement(placement_id=placement, status=before, instead_of=path[-1])
    market.run(back)
    now = market.ledger.placement(placement)
    assert (now.status, now.claim, now.claim_home) == (before, held.claim, held.claim_home)
    assert market.ledger.listing(listing).taken == 1
    assert market.run(back).puts == ()
    assert before in states_before(path[-1])


def test_only_the_mark_that_was_seen_is_taken_back_and_a_no_show_never(market):
    placement = applied(market, published(market))
    market.run(MarkPlacement(placement_id=placement, status=S.ARRIVED))
    market.run(MarkPlacement(placement_id=placement, status=S.COMPLETED))
    late = MarkPlacement(placement_id=placement, status=S.CONFIRMED, instead_of=S.ARRIVED)
    assert key_of(market, late) == "refusal.cannot_take_back"
    skipping = MarkPlacement(placement_id=placement, status=S.CONFIRMED, instead_of=S.COMPLETED)
    assert key_of(market, skipping) == "refusal.cannot_take_back"
    # Heard late from another kiosk: a mark, not a step back.
    assert key_of(market, MarkPlacement(placement_id=placement, status=S.ARRIVED)) == "refusal.cannot_mark"
    away = applied(market, published(market))
    market.run(MarkPlacement(placement_id=away, status=S.NO_SHOW))
    back = MarkPlacement(placement_id=away, status=S.CONFIRMED, instead_of=S.NO_SHOW)
    assert key_of(market, back) == "refusal.cannot_take_back"


def test_who_has_withdrawn_is_not_put_back_to_work(market):
    worker = market.worker()
    placement = applied(market, published(market), worker)
    for step in (S.ARRIVED, S.COMPLETED):
        market.run(MarkPlacement(placement_id=placement, status=step))
    market.run(WithdrawConsent(worker_id=worker))
    back = MarkPlacement(placement_id=placement, status=S.ARRIVED, instead_of=S.COMPLETED)
    assert key_of(market, back) == "refusal.consent_withdrawn"


def test_closing_keeps_the_confirmed_and_declines_the_waiting(market):
    listing = published(market, replace(TERMS, headcount=1))
    holding, waiting = applied(market, listing), applied(market, listing)
    market.run(CloseListing(listing_id=listing))
    assert (status(market, holding), status(market, waiting)) == (S.CONFIRMED, S.DECLINED)
    market.run(CancelPlacement(placement_id=holding))
    assert market.ledger.listing(listing).status is ListingStatus.CLOSED


def test_the_day_of_the_sample_is_today():
    assert TERMS.date_from == TODAY
