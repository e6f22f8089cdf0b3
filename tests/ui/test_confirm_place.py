"""A confirming button never lies where the last touch was: a finger that comes down twice confirms nothing.

The rule, measured: on a page that a touch has led to, the point of that touch lies in no button that saves or destroys
something at once (``Page.commits``: sends a form, ends what is shown, is marked as danger). Forms that lead from one
question to the next keep their 下一步 where it is: a second touch there meets a question without an answer. Across
there is no room to move the button; there no touch counts for a second instead of 300 ms.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect

from kiosk.bootstrap.kiosk import Outside
from kiosk.bootstrap.system import SystemEntropy
from kiosk.bootstrap.window import Window
from kiosk.ui.components.page import Page
from kiosk.ui.gate import CONFIRM_GUARD_MS
from kiosk.ui.preferences import TextSize
from kiosk.ui.strings import Strings
from kiosk.ui.widgets.buttons import BigButton, Kind
from tests.e2e.driver import Driver
from tests.e2e.market import LANDSCAPE, PORTRAIT
from tests.e2e.test_morning import post, register
from tests.kiosk_fixture import open_kiosk
from tests.services.conftest import Market


def commits(page: Page) -> Iterator[BigButton]:
    """The buttons of a page that do something that cannot be taken back by the next touch."""
    for button in page.findChildren(BigButton):
        if (
            button.isVisible()
            and button.isEnabled()
            and (button in page.commits or button._kind is Kind.DANGER)
        ):
            yield button


class Watcher(Driver):
    """Looks after each touch at what has come under the finger."""

    def __init__(self, window) -> None:
        super().__init__(window, timeout=30)
        self.seen: list[str] = []
        self.found: list[str] = []

    def _touch_point(self, point: QPoint) -> None:
        before = self.screen
        super()._touch_point(point)
        self.settle()
        page = self.window.current_screen
        if self.screen == before or not isinstance(page, Page):
            return
        self.seen.append(self.screen)
        for button in commits(page):
            rect = QRect(button.mapTo(self.window, QPoint(0, 0)), button.size())
            guarded = page.width() > page.height() and self.window.ctx.gate.guard_ms >= CONFIRM_GUARD_MS
            if rect.contains(point) and not guarded:
                self.found.append(f"{before} → {self.screen}: {button.text()}")


@pytest.fixture(
    params=[(PORTRAIT, TextSize.LARGE), (LANDSCAPE, TextSize.HUGE)], ids=["portrait large", "landscape huge"]
)
def hand(qapp, tmp_path, clock, request):
    size, text = request.param
    kiosk = open_kiosk(tmp_path, clock)
    Market(kiosk, clock).published(headcount="2", title="搬家，三楼")
    window = Window(kiosk, Outside(clock=clock, entropy=SystemEntropy()), Strings(strict=True), size)
    window.start()
    hand = Watcher(window.shell)
    hand.wish = lambda: window.shell.preferences.set_look(text, high_contrast=False)
    hand.wait_screen("welcome")
    yield hand
    window.stop()
    kiosk.close()


def test_no_confirming_button_comes_under_the_finger(hand):
    hand.wish()
    register(hand, name="丛建国", phone="13900001111")
    hand.wish()
    post(hand, title="清雪")
    hand.wish()
    hand.tap("找活干")
    hand.tap("全部活")
    hand.wait_screen("listings")
    hand.tap_nth("搬家，三楼", 0)
    hand.wait_screen("listing")
    hand.tap("我要去")
    hand.wait_screen("identify")
    hand.type("phone", "13900001111")
    hand.tap("下一步")
    hand.wait_screen("applied")
    assert {"register_summary", "registered", "post_summary", "posted", "applied"} <= set(hand.seen)
    assert hand.found == []
