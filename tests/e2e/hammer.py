"""A child at the kiosk: both hands, all ten fingers, keys and a scanner, as fast as they come, waiting for nothing.

Unlike ``monkey`` it never waits until the kiosk has answered: touches arrive while something is saved, while a page
changes, and in the middle of a burst of the scanner. What it sends are raw events through the window system, and it
counts those.
"""

import random
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputDevice, QInputMethodEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from kiosk.ui.shell import Shell
from tests.e2e.monkey import KEYS
from tests.fakes import FakeClock

NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
COMMANDS = (
    (Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier),
    (Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Escape, NONE),
    (Qt.Key.Key_F11, NONE),
    (Qt.Key.Key_Menu, NONE),
    (Qt.Key.Key_Super_L, NONE),
)
#: How many events pass before Qt may do everything that waits; a panel sends a hundred a second and more.
BREATH = 4


class Hammer:
    """One child with its dice.

    Attributes:
        events: how many events it has sent.
        done: what it did last, the last at the end.
        screens: what it has seen.
    """

    def __init__(
        self,
        shell: Shell,
        clock: FakeClock,
        seed: int,
        *,
        words: Sequence[str],
        codes: Sequence[str],
        screen: QPointingDevice,
    ) -> None:
        self._shell = shell
        self._clock = clock
        self._dice = random.Random(seed)
        self._words = words
        self._codes = codes
        self._screen = screen
        self._now_ms = 0
        self.events = 0
        self.done: list[str] = []
        self.screens: set[str] = set()
        shell.ctx.gate.scanner.now_ms = self._steady

    def hammer(self, events: int) -> None:
        """Send at least so many events more."""
        acts: tuple[tuple[int, Callable[[], str]], ...] = (
            (30, self._tap),
            (20, self._two_fingers),
            (10, self._mouse),
            (6, self._drag),
            (10, self._keys),
            (8, self._write),
            (3, self._command),
            (3, self._scan),
            (3, self._breathe),
            (1, self._stay_away),
        )
        weights = [weight for weight, _ in acts]
        goal = self.events + events
        while self.events < goal:
            act = self._dice.choices([each for _, each in acts], weights)[0]
            self.done = [*self.done[-40:], f"{self._shell.current_name}: {act()}"]
            if self._dice.random() < 1 / BREATH:
                QApplication.processEvents()
                self.screens.add(self._shell.current_name)
            if (
                self._dice.random() < 0.5
            ):  # half of the touches meet the guard of a page that has just changed
                self._shell.ctx.gate.lift_guard()

    def _steady(self) -> int:
        return self._now_ms

    def _place(self) -> QPoint:
        """Mostly something that can be touched, at its middle or near its edge; else anywhere."""
        shell = self._shell
        if self._dice.random() < 0.8:
            top: QWidget = shell.current_screen if self._dice.random() < 0.85 else shell
            seen = [
                each
                for each in top.findChildren(QWidget)
                if isinstance(each, QAbstractButton | QLineEdit) and each.isVisible()
            ]
            if seen:
                target = self._dice.choice(seen)
                spot = QPoint(
                    self._dice.randrange(max(1, target.width())),
                    self._dice.randrange(max(1, target.height())),
                )
                place = target.mapTo(shell, spot)
                if shell.rect().contains(place):
                    return place
        return QPoint(self._dice.randrange(shell.width()), self._dice.randrange(shell.height()))

    def _touch(self) -> QTest.QTouchEventSequence:
        self.events += 1
        return QTest.touchEvent(self._shell.windowHandle(), self._screen)

    def _tap(self) -> str:
        at, window = self._place(), self._shell.windowHandle()
        self._touch().press(0, at, window).commit()
        self._touch().release(0, at, window).commit()
        return f"tap {at.x()},{at.y()}"

    def _two_fingers(self) -> str:
        """Together, or the second while the first still lies; lifted in either order."""
        first, second, window = self._place(), self._place(), self._shell.windowHandle()
        if self._dice.random() < 0.5:
            self._touch().press(0, first, window).press(1, second, window).commit()
        else:
            self._touch().press(0, first, window).commit()
            self._touch().stationary(0).press(1, second, window).commit()
        slipped = first + QPoint(self._dice.randrange(-30, 30), self._dice.randrange(-30, 30))
        self._touch().move(0, slipped, window).stationary(1).commit()
        if self._dice.random() < 0.5:
            self._touch().release(0, slipped, window).stationary(1).commit()
            self._touch().release(1, second, window).commit()
        else:
            self._touch().stationary(0).release(1, second, window).commit()
            self._touch().release(0, slipped, window).commit()
        return f"two fingers {first.x()},{first.y()} {second.x()},{second.y()}"

    def _mouse(self) -> str:
        at, window = self._place(), self._shell.windowHandle()
        for _ in range(self._dice.choice((1, 1, 2, 5))):
            QTest.mousePress(window, LEFT, NONE, at)
            QTest.mouseRelease(window, LEFT, NONE, at)
            self.events += 2
        return f"mouse {at.x()},{at.y()}"

    def _drag(self) -> str:
        start, window = self._place(), self._shell.windowHandle()
        QTest.mousePress(window, LEFT, NONE, start)
        for _ in range(4):
            QTest.mouseMove(window, self._place())
        end = self._place()
        QTest.mouseRelease(window, LEFT, NONE, end)
        self.events += 6
        return f"drag to {end.x()},{end.y()}"

    def _keys(self) -> str:
        """A hand on the keyboard: its keys may be so quick that they look like a scanner's."""
        gap = self._dice.choice((1, 20, 200))
        keys = [self._dice.choice(KEYS) for _ in range(self._dice.randrange(1, 5))]
        for key in keys:
            self._now_ms += gap
            QTest.keyClick(self._target(), key)
        for letter in "".join(self._dice.choice("a1 9王") for _ in range(3)).replace("王", "w"):
            self._now_ms += gap
            QTest.keyClick(self._target(), letter)
        self.events += 2 * (len(keys) + 3)
        return f"keys {[key.name for key in keys]}"

    def _command(self) -> str:
        key, held = self._dice.choice(COMMANDS)
        QTest.keyClick(self._shell.windowHandle(), key, held)
        self.events += 2
        return f"command {key.name}"

    def _write(self) -> str:
        """What an input method commits, into a field that is there: else hardly any form would ever be filled."""
        fields = [
            each
            for each in self._shell.current_screen.findChildren(QLineEdit)
            if each.isVisible() and each.isEnabled()
        ]
        if not fields:
            return self._tap()
        field = self._dice.choice(fields)
        own = [each for each in self._words if each.startswith(f"{field.accessibleName()}=")]
        word = self._dice.choice(own or self._words)
        field.setFocus()
        field.selectAll()
        commit = QInputMethodEvent()
        commit.setCommitString(word.partition("=")[2])
        QApplication.sendEvent(field, commit)
        self.events += 1
        return f"write {word[:30]!r}"

    def _scan(self) -> str:
        """A whole code, or one that breaks off; touches come in between."""
        code = self._dice.choice(self._codes)
        cut = len(code) if self._dice.random() < 0.7 else self._dice.randrange(1, len(code))
        for letter in code[:cut]:
            self._now_ms += 2
            QTest.keyClick(self._target(), letter)
        if cut == len(code):
            self._now_ms += 2
            QTest.keyClick(self._target(), Qt.Key.Key_Return)
        self.events += 2 * cut
        return f"scan {code[:20]} {cut}"

    def _target(self) -> QWidget:
        return QApplication.focusWidget() or self._shell

    def _breathe(self) -> str:
        """What was asked for comes back, some of it."""
        self._shell.ctx.gate.scanner.pause_over()
        for _ in range(3):
            QApplication.processEvents()
        return "breathe"

    def _stay_away(self) -> str:
        seconds = self._dice.choice((1, 5, 130, 160))
        self._clock.advance(seconds)
        self._shell.ctx.gate.idle.check()
        return f"stay away {seconds} s"


def touch_panel() -> QPointingDevice:
    """A panel that feels ten fingers; kept by Qt until the application ends."""
    return QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
