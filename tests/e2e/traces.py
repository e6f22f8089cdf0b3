"""Looks for what a person may have left behind: in every widget, the clipboard, and everything Python can reach."""

import gc
import types
from collections.abc import Iterable, Iterator

from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from kiosk.ui.screen import widget_text
from kiosk.ui.widgets.picture import Picture

#: Where the test itself keeps what it looks for.
OF_THE_TEST = (types.FrameType, types.CodeType)


def in_widgets(marks: Iterable[str], strangers: Iterable[QWidget] = ()) -> Iterator[str]:
    """Texts, names, hints, undo histories and pictures of every widget there is, shown or not.

    ``strangers``: what other tests of this run have left in the application before.
    """
    marks = tuple(marks)
    others = set(strangers)
    for widget in QApplication.allWidgets():
        if widget in others:
            continue
        where = f"{type(widget).__name__} {widget.objectName() or widget.accessibleName()[:20]}"
        said = [
            widget_text(widget),
            widget.accessibleName(),
            widget.accessibleDescription(),
            widget.toolTip(),
            widget.whatsThis(),
            widget.windowTitle(),
            *(str(widget.property(name)) for name in _own_properties(widget)),
        ]
        if isinstance(widget, QLineEdit):
            said += [widget.text(), widget.placeholderText()]
            if widget.isUndoAvailable() or widget.isRedoAvailable():
                yield f"{where}: an undo history"
        if isinstance(widget, QTextEdit | QPlainTextEdit):
            said.append(widget.toPlainText())
            if widget.document().isUndoAvailable():
                yield f"{where}: an undo history"
        if isinstance(widget, QComboBox):
            said += [widget.itemText(at) for at in range(widget.count())]
        if isinstance(widget, Picture) and not widget.image.isNull():
            yield f"{where}: a picture of a slip"
        yield from (f"{where}: {mark}" for mark in marks if any(mark in text for text in said))


def _own_properties(widget: QWidget) -> list[str]:
    """Set by our own code; Qt's are neither text nor readable from here."""
    names = (bytes(name).decode() for name in widget.dynamicPropertyNames())
    return [name for name in names if name.isidentifier() and not name.startswith("_")]


def in_clipboard(marks: Iterable[str]) -> Iterator[str]:
    """What could be pasted."""
    text = QApplication.clipboard().text()
    yield from (f"clipboard: {mark}" for mark in marks if mark in text)


def in_python(marks: Iterable[str]) -> Iterator[str]:
    """Everything that Python's collector knows, and what it points to: drafts, closures, caches, tracebacks."""
    plain = tuple(marks)
    del marks
    gc.collect()
    raw = tuple(mark.encode() for mark in plain)
    everything = gc.get_objects()
    for holder in everything:
        if isinstance(holder, OF_THE_TEST) or holder is everything or holder is plain or holder is raw:
            continue
        for thing in _held(holder):
            if isinstance(thing, str) and any(mark in thing for mark in plain):
                yield f"{_name(holder)}: {thing[:40]!r}"
            elif isinstance(thing, bytes) and any(mark in thing for mark in raw):
                yield f"{_name(holder)}: {thing[:60]!r}"


def _held(holder: object) -> Iterator[object]:
    """What it points to, and what stands in tuples and dicts of plain things, which the collector does not know."""
    for thing in gc.get_referents(holder):
        yield thing
        if isinstance(thing, tuple | dict) and not gc.is_tracked(thing):
            yield from _held(thing)


def _name(holder: object) -> str:
    """The holder, and who holds that."""
    owners = [
        getattr(each, "__qualname__", type(each).__qualname__)
        for each in gc.get_referrers(holder)
        if not isinstance(each, OF_THE_TEST) and type(each).__name__ not in {"list_iterator", "generator"}
    ]
    return f"{type(holder).__qualname__} of {', '.join(owners[:4])}"
