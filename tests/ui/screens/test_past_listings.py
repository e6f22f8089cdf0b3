"""Employers come back days later: what has passed, or has run out, is not called open, and nothing vain is offered."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.records import Listing
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import ListingStatus
from kiosk.services.context import SELF
from kiosk.services.listings import form_of
from tests.ui.screens.house import STAFF, House
from tests.ui.screens.test_hire import to_day

VAIN = ("applicants.stop", "applicants.renew", "applicants.ask_for")


def at_applicants(house: House, listing: Listing) -> None:
    """By the receipt and four digits."""
    hand = house.start()
    hand.scan(house.services.printing.of(listing.id)[0].content.qr)
    hand.wait_screen("tail")
    hand.type("tail", listing.terms.contact_phone[-4:])
    house.tap("common.next")
    hand.wait_screen("applicants")
    house.calm()


def later(house: House, **time: int) -> None:
    house.clock.advance(timedelta(**time).total_seconds())


def offered(house: House) -> set[str]:
    return {key for key in VAIN if house.hand.has(house.text(key))}


@pytest.mark.parametrize("headcount", ["1", "3"])
def test_work_whose_day_has_passed_is_neither_open_nor_can_it_be_renewed(
    house: House, headcount: str
) -> None:
    listing = house.listing(headcount=headcount)
    house.apply(house.worker(), listing)
    later(house, days=1)
    at_applicants(house, listing)
    house.hand.wait_text(house.text("applicants.state_full", state=house.text("words.listing_past"), n=1))
    assert offered(house) == set()
    house.hand.wait_text("于海")  # who has to be marked and paid is still there
    house.tap("hire.again")
    house.hand.wait_screen("post_summary")


def test_what_nobody_sees_any_more_is_called_so_and_can_be_shown_again(house: House) -> None:
    day = house.today + timedelta(days=20)
    listing = house.listing(headcount="3", date_from=day, date_to=day)
    later(house, days=16)
    at_applicants(house, listing)
    house.hand.wait_text(house.text("words.listing_expired"))
    assert offered(house) == {"applicants.stop", "applicants.renew"}
    house.tap("applicants.renew")
    house.hand.wait_text(house.text("words.listing_status.published"))
    assert offered(house) == set(VAIN)


def test_the_list_of_what_was_posted_says_it_too(house: House) -> None:
    listing = house.listing(headcount="3")
    later(house, days=1)
    at_applicants(house, listing)
    house.shell.ctx.navigator.show("hire_known")
    house.hand.wait_screen("hire_known")
    house.hand.wait_text(house.text("words.listing_past"))
    assert not any(house.text("words.listing_status.published") in text for text in house.hand.texts())


def evening(house: House) -> None:
    """After the hours of a day's work."""
    later(house, hours=13)


def test_nobody_is_told_published_of_hours_that_are_over_today(house: House) -> None:
    to_day(house)
    house.hand.tap(house.strings.day(house.today, house.today))
    house.hand.wait_screen("post_days")
    for page in ("post_begin", "post_end", "post_pay"):
        house.tap("common.next")
        house.hand.wait_screen(page)
    house.hand.type("pay", "300")
    house.tap("common.next")
    house.hand.wait_screen("post_settle")
    house.tap("words.settlement.same_day")
    house.hand.wait_screen("post_where")
    house.hand.tap("竹岛")
    house.hand.wait_screen("post_address")
    house.hand.type("address", "文化西路88号")
    for page in ("post_provided", "post_summary"):
        house.tap("common.next")
        house.hand.wait_screen(page)
    evening(house)
    house.tap("hire.post")
    house.hand.wait_screen("post_day")
    house.hand.wait_text(house.text("refusal.hours_past"))
    house.hand.tap(house.strings.day(house.today + timedelta(days=1), house.today))
    house.hand.wait_screen("post_summary")
    house.tap("hire.post")
    house.hand.wait_screen("posted")


def test_what_has_waited_for_review_past_its_hours_is_not_published(house: House) -> None:
    listing = house.listing()
    form = replace(form_of(listing, house.today), title="搬钢琴")
    waits = house.services.listings.post(listing.employer_id, form, SELF).listing
    evening(house)
    with pytest.raises(Refusal) as refused:
        house.services.listings.review(waits.id, approve=True, reason="", actor=STAFF)
    assert refused.value == Refusal("refusal.review_past")
    rejected = house.services.listings.review(waits.id, approve=False, reason="过了", actor=STAFF)
    assert rejected.status is ListingStatus.REJECTED
