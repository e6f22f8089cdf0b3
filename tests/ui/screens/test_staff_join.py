"""The station joins its city from the staff console."""

from tests.kiosk_fixture import PIN


def test_an_empty_form_says_what_is_missing_beside_its_field(house):
    hand = house.start()
    house.shell.ctx.navigator.sign_in(house.services.staff.sign_in("1", PIN))
    house.tap("staff.sync")
    hand.wait_screen("staff_sync")
    house.tap("staff.join")
    hand.wait_screen("staff_join")
    house.tap("staff.join_now")
    hand.wait(lambda: house.screen.url.has_error, "nothing is said")
    house.screen.url.set_text("https://city.example.cn")
    house.tap("staff.join_now")
    hand.wait(lambda: house.screen.token.has_error, "nothing is said")
    assert not house.screen.url.has_error
    assert house.services.station.config.enrolment is None
