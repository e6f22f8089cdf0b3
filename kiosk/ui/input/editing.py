"""Writing into the focused field the way an input method does.

Everything goes through ``QInputMethodEvent``, so that validators, input masks, undo and ``textEdited`` work as with a
physical keyboard, which keeps working in the same field. Lengths inside Qt are UTF-16 code units; a character as a
person sees it (a grapheme) may be several, and is never split.
"""

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTextBoundaryFinder
from PySide6.QtGui import QInputMethodEvent, QInputMethodQueryEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

_Query = Qt.InputMethodQuery


def _ask(field: QWidget, query: Qt.InputMethodQuery) -> object:
    event = QInputMethodQueryEvent(query)
    QCoreApplication.sendEvent(field, event)
    return event.value(query)


def units(text: str) -> int:
    """Length in UTF-16 code units, as Qt counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> list[str]:
    """The characters of a text as a person counts them: a base with its marks, a surrogate pair as one."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    raw = text.encode("utf-16-le", "surrogatepass")
    found, start = [], 0
    while (end := finder.toNextBoundary()) > 0:
        found.append(raw[2 * start : 2 * end].decode("utf-16-le", "surrogatepass"))
        start = end
    return found


def text_before(field: QWidget) -> str:
    """The text between the start of the line (or block) and the cursor."""
    text = _ask(field, _Query.ImSurroundingText)
    position = _ask(field, _Query.ImCursorPosition)
    if not isinstance(text, str) or not isinstance(position, int):
        return ""
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[: 2 * position].decode("utf-16-le", "surrogatepass")


def whole_text(field: QWidget) -> str:
    """The text of the line (or block) the cursor stands in."""
    text = _ask(field, _Query.ImSurroundingText)
    return text if isinstance(text, str) else ""


def selected(field: QWidget) -> int:
    """How many code units of the line are selected; Qt's answer with their text cannot be read from Python."""
    anchor, cursor = _ask(field, _Query.ImAnchorPosition), _ask(field, _Query.ImCursorPosition)
    return abs(anchor - cursor) if isinstance(anchor, int) and isinstance(cursor, int) else 0


def insert(field: QWidget, text: str) -> bool:
    """Put text at the cursor, in place of a selection.

    Only whole characters that fit under the field's maximum length are put.

    Returns:
        Whether all of it was accepted; a validator may still refuse it, then the field keeps what it had.
    """
    room = _room(field)
    taken = ""
    for char in graphemes(text):
        if units(taken + char) > room:
            break
        taken += char
    if not taken:
        return not text
    before = whole_text(field)
    event = QInputMethodEvent()
    event.setCommitString(taken)
    QCoreApplication.sendEvent(field, event)
    return taken == text and whole_text(field) != before


def replace_before(field: QWidget, count: int, text: str) -> None:
    """Put ``text`` in place of the last ``count`` characters (graphemes) before the cursor."""
    gone = units("".join(graphemes(text_before(field))[-count:])) if count else 0
    event = QInputMethodEvent()
    event.setCommitString(text, -gone, gone)
    QCoreApplication.sendEvent(field, event)


def backspace(field: QWidget) -> None:
    """Delete the selection, or one character as a person sees it."""
    if selected(field) or not text_before(field):
        # A selection, or the join with the line above: the field itself knows best.
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier)
            QCoreApplication.sendEvent(field, event)
        return
    replace_before(field, 1, "")


def clear(field: QWidget) -> None:
    """Delete the whole line (or block) the cursor stands in."""
    before, whole = units(text_before(field)), units(whole_text(field))
    event = QInputMethodEvent()
    event.setCommitString("", -before, whole)
    QCoreApplication.sendEvent(field, event)


def _room(field: QWidget) -> int:
    longest = _ask(field, _Query.ImMaximumTextLength)
    if not isinstance(longest, int):
        return 1 << 20
    return longest - units(whole_text(field)) + selected(field)
