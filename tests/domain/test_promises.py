"""What a kiosk has put on paper before it could know better binds the city."""

from dataclasses import replace
from uuid import UUID

import pytest

from kiosk.domain.city_slots import grant
from kiosk.domain.operations import Apply, CloseListing, PromotePlacement, ReviewListing
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import Claim, PlacementStatus
from tests.domain.samples import STAFF, TERMS, Market

HOME, ELSEWHERE = "WH01", "WH02"


@pytest.fixture
def market() -> Market:
    """The city's records: 4 places a listing, 3 at its home, 1 in the city's reserve."""
    return Market(HOME)


def published(market: Market, kiosk: str = HOME) -> UUID:
    body = market.post_body(market.employer(), replace(TERMS, headcount=4))
    market.run(body, kiosk=kiosk)
    market.run(ReviewListing(listing_id=body.listing_id, approve=True), STAFF, kiosk)
    return body.listing_id


def apply(market: Market, listing: UUID, worker: UUID, claim: Claim, kiosk: str = HOME) -> UUID:
    body = Apply(placement_id=market.new_id(), listing_id=listing, worker_id=worker, claim=claim, number=1)
    market.run(body, kiosk=kiosk)
    return body.placement_id


def test_a_place_promised_on_paper_comes_before_one_that_the_city_gave_unasked(market):
    there, here, worker = published(market, ELSEWHERE), published(market), market.worker()
    given = apply(market, there, worker, Claim.NONE)  # waits at the kiosk; the city gives one of its reserve
    assert market.ledger.placement(given).claim is Claim.CENTRAL
    paper = apply(market, here, worker, Claim.LEASE)  # the same hours, and the kiosk had not heard of it
    assert market.ledger.placement(paper).status is PlacementStatus.CONFIRMED
    assert market.ledger.placement(given).status is PlacementStatus.WAITLISTED
    assert (market.ledger.central(there).free, market.ledger.central(there).firm) == (1, 0)
    assert market.ledger.listing(there).taken == 0


def test_a_gift_given_up_for_a_listing_closed_since_is_a_no_and_not_a_wait(market):
    there, here, worker = published(market, ELSEWHERE), published(market), market.worker()
    given = apply(market, there, worker, Claim.NONE)
    market.run(CloseListing(listing_id=there), kiosk=ELSEWHERE)
    apply(market, here, worker, Claim.LEASE)
    told = market.ledger.placement(given)
    assert (told.status, told.reason, told.claim) == (PlacementStatus.DECLINED, "listing_closed", Claim.NONE)
    assert market.ledger.central(there).free == 1


def test_it_also_comes_before_a_place_of_another_kiosks_lease(market):
    there, here, worker = published(market, ELSEWHERE), published(market), market.worker()
    market.ledger.put(grant(market.ledger.central(there), None, "WH03", 1)[0])  # the reserve is empty
    waiting = apply(market, there, worker, Claim.NONE)
    market.run(PromotePlacement(placement_id=waiting, claim=Claim.LEASE), STAFF, ELSEWHERE)
    paper = apply(market, here, worker, Claim.LEASE)
    assert market.ledger.placement(paper).status is PlacementStatus.CONFIRMED
    assert market.ledger.placement(waiting).status is PlacementStatus.WAITLISTED
    assert market.ledger.lease(there, ELSEWHERE).spent == 0


def test_who_was_only_told_to_wait_takes_nothing_away(market):
    there, here, worker = published(market, ELSEWHERE), published(market), market.worker()
    given = apply(market, there, worker, Claim.NONE)
    second = apply(market, here, worker, Claim.NONE)
    assert market.ledger.placement(given).status is PlacementStatus.CONFIRMED
    assert market.ledger.placement(second).status is PlacementStatus.WAITLISTED


def test_a_promise_of_the_same_kiosk_is_never_taken_back_for_another(market):
    one, two, worker = published(market), published(market), market.worker()
    apply(market, one, worker, Claim.LEASE)
    with pytest.raises(Refusal, match=r"refusal\.overlap"):
        apply(market, two, worker, Claim.LEASE)


def test_a_kiosk_that_knows_of_the_other_place_refuses():
    market = Market(HOME, city=False)
    there, here, worker = published(market, ELSEWHERE), published(market), market.worker()
    given = apply(market, there, worker, Claim.LEASE, ELSEWHERE)
    assert market.ledger.placement(given).status is PlacementStatus.CONFIRMED
    with pytest.raises(Refusal, match=r"refusal\.overlap"):
        apply(market, here, worker, Claim.LEASE)


def test_a_place_of_the_lease_given_before_the_closing_was_known_is_kept(market):
    listing, worker = published(market, ELSEWHERE), market.worker()
    central, lease = grant(market.ledger.central(listing), None, HOME, 1)
    market.ledger.put(central)
    market.ledger.put(lease)
    market.run(CloseListing(listing_id=listing), STAFF, ELSEWHERE)
    paper = apply(market, listing, worker, Claim.LEASE)
    assert market.ledger.placement(paper).status is PlacementStatus.CONFIRMED
    with pytest.raises(Refusal, match=r"refusal\.listing_closed"):
        apply(market, listing, market.worker("王二"), Claim.NONE)
