"""A name is written as people know it from a telephone; no character of it is lost on the way."""

import pytest

from kiosk.ui.input.canvas import InkCanvas
from kiosk.ui.input.wish import InputTab
from tests.e2e.stage import stage
from tests.e2e.walks_input import GONG, SHI

pytest.importorskip("dinkit", reason="not built for this system")


@pytest.fixture
def at_name(qapp, tmp_path):
    with stage(tmp_path) as on:
        on.tap("welcome.register")
        on.hand.wait_screen("register_consent")
        on.tap("consent.agree")
        on.hand.wait_screen("register_who")
        on.hand.type("name", "")
        on.hand.wait(on.dock.isVisible, "the dock did not open")
        on.hand.wait(lambda: on.dock.tab is InputTab.HANDWRITING, "not the sheet")
        yield on


def panel(on):
    return on.dock.panel(InputTab.HANDWRITING)


def write(on, strokes):
    answers = []
    panel(on)._recognition.recognised.connect(answers.append)
    on.draw(panel(on).findChild(InkCanvas), strokes)
    on.hand.wait(lambda: answers and len(panel(on).canvas.strokes()) > 0, "nothing was read")
    panel(on)._recognition._pool.submit(int).result(timeout=5)
    on.hand.settle()


def test_the_next_step_waits_for_ink_that_was_not_chosen(at_name):
    on, hand = at_name, at_name.hand
    write(on, GONG)
    hand.tap("工")
    write(on, SHI)
    on.tap("common.next")
    hand.settle()
    assert hand.screen == "register_who"
    assert on.shell.toast == on.word("input.write.unchosen")
    assert hand.has("十")
    assert hand.value("name") == "工"
    hand.tap("十")
    on.tap("common.next")
    hand.settle()
    assert hand.screen != "register_who"


def test_the_way_back_does_not_wait(at_name):
    on, hand = at_name, at_name.hand
    write(on, GONG)
    hand.back()
    hand.settle()
    assert hand.screen == "register_consent"


def test_another_field_of_the_page_waits_too(at_name):
    """Two fields on a page: staff have them."""
    on, hand = at_name, at_name.hand
    on.sign_in()
    on.shell.ctx.navigator.show("staff_member_add")
    hand.wait_screen("staff_member_add")
    fields = on.shell.current_screen.fields
    hand.type("staff_name", "")
    hand.wait(on.dock.isVisible, "the dock did not open")
    if on.dock.tab is not InputTab.HANDWRITING:
        on.tap("input.tab.handwriting")
    write(on, GONG)
    hand.tap("pin")
    hand.settle()
    assert on.dock.field is fields["staff_name"].line
    assert len(panel(on).canvas.strokes()) == len(GONG)


def test_put_away_with_ink_the_dock_comes_back_with_its_candidates(at_name):
    on, hand = at_name, at_name.hand
    write(on, GONG)
    on.tap("input.key.hide")
    assert on.dock.isHidden()
    on.tap("common.next")
    hand.settle()
    assert hand.screen == "register_who"
    assert on.dock.isVisible()
    assert hand.has("工")


def test_a_character_on_top_after_a_rest_puts_the_first_into_the_name(at_name):
    on, hand = at_name, at_name.hand
    write(on, GONG)
    on.clock.advance(0.8)
    write(on, SHI)
    hand.wait(lambda: hand.value("name") == "工", "the first was not taken")
    hand.wait(lambda: hand.has("十"), "the second is not offered")
    on.tap("input.write.take_back", text="工")
    hand.wait(lambda: hand.value("name") == "", "it was not taken back")
