from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kiosk.domain.refusal import Refusal
from kiosk.services.faults import DeviceFault
from kiosk.ui.clipboard import wipe_clipboard
from kiosk.ui.context import ShellOptions
from kiosk.ui.preferences import DEFAULT_SIZE
from kiosk.ui.route import AppState, Fault
from kiosk.ui.shell import Shell
from tests.e2e.driver import Driver
from tests.ui.demo import Form, Market, demo_shell


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


@pytest.fixture
def market(shell) -> Market:
    return shell.ctx.services


def idle_for(shell: Shell, clock, seconds: float) -> None:
    clock.advance(seconds)
    shell.ctx.gate.idle.check()


# --- showing


def test_screens_are_made_once_and_entered_each_time(shell, hand, form):
    hand.back()
    hand.tap("找活干")
    hand.wait_screen("form")
    assert shell.current_screen is form
    assert [call for call in form.calls if call[:5] in {"enter", "leave"}] == ["enter 7", "leave", "enter 7"]


def test_a_screen_is_dressed_before_it_is_entered_and_only_when_needed(hand, form):
    assert form.calls[:3] == ["portrait", "retheme", "enter 7"]
    hand.back()
    hand.tap("找活干")
    assert form.calls.count("retheme") == 1


def test_it_tells_which_screen_is_shown(shell, hand, qtbot):
    with qtbot.waitSignal(shell.screen_changed, timeout=1000) as told:
        shell.ctx.navigator.show("form")
    assert told.args == ["form"]
    assert shell.current_screen.accessibleName() == "form"


def test_typed_input_stays_while_the_visit_lasts(hand, form):
    hand.type("name", "王")
    hand.back()
    hand.tap("找活干")
    assert hand.value("name") == "王"


def test_the_end_of_a_visit_wipes_everything(shell, hand, form):
    hand.type("name", "王")
    form.tick.setChecked(True)
    form.field.selectAll()
    form.field.copy()
    shell.ctx.navigator.end_visit()
    hand.wait_screen("welcome")
    assert (form.field.text(), form.tick.isChecked(), form.field.isUndoAvailable()) == ("", False, False)
    assert QGuiApplication.clipboard().text() == ""


def test_turning_the_panel_rearranges(shell, hand, form):
    shell.resize(1300, 800)
    hand.settle()
    assert form.calls[-1] == "landscape"


def test_back_is_off_at_home(hand):
    assert not hand.enabled("上一步")
    hand.tap("找活干")
    assert hand.enabled("上一步")


def test_an_unknown_screen_is_a_bug_not_the_end(shell, hand, caplog):
    shell._bug(_bug_of(shell))
    assert shell.current_name == "fault"


def _bug_of(shell: Shell):
    from kiosk.ui.bugs import describe

    return describe(KeyError("x"))


# --- saving


def test_a_refusal_is_said_and_what_was_typed_stays(hand, form, market):
    market.raises = Refusal("refusal.x", "name")
    hand.type("name", "x")
    hand.tap("保存")
    hand.wait_text("refused refusal.x")
    assert hand.value("name") == "x"


def test_touches_are_held_while_it_saves(shell, hand, form, market):
    form.save.click()
    assert shell.ctx.gate.guarding
    hand.settle()
    assert not shell.ctx.gate.guarding
    assert market.saved == [""]


def test_a_result_for_somebody_who_has_gone_is_not_shown(shell, hand, form, market):
    form.field.setText("王")
    form.save.click()
    shell.ctx.navigator.end_visit()
    hand.settle()
    assert market.saved == ["王"]
    assert form.saved.text() == ""
    assert not shell.ctx.gate.guarding


# --- faults


def test_a_broken_device_stands_in_front_and_goes_again(shell, hand, form, market):
    market.raises = DeviceFault("fault.bug", code="D-12", retry=True)
    hand.type("name", "王")
    hand.tap("保存")
    hand.wait_screen("fault")
    texts = hand.texts()
    assert "请找工作人员" in texts
    assert "代码 D-12" in texts
    assert "上一步" not in texts
    hand.tap("再试一次")
    hand.wait_screen("form")
    assert hand.value("name") == "王"


def test_a_bug_stops_the_visit_and_says_a_code(shell, hand, form, market, caplog):
    market.raises = ZeroDivisionError("王 138")
    hand.type("name", "王")
    hand.tap("保存")
    hand.wait_screen("fault")
    assert any(text.startswith("代码 ") for text in hand.texts())
    hand.tap("从头开始")
    hand.wait_screen("welcome")
    assert form.field.text() == ""
    assert "王" not in caplog.text


def test_a_fault_wins_over_the_idle_warning_but_not_over_the_wipe(shell, hand, form, clock):
    hand.type("name", "王")
    shell.ctx.navigator.raise_fault(Fault(key="fault.bug"))
    idle_for(shell, clock, 121)
    assert shell.current_name == "fault"
    idle_for(shell, clock, 30)
    assert shell.current_name == "fault"
    assert form.field.text() == ""


# --- idle


def test_nobody_there_is_counted_down_and_wiped(shell, hand, form, clock):
    hand.type("name", "王")
    hand.tap("English")
    idle_for(shell, clock, 120)
    assert shell.current_name == "idle_warning"
    assert "30" in hand.texts()
    assert not hand.has("保存")
    idle_for(shell, clock, 10)
    assert "20" in hand.texts()
    idle_for(shell, clock, 20)
    hand.wait_screen("welcome")
    assert form.field.text() == ""
    assert shell.ctx.strings.language == "zh_CN"
    assert not shell.ctx.gate.idle.watching


def test_the_touch_that_goes_on_presses_nothing_below(shell, hand, form, clock, market):
    point = form.save.mapTo(shell, form.save.rect().center())
    idle_for(shell, clock, 125)
    hand.tap_at(point.x(), point.y())
    hand.wait_screen("form")
    hand.settle()
    assert market.saved == []
    idle_for(shell, clock, 119)
    assert shell.current_name == "form"


def test_a_welcome_screen_that_nobody_touched_is_left_alone(shell, clock):
    idle_for(shell, clock, 1000)
    assert shell.current_name == "welcome"


# --- preferences


def test_language_size_and_contrast_last_for_one_visit(shell, hand):
    hand.tap("大字")
    hand.tap("黑白")
    hand.tap("English")
    assert shell.preferences.high_contrast
    assert shell.preferences.text_size is not DEFAULT_SIZE
    assert hand.has("Back")
    shell.ctx.navigator.end_visit()
    assert not shell.preferences.changed
    assert hand.has("上一步")


def test_a_change_of_language_reaches_the_screen(hand, form):
    assert form.title.text() == "确定"
    hand.tap("English")
    assert form.title.text() == "OK"


def test_a_fault_can_be_read_by_everybody_and_leads_nowhere_else(shell, hand):
    shell.ctx.navigator.raise_fault(Fault(key="fault.bug"))
    spoken = []
    shell.ctx.notices.read_aloud.connect(spoken.extend)
    before = shell.preferences.text_size
    for word in ("大字", "黑白", "读给我听"):
        hand.tap(word)
    assert shell.preferences.text_size is not before
    assert shell.preferences.high_contrast
    assert spoken
    hand.tap("English")
    assert hand.has("Call staff")
    assert not hand.has("Back")
    assert not hand.has("Home")
    shell.ctx.navigator.clear_fault()
    assert hand.has("Home")


# --- around the screen


def test_a_toast_stands_above_what_opens_below_and_goes_when_a_fault_comes(shell, hand, form):
    dock = QWidget(shell)
    dock.setFixedHeight(500)
    shell._column.addWidget(dock)
    hand.settle()
    hand.tap("叫工作人员")
    assert shell._toast.geometry().bottom() < dock.geometry().top()
    shell.ctx.navigator.raise_fault(Fault(key="fault.bug"))
    assert shell._toast.isHidden()


def test_the_station_has_a_line_in_the_status_bar(shell, hand):
    shell.say_status("未同步 3 条")
    assert "未同步 3 条" in hand.texts()


def test_reading_aloud_says_what_is_to_be_read(shell, hand, qtbot):
    with qtbot.waitSignal(shell.ctx.notices.read_aloud, timeout=1000) as told:
        hand.tap("读给我听")
    assert told.args[0] == ["免费 · 不收任何费用", "找活干", "我要招人"]


def test_a_code_that_the_screen_has_no_use_for_is_answered(shell, hand, form):
    form.uses_codes = False
    hand.scan("SLIP-000123")
    assert shell.toast == "这一页不用扫码。要用凭条，请到首页再扫。"
    shell.ctx.navigator.sign_in("session")
    hand.scan("SLIP-000123")
    assert shell.toast == "这一页不用扫码。查凭条请到“看他的记录”。"


class Clipboard:
    """Under X11, or elsewhere."""

    def __init__(self, *, selection: bool) -> None:
        self.selection = selection
        self.cleared: list[QClipboard.Mode] = []

    def supportsSelection(self) -> bool:  # noqa: N802 - Qt's name
        return self.selection

    def clear(self, mode: QClipboard.Mode = QClipboard.Mode.Clipboard) -> None:
        self.cleared.append(mode)


def test_what_was_only_marked_is_wiped_too():
    both, one = Clipboard(selection=True), Clipboard(selection=False)
    for each in (both, one):
        wipe_clipboard(each)
    assert both.cleared == [QClipboard.Mode.Clipboard, QClipboard.Mode.Selection]
    assert one.cleared == [QClipboard.Mode.Clipboard]


# --- staff and set-up


def test_on_behalf_leaves_the_console_as_it_was(shell, hand):
    shell.ctx.navigator.sign_in("session")
    hand.type("search", "wang")
    shell.ctx.navigator.begin_on_behalf("form")
    hand.type("name", "li")
    shell.ctx.navigator.end_visit()
    hand.wait_screen("staff")
    assert hand.value("search") == "wang"
    shell.ctx.navigator.sign_out()
    shell.ctx.navigator.sign_in("other")
    assert hand.value("search") == ""


def test_a_kiosk_lets_nobody_out_but_staff(qapp, qtbot, clock):
    shell = demo_shell(clock, options=ShellOptions(guard_ms=0, kiosk_mode=True))
    shell.start()
    shell.close()
    assert shell.isVisible()
    assert shell.isFullScreen()
    assert QGuiApplication.overrideCursor().shape() is Qt.CursorShape.BlankCursor
    shell.showNormal()
    qtbot.waitUntil(shell.isFullScreen)
    shell.leave()
    assert not shell.isVisible()
    assert QGuiApplication.overrideCursor() is None


def test_the_pointer_is_shown_to_staff_who_move_a_mouse(qapp, clock):
    shell = demo_shell(clock, options=ShellOptions(guard_ms=0, kiosk_mode=True))
    shell.start()

    def move(x: int) -> bool:
        QTest.mouseMove(shell.windowHandle(), QPoint(x, 200))
        return QGuiApplication.overrideCursor() is None

    assert not move(100)
    shell.ctx.navigator.sign_in("session")
    assert QGuiApplication.overrideCursor() is not None
    assert move(110)
    assert move(120)
    shell.ctx.navigator.sign_out()
    assert not move(130)
    shell.leave()
    assert QGuiApplication.overrideCursor() is None


def test_first_set_up_comes_before_everything(qapp, clock):
    class Setup(Form):
        name = "setup"

    shell = demo_shell(clock, state=AppState(configured=False))
    shell.shelf.teach(Setup)
    shell.start()
    assert shell.current_name == "setup"
    shell.ctx.navigator.finish_setup()
    assert shell.current_name == "welcome"
    shell.leave()


# --- the dock


def test_the_screen_gives_way_to_what_opens_below(shell, hand, form):
    dock = QWidget(shell)
    dock.setFixedHeight(700)
    dock.hide()
    shell._column.addWidget(dock)
    form.save.setMinimumHeight(400)
    form.phone.setFocus()
    dock.show()
    hand.settle()
    bottom = form.phone.mapTo(shell, form.phone.rect().bottomLeft()).y()
    assert bottom < dock.geometry().top()
    assert dock.geometry().bottom() <= shell.rect().bottom()
