"""What proves who somebody is (a PIN, four digits, the number of a draft) does not outlast the page it is typed on."""

from pathlib import Path

import pytest

from kiosk.ui.components.page import Page
from kiosk.ui.input.wish import InputWish, wish_of
from kiosk.ui.screens import all_screens
from kiosk.ui.widgets.fields import Field
from tests.e2e.stage import stage
from tests.kiosk_fixture import PIN
from tests.ui.screens.house import House

#: Typed as digits or as a code, and no secret: amounts, addresses of a city, names of devices and papers.
NO_SECRETS = {
    "pay",
    "headcount",
    "city_url",
    "credit_code",
    "kiosk",
    "card_reader",
    "printer_address",
    "scanner",
}
#: All that is a secret in the whole program; a new one has to be written here.
SECRETS = {
    "staff_sign_in": {"staff_number", "pin"},
    "tail": {"tail"},
    "draft_resume": {"draft_number"},
    "draft_digits": {"draft_tail"},
    "register_id": {"id_number"},
    "staff_member_pin": {"own_pin", "pin", "pin_again"},
    "staff_member_add": {"own_pin", "pin", "pin_again"},
    "staff_join": {"enrol_token"},
    "setup_staff": {"pin", "pin_again"},
    "setup_city": {"enrol_token"},
}


def pages(ctx: object, *, configured: bool) -> list[Page]:
    made = [kind(ctx) for kind in all_screens(configured=configured)]
    return [each for each in made if isinstance(each, Page)]


def check(found: list[Page]) -> set[str]:
    """Every field of these pages is judged; the secret ones are filled, and the page is left."""
    seen = set()
    for page in found:
        fields = {each.field_name: each for each in page.findChildren(Field)}
        secret = {name for name, each in fields.items() if each.forgets}
        assert secret == SECRETS.get(page.name, set()), page.name
        codes = {
            name for name, each in fields.items() if wish_of(each.line) in (InputWish.DIGITS, InputWish.CODE)
        }
        assert codes - secret <= NO_SECRETS, f"{page.name}: a secret or not?"
        for name in secret:
            fields[name].line.insert("1234")
        page.close_up()
        for name in secret:
            assert fields[name].text == "", f"{page.name}: {name} keeps its text"
            assert not fields[name].line.isUndoAvailable(), f"{page.name}: {name} can be undone"
            seen.add(page.name)
    return seen


def test_no_secret_stays_behind_a_page(house: House, tmp_path: Path) -> None:
    house.start()
    seen = check(pages(house.shell.ctx, configured=True))
    with stage(tmp_path / "setup", configured=False) as setting_up:
        seen |= check(pages(setting_up.shell.ctx, configured=False))
    assert seen == set(SECRETS)


@pytest.mark.parametrize("way", ["common.back", "common.home"])
def test_a_pin_left_on_the_page_lets_nobody_in(house: House, way: str) -> None:
    hand = house.start()
    house.tap("welcome.staff")
    hand.wait_screen("staff_sign_in")
    hand.type("staff_number", "1")
    hand.type("pin", PIN)
    house.tap(way)
    hand.wait_screen("welcome")
    house.tap("welcome.staff")
    hand.wait_screen("staff_sign_in")
    assert (hand.value("staff_number"), hand.value("pin")) == ("", "")
    house.tap("staff.sign_in")
    hand.settle()
    assert hand.screen == "staff_sign_in"
