"""A monkey before the kiosk: it touches, types, scans and walks away by dice, and remembers what it did."""

import random
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from kiosk.ui.screen import widget_text
from kiosk.ui.shell import Shell
from tests.e2e.driver import Driver
from tests.fakes import FakeClock

BUG = "fault.bug"
KEYS = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Space,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Left,
    Qt.Key.Key_Down,
    Qt.Key.Key_F5,
)


class Monkey:
    """One monkey with its dice.

    Attributes:
        done: what it did, the last at the end.
        screens: what it has seen.
    """

    def __init__(
        self, shell: Shell, clock: FakeClock, seed: int, *, words: Sequence[str], codes: Sequence[str]
    ) -> None:
        self._shell = shell
        self._clock = clock
        self._hand = Driver(shell)
        self._dice = random.Random(seed)
        self._words = words
        self._codes = codes
        self.done: list[str] = []
        self.screens: set[str] = set()

    def play(self, times: int) -> None:
        """Do something at random, so many times.

        Raises:
            AssertionError: the kiosk has met a bug; the text says after what.
        """
        acts: tuple[tuple[int, Callable[[], str]], ...] = (
            (50, self._touch_something),
            (8, self._touch_anywhere),
            (14, self._type),
            (12, self._go_on),
            (8, self._press),
            (4, self._scan),
            (3, self._wait),
        )
        for _ in range(times):
            act = self._dice.choices([each for _, each in acts], [weight for weight, _ in acts])[0]
            self.done.append(f"{self._shell.current_name}: {act()}")
            self._hand.settle(30)
            self._shell.ctx.gate.lift_guard()
            self.screens.add(self._shell.current_name)
            fault = self._shell.ctx.navigator.state.fault
            # A city that is not there is a fault too, and the monkey may go on; a bug is never right.
            assert fault is None or fault.key != BUG, f"{fault}\n" + "\n".join(self.done[-25:])

    def _touch_something(self) -> str:
        top: QWidget = self._shell.current_screen if self._dice.random() < 0.8 else self._shell
        seen = [
            each
            for each in top.findChildren(QWidget)
            if isinstance(each, QAbstractButton | QLineEdit) and each.isEnabled() and each.isVisible()
        ]
        if not seen:
            return self._touch_anywhere()
        target = self._dice.choice(seen)
        middle = target.mapTo(self._shell, target.rect().center())
        self._touch(middle)
        return f"touch {target.accessibleName() or widget_text(target)}"

    def _touch_anywhere(self) -> str:
        at = QPoint(self._dice.randrange(self._shell.width()), self._dice.randrange(self._shell.height()))
        self._touch(at)
        return f"touch {at.x()},{at.y()}"

    def _touch(self, at: QPoint) -> None:
        if not self._shell.rect().contains(at):
            return
        handle, none = self._shell.windowHandle(), Qt.KeyboardModifier.NoModifier
        QTest.mousePress(handle, Qt.MouseButton.LeftButton, none, at)
        QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, none, at)
        if self._dice.random() < 0.05:  # an impatient finger
            QTest.mousePress(handle, Qt.MouseButton.LeftButton, none, at)
            QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, none, at)
        QApplication.processEvents()

    def _fields(self) -> list[QLineEdit]:
        found = self._shell.current_screen.findChildren(QLineEdit)
        return [each for each in found if each.isVisible() and each.isEnabled()]

    def _type(self) -> str:
        fields = self._fields()
        if not fields:
            return "nothing to write in"
        field = self._dice.choice(fields)
        own = [each for each in self._words if each.startswith(f"{field.objectName()}=")]
        word = self._dice.choice(own if own and self._dice.random() < 0.8 else self._words)
        return self._write(field, word)

    def _write(self, field: QLineEdit, word: str) -> str:
        """In place of what is there, mostly: else nothing would ever be right."""
        field.setFocus()
        if self._dice.random() < 0.9:
            field.selectAll()
        commit = QInputMethodEvent()
        commit.setCommitString(word.partition("=")[2])
        QApplication.sendEvent(field, commit)
        return f"write {word[:40]!r} into {field.objectName()}"

    def _go_on(self) -> str:
        """The first word that is known for every field, then the last button: what a person does."""
        for field in self._fields():
            own = [each for each in self._words if each.startswith(f"{field.objectName()}=")]
            if own:
                self._write(field, own[0])
        buttons = self._shell.current_screen.findChildren(QAbstractButton)
        seen = [each for each in buttons if each.isVisible() and each.isEnabled()]
        if not seen:
            return "nothing to go on with"
        last = max(seen, key=lambda each: each.mapTo(self._shell, each.rect().bottomRight()).toTuple()[::-1])
        self._touch(last.mapTo(self._shell, last.rect().center()))
        return f"go on by {widget_text(last)}"

    def _press(self) -> str:
        key = self._dice.choice(KEYS)
        QTest.keyClick(QApplication.focusWidget() or self._shell, key)
        return f"press {key.name}"

    def _scan(self) -> str:
        code = self._dice.choice(self._codes)
        self._hand.scan(code)
        return f"scan {code[:40]}"

    def _wait(self) -> str:
        seconds = self._dice.choice((1, 20, 60, 125, 160, 900))
        self._clock.advance(seconds)
        self._shell.ctx.gate.idle.check()
        return f"wait {seconds} s"
