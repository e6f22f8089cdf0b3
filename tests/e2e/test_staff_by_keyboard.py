"""Staff at work without touching anything: Tab and Space, function keys and Esc as they are shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

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
