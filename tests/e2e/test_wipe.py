"""A mark is left everywhere a person can leave something; after the wipe it is nowhere to be found."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kiosk.bootstrap.kiosk import Outside
from kiosk.bootstrap.system import SystemEntropy
from kiosk.bootstrap.window import Window
from kiosk.ui.input.canvas import InkCanvas
from kiosk.ui.input.wish import InputTab
from kiosk.ui.preferences import DEFAULT_SIZE
from kiosk.ui.strings import Strings
from tests.e2e.driver import Driver
from tests.e2e.forms import say_who
from tests.e2e.market import PORTRAIT
from tests.e2e.test_idle import pass_time
from tests.e2e.test_morning import post_from_kind, register_from_consent, sign_in
from tests.e2e.traces import in_clipboard, in_python, in_widgets
from tests.kiosk_fixture import open_kiosk

#: Put together where they are used, so that no constant of this file is what is found.
PARTS = {"name": ("司马", "惊鸿"), "phone": ("1390", "7654321"), "title": ("搬钢琴", "上六楼")}
ID_NUMBER = ("37100219", "850312101X")


def marks() -> list[str]:
    return ["".join(parts) for parts in (*PARTS.values(), ID_NUMBER)]


def mark(name: str) -> str:
    return "".join(PARTS[name])


@pytest.fixture
def hand(qapp, tmp_path, clock):
    strangers = QApplication.allWidgets()
    kiosk = open_kiosk(tmp_path, clock)
    window = Window(kiosk, Outside(clock=clock, entropy=SystemEntropy()), Strings(strict=True), PORTRAIT)
    window.start()
    hand = Driver(window.shell)
    hand.strangers = strangers
    hand.wait_screen("welcome")
    yield hand
    window.stop()
    kiosk.close()


def walk_away(hand: Driver) -> None:
    pass_time(hand, 120)
    pass_time(hand, 30)
    hand.wait_screen("welcome")
    hand.settle()


def traces(hand: Driver) -> list[str]:
    found = [*in_widgets(marks(), hand.strangers), *in_clipboard(marks())]
    found += in_python(marks())
    gate, visit = hand.window.ctx.gate, hand.window.ctx.navigator
    if gate.scanner.holding:
        found.append("scanner: keys held back")
    if visit.attended:
        found.append("a visit that goes on")
    return found


def write_everywhere(hand: Driver) -> None:
    """A form with all its fields, letters and ink on the dock, the clipboard, keys of a scan that broke off."""
    hand.tap("我要登记")
    hand.tap("我同意，去登记")
    say_who(hand, mark("name"), mark("phone"), to="register_id")
    hand.type("id_number", "".join(ID_NUMBER))
    for screen in ("register_phone", "register_who"):
        hand.back()
        hand.wait_screen(screen)
    hand.type("name", "王")
    hand.wait(hand.window._dock.isVisible, "the dock")
    dock = hand.window._dock
    for tab in (InputTab.PINYIN, InputTab.RARE):
        hand.tap(hand.window.ctx.strings.text(f"input.tab.{tab.value}"))
        for letter in "jian":
            hand.tap(letter)
    hand.tap(hand.window.ctx.strings.text("input.tab.handwriting"))
    canvas = dock.panel(InputTab.HANDWRITING).findChild(InkCanvas)
    middle = canvas.rect().center()
    for where in (canvas.rect().topLeft(), middle):
        QTest.mousePress(canvas, *_left(), where)
        QTest.mouseMove(canvas, middle)
        QTest.mouseRelease(canvas, *_left(), middle)
    for wish in ("大字", "黑白", "English"):
        hand.tap(wish)
    QApplication.clipboard().setText(mark("phone"))
    QTest.keyClicks(QApplication.focusWidget() or hand.window, "371002")


def _left() -> tuple[object, object]:
    from PySide6.QtCore import Qt

    return Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def test_in_the_middle_of_a_form(hand):
    write_everywhere(hand)
    assert len(list(in_widgets(marks()))) >= 3, "the marks are there to be found"
    assert any("RegisterDraft" in each or "WorkerForm" in each for each in in_python(marks()))
    walk_away(hand)
    dock = hand.window._dock
    assert traces(hand) == []
    assert dock.panel(InputTab.HANDWRITING).findChild(InkCanvas).strokes() == ()
    assert dock.panel(InputTab.PINYIN)._typed == ""
    preferences, ctx = hand.window.preferences, hand.window.ctx
    assert (preferences.text_size, preferences.high_contrast, ctx.strings.language) == (
        DEFAULT_SIZE,
        False,
        "zh_CN",
    )


def test_after_a_registration_with_its_slip_on_the_screen(hand):
    hand.tap("我要登记")
    register_from_consent(hand, name=mark("name"), phone=mark("phone"), id_number="".join(ID_NUMBER))
    walk_away(hand)
    assert traces(hand) == []


def test_after_a_posting_with_its_receipt_on_the_screen(hand):
    hand.tap("我要招人")
    post_from_kind(hand, title=mark("title"), phone=mark("phone"), name=mark("name"), headcount=1)
    walk_away(hand)
    assert [each for each in traces(hand) if mark("title") not in each] == []


def test_after_staff_have_looked_at_people(hand):
    hand.tap("我要登记")
    register_from_consent(hand, name=mark("name"), phone=mark("phone"))
    hand.tap("完成")
    hand.wait_screen("welcome")
    sign_in(hand)
    hand.tap("查零工")
    hand.wait_screen("staff_people")
    hand.type("search", mark("phone")[-4:])
    hand.tap(mark("name"))
    hand.wait_screen("staff_person")
    walk_away(hand)
    assert traces(hand) == []


def test_a_refused_form_leaves_nothing_either(hand):
    hand.tap("我要登记")
    hand.tap("我同意，去登记")
    hand.wait_screen("register_who")
    say_who(hand, mark("name"), to="register_phone")
    hand.type("phone", mark("phone") + "999")
    hand.tap("下一步")
    hand.settle()
    assert hand.screen == "register_phone"
    walk_away(hand)
    assert traces(hand) == []
