"""One person with several registrations: what survives, what moves, what gives way."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kiosk.domain.operations import (
    Actor,
    Apply,
    CancelPlacement,
    ForgetWorker,
    MarkPlacement,
    PostWanted,
    UpdateWorker,
    WithdrawConsent,
)
from kiosk.domain.person_operations import Guest, LeaveKiosk, MergeWorkers, RememberWorker
from kiosk.domain.presence import homes, ids, registered_at
from kiosk.domain.records import WorkerTrade
from kiosk.domain.refusal import Refusal
from kiosk.domain.release import MERGED, clashing
from kiosk.domain.values import ActorKind, Claim, PlacementStatus, WantedStatus
from tests.domain.samples import STAFF, TERMS, Market
from tests.domain.test_placements import AFTERNOON, applied, published, status
from tests.domain.test_wanted import OFFER

S = PlacementStatus
AGREED = "2026-11"


@pytest.fixture
def market() -> Market:
    return Market()


def at(market, worker, home):
    """The same worker, registered at another kiosk."""
    market.ledger.put(replace(market.ledger.worker(worker), home=home))
    return worker


def two(market, **birth):
    """The same person at WH02 and at WH01; the second survives."""
    return at(market, market.worker(**birth), "WH02"), market.worker(**birth)


def merged(market, old, new, actor=None, **more):
    body = MergeWorkers(old_id=old, new_id=new, **{"agreed": AGREED, **more})
    return market.run(body, *([actor] if actor else []))


def refused(market, old, new, actor=None, **more):
    with pytest.raises(Refusal) as error:
        merged(market, old, new, actor, **more)
    return error.value.key


def test_one_record_stands_for_both_and_nothing_of_the_person_is_left_in_the_other(market):
    old, new = two(market, birth=date(1980, 1, 1))
    changes = merged(market, old, new)
    one = market.ledger.worker(new)
    assert market.ledger.worker(old) == one
    assert (homes(one), registered_at(one), ids(one)) == ({"WH01", "WH02"}, {"WH01", "WH02"}, (new, old))
    empty = market.ledger.registration(old)
    assert (empty.merged_into, empty.name, empty.phone, empty.trades) == (new, "", "", ())
    assert (empty.identity.sealed, empty.identity.masked) == (b"", "")
    assert changes.puts[0].id == new
    assert changes.puts[-1].id == old


def test_it_is_the_same_however_often_and_from_whichever_side_it_is_said(market):
    old, new = two(market)
    merged(market, old, new)
    for one, other in ((old, new), (new, old)):
        assert merged(market, one, other).puts == ()
    assert refused(market, new, new) == "refusal.merge_itself"
    assert refused(market, market.new_id(), new) == "refusal.worker_unknown"
    assert refused(market, old, market.new_id()) == "refusal.worker_unknown"


def test_what_the_survivor_does_not_say_the_other_one_says(market):
    old, new = two(market)
    trades = (WorkerTrade(trade="by-banyun", years=3),)
    market.ledger.put(
        replace(market.ledger.worker(old), trades=trades, wage_wish_fen=20000, districts=("371002",))
    )
    merged(market, old, new)
    one = market.ledger.worker(new)
    assert (one.trades, one.wage_wish_fen, one.districts) == (trades, 20000, ("371002",))


def test_people_merge_only_what_has_their_name_and_number_staff_see_who_stands_there(market):
    old, new = at(market, market.worker("李大海"), "WH02"), market.worker("李大江")
    assert refused(market, old, new) == "refusal.merge_differs"
    merged(market, old, new, STAFF)
    assert market.ledger.worker(old).name == "李大江"


def test_two_id_cards_are_two_people_whoever_says_otherwise(market):
    old, new = (
        at(market, market.worker(birth=date(1980, 1, 1)), "WH02"),
        market.worker(birth=date(1981, 1, 1)),
    )
    assert refused(market, old, new, STAFF) == "refusal.merge_other_person"
    same = market.worker(birth=date(1981, 1, 1))
    record = market.ledger.worker(same)
    market.ledger.put(replace(record, identity=replace(record.identity, masked="3710**********0021")))
    assert refused(market, same, new, STAFF) == "refusal.merge_other_person"


def test_another_kiosk_comes_to_know_a_person_only_if_they_agree(market):
    old, new = two(market)
    assert refused(market, old, new, agreed="") == "refusal.consent_missing"
    merged(market, market.worker(), new, agreed="")  # both here: nobody else learns anything
    merged(market, old, new, Actor(kind=ActorKind.CITY), agreed="")


def test_work_moves_and_two_applications_for_one_listing_become_one(market):
    old, new = two(market)
    listing, later = published(market, replace(TERMS, headcount=2)), published(market, AFTERNOON)
    kept, given = applied(market, listing, old), applied(market, listing, new)
    elsewhere = applied(market, later, old)
    lease = market.ledger.lease(listing, "WH01")
    merged(market, old, new)
    assert [status(market, each) for each in (kept, given, elsewhere)] == [
        S.CONFIRMED,
        S.CANCELLED,
        S.CONFIRMED,
    ]
    assert market.ledger.placement(given).reason == MERGED
    assert {each.worker_id for each in market.ledger.placements_of_worker(new)} == {new}
    assert market.ledger.placements_of_worker(old) == []
    assert market.ledger.lease(listing, "WH01").spent == lease.spent - 1
    assert market.ledger.listing(listing).taken == 1


def test_who_holds_a_place_keeps_it_whoever_waited_first(market):
    old, new = two(market)
    listing = published(market, replace(TERMS, headcount=1))
    other = applied(market, listing)
    waits = applied(market, listing, new)
    market.run(CancelPlacement(placement_id=other))
    holds = applied(market, listing, old)
    merged(market, old, new)
    assert (status(market, holds), status(market, waits)) == (S.CONFIRMED, S.CANCELLED)


def test_of_two_who_wait_the_longer_wait_counts(market):
    old, new = two(market)
    listing = published(market, replace(TERMS, headcount=1))
    applied(market, listing)
    first, second = applied(market, listing, new), applied(market, listing, old)
    merged(market, old, new)
    assert (status(market, first), status(market, second)) == (S.WAITLISTED, S.CANCELLED)


def test_who_is_there_already_counts_before_who_is_only_expected(market):
    old, new = two(market)
    listing = published(market, replace(TERMS, headcount=2))
    expected, there = applied(market, listing, old), applied(market, listing, new)
    market.run(MarkPlacement(placement_id=there, status=S.ARRIVED), STAFF)
    merged(market, old, new)
    assert (status(market, expected), status(market, there)) == (S.CANCELLED, S.ARRIVED)


def test_two_promises_for_the_same_hours_are_left_to_people(market):
    old, new = two(market)
    first, second = applied(market, published(market), old), applied(market, published(market), new)
    merged(market, old, new)
    assert {status(market, each) for each in (first, second)} == {S.CONFIRMED}
    assert [each.id for each in clashing(market.ledger.placements_of_worker(new))] == [second]
    market.run(CancelPlacement(placement_id=first))
    assert clashing(market.ledger.placements_of_worker(new)) == []


@pytest.mark.parametrize("who", ["old", "new"])
def test_a_withdrawn_consent_on_either_side_wins(market, who):
    old, new = two(market)
    listings = [published(market, replace(TERMS, headcount=2)), published(market, AFTERNOON)]
    market.run(WithdrawConsent(worker_id={"old": old, "new": new}[who]))
    theirs = {"old": new, "new": old}[who]
    work = [applied(market, each, theirs) for each in listings]
    merged(market, old, new)
    assert market.ledger.worker(old).consent.withdrawn_at is not None
    assert {status(market, each) for each in work} == {S.CANCELLED}
    assert all(market.ledger.listing(each).taken == 0 for each in listings)


def test_a_place_is_counted_once_when_two_give_way_and_then_all_is_withdrawn(market):
    """Both hold a place of one listing, and one has withdrawn: three changes of one lease in one operation."""
    old, new = two(market)
    listing = published(market, replace(TERMS, headcount=3))
    applied(market, listing, old), applied(market, listing, new)
    market.ledger.put(
        replace(
            market.ledger.worker(old),
            consent=replace(market.ledger.worker(old).consent, withdrawn_at=market.now),
        )
    )
    merged(market, old, new)
    lease, central = market.ledger.lease(listing, "WH01"), market.ledger.central(listing)
    assert (lease.spent, market.ledger.listing(listing).taken) == (0, 0)
    assert central.free + central.firm + lease.granted - lease.returned == 3


def test_chains_are_flattened_when_they_are_made(market):
    first, second = two(market)
    third = at(market, market.worker(), "WH03")
    merged(market, first, second)
    merged(market, second, third)
    one = market.ledger.worker(third)
    assert market.ledger.worker(first) == market.ledger.worker(second) == one
    assert {market.ledger.registration(each).merged_into for each in (first, second)} == {third}
    assert homes(one) == {"WH01", "WH02", "WH03"}
    assert set(ids(one)) == {first, second, third}


def test_operations_that_name_the_old_id_mean_the_person(market):
    old, new = two(market)
    merged(market, old, new)
    placement = applied(market, published(market), old)
    assert market.ledger.placement(placement).worker_id == new
    whole = UpdateWorker(
        worker_id=old,
        name="李大海",
        phone="13911112222",
        identity=None,
        trades=(),
        wage_wish_fen=None,
        wage_wish_unit="day",
        districts=(),
        night_work=False,
        needs_lodging=False,
        own_tools=False,
        own_vehicle=False,
        wants_sms=False,
    )
    with pytest.raises(Refusal, match=r"refusal\.merged"):
        market.run(whole)
    market.run(replace(whole, worker_id=new))
    market.run(WithdrawConsent(worker_id=old))
    assert market.ledger.worker(new).consent.withdrawn_at is not None
    assert status(market, placement) is S.CANCELLED


def test_who_is_erased_is_erased_under_every_id(market):
    old, new = two(market, birth=date(1980, 1, 1))
    merged(market, old, new)
    market.run(WithdrawConsent(worker_id=new))
    market.now += timedelta(days=2)
    market.run(ForgetWorker(worker_id=old), STAFF)
    assert (market.ledger.worker(new).name, market.ledger.registration(old).identity) == ("", None)
    third = market.worker()
    assert refused(market, third, new, STAFF) == "refusal.worker_unknown"


def test_only_the_last_job_wanted_entry_stays_open(market):
    old, new = two(market)
    entries = []
    for worker in (new, old):
        body = PostWanted(
            wanted_id=market.new_id(),
            worker_id=worker,
            offer=OFFER,
            number=1,
            valid_until=market.now.date() + timedelta(days=5),
        )
        market.run(body)
        entries.append(body.wanted_id)
    merged(market, old, new)
    kept = [market.ledger.wanted(each) for each in entries]
    assert [each.status for each in kept] == [WantedStatus.WITHDRAWN, WantedStatus.OPEN]
    assert {each.worker_id for each in kept} == {new}


def test_a_kiosk_that_does_not_hold_the_old_record_moves_what_it_holds():
    """As at the kiosk where a worker of another one stands: no reserve is known, and no record of the old id."""
    market = Market(city=False)
    new, old = market.worker(), market.new_id()
    listing = published(market)
    guest = Guest(name="李大海", phone="13900000000", home="WH02", birth_date=None)
    body = Apply(
        placement_id=market.new_id(),
        listing_id=listing,
        worker_id=old,
        claim=Claim.LEASE,
        number=1,
        guest=guest,
    )
    market.run(body)
    assert refused(market, old, new, guest=replace(guest, phone="13911112222")) == "refusal.merge_differs"
    merged(market, old, new, guest=guest)
    assert market.ledger.placement(body.placement_id).worker_id == new
    assert market.ledger.worker(old) is None  # the city will send what is left of it
    assert ids(market.ledger.worker(new)) == (new, old)


def test_a_kiosk_remembers_a_worker_until_they_leave_or_withdraw(market):
    worker = market.worker()
    market.run(RememberWorker(worker_id=worker, agreed=AGREED), kiosk="WH03")
    one = market.ledger.worker(worker)
    assert (homes(one), registered_at(one)) == ({"WH01", "WH03"}, {"WH01"})
    assert market.run(RememberWorker(worker_id=worker, agreed=AGREED), kiosk="WH03").puts == ()
    assert market.run(LeaveKiosk(worker_id=worker), kiosk="WH02").puts == ()
    market.run(LeaveKiosk(worker_id=worker), kiosk="WH03")
    assert homes(market.ledger.worker(worker)) == {"WH01"}
    market.run(RememberWorker(worker_id=worker, agreed=AGREED), kiosk="WH03")
    market.run(WithdrawConsent(worker_id=worker))
    assert homes(market.ledger.worker(worker)) == {"WH01"}
    with pytest.raises(Refusal, match="consent_withdrawn"):
        market.run(RememberWorker(worker_id=worker, agreed=AGREED), kiosk="WH03")


def test_nobody_is_remembered_without_their_word(market):
    with pytest.raises(Refusal, match="consent_missing"):
        market.run(RememberWorker(worker_id=market.worker(), agreed=""), kiosk="WH03")


def test_who_is_registered_somewhere_cannot_only_leave_there(market):
    old, new = two(market)
    merged(market, old, new)
    for kiosk in ("WH01", "WH02"):
        assert market.run(LeaveKiosk(worker_id=new), kiosk=kiosk).puts == ()


def test_two_kiosks_that_promise_one_person_the_same_hours_face_to_face_both_keep_their_word(market):
    """Neither had heard of the other; what the city gave would go back, what was said to a face does not."""
    worker = market.worker()
    first, second = published(market), published(market)
    grant = market.ledger.lease(second, "WH01")
    market.ledger.put(replace(grant, home="WH02", granted=1))
    kept = applied(market, first, worker)
    guest = Apply(
        placement_id=market.new_id(), listing_id=second, worker_id=worker, claim=Claim.LEASE, number=2
    )
    market.run(guest, kiosk="WH02")
    assert {status(market, each) for each in (kept, guest.placement_id)} == {S.CONFIRMED}


def test_two_kiosks_that_take_one_person_on_for_the_same_listing_have_taken_one(market):
    worker, listing = market.worker(), published(market, replace(TERMS, headcount=2))
    market.ledger.put(replace(market.ledger.lease(listing, "WH01"), home="WH02", granted=1))
    first = applied(market, listing, worker)
    again = Apply(
        placement_id=market.new_id(), listing_id=listing, worker_id=worker, claim=Claim.LEASE, number=2
    )
    market.run(again, kiosk="WH02")
    other = market.ledger.placement(again.placement_id)
    assert (status(market, first), other.status, other.reason) == (S.CONFIRMED, S.CANCELLED, MERGED)
    lease = market.ledger.lease(
        listing, "WH02"
    )  # the place goes to the reserve: another kiosk has a part in it
    assert (lease.free, lease.returned) == (0, 1)
    assert market.ledger.listing(listing).taken == 1
