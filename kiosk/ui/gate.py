"""The one event filter in front of the whole application: what may come in, and who is told of it."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.idle import IdleMonitor
from kiosk.ui.scanner import Scanner

GUARD_MS = 300

_TOUCHES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TouchBegin})
_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.InputMethod})
_INPUT = _TOUCHES | _KEYS | {QEvent.Type.Wheel, QEvent.Type.ContextMenu}

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
    """

    guard_lifted = Signal()

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
        self._guard = QTimer(self)
        self._guard.setSingleShot(True)
        self._guard.setInterval(guard_ms)
        self._guard.timeout.connect(self.lift_guard)
        self._holds = 0

    @property
    def guarding(self) -> bool:
        """Whether touches are ignored just now."""
        return self._guard.isActive() or self._holds > 0

    def guard(self) -> None:
        """The screen has changed under the finger: ignore touches for a moment."""
        self._guard.start()

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
        """Staff may use shortcuts, Escape and context menus; the public may not."""
        self._open_to_staff = present

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        """Qt's hook: True swallows the event."""
        kind = event.type()
        if kind not in _INPUT:
            return False
        if kind == QEvent.Type.ContextMenu:
            return not self._open_to_staff
        self.idle.note()
        if kind in _TOUCHES:
            return self._touch()
        if kind in _KEYS:
            return self._key(receiver, event)
        return False

    def _touch(self) -> bool:
        if self.scanner.holding:
            self.scanner.flush()
        return self.guarding

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
        # AltGr comes as Ctrl+Alt on Windows and types characters: a printable character is always allowed.
        text = event.text()
        if text and text.isprintable():
            return True
        return event.type() == QEvent.Type.KeyRelease


def _writes(receiver: QObject) -> bool:
    """Whether the widget takes text (Space and Enter are characters there, held down or not)."""
    return isinstance(receiver, QWidget) and receiver.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
