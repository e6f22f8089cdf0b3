"""The one event filter in front of the whole application: what may come in, and who is told of it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from kiosk.ui.idle import IdleMonitor
from kiosk.ui.scanner import Scanner

GUARD_MS = 300
#: Where a confirming button has come under the finger: nobody means to touch it within a second.
CONFIRM_GUARD_MS = 1000

_TOUCHES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TouchBegin})
_ENDS = frozenset({QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd})
_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.InputMethod})
_INPUT = _TOUCHES | _KEYS | {QEvent.Type.Wheel, QEvent.Type.ContextMenu}
#: Looked at without counting as activity: a jog of the table moves a mouse.
_LOOKED_AT = frozenset({QEvent.Type.MouseMove, QEvent.Type.ShortcutOverride})
_WATCHED = _INPUT | _LOOKED_AT
#: What still goes through to a screen that is dark: without it the end of a touch would be missed.
_WAKING = _TOUCHES | {QEvent.Type.KeyPress, QEvent.Type.Wheel}

_ONLY_CONTROL, _ONLY_ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_BOTH = _ONLY_CONTROL | _ONLY_ALT

_PRESSING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Select)
#: Keys that mean something in a form. Everything else without a character does nothing for the public.
_PUBLIC_KEYS = frozenset(
    {
        *_PRESSING_KEYS,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Delete,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Shift,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)


class InputGate(QObject):
    """Sees every input event before the widgets: debounce, activity, scanner, forbidden keys.

    One Python filter instead of four, because it is called for every event of the application.

    Signals:
        guard_lifted: touches go through again after a change of screens.
        mouse_moved: staff have taken the mouse; said at every move of it while they are signed in.
        touched: a finger came down or went up.
        pressed: a finger came down on a button that can be pressed.
        acted: somebody did something, whatever it was; said before any widget hears of it.
        woken: somebody touched the dark screen; the touch itself pressed nothing.
    """

    guard_lifted = Signal()
    mouse_moved = Signal()
    woken = Signal()
    touched = Signal()
    pressed = Signal()
    acted = Signal()

    def __init__(
        self,
        scanner: Scanner,
        idle: IdleMonitor,
        *,
        guard_ms: int = GUARD_MS,
        parent: QObject | None = None,
    ) -> None:
        """Make it; ``QApplication.installEventFilter`` puts it to work.

        Args:
            scanner: gets all keys first.
            idle: is told of all activity.
            guard_ms: how long touches are ignored after a change of screens.
            parent: Qt parent.
        """
        super().__init__(parent)
        self.scanner = scanner
        self.idle = idle
        self._open_to_staff = False
        self._asleep = False
        self._guard = QTimer(self)
        self._guard.setSingleShot(True)
        self._guard_ms = guard_ms
        self._guard.timeout.connect(self.lift_guard)
        self._holds = 0
        #: Asked of each touch at a place of the screen; True keeps it from the widgets.
        self.keeper: Callable[[QPoint], bool] | None = None

    @property
    def guarding(self) -> bool:
        """Whether touches are ignored just now."""
        return self._guard.isActive() or self._holds > 0

    def guard(self, *, confirms: bool = False) -> None:
        """The screen has changed under the finger: ignore touches for a moment.

        With ``confirms`` for longer: what lies there now would save or end something.
        """
        self._guard.start(CONFIRM_GUARD_MS if confirms and self._guard_ms else self._guard_ms)

    @property
    def guard_ms(self) -> int:
        """How long the guard that was last set holds."""
        return self._guard.interval()

    @Slot()
    def lift_guard(self) -> None:
        """Let touches through again (the timer's slot; tests call it)."""
        self._guard.stop()
        self._tell_if_open()

    def hold(self) -> None:
        """Something is being saved: ignore touches until ``let_go``, or it would be saved twice."""
        self._holds += 1

    def let_go(self) -> None:
        """It is saved, or refused."""
        self._holds = max(0, self._holds - 1)
        self._tell_if_open()

    def _tell_if_open(self) -> None:
        if not self.guarding:
            self.guard_lifted.emit()

    def set_staff(self, *, present: bool) -> None:
        """Staff may use shortcuts and Escape; the public may not. Nobody has context menus."""
        self._open_to_staff = present

    def stir(self) -> None:
        """Somebody did something on a device with a line of its own: that is activity, and wakes a dark screen."""
        self.idle.note()
        self.acted.emit()
        if self._asleep:
            self._asleep = False
            self.woken.emit()

    def sleep(self) -> None:
        """The screen is dark: the next touch or key wakes it and does nothing else."""
        self._asleep = True

    @property
    def asleep(self) -> bool:
        """Whether the next touch only wakes the screen."""
        return self._asleep

    def wake(self) -> None:
        """The screen is light again, by the clock or by a touch."""
        self._asleep = False

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        """Qt's hook: True swallows the event."""
        kind = event.type()
        if kind in _ENDS:
            self.touched.emit()
            return False
        if kind not in _WATCHED:
            return False
        if kind in _LOOKED_AT:
            return self._look_at(event)
        if kind == QEvent.Type.ContextMenu:
            return True
        self.idle.note()
        self.acted.emit()
        if self._asleep:
            self._wake_by(kind)
            return True
        if kind in _TOUCHES:
            return self._touch() or self._keeps(receiver, event) or self._goes_on(receiver)
        if kind in _KEYS:
            return self._key(receiver, event)
        return False

    def _look_at(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            # Accepting the override keeps a shortcut from being looked for; the key itself comes next and is judged.
            if not self._allowed(event):
                event.accept()
                return True
            return False
        if self._open_to_staff and isinstance(event, QMouseEvent) and _of_a_mouse(event):
            self.mouse_moved.emit()
        return False

    def _wake_by(self, kind: QEvent.Type) -> None:
        """A finger that wakes the screen has not seen what lies under it: it presses nothing."""
        if kind in _WAKING:
            self._asleep = False
            self.guard()
            self.woken.emit()

    def _touch(self) -> bool:
        self.touched.emit()
        if self.scanner.holding:
            self.scanner.flush()
        return self.guarding

    def _goes_on(self, receiver: QObject) -> bool:
        """The touch has come to a widget, and nothing keeps it."""
        if isinstance(receiver, QAbstractButton) and receiver.isEnabled():
            self.pressed.emit()
        return False

    def _keeps(self, receiver: QObject, event: QEvent) -> bool:
        """At the window, before the widget under the finger has it and the focus goes there."""
        if self.keeper is None or receiver.isWidgetType() or not isinstance(event, QMouseEvent):
            return False
        return self.keeper(event.globalPosition().toPoint())

    def _key(self, receiver: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and not self._allowed(event):
            return True
        if isinstance(event, QKeyEvent) and self._presses_too_early(receiver, event):
            return True
        return self.scanner.takes(receiver, event)

    def _presses_too_early(self, receiver: QObject, event: QKeyEvent) -> bool:
        """Enter or Space held down, or right after a change of screens, would press a button twice.

        In the middle of a burst Enter is the scanner's, and in a field both are characters.
        """
        return (
            event.type() == QEvent.Type.KeyPress
            and event.key() in _PRESSING_KEYS
            and event.spontaneous()
            and (event.isAutoRepeat() or self.guarding)
            and not self.scanner.holding
            and receiver.isWidgetType()
            and not _writes(receiver)
        )

    def _allowed(self, event: QKeyEvent) -> bool:
        if self._open_to_staff or event.key() in _PUBLIC_KEYS:
            return True
        # AltGr comes as Ctrl+Alt on Windows and types characters; Ctrl, Alt or Super alone are commands.
        text = event.text()
        if text and text.isprintable() and not _is_command(event):
            return True
        return event.type() == QEvent.Type.KeyRelease


def _writes(receiver: QObject) -> bool:
    """Whether the widget takes text (Space and Enter are characters there, held down or not)."""
    return isinstance(receiver, QWidget) and receiver.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def _is_command(event: QKeyEvent) -> bool:
    held = event.modifiers() & (_BOTH | Qt.KeyboardModifier.MetaModifier)
    return bool(held) and held != _BOTH


def _of_a_mouse(event: QMouseEvent) -> bool:
    """Moved by hand, with no button down; not what Qt makes out of a finger."""
    made_up = event.source() != Qt.MouseEventSource.MouseEventNotSynthesized
    return not made_up and event.buttons() == Qt.MouseButton.NoButton
