"""The hand itself, on a kiosk of two screens."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QPushButton

from kiosk.ui.context import ShellOptions
from kiosk.ui.shell import Shell
from tests.e2e.driver import Driver, HandError
from tests.ui.demo import Form, demo_shell


@pytest.fixture
def shell(qapp, clock) -> Iterator[Shell]:
    shell = demo_shell(clock)
    shell.start()
    yield shell
    shell.leave()


@pytest.fixture
def hand(shell) -> Driver:
    return Driver(shell, timeout=5)


@pytest.fixture
def form(hand, shell) -> Form:
    hand.tap("找活干")
    hand.wait_screen("form")
    return shell.current_screen


def test_it_reads_top_to_bottom(hand):
    texts = hand.texts()
    assert texts.index("免费 · 不收任何费用") < texts.index("找活干") < texts.index("我要招人")
    assert "welcome" not in hand.names()


def test_it_taps_and_goes_back(hand, form):
    assert "name" in hand.names()
    hand.back()
    hand.wait_screen("welcome")
    assert not hand.has("保存")


def test_it_types_by_keys_and_by_input_method(hand, form):
    hand.type("name", "王Li wei, 张")
    hand.type("phone", "138")
    hand.type("phone", "12345678")
    assert hand.value("name") == "王Li wei, 张"
    assert hand.value("phone") == "13812345678"
    hand.clear("phone")
    assert hand.value("phone") == ""


def test_typing_fast_and_long_is_never_taken_for_a_scanner(hand, form):
    hand.type("name", "abcdefghijklmnopqrstuvwxyz0123456789")
    hand.press("Return")
    assert hand.value("name") == "abcdefghijklmnopqrstuvwxyz0123456789"
    assert form.codes == []


def test_a_scan_lands_in_no_field(hand, form):
    hand.type("name", "王")
    hand.scan("https://city.example/s/AbC-_123")
    assert form.codes == ["https://city.example/s/AbC-_123"]
    assert hand.value("name") == "王"


def test_what_it_saves_has_come_before_it_looks(hand, form):
    hand.type("name", "wang")
    hand.tap("保存")
    assert "已保存 wang" in hand.texts()
    assert hand.wait_text("已保存") == "已保存 wang"


def test_a_beginning_is_enough_if_it_is_the_only_one(hand, form):
    hand.tap("保")
    assert hand.wait_text("已保存")


def test_nothing_of_that_name(hand):
    hand = Driver(hand.window, timeout=0.05)
    with pytest.raises(HandError, match=r"there is no '喝茶'") as error:
        hand.tap("喝茶")
    assert "找活干" in str(error.value)


def test_a_disabled_button_cannot_be_tapped(hand):
    hand = Driver(hand.window, timeout=0.05)
    assert hand.has("我要招人")
    assert not hand.enabled("我要招人")
    with pytest.raises(HandError, match="disabled"):
        hand.tap("我要招人")


def test_several_of_that_name(hand, form):
    with pytest.raises(HandError, match="2 things"):
        hand.tap("选这个")
    hand.tap_nth("选这个", 1)
    hand.tap_nth("选这个", 0)
    assert [call for call in form.calls if call.startswith("row")] == ["row 乙", "row 甲"]


def test_a_covered_button_cannot_be_tapped(hand, shell):
    cover = QFrame(shell)
    cover.setGeometry(shell.rect())
    cover.show()
    with pytest.raises(HandError, match="covered by QFrame"):
        hand.tap("找活干")


def test_a_button_outside_the_window_cannot_be_tapped(hand, shell):
    far = QPushButton("远", shell)
    far.setGeometry(shell.width() - 5, 0, 200, 40)
    far.show()
    with pytest.raises(HandError, match="outside"):
        hand.tap("远")


def test_it_waits_for_the_guard_as_a_careful_hand_does(qapp, clock):
    shell = demo_shell(clock, options=ShellOptions(guard_ms=60))
    shell.start()
    hand = Driver(shell, timeout=5)
    hand.tap("找活干")
    assert shell.ctx.gate.guarding
    hand.tap("保存")
    assert hand.wait_text("已保存")
    shell.leave()


def test_it_complains_when_a_screen_does_not_come(hand):
    with pytest.raises(HandError, match="screen 'form' did not come; 'welcome'"):
        hand.wait_screen("form", timeout=0.05)


def test_it_presses_keys(hand, form):
    hand.type("name", "a")
    hand.press("Tab")
    assert form.phone.hasFocus()
    with pytest.raises(HandError, match="no key"):
        hand.press("NoSuchKey+")


def test_it_takes_pictures(hand, tmp_path):
    place = hand.shot(tmp_path / "shots" / "welcome.png")
    picture = QImage(str(place))
    assert (picture.width(), picture.height()) == (900, 1200)
