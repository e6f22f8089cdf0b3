"""The scanner's ear, with real key events in real fields."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import ownedByPython

from kiosk.ui.burst import BurstRules
from kiosk.ui.gate import InputGate
from kiosk.ui.idle import IdleMonitor
from kiosk.ui.scanner import Scanner, _copy, us_character


class Desk:
    """Two fields behind a gate, and a clock for the keys."""

    def __init__(self, clock, rules: BurstRules | None = None) -> None:
        self.ms = 1000
        self.codes: list[str] = []
        self.scanner = Scanner(rules, now_ms=lambda: self.ms)
        self.scanner.scanned.connect(self.codes.append)
        self.gate = InputGate(self.scanner, IdleMonitor(clock))
        self.window = QWidget()
        self.one, self.two = QLineEdit(self.window), QLineEdit(self.window)
        column = QVBoxLayout(self.window)
        column.addWidget(self.one)
        column.addWidget(self.two)
        QApplication.instance().installEventFilter(self.gate)
        self.window.show()
        self.window.activateWindow()
        self.one.setFocus()
        assert QTest.qWaitForWindowActive(self.window)

    def key(self, char: str, gap: int, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        self.ms += gap
        target = QApplication.focusWidget() or self.window
        if char == "\n":
            QTest.keyClick(target, Qt.Key.Key_Return)
        else:
            QTest.keyClick(target, char, modifiers)

    def keys(self, text: str, gap: int) -> None:
        for char in text:
            self.key(char, gap)

    def pause(self) -> None:
        """The pause timer fires, and once more after the queue was looked at."""
        self.scanner.pause_over()
        self.scanner.pause_over()


@pytest.fixture
def desk(qapp, clock) -> Iterator[Desk]:
    desk = Desk(clock)
    yield desk
    QApplication.instance().removeEventFilter(desk.gate)
    desk.window.close()


def test_a_burst_lands_in_no_field(desk):
    entered = []
    desk.one.returnPressed.connect(lambda: entered.append(1))
    desk.keys("HTTPS://X/S/1\n", 5)
    desk.pause()
    assert desk.codes == ["HTTPS://X/S/1"]
    assert desk.one.text() == ""
    assert entered == []


def test_it_hears_without_a_focus(desk):
    desk.one.clearFocus()
    desk.keys("12345678\n", 5)
    assert desk.codes == ["12345678"]


def test_typing_arrives_in_order_key_by_key(desk):
    entered = []
    desk.one.returnPressed.connect(lambda: entered.append(desk.one.text()))
    desk.keys("zhang", 100)
    assert desk.one.text() == "zhan"
    desk.pause()
    assert desk.one.text() == "zhang"
    desk.keys("\n", 100)
    assert entered == ["zhang"]
    assert desk.codes == []


def test_keys_held_when_enter_comes_are_given_first(desk):
    entered = []
    desk.one.returnPressed.connect(lambda: entered.append(desk.one.text()))
    desk.keys("ab\n", 5)
    assert entered == ["ab"]


def test_other_keys_push_out_what_is_held(desk):
    desk.keys("abc", 5)
    QTest.keyClick(desk.one, Qt.Key.Key_Backspace)
    assert desk.one.text() == "ab"


def test_held_keys_go_to_the_field_they_were_typed_in(desk):
    desk.keys("ab", 100)
    desk.two.setFocus()
    desk.keys("c", 100)
    desk.pause()
    assert (desk.one.text(), desk.two.text()) == ("ab", "c")


def test_a_field_that_is_gone_gets_nothing(desk):
    doomed = QLineEdit(desk.window)
    doomed.show()
    doomed.setFocus()
    desk.keys("a", 100)
    doomed.deleteLater()
    QApplication.sendPostedEvents(doomed, QEvent.Type.DeferredDelete)
    desk.pause()
    assert not desk.scanner.holding


def test_the_pause_gives_waiting_keys_one_more_turn(desk):
    desk.keys("1234", 5)
    desk.scanner.pause_over()
    desk.keys("5678\n", 5)
    assert desk.codes == ["12345678"]
    assert desk.one.text() == ""


def test_shift_keys_between_do_not_break_a_burst(desk):
    for char in "AbCdEf":
        if char.isupper():
            QTest.keyPress(desk.one, Qt.Key.Key_Shift)
        desk.key(char, 5)
        if char.isupper():
            QTest.keyRelease(desk.one, Qt.Key.Key_Shift)
    desk.key("\n", 5)
    assert desk.codes == ["AbCdEf"]


def test_a_key_held_down_is_no_scanner(desk):
    for _ in range(10):
        desk.ms += 5
        press = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a", autorep=True, count=1
        )
        QApplication.sendEvent(desk.one, press)
    desk.key("\n", 5)
    assert desk.codes == []
    assert desk.one.text() == "a" * 10


def test_a_full_width_input_method(desk):
    for char in "ｈｔｔｐｓ：／／ｘ":
        desk.ms += 5
        commit = QInputMethodEvent()
        commit.setCommitString(char)
        QApplication.sendEvent(desk.one, commit)
    desk.key("\n", 5)
    assert desk.codes == ["https://x"]
    assert desk.one.text() == ""


def test_full_width_typing_by_hand_is_kept(desk):
    for char in "Ａ１，王":
        desk.ms += 200
        commit = QInputMethodEvent()
        commit.setCommitString(char)
        QApplication.sendEvent(desk.one, commit)
    desk.pause()
    assert desk.one.text() == "Ａ１，王"


def test_the_programs_own_keys_are_not_held(desk):
    desk.keys("12", 100)
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_3, Qt.KeyboardModifier.NoModifier, "3")
    QApplication.sendEvent(desk.one, press)
    assert desk.one.text() == "123"


def test_wipe_forgets_what_is_held(desk):
    desk.keys("12", 5)
    desk.scanner.wipe()
    desk.pause()
    assert desk.one.text() == ""


def test_a_prefix_that_the_scanner_was_set_to(qapp, clock):
    desk = Desk(clock, BurstRules(prefix="~#"))
    desk.keys("~#12345678\n", 5)
    desk.keys("12345678\n", 5)
    assert desk.codes == ["12345678"]
    assert desk.one.text() == "12345678"
    QApplication.instance().removeEventFilter(desk.gate)
    desk.window.close()


@pytest.mark.parametrize(
    ("code", "shifted", "char"),
    [
        (16, False, "q"),
        (16, True, "Q"),
        (2, False, "1"),
        (2, True, "!"),
        (53, False, "/"),
        (39, True, ":"),
        (57, False, " "),
        (1, False, ""),
    ],
)
def test_scan_codes_of_a_us_keyboard(code, shifted, char):
    assert us_character(code, shifted=shifted, offset=0) == char
    assert us_character(code + 8, shifted=shifted, offset=8) == char


def test_a_cyrillic_layout_is_read_by_scan_codes(desk):
    character = desk.scanner._character
    none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    key = QKeyEvent(QEvent.Type.KeyPress, 0, none, 35 + 8, 0, 0, "р")
    assert character(key) == "h"
    key = QKeyEvent(QEvent.Type.KeyPress, 0, shift, 35 + 8, 0, 0, "Р")
    assert character(key) == "H"
    key = QKeyEvent(QEvent.Type.KeyPress, 0, none, 0, 0, 0, "р")
    assert character(key) == "р"
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier, "\x03")
    assert character(key) == ""


def test_a_held_key_is_pythons_own(qapp):
    """Nobody owns what Qt's clone makes for Python: each key of each scan would stay in memory."""
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier, 38, 97, 1, "A")
    event.setTimestamp(17)
    copy = _copy(event)
    assert ownedByPython(copy)
    assert (copy.key(), copy.text(), copy.nativeScanCode(), copy.timestamp()) == (Qt.Key.Key_A, "A", 38, 17)
    assert copy.modifiers() == Qt.KeyboardModifier.ShiftModifier
