import itertools
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QTextEdit, QVBoxLayout, QWidget

from kiosk.services.faults import DeviceFault
from kiosk.ui.input.dock import InputDock
from kiosk.ui.input.keys import Key
from kiosk.ui.input.look import DockLook
from kiosk.ui.input.wish import InputTab, InputWish, wish_input
from kiosk.ui.strings import Strings


@dataclass
class FakeRecogniser:
    """Says the same for whatever is written, and remembers what it was asked."""

    reason: str = ""
    says: tuple[str, ...] = ("王", "壬", "五", "正", "玉", "主", "三", "土", "干", "工")
    broken: bool = False
    asked: list = field(default_factory=list)
    closed: bool = False

    def absence(self):
        return self.reason

    def recognise(self, strokes, limit):
        if self.broken:
            raise DeviceFault("fault.handwriting")
        self.asked.append(strokes)
        return tuple((char, 100.0 * place) for place, char in enumerate(self.says[:limit]))

    def close(self):
        self.closed = True


class Desk:
    """A window with a field, a text, a button and the dock below; a finger for them."""

    def __init__(self, qtbot, recogniser, look=None, language="zh_CN"):
        self.qtbot = qtbot
        self.window = QWidget()
        self.window.resize(1920, 1080)
        self.line, self.text, self.button = QLineEdit(), QTextEdit(), QPushButton("on")
        self.strings = Strings(language, strict=True)
        self.dock = InputDock(self.strings, recogniser, look=look)
        column = QVBoxLayout(self.window)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.line, self.text, self.button, self.dock):
            column.addWidget(widget)
        self.touches = 0
        self.dock.activity.connect(self.touched)
        qtbot.addWidget(self.window)
        self.button.setFocus()
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.dock.start()

    def touched(self):
        self.touches += 1

    def focus(self, wish, field=None):
        """Put the focus into a field with this wish; the dock opens."""
        chosen = field or self.line
        self.button.setFocus()
        wish_input(chosen, wish)
        chosen.setFocus()
        assert self.dock.field is chosen
        assert self.dock.isVisible()

    def open(self, tab, wish=InputWish.TEXT):
        self.focus(wish)
        self.dock.choose(tab)
        return self.dock.panel(tab)

    def shown_keys(self):
        return [key for key in self.dock.findChildren(Key) if key.isVisible()]

    def key(self, name):
        found = [key for key in self.shown_keys() if key.accessibleName() == name]
        assert len(found) == 1, f"{name}: {len(found)} keys"
        return found[0]

    def tap(self, *names):
        for name in names:
            QTest.mouseClick(self.key(name), Qt.MouseButton.LeftButton)

    def write(self, *strokes):
        """Draw strokes given in shares of the sheet's height, and wait for the recogniser."""
        panel = self.dock.panel(InputTab.HANDWRITING)
        for stroke in strokes:
            with self.qtbot.waitSignal(panel._recognition.recognised, timeout=5000):
                draw(panel.canvas, stroke)


def draw(canvas, stroke):
    side, left = canvas.side(), (canvas.width() - canvas.side()) / 2
    points = [QPoint(round(left + side * x), round(side * y)) for x, y in stroke]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=points[0])
    for start, end in itertools.pairwise(points):
        for step in range(1, 9):
            QTest.mouseMove(canvas, start + (end - start) * (step / 8))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=points[-1])


#: Four strokes of a copybook: three from left to right, one down the middle.
WANG = (
    ((0.2, 0.2), (0.8, 0.21)),
    ((0.25, 0.5), (0.75, 0.49)),
    ((0.5, 0.2), (0.51, 0.8)),
    ((0.1, 0.8), (0.9, 0.81)),
)


@pytest.fixture
def recogniser():
    return FakeRecogniser()


@pytest.fixture
def make_desk(qtbot):
    made = []

    def make(recogniser=None, **options):
        made.append(Desk(qtbot, recogniser or FakeRecogniser(), **options))
        return made[-1]

    yield make
    for desk in made:
        desk.dock.stop()


@pytest.fixture
def desk(make_desk, recogniser):
    return make_desk(recogniser, look=DockLook())
