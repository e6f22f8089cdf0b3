"""Employers come back days later: what has passed, or has run out, is not called open, and nothing vain is offered."""

from datetime import timedelta

import pytest

from kiosk.domain.records import Listing
from tests.ui.screens.house import House

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
