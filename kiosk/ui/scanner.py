"""Swallows what the code scanner types, wherever the focus is, and says it as one signal.

Printable keys are held back for a moment (30 ms) until ``BurstDetector`` knows who typed. A scanner's are
swallowed; a person's are given to the field that had the focus, in their order. Keys made by the program
itself (number pad, virtual keyboard) are not spontaneous events and are never held.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from kiosk.light import light
from kiosk.ui.burst import BurstDetector, BurstRules, Verdict, is_full_width_key

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
#: Keys that a scanner presses besides the characters; they pass and do not end a burst.
_SILENT = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_Alt, Qt.Key.Key_AltGr)
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)

#: PC scan codes (set 1; X11 and Wayland add 8) of a US keyboard, row by row: first code, plain, shifted.
_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
)
_PLAIN = {first + i: char for first, plain, _ in _ROWS for i, char in enumerate(plain)}
_SHIFTED = {first + i: char for first, _, shifted in _ROWS for i, char in enumerate(shifted)}


def us_character(scan_code: int, *, shifted: bool, offset: int) -> str:
    """What a US keyboard types at a PC scan code; "" for keys without a character.

    Args:
        scan_code: native code of the key event.
        shifted: whether Shift was down.
        offset: 8 under X11 and Wayland, 0 on Windows.
    """
    return (_SHIFTED if shifted else _PLAIN).get(scan_code - offset, "")


def _steady_ms() -> int:
    return time.monotonic_ns() // 1_000_000


def _scan_code_offset() -> int:
    return 0 if QApplication.platformName() == "windows" else 8


@light
class _Held:
    """A key event kept back, and for whom it was."""

    target: QWidget
    event: QEvent


class Scanner(QObject):
    """The application's ear for scanner bursts. The input gate hands it every key event before anybody else.

    Signals:
        scanned(str): a code was read; it landed in no field.
    """

    scanned = Signal(str)

    def __init__(
        self,
        rules: BurstRules | None = None,
        *,
        now_ms: Callable[[], int] = _steady_ms,
        parent: QObject | None = None,
    ) -> None:
        """Make it; it does nothing until events are handed to it.

        Args:
            rules: how the scanner is known.
            now_ms: clock (ms) for events that carry no time of their own; the attribute may be set.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._detector = BurstDetector(rules)
        self.now_ms = now_ms
        self._giving = False
        self._held: list[_Held] = []
        self._swallowed: set[int] = set()
        self._pause_seen = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.pause_over)

    @property
    def holding(self) -> bool:
        """Whether keys are held back."""
        return bool(self._held)

    def wipe(self) -> None:
        """Forget what is held, without giving it to anybody (the end of a visit)."""
        self._pause.stop()
        self._held.clear()
        self._swallowed.clear()
        self._detector.reset()

    def flush(self) -> None:
        """Give back what is held now (the focus moves, a touch comes, the program types)."""
        self._pause.stop()
        self._detector.reset()
        self._give_back()

    def takes(self, receiver: QObject, event: QEvent) -> bool:
        """Whether this event is swallowed (or held back for now). Called for keys and input-method events."""
        if self._giving or not isinstance(receiver, QWidget) or not self._first_receiver(receiver):
            return False
        if isinstance(event, QKeyEvent):
            if not event.spontaneous():
                self.flush()
                return False
            if event.type() == QEvent.Type.KeyPress:
                return self._press(receiver, event)
            return self._release(receiver, event)
        if isinstance(event, QInputMethodEvent):
            return self._commit(receiver, event)
        return False

    @Slot()
    def pause_over(self) -> None:
        """Nothing came for longer than a scanner pauses.

        Keys that wait in the queue get one more turn to be seen.
        """
        if not self._pause_seen:
            self._pause_seen = True
            self._pause.start(0)
            return
        self.flush()

    @staticmethod
    def _first_receiver(receiver: QWidget) -> bool:
        """A key event that its receiver ignores goes on to the parents; it is looked at once only."""
        focus = QApplication.focusWidget()
        return receiver is focus or focus is None

    def _press(self, target: QWidget, event: QKeyEvent) -> bool:
        if event.key() in _SILENT:
            return False
        at_ms = int(event.timestamp()) or self.now_ms()
        if event.key() in _ENTER:
            return self._enter(event, at_ms)
        char = self._character(event)
        if not char or event.isAutoRepeat():
            self.flush()
            return False
        self._take(target, _copy(event), char, at_ms)
        return True

    def _release(self, target: QWidget, event: QKeyEvent) -> bool:
        if event.key() in self._swallowed:
            self._swallowed.discard(event.key())
            return True
        if self._held and event.key() not in _SILENT:
            self._held.append(_Held(target=target, event=_copy(event)))
            return True
        return False

    def _commit(self, target: QWidget, event: QInputMethodEvent) -> bool:
        """A full-width input method sends each key of the scanner as a commit of one full-width character."""
        text = event.commitString()
        if event.preeditString() or not is_full_width_key(text, begun=self.holding):
            # The program's own keyboards commit too, and composing by hand goes on undisturbed.
            self.flush()
            return False
        copy = QInputMethodEvent()
        copy.setCommitString(text)
        self._take(target, copy, text, self.now_ms())
        return True

    def _enter(self, event: QKeyEvent, at_ms: int) -> bool:
        if self._detector.enter(at_ms) is Verdict.SCANNED:
            code = self._detector.code
            still_down = _keys(self._held, QEvent.Type.KeyPress) - _keys(self._held, QEvent.Type.KeyRelease)
            self.wipe()
            self._swallowed = still_down | {event.key()}
            self.scanned.emit(code)
            return True
        self.flush()
        return False

    def _take(self, target: QWidget, event: QEvent, char: str, at_ms: int) -> None:
        verdict = self._detector.character(char, at_ms)
        if verdict is Verdict.RELEASE:
            self._give_back()
        self._held.append(_Held(target=target, event=event))
        self._pause_seen = False
        self._pause.start(self._detector.rules.max_gap_ms + 1)

    def _give_back(self) -> None:
        """Send what is held to the widgets it was for, in order."""
        held, self._held = self._held, []
        self._giving = True
        try:
            for item in held:
                if isValid(item.target):
                    QApplication.sendEvent(item.target, item.event)
        finally:
            self._giving = False

    def _character(self, event: QKeyEvent) -> str:
        """The character a scanner means by this key, on whatever layout; "" for keys that are none."""
        if event.modifiers() & _COMMANDS:
            return ""
        text = event.text()
        if not text or not text.isprintable():
            return ""
        if text.isascii() or is_full_width_key(text, begun=True):
            return text
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        return us_character(event.nativeScanCode(), shifted=shifted, offset=_scan_code_offset()) or text


def _copy(event: QKeyEvent) -> QKeyEvent:
    """Python's own copy. Nobody owns what ``clone`` makes: each key of each scan would stay in memory."""
    copy = QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
    copy.setTimestamp(event.timestamp())
    return copy


def _keys(held: list[_Held], kind: QEvent.Type) -> set[int]:
    """Keys of the held key events of one type."""
    return {
        item.event.key() for item in held if isinstance(item.event, QKeyEvent) and item.event.type() == kind
    }
