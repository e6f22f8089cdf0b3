"""A kiosk acts on what the city shows it; knowing an id is no right."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.city.rights import STAY
from kiosk.domain.operations import (
    CancelPlacement,
    CloseListing,
    IssueSlip,
    MarkPlacement,
    PromotePlacement,
    RenewListing,
    ReviewListing,
    SetStanding,
    UpdateWorker,
    VerifyEmployer,
    WithdrawConsent,
)
from kiosk.domain.person_operations import MergeWorkers, RememberWorker
from kiosk.domain.values import Claim, PayUnit, PlacementStatus, SlipKind, Standing
from tests.city.test_push import published, registered
from tests.domain.samples import STAFF

pytestmark = pytest.mark.postgres
NO = [("rejected", "refusal.other_kiosk")]
YES = [("accepted", "")]


def update(worker_id):
    return UpdateWorker(
        worker_id=worker_id,
        name="别人",
        phone="13900000000",
        identity=None,
        trades=(),
        wage_wish_fen=None,
        wage_wish_unit=PayUnit.DAY,
        districts=(),
        night_work=False,
        needs_lodging=False,
        own_tools=False,
        own_vehicle=False,
        wants_sms=False,
    )


def test_workers_of_another_kiosk_are_out_of_reach(kiosk, other):
    worker = registered(kiosk)
    before = kiosk.own()["worker", worker]
    for body in (update(worker), WithdrawConsent(worker_id=worker)):
        assert other.say(body) == NO
    assert other.say(replace(other.worker_body(), worker_id=worker)) == NO
    assert kiosk.own()["worker", worker] == before
    assert ("worker", worker) not in other.sees("dev/WH02")


def test_employers_of_another_kiosk_are_out_of_reach(kiosk, other):
    employer = kiosk.employer_body()
    kiosk.say(employer)
    employer_id = employer.employer_id
    for body in (
        VerifyEmployer(employer_id=employer_id),
        SetStanding(employer_id=employer_id, standing=Standing.WARNED, reason="x"),
        other.post_body(employer_id),
    ):
        assert other.say(body, actor=STAFF) == NO
    assert ("employer", employer_id) not in other.sees("dev/WH02")


def test_listings_of_another_kiosk_are_read_and_nothing_else(kiosk, other):
    listing = published(kiosk)
    day = kiosk.own()["listing", listing]["valid_until"]
    for body in (
        ReviewListing(listing_id=listing, approve=False, reason="x"),
        CloseListing(listing_id=listing),
        RenewListing(listing_id=listing, valid_until=day),
    ):
        assert other.say(body, actor=STAFF) == NO
    assert kiosk.own()["listing", listing]["status"] == "published"


def test_a_worker_applies_at_the_own_kiosk_to_a_listing_that_is_public(kiosk, other):
    listing, mine = published(kiosk, 8), registered(other)
    assert other.say(other.apply_body(listing, registered(kiosk), Claim.NONE)) == NO
    assert other.say(other.apply_body(listing, mine, Claim.NONE)) == YES


def test_nobody_applies_elsewhere_to_a_listing_that_was_never_published(kiosk, other):
    employer = kiosk.employer_body()
    post = kiosk.post_body(employer.employer_id)
    kiosk.say(employer, post)
    assert other.say(other.apply_body(post.listing_id, registered(other), Claim.NONE)) == NO
    assert ("listing", post.listing_id) not in other.sees("dev/WH02")
    assert ("listing", post.listing_id) not in other.sees("area/371002")


def test_a_placement_is_the_affair_of_its_workers_and_its_listings_kiosk(kiosk, other, city, market):
    from tests.city.stage import Kiosk

    third = Kiosk(city, market, "WH03").enroll()
    apply = other.apply_body(published(kiosk, 8), registered(other), Claim.NONE)
    other.say(apply)
    for body in (
        CancelPlacement(placement_id=apply.placement_id),
        PromotePlacement(placement_id=apply.placement_id, claim=Claim.NONE),
        MarkPlacement(placement_id=apply.placement_id, status=PlacementStatus.ARRIVED),
    ):
        assert third.say(body) == NO
    assert ("placement", apply.placement_id) not in third.sees("dev/WH03")
    arrived = MarkPlacement(placement_id=apply.placement_id, status=PlacementStatus.ARRIVED)
    assert kiosk.say(arrived) == YES
    assert other.say(replace(arrived, status=PlacementStatus.COMPLETED)) == YES


def test_a_slip_of_another_kiosk_is_not_issued_again(kiosk, other):
    worker = registered(kiosk)
    slip = IssueSlip(
        slip_id=kiosk.market.new_id(), kind=SlipKind.WORKER_CARD, number=1, subject_id=worker, token="T"
    )
    assert kiosk.say(slip) == YES
    assert other.say(replace(slip, number=2)) == NO


def slip_for(kiosk, kind, subject):
    return IssueSlip(slip_id=kiosk.market.new_id(), kind=kind, number=7, subject_id=subject, token="T")


def test_nobody_signs_slips_for_what_is_another_kiosks_affair(kiosk, other):
    listing, worker = published(kiosk, 8), registered(kiosk)
    apply = kiosk.apply_body(listing, worker)
    kiosk.say(apply)
    about = {
        SlipKind.WORKER_CARD: worker,
        SlipKind.JOB_SLIP: apply.placement_id,
        SlipKind.HIRE_SHEET: listing,
        SlipKind.POSTING_RECEIPT: listing,
    }
    for kind, subject in about.items():
        assert other.say(slip_for(other, kind, subject)) == NO
        assert kiosk.say(slip_for(kiosk, kind, subject)) == YES
    guest = other.apply_body(listing, registered(other), Claim.NONE)
    other.say(guest)
    assert other.say(slip_for(other, SlipKind.JOB_SLIP, guest.placement_id)) == YES


def test_what_a_job_slip_said_is_known_where_the_worker_is_at_home(kiosk, other, city):
    listing, worker = published(kiosk, 8), registered(other)
    city.store.run(lambda tx: tx.note_visit("WH01", worker, city.now()))
    apply = kiosk.apply_body(listing, worker)
    assert kiosk.say(apply) == YES
    slip = replace(slip_for(kiosk, SlipKind.JOB_SLIP, apply.placement_id), state="confirmed")
    assert kiosk.say(slip) == YES
    assert other.own()["slip", slip.slip_id]["state"] == "confirmed"
    third = slip_for(kiosk, SlipKind.HIRE_SHEET, listing)
    kiosk.say(third)
    assert ("slip", third.slip_id) not in other.own()


def for_a_visitor(kiosk, listing, visitor):
    """What only a visit gives a right to."""
    own = kiosk.worker_body("别人")
    kiosk.say(own)
    remember = RememberWorker(worker_id=visitor, agreed="1")
    merge = MergeWorkers(new_id=own.worker_id, old_id=visitor, guest=None, agreed="1")
    return [kiosk.apply_body(listing, visitor, Claim.NONE), remember, merge]


@pytest.mark.parametrize("which", range(3))
def test_a_visit_is_over_after_a_day_and_counts_by_when_something_was_done(kiosk, other, city, which):
    listing, worker = published(kiosk, 8), registered(other)
    shown_at = kiosk.market.now
    city.store.run(lambda tx: tx.note_visit("WH01", worker, shown_at))
    body = for_a_visitor(kiosk, listing, worker)[which]
    kiosk.market.now = shown_at + STAY + timedelta(minutes=20)
    assert kiosk.say(body) == NO
    kiosk.market.now = shown_at + timedelta(minutes=3)
    body = for_a_visitor(kiosk, listing, worker)[which]
    done = kiosk.operation(body)
    kiosk.market.now = shown_at + timedelta(days=35)  # until then there was no network
    outcome = kiosk.push(kiosk.sent(done)).verdicts[-1]
    assert (outcome.outcome, outcome.reason) != NO[0]


def test_who_comes_again_is_a_visitor_again_and_what_was_done_the_first_time_stays_good(kiosk, other, city):
    worker = registered(other)
    first = kiosk.market.now
    city.store.run(lambda tx: tx.note_visit("WH01", worker, first))
    then = kiosk.operation(RememberWorker(worker_id=worker, agreed="1"))
    kiosk.market.now = first + timedelta(days=20)
    city.store.run(lambda tx: tx.note_visit("WH01", worker, kiosk.market.now))
    city.store.run(lambda tx: tx.note_visit("WH01", worker, first))  # late: the newest one counts
    assert kiosk.push(kiosk.sent(then)).verdicts[-1].outcome == "accepted"


def test_a_slip_and_what_it_is_about_may_come_in_one_batch(kiosk):
    worker = kiosk.worker_body()
    assert kiosk.say(worker, slip_for(kiosk, SlipKind.WORKER_CARD, worker.worker_id)) == [*YES, *YES]


def test_a_changed_phone_is_on_the_employers_list_at_another_kiosk(kiosk, other):
    listing, worker = published(kiosk, 8), registered(other)
    apply = other.apply_body(listing, worker, Claim.NONE)
    other.say(apply)
    assert other.say(replace(update(worker), phone="13700000001")) == YES
    shown = kiosk.own()["placement", apply.placement_id]
    assert (shown["worker_phone"], shown["worker_name"]) == ("13700000001", "别人")


def test_what_the_city_does_not_have_is_for_the_rules_to_say(other):
    assert other.say(WithdrawConsent(worker_id=other.market.new_id())) == [
        ("rejected", "refusal.worker_unknown")
    ]
