"""The members of staff at the console: added, badges by scanning, PINs, shut out and let in again."""

import pytest

from kiosk.domain.refusal import Refusal
from kiosk.ui.preferences import TextSize
from kiosk.ui.screens.staff.members import MemberParams
from tests.kiosk_fixture import PIN
from tests.ui.screens.house import LANDSCAPE, PORTRAIT

NEW = "408215"
BADGE = "ZGZ-0007"
LONG = "欧阳修远司马相如诸葛孔明东方朔白居易王"


@pytest.fixture
def desk(open_house):
    """A house with the console open, as number 1; across."""
    house = open_house(LANDSCAPE)
    house.start()
    signed_in(house)
    return house


def signed_in(house, who="1", pin=PIN):
    house.shell.ctx.navigator.sign_in(house.services.staff.sign_in(who, pin))
    house.hand.wait_screen("staff")


def to_list(house):
    house.shell.ctx.navigator.home()
    house.hand.wait_screen("staff")
    house.tap("staff.machine")
    house.hand.wait_screen("staff_machine")
    house.tap("members.open")
    house.hand.wait_screen("staff_members")


def with_colleague(house, name="邹慧"):
    session = house.shell.ctx.navigator.staff
    return house.services.members.add(session, PIN, name, NEW, NEW)


def to_member(house, number):
    house.shell.ctx.navigator.show("staff_member", MemberParams(number=number))
    house.hand.wait_screen("staff_member")


def members(house):
    return house.services.members.all(house.shell.ctx.navigator.staff)


def test_a_colleague_is_added_and_signs_in_by_badge_all_by_hand(desk):
    hand = desk.hand
    to_list(desk)
    assert hand.has(desk.text("members.row_me", number=1, name="于海燕"))
    desk.tap("members.add")
    hand.wait_screen("staff_member_add")
    hand.type("staff_name", "邹慧")
    for field, text in (("pin", NEW), ("pin_again", NEW), ("own_pin", PIN)):
        hand.type(field, text)
    desk.tap("members.save")
    hand.wait_screen("staff_member")
    hand.wait_text(desk.text("members.added", name="邹慧", number=2))
    hand.scan(BADGE)
    hand.wait_gone(desk.text("members.no_badge"))
    hand.back()
    hand.wait_screen("staff_members")
    hand.wait_text(desk.text("members.row", number=2, name="邹慧"))
    words = {"state": desk.text("members.active"), "badge": desk.text("members.badge_yes")}
    hand.wait_text(desk.text("members.note", **words))
    desk.shell.ctx.navigator.home()
    desk.tap("staff.sign_out")
    hand.wait_screen("welcome")
    desk.tap("welcome.staff")
    hand.wait_screen("staff_sign_in")
    hand.scan(BADGE)
    hand.type("pin", NEW)
    desk.tap("staff.sign_in")
    hand.wait_screen("staff")
    hand.wait_text(desk.text("staff.home_of", name="邹慧"))


def test_by_keyboard_alone(desk):
    hand = desk.hand
    to_list(desk)
    hand.press("F2")
    hand.wait_screen("staff_member_add")
    for text in ("wu lan", NEW, NEW, PIN):  # the first field has the focus; Enter goes on, and saves at last
        for key in text:
            hand.press("Space" if key == " " else key)
        hand.press("Return")
    hand.wait_screen("staff_member")
    assert [each.name for each in members(desk)] == ["于海燕", "wu lan"]
    hand.press("F2")
    hand.wait_text(desk.text("members.inactive"))
    assert not members(desk)[1].active
    hand.press("F2")
    hand.wait_text(desk.text("members.active"))
    hand.press("F5")
    hand.wait_screen("staff_member_pin")
    hand.press("Esc")
    hand.wait_screen("staff_member")
    hand.press("Esc")
    hand.wait_screen("staff_members")


def test_a_wrong_own_pin_is_said_beside_its_field_and_the_rest_stays(desk):
    hand = desk.hand
    to_list(desk)
    desk.tap("members.add")
    hand.wait_screen("staff_member_add")
    hand.type("staff_name", "邹慧")
    for field, text in (("pin", NEW), ("pin_again", NEW), ("own_pin", "999999")):
        hand.type(field, text)
    desk.tap("members.save")
    hand.wait_text(desk.text("refusal.own_pin"))
    assert hand.value("staff_name") == "邹慧"
    assert len(members(desk)) == 1


def test_a_badge_of_somebody_else_is_refused_by_name(desk):
    with_colleague(desk)
    to_member(desk, 1)
    desk.hand.scan(BADGE)
    desk.hand.wait_text(desk.text("members.badge_saved", name="于海燕"))
    to_member(desk, 2)
    desk.hand.scan(BADGE)
    said = desk.text("refusal.badge_of", number=1, name="于海燕")
    desk.hand.wait(lambda: desk.screen.banner.sentence == said, said)
    desk.strings.set_language("en")
    assert "于海燕" in desk.screen.banner.sentence
    assert desk.screen.banner.sentence != said
    assert not members(desk)[1].badge


def test_a_badge_taken_away_or_scanned_by_mistake_comes_back(desk):
    with_colleague(desk)
    to_member(desk, 2)
    hand = desk.hand
    hand.scan(BADGE)
    hand.wait_gone(desk.text("members.no_badge"))
    hand.scan("ZGZ-0008")
    hand.settle()
    desk.tap("members.undo")
    hand.settle()
    assert members(desk)[1].badge == BADGE
    desk.tap("members.badge_off")
    hand.wait_text(desk.text("members.no_badge"))
    assert not hand.has(desk.text("members.badge_off"))
    desk.tap("members.undo")
    hand.wait_gone(desk.text("members.no_badge"))
    assert members(desk)[1].badge == BADGE
    hand.scan("https://whc.example/s/AbC")
    hand.wait_text(desk.text("refusal.badge_form"))


def test_who_has_forgotten_the_pin_gets_a_new_one_and_is_let_in_at_once(desk):
    with_colleague(desk)
    staff = desk.services.staff
    for _ in range(5):
        with pytest.raises(Refusal):
            staff.sign_in("2", "999999")
    to_list(desk)
    desk.hand.wait_text(desk.text("members.paused"))
    desk.hand.tap(desk.text("members.row", number=2, name="邹慧"))
    desk.hand.wait_screen("staff_member")
    desk.tap("members.new_pin")
    desk.hand.wait_screen("staff_member_pin")
    desk.hand.wait_text(desk.text("members.pin_of", number=2, name="邹慧"))
    for field, text in (("own_pin", PIN), ("pin", "975310"), ("pin_again", "975310")):
        desk.hand.type(field, text)
    desk.tap("members.save")
    desk.hand.wait_screen("staff_member")
    assert staff.sign_in("2", "975310").number == 2


def test_ones_own_page_changes_the_pin_and_shuts_nobody_out(desk):
    to_member(desk, 1)
    assert not desk.hand.has(desk.text("members.deactivate"))
    desk.tap("members.change_pin")
    desk.hand.wait_screen("staff_member_pin")
    for field, text in (("own_pin", PIN), ("pin", NEW), ("pin_again", NEW)):
        desk.hand.type(field, text)
    page = desk.screen
    desk.tap("members.save")
    desk.hand.wait_screen("staff_member")
    assert [each.text for each in page.asked] == ["", "", ""]
    assert desk.services.staff.sign_in("1", NEW).number == 1


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_long_names_fit(open_house, size, language):
    house = open_house(size)
    house.start()
    signed_in(house)
    with_colleague(house, LONG)
    house.dress(language, TextSize.HUGE)
    to_list(house)
    house.measure()
    to_member(house, 2)
    house.hand.scan(BADGE)
    house.measure()
    house.tap("members.new_pin")
    house.hand.wait_screen("staff_member_pin")
    house.measure()
    assert house.marks == []
