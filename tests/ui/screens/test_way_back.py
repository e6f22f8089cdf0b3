"""上一步 after something is through: to where one came from, never into the emptied form or the question again."""

from tests.ui.screens.house import House
from tests.ui.screens.test_register import say_who, to_summary, to_who

PHONE = "13806311111"


def to_listing(house: House) -> None:
    listing = house.listing()
    house.start()
    house.hand.tap(listing.terms.title)
    house.hand.wait_screen("listing")


def back(house: House, screen: str) -> None:
    """One page back, and it stays there."""
    house.calm()
    house.tap("common.back")
    house.hand.settle()
    assert house.hand.screen == screen


def test_registered_leads_back_to_the_first_page(house: House) -> None:
    to_summary(house)
    house.tap("register.confirm")
    house.hand.wait_screen("registered")
    back(house, "welcome")


def test_a_quick_registration_leads_back_to_the_listing(house: House) -> None:
    to_listing(house)
    hand = house.hand
    house.tap("listing.go")
    hand.wait_screen("identify")
    hand.type("phone", PHONE)
    house.tap("common.next")
    hand.wait_screen("register_consent")
    house.tap("consent.agree")
    hand.wait_screen("register_who")
    hand.type("name", "于海")
    house.tap("register.quick")
    hand.wait_screen("applied")
    back(house, "listing")
    back(house, "welcome")


def test_a_place_taken_by_slip_leads_back_to_the_listing(house: House) -> None:
    house.worker()
    to_listing(house)
    house.tap("listing.go")
    house.hand.wait_screen("identify")
    house.show_card()
    house.hand.wait_screen("applied")
    back(house, "listing")


def test_my_page_leads_back_to_the_first_page(house: House) -> None:
    house.worker()
    house.start()
    house.tap("welcome.mine")
    house.hand.wait_screen("identify")
    house.show_card()
    house.hand.wait_screen("mine")
    back(house, "welcome")


def test_who_was_registered_before_is_not_led_back_into_the_form(house: House) -> None:
    house.worker()
    to_who(house)
    say_who(house, to="register_phone")
    house.hand.type("phone", PHONE)
    house.tap("common.next")
    house.hand.wait_text("您已经登记过")
    house.tap("register.go_on_known")
    house.hand.wait_screen("identify")
    house.show_card(typed=True)
    house.hand.wait_screen("register_summary")
    back(house, "my_data")
    back(house, "welcome")
    assert not house.hand.has(house.text("standing.go_on"))
