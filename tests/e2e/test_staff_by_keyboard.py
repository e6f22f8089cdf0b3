"""Staff at work without touching anything: Tab and Space, function keys and Esc as they are shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kiosk.ui.chrome import NavRow, StatusRow
from kiosk.ui.widgets.buttons import BigButton
from tests.e2e.stage import LANDSCAPE, Stage, stage
from tests.kiosk_fixture import PIN


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path / "kiosk", size=LANDSCAPE) as stood:
        yield stood


def reach(desk: Stage, name: str) -> None:
    """Tab until the focus is on the thing of that name; press it."""
    for _ in range(80):
        focus = QApplication.focusWidget()
        if focus is not None and focus.accessibleName().startswith(name):
            desk.hand.press("Space")
            return
        desk.hand.press("Tab")
    raise AssertionError(name)


def keys_of(desk: Stage, key: str) -> str:
    """The key that is painted on the button with those words."""
    said = desk.word(key)
    buttons = desk.shell.current_screen.findChildren(BigButton)
    return next(each.shortcut().toString() for each in buttons if each.isVisible() and each.text() == said)


def test_sign_in_review_search_and_out_by_keyboard_alone(desk: Stage) -> None:
    hand = desk.hand
    desk.begin()
    reach(desk, desk.word("welcome.staff"))
    hand.wait_screen("staff_sign_in")
    hand.type("staff_number", "1")
    hand.press("Tab")
    hand.type("pin", PIN)
    hand.press("Return")
    hand.wait_screen("staff")
    reach(desk, desk.word("staff.review"))
    hand.wait_screen("staff_review")
    waiting = desk.services.listings.review_queue(None, 100).rows
    reach(desk, waiting[0].terms.title)
    hand.wait_screen("staff_review_detail")
    hand.press(keys_of(desk, "staff.approve"))
    hand.wait_screen("staff_review")
    assert len(desk.services.listings.review_queue(None, 100).rows) == len(waiting) - 1
    hand.press("Esc")
    hand.wait_screen("staff")
    reach(desk, desk.word("staff.people"))
    hand.wait_screen("staff_people")
    hand.press("Esc")
    hand.wait_screen("staff")
    hand.press(keys_of(desk, "staff.sign_out"))
    hand.wait_screen("welcome")


def bar_key(desk: Stage, key: str) -> str:
    """The key that is painted on the button of a bar with those words; "" for none."""
    said = desk.word(key)
    bars = [desk.shell.findChild(kind) for kind in (StatusRow, NavRow)]
    buttons = [each for bar in bars for each in bar.findChildren(BigButton)]
    return next(each.shortcut().toString() for each in buttons if each.isVisible() and each.text() == said)


def press_bar(desk: Stage, key: str) -> None:
    """Press what a bar says, by the key that stands on it."""
    desk.hand.press(bar_key(desk, key))


def test_text_size_contrast_language_reading_and_home_by_key(desk: Stage) -> None:
    hand, shell = desk.hand, desk.shell
    desk.sign_in()
    preferences, strings = shell.preferences, shell.ctx.strings
    size = preferences.text_size
    press_bar(desk, "common.text_size")
    hand.wait(lambda: preferences.text_size is not size, "the text size stays")
    press_bar(desk, "common.contrast")
    hand.wait(lambda: preferences.high_contrast, "the colours stay")
    read: list[list[str]] = []
    shell.ctx.notices.read_aloud.connect(read.append)
    press_bar(desk, "common.read_aloud")
    hand.wait(lambda: bool(read), "nothing is read")
    assert desk.word("staff.review") in "".join(read[0])
    for language in ("en", "zh_CN"):
        press_bar(desk, "common.language")
        hand.wait(lambda language=language: strings.language == language, "the language stays")
    reach(desk, desk.word("staff.machine"))
    hand.wait_screen("staff_machine")
    hand.press(keys_of(desk, "members.open"))
    hand.wait_screen("staff_members")
    press_bar(desk, "common.home")
    hand.wait_screen("staff")


def test_what_is_beside_the_voice_by_key(desk: Stage) -> None:
    desk.sign_in()
    asked: list[str] = []
    desk.shell.ctx.notices.voice_asked.connect(asked.append)
    desk.shell.show_voice(True)
    reach(desk, desk.word("common.voice_louder"))
    desk.hand.wait(lambda: asked == ["voice_louder"], "louder by key does nothing")
    desk.shell.show_voice(True)  # there is no voice here, so the buttons go after each
    press_bar(desk, "common.voice_stop")
    desk.hand.wait(lambda: asked == ["voice_louder", "voice_stop"], "stop by key does nothing")


def test_a_form_on_behalf_is_saved_and_ended_by_key(desk: Stage) -> None:
    hand, navigator = desk.hand, desk.shell.ctx.navigator
    desk.sign_in()
    reach(desk, desk.word("staff.behalf_hire"))
    hand.wait_screen("hire_kind")
    reach(desk, desk.word("hire.kind.household"))
    hand.wait_screen("hire_who")
    hand.type("phone", "13900001111")
    press_bar(desk, "draft.save")
    hand.wait_screen("draft_saved")
    press_bar(desk, "common.end_behalf")
    hand.wait_screen("staff")
    assert navigator.staff is not None
    reach(desk, desk.word("staff.behalf_register"))
    hand.wait_screen("register_consent")
    hand.press(keys_of(desk, "consent.agree"))  # the actions of the public's pages have keys, too
    hand.wait_screen("register_who")
    hand.press("Esc")
    hand.wait_screen("register_consent")
    press_bar(desk, "common.end_behalf")
    hand.wait_screen("staff")


def test_each_key_is_on_one_button_of_a_page(desk: Stage) -> None:
    desk.sign_in()
    for tile in ("behalf_register", "behalf_find", "behalf_hire", "behalf_wanted", "behalf_mine"):
        desk.tap(f"staff.{tile}")
        desk.hand.settle()
        buttons = [each for each in desk.shell.findChildren(BigButton) if each.isVisible()]
        keys = [each.shortcut().toString() for each in buttons if not each.shortcut().isEmpty()]
        assert len(keys) == len(set(keys)) >= 6
        desk.tap("common.end_behalf")
        desk.hand.wait_screen("staff")


def test_when_staff_have_gone_nothing_is_left_of_their_keys(desk: Stage) -> None:
    desk.sign_in()
    desk.tap("staff.behalf_find")
    desk.hand.wait_screen("trades")
    desk.shell.ctx.navigator.leave_all()
    desk.hand.wait_screen("welcome")
    desk.tap("welcome.find")
    desk.hand.wait_screen("trades")
    shown = [each for each in desk.shell.findChildren(BigButton) if each.isVisible()]
    assert shown
    assert not [each for each in shown if not each.shortcut().isEmpty()]
    bars = [desk.shell.findChild(kind) for kind in (StatusRow, NavRow)]
    focusable = [each.focusPolicy() for bar in bars for each in bar.findChildren(BigButton)]
    assert set(focusable) == {Qt.FocusPolicy.NoFocus}


def test_the_public_has_no_such_keys(desk: Stage) -> None:
    desk.begin()
    desk.tap("welcome.find")
    desk.hand.wait_screen("trades")
    desk.hand.press("Esc")
    desk.hand.press("F2")
    assert desk.hand.screen == "trades"
    desk.tap("find.all_listings")
    desk.hand.wait_screen("listings")
    assert not [each for each in desk.shell.findChildren(BigButton) if not each.shortcut().isEmpty()]
