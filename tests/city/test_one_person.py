"""A worker who is registered at two kiosks, made one: over real PostgreSQL, with what each kiosk is shown of it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from kiosk.city.lookup import lookup
from kiosk.domain.operations import (
    CancelPlacement,
    IssueSlip,
    MarkPlacement,
    ReviewListing,
    UpdateWorker,
    WithdrawConsent,
)
from kiosk.domain.person_operations import LeaveKiosk, MergeWorkers, RememberWorker
from kiosk.domain.values import Claim, PlacementStatus, SlipKind
from kiosk.protocol.messages import LookupOutcome, LookupRequest
from kiosk.protocol.signing import SigningKey
from kiosk.protocol.token import City, TokenKind, issue
from tests.city.stage import AREA, HOST, Kiosk, escrow
from tests.domain.samples import STAFF

pytestmark = pytest.mark.postgres
YES, FOREIGN = ("accepted", ""), ("rejected", "refusal.other_kiosk")
AGREED = "2026-11"


@pytest.fixture
def third(city, market):
    return Kiosk(city, market, "WH03").enroll()


def registered(kiosk):
    body = kiosk.worker_body()
    assert kiosk.say(body) == [YES]
    return body.worker_id


def published(kiosk, headcount=8, **terms):
    employer = kiosk.employer_body()
    post = kiosk.post_body(employer.employer_id, headcount, **terms)
    review = ReviewListing(listing_id=post.listing_id, approve=True)
    assert kiosk.say(employer, post) == [YES, YES]
    assert kiosk.say(review, actor=STAFF) == [YES]
    return post.listing_id


def seen_at(kiosk, worker_id):
    """The worker shows a slip there, and the digits fit."""
    kiosk.city.store.run(lambda tx: tx.note_visit(kiosk.code, worker_id, kiosk.market.now))


def merge_body(old, new, **more):
    return MergeWorkers(**{"old_id": old, "new_id": new, "agreed": AGREED, **more})


def applied(kiosk, listing, worker, claim=Claim.LEASE):
    body = kiosk.apply_body(listing, worker, claim)
    answer = kiosk.say(body)
    assert answer[0][0] in {"accepted", "waitlisted"}, answer
    return body.placement_id


def card(kiosk, market, worker):
    return issue(
        kind=TokenKind.WORKER_CARD,
        subject=worker,
        number=1,
        station=kiosk.code,
        issued_at=market.now,
        key=SigningKey(kiosk.seed),
        city=City(code=AREA, host=HOST),
    )


def test_both_homes_hold_one_record_and_whoever_has_the_old_id_means_it(kiosk, other, third):
    old, new = registered(kiosk), registered(other)
    listing = published(kiosk)
    placement = applied(kiosk, listing, old)
    seen_at(other, old)
    assert other.say(merge_body(old, new)) == [YES]
    for station in (kiosk, other):
        own = station.own()
        assert own["worker", new]["home"] == "WH02"
        assert (own["worker", old]["merged_into"], own["worker", old]["name"]) == (str(new), "")
        assert own["placement", placement]["worker_id"] == str(new)
    assert not [key for key in third.own() if key[0] in {"worker", "placement"}]
    later = applied(kiosk, published(kiosk, start_minute=1080, end_minute=1200, minutes_per_day=120), old)
    assert other.own()["placement", later]["worker_id"] == str(new)


def test_whole_records_typed_under_the_old_id_are_refused_and_a_withdrawal_holds(kiosk, other):
    old, new = registered(kiosk), registered(other)
    seen_at(other, old)
    other.say(merge_body(old, new))
    body = kiosk.worker_body()
    update = UpdateWorker(
        **{
            name: getattr(body, name) for name in UpdateWorker.__slots__ if name not in {"worker_id", "phone"}
        },
        worker_id=old,
        phone="13977778888",
    )
    assert kiosk.say(update) == [("rejected", "refusal.merged")]
    assert kiosk.say(replace(update, worker_id=new)) == [YES]
    assert other.own()["worker", new]["phone"] == "13977778888"
    assert kiosk.say(WithdrawConsent(worker_id=old)) == [YES]
    assert other.own()["worker", new]["consent"]["withdrawn_at"]


def test_nobody_merges_whom_they_have_not_seen(kiosk, other, third):
    old, new = registered(kiosk), registered(other)
    assert other.say(merge_body(old, new)) == [FOREIGN]
    assert other.say(merge_body(other.market.new_id(), new)) == [FOREIGN]
    seen_at(third, old)
    assert third.say(merge_body(old, new)) == [FOREIGN]
    seen_at(other, old)
    assert other.say(merge_body(new, old)) == [FOREIGN]
    assert other.sees("dev/WH02")["worker", old].deleted
    assert kiosk.own()["worker", old]["merged_into"] is None


def test_two_places_of_one_listing_become_one_and_the_other_goes_to_who_waits(kiosk, other):
    old, new = registered(kiosk), registered(other)
    listing = published(kiosk, 2)
    kept = applied(kiosk, listing, old)
    assert other.say(other.apply_body(listing, new, Claim.NONE))[0][0] == "waitlisted"
    last, waiting = registered(kiosk), registered(other)
    other.say(other.apply_body(listing, waiting, Claim.NONE))
    given = applied(kiosk, listing, last)
    assert kiosk.say(CancelPlacement(placement_id=given)) == [YES]
    seen_at(other, old)
    assert other.say(merge_body(old, new)) == [YES]
    escrow(other.city, listing)
    mine = [row for key, row in other.own().items() if key[0] == "placement"]
    states = {(row["worker_id"], row["status"], row["reason"]) for row in mine}
    assert (str(new), "cancelled", "merged") in states
    assert kiosk.own()["placement", kept]["status"] == "confirmed"


def test_a_kiosk_that_comes_to_know_somebody_is_shown_their_work_and_the_slips_about_it(kiosk, other, market):
    old, new = registered(kiosk), registered(other)
    listing = published(kiosk)
    placement = applied(kiosk, listing, old)
    slip = IssueSlip(
        slip_id=market.new_id(),
        kind=SlipKind.JOB_SLIP,
        number=1,
        subject_id=placement,
        token="x",
        state="confirmed",
    )
    done = applied(kiosk, published(kiosk, start_minute=1080, end_minute=1200, minutes_per_day=120), old)
    kiosk.say(slip)
    kiosk.say(CancelPlacement(placement_id=done))
    assert ("slip", slip.slip_id) not in other.own()
    seen_at(other, old)
    other.say(merge_body(old, new))
    own = other.own()
    assert own["slip", slip.slip_id]["state"] == "confirmed"
    assert {own["placement", each]["worker_id"] for each in (placement, done)} == {str(new)}


def test_chains_end_at_the_person_also_when_an_operation_comes_for_the_first_of_them(kiosk, other, third):
    first, second, last = registered(kiosk), registered(other), registered(third)
    seen_at(other, first)
    other.say(merge_body(first, second))
    seen_at(third, first)  # with a slip of long ago
    assert third.say(merge_body(first, last)) == [YES]
    for station in (kiosk, other, third):
        own = station.own()
        assert {own["worker", each]["merged_into"] for each in (first, second)} == {str(last)}
        assert len(own["worker", last]["also"]) == 2
    placement = applied(kiosk, published(kiosk), first)
    assert third.own()["placement", placement]["worker_id"] == str(last)


def test_both_at_once_from_both_sides_make_one(kiosk, other):
    one, two = registered(kiosk), registered(other)
    listing = published(kiosk)
    applied(kiosk, listing, one)
    seen_at(kiosk, two)
    seen_at(other, one)
    bodies = [(kiosk, merge_body(two, one)), (other, merge_body(one, two))]
    batches = [(each, each.sent(each.operation(body))) for each, body in bodies]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda pair: pair[0].push(pair[1]), batches))
    assert [str(answer.verdicts[0].outcome) for answer in answers] == ["accepted"] * 2
    merged = {kiosk.own()["worker", each]["merged_into"] for each in (one, two)}
    assert None in merged
    assert len(merged) == 2
    escrow(kiosk.city, listing)


def test_a_merge_and_what_is_done_about_the_work_meanwhile_wait_for_each_other(kiosk, other):
    old, new = registered(kiosk), registered(other)
    seen_at(other, old)
    placements = [
        applied(kiosk, published(kiosk, start_minute=60 * n, end_minute=60 * n + 30, minutes_per_day=30), old)
        for n in range(6, 10)
    ]
    marks = [MarkPlacement(placement_id=each, status=PlacementStatus.ARRIVED) for each in placements]
    left = kiosk.request(*(kiosk.sent(kiosk.operation(each, STAFF)) for each in marks)).ops
    right = other.sent(other.operation(merge_body(old, new)))
    with ThreadPoolExecutor(2) as pool:
        said = [pool.submit(kiosk.push, *left), pool.submit(other.push, right)]
        assert {str(v.outcome) for each in said for v in each.result().verdicts} == {"accepted"}
    own = kiosk.own()
    assert {(own["placement", p]["status"], own["placement", p]["worker_id"]) for p in placements} == {
        ("arrived", str(new))
    }


def test_a_slip_of_the_old_registration_opens_the_person_anywhere(kiosk, other, third, market, city):
    old, new = registered(kiosk), registered(other)
    seen_at(other, old)
    other.say(merge_body(old, new))
    request = LookupRequest(token=card(kiosk, market, old), tail="0000")
    answer = city.store.run(lambda tx: lookup(city, tx, third.device, request))
    assert answer.outcome is LookupOutcome.FOUND
    assert str(new).encode() in bytes(answer.worker)
    assert third.say(third.apply_body(published(third), old)) == [YES]


def test_who_wishes_it_is_remembered_at_another_kiosk_until_they_do_not(kiosk, other, third):
    worker, listing = registered(kiosk), published(kiosk)
    placement = applied(kiosk, listing, worker)
    remember = RememberWorker(worker_id=worker, agreed=AGREED)
    assert other.say(remember) == [FOREIGN]
    seen_at(other, worker)
    assert other.say(remember) == [YES]
    own = other.own()
    assert own["worker", worker]["identity"] is None
    assert own["placement", placement]["worker_id"] == str(worker)
    made = applied(other, published(other, start_minute=1080, end_minute=1200, minutes_per_day=120), worker)
    assert other.say(LeaveKiosk(worker_id=worker)) == [YES]
    kept = {key for key in other.own() if key[0] in {"worker", "placement"}}
    assert kept == {("placement", made)}  # what was done there stays there
    assert kiosk.own()["worker", worker]["also"] == []
    other.say(remember)
    assert ("worker", worker) in other.own()
    # Served once more before the kiosk has heard that they are no more remembered: what they were told there counts.
    again = other.apply_body(published(other, start_minute=1320, end_minute=1380, minutes_per_day=60), worker)
    assert other.say(LeaveKiosk(worker_id=worker), again) == [YES, YES]
    other.say(remember)
    kiosk.say(WithdrawConsent(worker_id=worker))
    assert ("worker", worker) not in other.own()
    assert not [key for key in third.own() if key[0] in {"worker", "placement"}]
