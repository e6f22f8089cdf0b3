"""The way of the Tab key: as the page is read, whenever its tiles were made."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def order_tabs(page: QWidget) -> None:
    """Let Tab go along the page's layouts. Qt's own order is that of making, and tiles are made when they are needed.

    The way begins at the page, which is not a stop itself: else a touch would give it the focus, and the dock would go.
    """
    layout = page.layout()
    if layout is None:
        return
    before, policy = page, page.focusPolicy()
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Qt orders only what can have the focus
    for widget in _reachable(layout):
        QWidget.setTabOrder(before, widget)
        before = widget
    page.setFocusPolicy(policy)


def _reachable(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
                yield widget
            inner = widget.layout()
        if inner is not None:
            yield from _reachable(inner)
