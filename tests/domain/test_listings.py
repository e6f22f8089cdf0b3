from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.operations import (
    Actor,
    CloseListing,
    RenewListing,
    ReviewListing,
    SetStanding,
    VerifyEmployer,
)
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import ActorKind, EmployerKind, ListingStatus, Standing
from tests.domain.samples import SELF, STAFF, STAFF_ID, TERMS, TODAY, Market


@pytest.fixture
def market() -> Market:
    return Market()


def refusal_of(market: Market, body, actor=SELF) -> Refusal:
    with pytest.raises(Refusal) as refused:
        market.run(body, actor)
    return refused.value


def test_a_new_listing_waits_for_review_with_its_places_split(market):
    body = market.post_body(market.employer(), replace(TERMS, headcount=10))
    market.run(body)
    listing = market.ledger.listing(body.listing_id)
    assert (listing.status, listing.taken, listing.home) == (ListingStatus.PENDING, 0, "WH01")
    assert listing.employer_name == "王师傅"
    assert market.ledger.lease(listing.id, "WH01").free == 8
    assert market.ledger.central(listing.id).free == 2


def test_the_same_posting_again_changes_nothing(market):
    op = market.operation(market.post_body(market.employer()))
    market.play(op)
    assert market.play(op).puts == ()


def test_a_verified_employer_in_good_standing_publishes_at_once(market):
    employer = market.employer(EmployerKind.ENTERPRISE)
    market.run(VerifyEmployer(employer_id=employer), STAFF)
    clean, remarked = (
        market.post_body(employer),
        market.post_body(employer, replace(TERMS, requirements="35岁以下")),
    )
    unproved = market.post_body(employer)
    clean, remarked = replace(clean, identified=True), replace(remarked, identified=True)
    for body in (clean, remarked, unproved):
        market.run(body)
    assert market.ledger.listing(clean.listing_id).status is ListingStatus.PUBLISHED
    assert (
        market.ledger.listing(clean.listing_id).published_at
        == market.ledger.listing(clean.listing_id).posted_at
    )
    for waits in (remarked, unproved):
        assert market.ledger.listing(waits.listing_id).status is ListingStatus.PENDING
    assert [each.rule for each in market.ledger.listing(remarked.listing_id).findings] == ["wording_age"]
    market.run(SetStanding(employer_id=employer, standing=Standing.WARNED, reason="投诉"), STAFF)
    warned = market.post_body(employer)
    market.run(warned)
    assert market.ledger.listing(warned.listing_id).status is ListingStatus.PENDING


def test_a_blocking_finding_refuses_the_posting_with_its_own_sentence(market):
    body = market.post_body(market.employer(), replace(TERMS, pay_fen=100_00))
    refusal = refusal_of(market, body)
    assert (refusal.key, refusal.field) == ("finding.minimum_wage", "pay")
    assert refusal.params["needed_fen"] == 192_00
    assert market.ledger.listing(body.listing_id) is None


@pytest.mark.parametrize("days", [-1, 16])
def test_validity_is_fifteen_days_from_today(market, days):
    body = market.post_body(market.employer())
    wrong = replace(body, valid_until=TODAY + timedelta(days=days))
    assert refusal_of(market, wrong) == Refusal("refusal.validity", "valid_until", days=15)
    market.run(replace(body, valid_until=TODAY + timedelta(days=15)))


def test_a_posting_of_nobody_is_refused(market):
    assert refusal_of(market, market.post_body(market.new_id())).key == "refusal.employer_unknown"


def test_staff_publish(market):
    body = market.post_body(market.employer())
    market.run(body)
    market.run(ReviewListing(listing_id=body.listing_id, approve=True), STAFF)
    listing = market.ledger.listing(body.listing_id)
    assert (listing.status, listing.reviewed_by, listing.published_at) == (
        ListingStatus.PUBLISHED,
        STAFF_ID,
        market.now,
    )
    assert (
        refusal_of(market, ReviewListing(listing_id=body.listing_id, approve=True), STAFF).key
        == "refusal.already_reviewed"
    )


def test_staff_reject_with_a_reason(market):
    body = market.post_body(market.employer())
    market.run(body)
    assert (
        refusal_of(market, ReviewListing(listing_id=body.listing_id, approve=False), STAFF).key
        == "refusal.reason_missing"
    )
    market.run(ReviewListing(listing_id=body.listing_id, approve=False, reason="地址不清楚"), STAFF)
    listing = market.ledger.listing(body.listing_id)
    assert (listing.status, listing.review_reason) == (ListingStatus.REJECTED, "地址不清楚")


def test_review_is_for_staff_and_for_listings_that_are_there(market):
    body = market.post_body(market.employer())
    market.run(body)
    assert (
        refusal_of(market, ReviewListing(listing_id=body.listing_id, approve=True)).key
        == "refusal.staff_only"
    )
    assert (
        refusal_of(market, ReviewListing(listing_id=market.new_id(), approve=True), STAFF).key
        == "refusal.listing_unknown"
    )


def test_what_has_become_unlawful_meanwhile_is_not_published(market):
    body = market.post_body(market.employer())
    market.run(body)
    market.now += timedelta(days=2)
    assert (
        refusal_of(market, ReviewListing(listing_id=body.listing_id, approve=True), STAFF).key
        == "finding.date_past"
    )


def test_a_running_offer_can_still_be_reviewed_on_its_second_day(market):
    body = market.post_body(market.employer(), replace(TERMS, date_to=TODAY + timedelta(days=2)))
    market.run(body)
    market.now += timedelta(days=1)
    market.run(ReviewListing(listing_id=body.listing_id, approve=True), STAFF)
    assert market.ledger.listing(body.listing_id).status is ListingStatus.PUBLISHED


def published(market: Market, days: int = 2):
    body = market.post_body(market.employer(), replace(TERMS, date_to=TODAY + timedelta(days=days)))
    market.run(body)
    market.run(ReviewListing(listing_id=body.listing_id, approve=True), STAFF)
    return body


def test_closing_twice_changes_nothing(market):
    body = published(market)
    market.run(CloseListing(listing_id=body.listing_id, reason="招够了"))
    assert market.ledger.listing(body.listing_id).status is ListingStatus.CLOSED
    assert market.run(CloseListing(listing_id=body.listing_id)).puts == ()
    assert refusal_of(market, CloseListing(listing_id=market.new_id())).key == "refusal.listing_unknown"


def test_a_listing_is_renewed_while_it_is_in_the_market(market):
    body = published(market)
    market.run(RenewListing(listing_id=body.listing_id, valid_until=TODAY + timedelta(days=15)))
    assert market.ledger.listing(body.listing_id).valid_until == TODAY + timedelta(days=15)
    too_long = RenewListing(listing_id=body.listing_id, valid_until=TODAY + timedelta(days=16))
    assert refusal_of(market, too_long).key == "refusal.validity"
    market.run(CloseListing(listing_id=body.listing_id))
    late = RenewListing(listing_id=body.listing_id, valid_until=TODAY + timedelta(days=1))
    assert refusal_of(market, late).key == "refusal.listing_closed"
    nothing = RenewListing(listing_id=market.new_id(), valid_until=TODAY)
    assert refusal_of(market, nothing).key == "refusal.listing_unknown"


def test_work_that_is_over_is_not_renewed_except_by_the_city(market):
    body = published(market)
    market.now += timedelta(days=3)
    renewal = RenewListing(listing_id=body.listing_id, valid_until=TODAY + timedelta(days=10))
    assert refusal_of(market, renewal).key == "finding.date_past"
    market.run(renewal, Actor(kind=ActorKind.CITY))
    assert market.ledger.listing(body.listing_id).valid_until == TODAY + timedelta(days=10)
