from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kiosk.ui.gate import GUARD_MS, InputGate
from kiosk.ui.idle import IdleMonitor
from kiosk.ui.scanner import Scanner

NONE = Qt.KeyboardModifier.NoModifier


class Desk:
    def __init__(self, clock) -> None:
        self.clicks = 0
        self.clock = clock
        self.idle = IdleMonitor(clock)
        self.gate = InputGate(Scanner(), self.idle)
        self.window = QWidget()
        self.button, self.field = QPushButton("x", self.window), QLineEdit(self.window)
        self.button.clicked.connect(self._clicked)
        column = QVBoxLayout(self.window)
        column.addWidget(self.button)
        column.addWidget(self.field)
        QApplication.instance().installEventFilter(self.gate)
        self.window.show()
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window)

    def _clicked(self) -> None:
        self.clicks += 1

    def touch(self) -> None:
        point = self.button.geometry().center()
        QTest.mouseClick(self.window.windowHandle(), Qt.MouseButton.LeftButton, NONE, point)

    def key(self, key: Qt.Key, modifiers=NONE, text: str = "") -> bool:
        """Whether the key gets through."""
        event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)
        return not self.gate.eventFilter(self.field, event)


@pytest.fixture
def desk(qapp, clock) -> Iterator[Desk]:
    desk = Desk(clock)
    yield desk
    QApplication.instance().removeEventFilter(desk.gate)
    desk.window.close()


def test_touches_are_ignored_right_after_a_change(desk, qtbot):
    desk.gate.guard()
    assert desk.gate.guarding
    desk.touch()
    QTest.mouseClick(desk.button, Qt.MouseButton.LeftButton)
    assert desk.clicks == 0
    with qtbot.waitSignal(desk.gate.guard_lifted, timeout=100):
        desk.gate.lift_guard()
    desk.touch()
    assert desk.clicks == 1


def test_the_guard_is_lifted_by_its_own_timer(desk, qtbot):
    with qtbot.waitSignal(desk.gate.guard_lifted, timeout=GUARD_MS * 20):
        desk.gate.guard()
    assert not desk.gate.guarding


def test_a_long_press_is_a_press(desk):
    point = desk.button.geometry().center()
    QTest.mousePress(desk.window.windowHandle(), Qt.MouseButton.LeftButton, NONE, point)
    desk.clock.advance(20)
    QTest.mouseRelease(desk.window.windowHandle(), Qt.MouseButton.LeftButton, NONE, point)
    assert desk.clicks == 1


def test_touches_are_held_while_something_is_saved(desk, qtbot):
    desk.gate.hold()
    desk.gate.hold()
    desk.gate.let_go()
    desk.touch()
    assert desk.clicks == 0
    with qtbot.waitSignal(desk.gate.guard_lifted, timeout=100):
        desk.gate.let_go()
    desk.touch()
    assert desk.clicks == 1


def test_enter_does_not_press_through_the_guard(desk):
    desk.button.setFocus()
    desk.gate.guard()
    QTest.keyClick(desk.button, Qt.Key.Key_Space)
    assert not desk.gate.scanner.holding
    desk.gate.lift_guard()
    QTest.keyClick(desk.button, Qt.Key.Key_Space)
    desk.gate.scanner.flush()
    assert desk.clicks == 1


def test_a_code_right_after_a_change_is_heard(desk, qtbot):
    desk.button.setFocus()
    desk.gate.guard()
    desk.gate.scanner.now_ms = lambda: 5
    with qtbot.waitSignal(desk.gate.scanner.scanned, timeout=100):
        QTest.keyClicks(desk.button, "12345678")
        QTest.keyClick(desk.button, Qt.Key.Key_Return)


def test_everything_counts_as_activity(desk):
    for act in (
        desk.touch,
        lambda: QTest.keyClick(desk.field, "a"),
        lambda: desk.gate.eventFilter(desk.field, QEvent(QEvent.Type.TouchBegin)),
    ):
        desk.idle.watch()
        desk.clock.advance(100)
        act()
        desk.clock.advance(100)
        desk.idle.check()
        assert not desk.idle.warning


def test_the_public_has_no_commands(desk):
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    assert not desk.key(Qt.Key.Key_Escape)
    assert not desk.key(Qt.Key.Key_F4, alt)
    assert not desk.key(Qt.Key.Key_V, control, "\x16")
    assert not desk.key(Qt.Key.Key_Menu)
    assert desk.key(Qt.Key.Key_Backspace)
    assert desk.key(Qt.Key.Key_Tab, text="\t")
    desk.gate.set_staff(present=True)
    assert desk.key(Qt.Key.Key_Escape)
    assert desk.key(Qt.Key.Key_V, control, "\x16")


@pytest.mark.parametrize("staff", [False, True])
def test_nobody_has_context_menus(desk, staff):
    desk.gate.set_staff(present=staff)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(1, 1), QPoint(1, 1))
    assert desk.gate.eventFilter(desk.field, event)


def test_a_letter_with_alt_control_or_super_is_a_command_and_with_alt_gr_a_letter(desk):
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    for held in (control, alt, Qt.KeyboardModifier.MetaModifier):
        assert not desk.key(Qt.Key.Key_Q, held, "q")
    assert desk.key(Qt.Key.Key_Q, control | alt, "@")
    assert not desk.key(Qt.Key.Key_Super_L)
    desk.gate.set_staff(present=True)
    assert desk.key(Qt.Key.Key_F, control, "f")


def test_shortcuts_of_widgets_do_nothing_for_the_public(desk):
    shortcut = QShortcut(QKeySequence("Ctrl+Q"), desk.window)
    shortcut.activated.connect(desk._clicked)
    press = desk.window.windowHandle(), Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier
    desk.field.setFocus()
    QTest.keyClick(*press)
    assert (desk.clicks, desk.field.text()) == (0, "")
    desk.gate.set_staff(present=True)
    QTest.keyClick(*press)
    assert desk.clicks == 1


def test_staff_are_seen_to_move_a_mouse_and_the_public_is_not(desk):
    moved: list[bool] = []
    desk.gate.mouse_moved.connect(lambda: moved.append(True))
    QTest.mouseMove(desk.window.windowHandle(), QPoint(9, 9))
    assert moved == []
    desk.gate.set_staff(present=True)
    QTest.mouseMove(desk.window.windowHandle(), QPoint(19, 19))
    assert moved
    desk.idle.watch()
    desk.clock.advance(1000)
    QTest.mouseMove(desk.window.windowHandle(), QPoint(29, 29))
    assert desk.idle.quiet_s == 1000


def test_a_finger_is_told_of_when_it_comes_and_when_it_goes(desk, qtbot):
    point = desk.button.geometry().center()
    for move in (QTest.mousePress, QTest.mouseRelease):
        with qtbot.waitSignal(desk.gate.touched, timeout=1000):
            move(desk.window.windowHandle(), Qt.MouseButton.LeftButton, NONE, point)
    assert desk.clicks == 1
