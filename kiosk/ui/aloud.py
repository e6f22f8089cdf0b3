"""What of a screen is read aloud, and in which order: along its layouts, so that what stands together is said together.

Everybody in the hall hears it: what is hidden while it is typed, and numbers of identity cards, are never said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractButton, QLayout, QLineEdit, QWidget

from kiosk.ui.input.wish import InputWish, wish_of
from kiosk.ui.screen import widget_text
from kiosk.ui.strings import Strings

#: A number of an identity card, of eighteen characters or an old one of fifteen; in groups (6-8-4) or not.
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])(?:\d{6}[\s-]?\d{8}[\s-]?\d{3}[0-9Xx]|\d{6}[\s-]?\d{6}[\s-]?\d{3})(?![0-9A-Za-z])"
)


def read_out(root: QWidget, strings: Strings) -> list[str]:
    """All texts that can be seen in a widget as they are read; also what fields hold, but nothing secret."""
    seen = (each for each in _below(root) if each.isVisible() and not each.visibleRegion().isEmpty())
    return [text for each in seen if (text := _said(each, strings))]


def without_identity(text: str, strings: Strings) -> str:
    """The text with "filled in" in place of every number of an identity card."""
    return _IDENTITY.sub(lambda _: strings.text("common.filled_in"), text)


def _said(widget: QWidget, strings: Strings) -> str:
    if isinstance(widget, QLineEdit):
        if widget.echoMode() is not QLineEdit.EchoMode.Normal:
            return ""
        if widget.text() and wish_of(widget) is InputWish.ID_NUMBER:
            return strings.text(
                "common.filled_in"
            )  # half of a number, or a wrong one, is nobody's business either
    text = without_identity(widget_text(widget), strings)
    if text and isinstance(widget, QAbstractButton) and widget.isCheckable() and widget.isChecked():
        return strings.text("spoken.chosen", what=text)  # the ring around it is not heard
    return text


def _below(widget: QWidget) -> Iterator[QWidget]:
    """Everything in a widget: what its layout holds in the layout's order, the rest from the top down."""
    layout = widget.layout()
    laid = list(_laid(layout)) if layout is not None else []
    known = set(laid)
    loose = [each for each in widget.children() if isinstance(each, QWidget) and each not in known]
    for each in (*laid, *sorted(loose, key=_corner)):
        if not each.isWindow():
            yield each
            yield from _below(each)


def _laid(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        inner, widget = (item.layout(), item.widget()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid(inner)


def _corner(widget: QWidget) -> tuple[int, int]:
    return widget.y(), widget.x()
