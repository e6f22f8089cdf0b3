"""A steady hand in front of the kiosk: it sees what is shown and touches what can be touched.

The driver needs nothing but the main window (``kiosk.ui.shell.Shell``) and a running ``QApplication`` in the same
thread; it does not know pytest. Every verb acts on the real widgets the way a person would, waits until the kiosk has
answered, and raises ``HandError`` with a list of what is visible when it cannot::

    hand = Driver(window)
    hand.wait_screen("welcome")
    hand.tap("找活干")
    hand.type("phone", "13812345678")
    hand.scan("https://city.example/s/AbC123")
    assert "180" in hand.texts()
    hand.shot("detail.png")

How a widget is found: among the widgets that are visible and enabled, by accessible name or shown text. An exact match
wins, then the only one that begins with the name. No match, or several, is an error: a hand that guesses hides bugs
(``tap_nth`` is for lists of equal things).

How it is touched: a press and a release in the middle, through the window system, so that everything a finger meets on
its way is met here too. A widget that lies under another one, outside the window or behind an overlay can't be touched.

The kiosk ignores touches for 300 ms after a change of screens and while it saves something; a careful hand waits for
that (``Shell.guard_lifted``), and so does the driver. It never sleeps: it lets Qt work until a condition holds.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QEventLoop, QModelIndex, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from kiosk.ui.screen import Screen, widget_text
from kiosk.ui.shell import Shell
from kiosk.ui.transition import Mist

DEFAULT_TIMEOUT_S = 10.0
#: A scanner sends its keys this fast, a hand this slowly. It is what the kiosk's clock is told, nobody waits.
SCAN_GAP_MS = 2
TYPE_GAP_MS = 120
#: How often a waiting hand looks up when nothing happens.
LOOK_MS = 10

Field = QLineEdit | QPlainTextEdit | QTextEdit


class HandError(AssertionError):
    """The hand could not do what it was told; the message lists what is visible."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be seen and named: a widget, or one item of a list or table.

    Attributes:
        widget: the widget (of an item: the viewport it is painted on).
        names: accessible name and shown text, without empty ones.
        rect: in pixels of the window.
    """

    widget: QWidget
    names: tuple[str, ...]
    rect: QRect

    @property
    def place(self) -> tuple[int, int]:
        """Sorts as people read."""
        return self.rect.top(), self.rect.left()

    @property
    def touchable(self) -> bool:
        """Whether it is there to be touched (a button, a field, an item), not only to be read."""
        kinds = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit)
        widget = self.widget
        return isinstance(widget, kinds) or hasattr(widget, "clicked") or _is_viewport(widget)


class Driver:
    """Eyes and one finger on one kiosk window."""

    def __init__(self, window: Shell, *, timeout: float = DEFAULT_TIMEOUT_S) -> None:
        """Stand in front of a window that ``start`` was called on.

        Args:
            window: the kiosk's main window.
            timeout: seconds that every verb waits at most, unless told otherwise.
        """
        self.window = window
        self._timeout = timeout

    # --- looking

    @property
    def screen(self) -> str:
        """Name of the screen that is shown (``idle_warning`` and ``fault`` are screens too)."""
        return self.window.current_name

    def texts(self) -> list[str]:
        """Everything that can be read in the window now, top to bottom, then left to right.

        Labels, buttons, what fields hold (or their placeholder), visible items of lists and tables, the bars and the
        toast. The secret dots of a password field are given as dots.
        """
        self.settle()
        return [text for target in self._visible() if (text := _said(target))]

    def names(self) -> list[str]:
        """Accessible names of everything visible, top to bottom; what ``tap`` and ``type`` take."""
        self.settle()
        named = [target.names[0] for target in self._visible() if target.widget.accessibleName()]
        return [name for name in named if name]

    def has(self, name: str) -> bool:
        """Whether something visible has exactly that accessible name or text, enabled or not."""
        self.settle()
        return any(name in target.names for target in self._visible())

    def enabled(self, name: str) -> bool:
        """Whether something visible of exactly that name can be used."""
        self.settle()
        return any(name in target.names and target.widget.isEnabled() for target in self._visible())

    def value(self, name: str) -> str:
        """What the field of that name holds (without the placeholder)."""
        self.settle()
        return _content(self._field(name))

    def shot(self, path: str | Path) -> Path:
        """Save a picture of the window (PNG by the name's ending)."""
        self.settle()
        self.wait_bare()
        place = Path(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        if not self.window.grab().save(str(place)):
            message = f"no picture could be saved at {place}"
            raise HandError(message)
        return place

    # --- waiting

    def wait_screen(self, name: str, timeout: float | None = None) -> None:
        """Wait until that screen is shown, everything it asked for has come and no mist lies over it.

        Raises:
            HandError: it is not, after ``timeout`` seconds.
        """
        self._until(
            lambda: self.window.current_name == name and not self.window.ctx.tasks.busy and self._bare(),
            timeout,
            lambda: f"screen {name!r} did not come; {self.window.current_name!r} is shown",
        )

    def wait_text(self, fragment: str, timeout: float | None = None) -> str:
        """Wait until a visible text contains the fragment; gives that text."""
        self._until(
            lambda: self._text_with(fragment) is not None, timeout, lambda: f"no text has {fragment!r}"
        )
        return self._text_with(fragment) or ""

    def wait_gone(self, fragment: str, timeout: float | None = None) -> None:
        """Wait until no visible text contains the fragment."""
        self._until(lambda: self._text_with(fragment) is None, timeout, lambda: f"{fragment!r} did not go")

    def wait(self, condition: Callable[[], bool], what: str, timeout: float | None = None) -> None:
        """Wait until a condition of the caller's own holds; ``what`` is said when it does not."""
        self._until(condition, timeout, lambda: what)

    def wait_bare(self, timeout: float | None = None) -> None:
        """Wait until no mist lies over the page, and the page is painted without it."""
        self._until(self._bare, timeout, lambda: "the mist does not go")
        QApplication.processEvents()

    def settle(self, timeout: float | None = None) -> None:
        """Wait until no task is under way and no key is held back by the scanner's ear."""
        gate = self.window.ctx.gate
        self._until(
            lambda: not (self.window.ctx.tasks.busy or gate.scanner.holding),
            timeout,
            lambda: "the kiosk did not come to rest",
        )

    # --- touching

    def tap(self, name: str, timeout: float | None = None) -> None:
        """Touch the one thing of that name, in its middle.

        Waits first until there is such a thing and touches are taken. Things that can be touched win over texts that
        happen to read the same; an exact name wins over a beginning. What lies behind the open input dock is found as a
        person finds it: the dock is put away first.

        Raises:
            HandError: nothing, or more than one thing, has that name; it is disabled; something lies over it.
        """
        self.settle(timeout)
        self._until_open(timeout)
        self._until(lambda: self._in_sight(name), timeout, lambda: self._absent(name))
        found = self._matches(name)
        if len(found) > 1:
            raise HandError(self._with_view(f"{name!r} is {len(found)} things; use tap_nth"))
        self._touch(found[0], name)

    def tap_nth(self, name: str, i: int, timeout: float | None = None) -> None:
        """Touch the i-th (from 0, in reading order) of several things of that name, or that begin with it."""
        self.settle(timeout)
        self._until_open(timeout)
        self._until(
            lambda: len(self._matches(name)) > i,
            timeout,
            lambda: f"there are only {len(self._matches(name))} of {name!r}",
        )
        self._touch(self._matches(name)[i], name)

    def tap_at(self, x: int, y: int) -> None:
        """Touch a point of the window in pixels, whatever is there (a finger that slipped)."""
        self.settle()
        self._until_open(None)
        self._touch_point(QPoint(x, y))

    def back(self) -> None:
        """Touch 上一步."""
        self.tap(self.window.ctx.strings.text("common.back"))

    # --- writing

    def type(self, name: str, text: str, timeout: float | None = None) -> None:
        """Touch the field of that name and write at its end.

        Letters, digits and signs of a keyboard come as keys; everything else (Chinese, emoji, line breaks) as an input
        method commits it. What the field then holds is the field's affair: see ``value``.
        """
        self.settle(timeout)
        self._until(lambda: self._field_or_none(name) is not None, timeout, lambda: self._absent(name))
        self._focus(name)
        self._key(Qt.Key.Key_End)
        with self._pace(TYPE_GAP_MS):
            for run, by_key in _runs(text):
                if by_key:
                    QTest.keyClicks(self._writer(), run)
                else:
                    self.window.ctx.gate.scanner.flush()
                    commit = QInputMethodEvent()
                    commit.setCommitString(run)
                    QApplication.sendEvent(self._writer(), commit)
        self.settle(timeout)

    def clear(self, name: str) -> None:
        """Touch the field of that name and delete what it holds, key by key."""
        self.settle()
        self._focus(name)
        field = self._field(name)
        for key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            for _ in range(len(_content(field)) + 1):
                self._key(key)
        self.settle()

    def press(self, key: str) -> None:
        """Press a key or a combination as Qt writes it: ``Return``, ``Tab``, ``Esc``, ``F5``, ``Ctrl+F``."""
        self.settle()
        self._until_open(None)
        sequence = QKeySequence(key)
        if sequence.count() != 1 or sequence[0].key() == Qt.Key.Key_unknown:
            message = f"{key!r} is no key"
            raise HandError(message)
        combination = sequence[0]
        with self._pace(TYPE_GAP_MS):
            QTest.keyClick(self._writer(), combination.key(), combination.keyboardModifiers())
        self.settle()

    def scan(self, code: str) -> None:
        """Hold a code before the scanner: it types the whole code in a burst and Enter, wherever the focus is."""
        self.settle()
        self._until(
            lambda: self.window.ctx.gate.idle.warning or not self.window.ctx.gate.guarding,
            None,
            lambda: "touches are not taken",
        )
        self.window.activateWindow()
        with self._pace(SCAN_GAP_MS):
            QTest.keyClicks(self._writer(), code)
            QTest.keyClick(self._writer(), Qt.Key.Key_Return)
        self.settle()

    # --- how the eyes work

    def _bare(self) -> bool:
        mist = self.window.area.findChild(Mist, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return mist is None or mist.isHidden()

    def _visible(self) -> list[Target]:
        """Everything visible that says something, as people read; nothing that lies under a full-screen overlay."""
        top: QWidget = self.window.current_screen if self._covered() else self.window
        found: list[Target] = []
        for widget in top.findChildren(QWidget):
            if not widget.isVisible() or widget.visibleRegion().isEmpty():
                continue
            if isinstance(widget, QAbstractItemView):
                found.extend(self._items(widget))
            if isinstance(widget, Screen) or _is_inner(widget):
                continue
            own = widget.objectName() if isinstance(widget, Field) else ""
            said = (own, widget.accessibleName(), widget_text(widget))
            names = tuple(dict.fromkeys(name for name in said if name))
            if names:
                found.append(Target(widget, names, self._rect(widget, widget.rect())))
        return sorted(found, key=lambda target: target.place)

    def _covered(self) -> bool:
        return not self.window.current_screen.has_bars

    def _items(self, view: QAbstractItemView) -> Iterator[Target]:
        model = view.model()
        if model is None:
            return
        seen = view.viewport().rect()
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                index: QModelIndex = model.index(row, column)
                rect = view.visualRect(index)
                text = str(index.data() or "")
                if text and rect.intersects(seen):
                    yield Target(view.viewport(), (text,), self._rect(view.viewport(), rect & seen))

    def _rect(self, widget: QWidget, rect: QRect) -> QRect:
        return QRect(widget.mapTo(self.window, rect.topLeft()), rect.size())

    def _in_sight(self, name: str) -> bool:
        """Whether there is such a thing; the dock, which may hide it or half of it, is put away when there is not."""
        found = self._matches(name)
        if not found or (len(found) == 1 and self._over(found[0]) is not None):
            self._put_dock_away()
        return bool(self._matches(name))

    def _over(self, target: Target) -> QWidget | None:
        """What lies over the middle of a thing, if anything does."""
        hit = self.window.childAt(target.rect.center())
        free = hit is None or hit is target.widget
        if free or target.widget.isAncestorOf(hit) or hit.isAncestorOf(target.widget):
            return None
        return hit

    def _put_dock_away(self) -> None:
        """Touch the dock's own key for it, if the dock is there."""
        away = self._matches(self.window.ctx.strings.text("input.key.hide"))
        if away:
            self._touch(away[0], "input.key.hide")
            self.settle()
            self._until_open(None)

    def _matches(self, name: str) -> list[Target]:
        """What the name means, by the rules at the head of this file."""
        usable = [target for target in self._visible() if target.widget.isEnabled()]
        exact = [target for target in usable if name in target.names]
        begun = [target for target in usable if any(said.startswith(name) for said in target.names)]
        for found in (exact, begun):
            touchable = [target for target in found if target.touchable]
            outer = _outermost(touchable or found)
            if outer:
                return outer
        return []

    def _text_with(self, fragment: str) -> str | None:
        return next((text for target in self._visible() if fragment in (text := _said(target))), None)

    def _absent(self, name: str) -> str:
        disabled = any(name in target.names and not target.widget.isEnabled() for target in self._visible())
        return f"{name!r} is disabled" if disabled else f"there is no {name!r}"

    def _with_view(self, message: str) -> str:
        seen = "\n".join(
            f"  {' | '.join(target.names)}{'' if target.widget.isEnabled() else '  (disabled)'}"
            for target in self._visible()
        )
        return f"{message}\non screen {self.window.current_name!r}:\n{seen}"

    # --- how the finger works

    def _until_open(self, timeout: float | None) -> None:
        """Wait until touches are taken again after a change of screens."""
        self._until(lambda: not self.window.ctx.gate.guarding, timeout, lambda: "touches are not taken")

    def _touch(self, target: Target, name: str) -> None:
        if not _is_viewport(target.widget):
            _bring_into_view(target.widget)
            target = Target(target.widget, target.names, self._rect(target.widget, target.widget.rect()))
        point = target.rect.center()
        hit = self.window.childAt(point)
        if hit is None or not self.window.rect().contains(point):
            raise HandError(self._with_view(f"{name!r} is outside the window"))
        over = hit is target.widget or target.widget.isAncestorOf(hit) or hit.isAncestorOf(target.widget)
        if not over:
            raise HandError(self._with_view(f"{name!r} is covered by {_describe(hit)}"))
        self._touch_point(point)

    def _touch_point(self, point: QPoint) -> None:
        handle = self.window.windowHandle()
        none = Qt.KeyboardModifier.NoModifier
        QTest.mousePress(handle, Qt.MouseButton.LeftButton, none, point)
        QApplication.processEvents()
        QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, none, point)
        QApplication.processEvents()

    def _field_or_none(self, name: str) -> Field | None:
        """The field of that name, or the only field inside the thing of that name."""
        for target in self._matches(name):
            if isinstance(target.widget, Field):
                return target.widget
            inside = [field for field in target.widget.findChildren(QWidget) if isinstance(field, Field)]
            if len(inside) == 1:
                return inside[0]
        return None

    def _field(self, name: str) -> Field:
        field = self._field_or_none(name)
        if field is None:
            raise HandError(self._with_view(f"there is no field {name!r}"))
        return field

    def _focus(self, name: str) -> None:
        field = self._field(name)
        self.window.activateWindow()
        if not field.hasFocus():
            self._until_open(None)
            self._touch(Target(field, (name,), self._rect(field, field.rect())), name)
        self._until(field.hasFocus, None, lambda: f"{name!r} does not take the focus")

    def _writer(self) -> QWidget:
        """Where keys go now."""
        return QApplication.focusWidget() or self.window

    def _key(self, key: Qt.Key) -> None:
        with self._pace(TYPE_GAP_MS):
            QTest.keyClick(self._writer(), key)

    @contextmanager
    def _pace(self, gap_ms: int) -> Iterator[None]:
        """Let the scanner's ear hear keys at a steady pace, however busy this machine is."""
        scanner = self.window.ctx.gate.scanner
        former = scanner.now_ms
        at = former() + TYPE_GAP_MS

        def next_ms() -> int:
            nonlocal at
            at += gap_ms
            return at

        scanner.now_ms = next_ms
        try:
            yield
        finally:
            scanner.now_ms = former

    def _until(
        self, condition: Callable[[], bool], timeout: float | None, complaint: Callable[[], str]
    ) -> None:
        """Let Qt work until the condition holds."""
        QApplication.processEvents()
        if condition():
            return
        limit = self._timeout if timeout is None else timeout
        end = monotonic() + limit
        waker = QTimer()
        waker.start(LOOK_MS)
        while not condition():
            if monotonic() > end:
                raise HandError(self._with_view(f"{complaint()} (after {limit:g} s)"))
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        waker.stop()


def _said(target: Target) -> str:
    """What the thing shows: its text; of an item, its only name."""
    return target.names[0] if _is_viewport(target.widget) else widget_text(target.widget)


def _content(field: Field) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _outermost(targets: list[Target]) -> list[Target]:
    """Without those that lie inside another one (the text on a button that says the same)."""
    widgets = {id(target.widget) for target in targets}

    def inside(widget: QWidget) -> bool:
        parent = widget.parentWidget()
        while parent is not None:
            if id(parent) in widgets:
                return True
            parent = parent.parentWidget()
        return False

    return [target for target in targets if not inside(target.widget)]


def _is_viewport(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return isinstance(parent, QAbstractItemView) and parent.viewport() is widget


def _is_inner(widget: QWidget) -> bool:
    """Parts that Qt builds inside its own widgets; the outer one stands for them."""
    return isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox) and not isinstance(widget, QLabel)


def _bring_into_view(widget: QWidget) -> None:
    """Scroll as a hand would, where something scrolls (staff lists)."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
            QApplication.processEvents()
        parent = parent.parentWidget()


def _describe(widget: QWidget) -> str:
    return (
        f"{type(widget).__name__} {widget.accessibleName() or widget_text(widget) or widget.objectName()!r}"
    )


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces that are typed by keys (True) or committed by an input method (False)."""
    run, by_key = "", True
    for char in text:
        is_key = char.isascii() and char.isprintable()
        if run and is_key is not by_key:
            yield run, by_key
            run = ""
        run, by_key = run + char, is_key
    if run:
        yield run, by_key
