"""One firm, registered at two kiosks: which registration stands for both, and what the other is worth."""

from dataclasses import replace

import pytest

from kiosk.domain import merging
from kiosk.domain.operations import MakeInvitation, PostWanted, ReviewListing, SetStanding, VerifyEmployer
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import ListingStatus, Standing
from tests.domain.samples import STAFF, TERMS, TODAY, Market
from tests.domain.test_employers import FIRM
from tests.domain.test_wanted import OFFER

HERE, THERE = "WH01", "WH02"
PHONE = "13955556666"


@pytest.fixture
def market():
    """The firm is registered at WH01 and verified there; its registration at WH02 is one more."""
    market = Market(HERE)
    market.run(FIRM)
    market.run(VerifyEmployer(employer_id=FIRM.employer_id), STAFF)
    return market


@pytest.fixture
def other(market):
    """The id of the registration at WH02."""
    body = replace(FIRM, employer_id=market.new_id(), contact_name="李四", phone=PHONE)
    made = market.run(body, kiosk=THERE).puts[0]
    del market.ledger.employers[made.id]
    market.ledger.put(merging.join(market.ledger.employers[FIRM.employer_id], made))
    market.ledger.merged[made.id] = FIRM.employer_id
    return made.id


def firm(market):
    return market.ledger.employers[FIRM.employer_id]


def test_the_first_registration_stays_as_it_is_and_knows_the_other(market, other):
    now = firm(market)
    assert (now.contact_name, now.phone, now.home) == ("王师傅", "13800000000", HERE)
    assert [(each.id, each.kiosk, each.contact_name, each.phone) for each in now.also] == [
        (other, THERE, "李四", PHONE)
    ]
    assert merging.homes(now) == [HERE, THERE]


def test_whoever_wrote_a_known_code_down_elsewhere_is_no_verified_firm(market, other):
    post = replace(market.post_body(other), identified=True)
    market.run(post, kiosk=THERE)
    listing = market.ledger.listing(post.listing_id)
    assert listing.status is ListingStatus.PENDING
    assert listing.employer_id == FIRM.employer_id
    assert merging.proven_phones(firm(market)) == ("13800000000",)


def test_when_the_licence_was_seen_there_too_the_listing_is_published_as_the_kiosk_said(market, other):
    market.run(VerifyEmployer(employer_id=other), STAFF, THERE)
    post = replace(market.post_body(other), identified=True)
    market.run(post, kiosk=THERE)
    assert market.ledger.listing(post.listing_id).status is ListingStatus.PUBLISHED
    assert merging.proven_phones(firm(market)) == ("13800000000", PHONE)


def test_a_ban_holds_for_every_registration(market, other):
    ban = SetStanding(employer_id=other, standing=Standing.BANNED, reason="欠薪", until=None)
    market.run(ban, STAFF, THERE)
    assert firm(market).standing is Standing.BANNED
    for employer_id in (other, FIRM.employer_id):
        with pytest.raises(Refusal, match="employer_banned"):
            market.run(market.post_body(employer_id))


def test_registering_again_under_an_id_that_is_no_more_changes_nothing(market, other):
    assert market.run(replace(FIRM, employer_id=other), kiosk=THERE).puts == ()


def test_an_invitation_that_names_the_old_id_is_the_firms(market, other):
    post = replace(market.post_body(other, replace(TERMS, headcount=2)))
    market.run(post, kiosk=THERE)
    market.run(ReviewListing(listing_id=post.listing_id, approve=True), STAFF, THERE)
    wanted = PostWanted(
        wanted_id=market.new_id(), worker_id=market.worker(), offer=OFFER, number=1, valid_until=TODAY
    )
    market.run(wanted)
    body = MakeInvitation(
        invitation_id=market.new_id(),
        wanted_id=wanted.wanted_id,
        listing_id=post.listing_id,
        employer_id=other,
    )
    market.run(body, kiosk=THERE)
    assert market.ledger.invitation(body.invitation_id).employer_id == FIRM.employer_id
