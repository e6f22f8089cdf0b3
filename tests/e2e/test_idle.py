"""Somebody walks away: a countdown, then the first page, and nothing of them is left for the next person."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.bootstrap.kiosk import Outside
from kiosk.bootstrap.system import SystemEntropy
from kiosk.bootstrap.window import Window
from kiosk.storage.faults import disk_full
from kiosk.ui.faults import device_fault
from kiosk.ui.preferences import DEFAULT_SIZE
from kiosk.ui.screen import widget_text
from kiosk.ui.strings import Strings
from tests.e2e.driver import Driver
from tests.e2e.forms import say_who
from tests.e2e.market import PORTRAIT
from tests.e2e.test_morning import sign_in
from tests.kiosk_fixture import open_kiosk

LIMIT_S, WARNING_S = 120, 30
GIVEN = {"name": "欧阳海燕", "phone": "13900001111", "id_number": "371002197001010016"}


@pytest.fixture
def hand(qapp, tmp_path, clock):
    kiosk = open_kiosk(tmp_path, clock)
    window = Window(kiosk, Outside(clock=clock, entropy=SystemEntropy()), Strings(strict=True), PORTRAIT)
    window.start()
    hand = Driver(window.shell)
    hand.wait_screen("welcome")
    yield hand
    window.stop()
    kiosk.close()


def pass_time(hand: Driver, seconds: float) -> None:
    hand.window.ctx.clock.advance(seconds)
    hand.window.ctx.gate.idle.check()


def begin_to_register(hand: Driver) -> None:
    hand.tap("我要登记")
    hand.tap("我同意，去登记")
    say_who(hand, GIVEN["name"], GIVEN["phone"], to="register_id")
    hand.type("id_number", GIVEN["id_number"])


def traces(hand: Driver) -> list[str]:
    """Where in the whole window, shown or not, something of the person is left."""
    held = [widget_text(widget) for widget in hand.window.findChildren(QWidget)]
    held.append(QApplication.clipboard().text())
    return [text for text in held for given in GIVEN.values() if given in text]


def test_who_walks_away_leaves_nothing_behind(hand):
    begin_to_register(hand)
    for wish in ("大字", "黑白", "English"):
        hand.tap(wish)
    assert hand.window.ctx.strings.language == "en"
    QApplication.clipboard().setText(GIVEN["phone"])
    assert len(traces(hand)) >= len(GIVEN) + 1
    pass_time(hand, LIMIT_S - 1)
    assert hand.screen == "register_id"
    pass_time(hand, 1)
    hand.wait_screen("idle_warning")
    hand.wait_text("30")
    pass_time(hand, 10)
    hand.wait_text("20")
    pass_time(hand, WARNING_S - 10)
    hand.wait_screen("welcome")
    hand.wait_text("找活干")
    assert traces(hand) == []
    preferences, ctx = hand.window.preferences, hand.window.ctx
    assert (preferences.text_size, preferences.high_contrast) == (DEFAULT_SIZE, False)
    assert (ctx.strings.language, ctx.navigator.attended) == ("zh_CN", False)
    hand.tap("我要登记")
    hand.tap("我同意，去登记")
    hand.wait_screen("register_who")
    assert hand.value("name") == ""
    say_who(hand, "毕翠花", to="register_phone")
    assert hand.value("phone") == ""


def test_a_touch_during_the_countdown_goes_on_where_one_was(hand):
    begin_to_register(hand)
    pass_time(hand, LIMIT_S + WARNING_S - 1)
    hand.wait_screen("idle_warning")
    hand.tap_at(540, 200)
    hand.wait_screen("register_id")
    assert hand.value("id_number") == GIVEN["id_number"]
    pass_time(hand, LIMIT_S - 1)
    assert hand.screen == "register_id"


def test_staff_who_walk_away_are_signed_out(hand):
    begin_to_register(hand)
    hand.tap("首页")
    hand.wait_screen("welcome")
    sign_in(hand)
    hand.tap("代登记")
    hand.wait_screen("register_consent")
    pass_time(hand, LIMIT_S)
    hand.wait_screen("idle_warning")
    pass_time(hand, WARNING_S)
    hand.wait_screen("welcome")
    assert hand.window.ctx.navigator.staff is None
    assert traces(hand) == []
    hand.tap("工作人员")
    hand.wait_screen("staff_sign_in")
    assert (hand.value("staff_number"), hand.value("pin")) == ("", "")


def test_a_fault_does_not_keep_what_was_typed(hand):
    begin_to_register(hand)
    hand.window.ctx.navigator.raise_fault(device_fault(disk_full()))
    hand.wait_screen("fault")
    pass_time(hand, LIMIT_S)
    assert hand.screen == "fault"
    pass_time(hand, WARNING_S)
    assert traces(hand) == []
    hand.tap("再试一次")
    hand.wait_screen("welcome")


def test_nobody_there_no_countdown(hand):
    pass_time(hand, 10 * LIMIT_S)
    assert hand.screen == "welcome"
