"""Somebody in the middle of a form has called staff, who sign in: the form is there again when they have signed out."""

import pytest

from kiosk.ui.idle import DEFAULT_LIMIT_S, WARNING_S
from kiosk.ui.preferences import TextSize
from tests.e2e.forms import read_who, say_who
from tests.kiosk_fixture import PIN
from tests.ui.screens.house import House
from tests.ui.screens.test_still_you import ID_NUMBER, PHONE, half_registered, nobody


def sign_in(house: House) -> None:
    hand = house.hand
    house.tap("welcome.staff")
    hand.wait_screen("staff_sign_in")
    hand.type("staff_number", "1")
    hand.type("pin", PIN)
    house.tap("staff.sign_in")
    hand.wait_screen("staff")


def sign_out(house: House) -> None:
    house.tap("staff.sign_out")
    house.hand.wait_screen("welcome")


def go_on(house: House) -> list[str]:
    """Back into the form; what stands in it."""
    hand = house.hand
    hand.wait_text("于**")
    house.tap("standing.go_on")
    hand.wait_screen("register_consent")
    house.tap("consent.agree")
    return read_who(hand)


@pytest.fixture
def begun(house: House) -> House:
    half_registered(house)
    return house


def test_a_form_waits_for_staff(begun: House) -> None:
    sign_in(begun)
    assert not any("于海洋" in text or PHONE in text for text in begun.hand.texts())
    sign_out(begun)
    assert go_on(begun) == ["于海洋", PHONE, ID_NUMBER]


def test_it_waits_while_staff_do_the_same_for_somebody_else(begun: House) -> None:
    hand = begun.hand
    sign_in(begun)
    begun.tap("staff.behalf_register")
    hand.wait_screen("register_consent")
    begun.tap("consent.agree")
    hand.wait_screen("register_who")
    assert hand.value("name") == ""
    say_who(hand, "毕翠花", to="register_phone")
    assert hand.value("phone") == ""
    begun.tap("common.end_behalf")
    hand.wait_screen("staff")
    sign_out(begun)
    assert go_on(begun) == ["于海洋", PHONE, ID_NUMBER]


def test_the_look_of_the_person_is_there_again(begun: House) -> None:
    begun.dress("en", TextSize.HUGE)
    sign_in(begun)
    preferences = begun.shell.preferences
    assert (preferences.text_size, begun.strings.language) != (TextSize.HUGE, "en")
    sign_out(begun)
    assert (preferences.text_size, begun.strings.language) == (TextSize.HUGE, "en")


def test_the_clock_runs_as_for_anybody(begun: House) -> None:
    sign_in(begun)
    sign_out(begun)
    idle = begun.shell.ctx.gate.idle
    for seconds in (DEFAULT_LIMIT_S, WARNING_S):
        begun.clock.advance(seconds)
        idle.check()
    begun.hand.wait_screen("welcome")
    assert nobody(begun)
    assert not begun.shell.preferences.changed


def test_staff_who_walk_away_take_the_waiting_visit_with_them(begun: House) -> None:
    begun.dress("en", TextSize.HUGE)
    sign_in(begun)
    begun.shell.ctx.navigator.leave_all()
    begun.hand.wait_screen("welcome")
    assert nobody(begun)
    assert not begun.shell.ctx.navigator.attended
    assert not begun.shell.preferences.changed


def test_nothing_waits_where_nothing_stands(house: House) -> None:
    house.start()
    sign_in(house)
    assert not house.shell.ctx.navigator.waiting
    sign_out(house)
    assert not house.shell.ctx.navigator.attended
