"""Ink that was not chosen: the page waits with it, or a character of somebody's name would be gone unsaid."""

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QAbstractButton, QWidget

from kiosk.ui.context import UiContext
from kiosk.ui.input.dock import InputDock
from kiosk.ui.input.wish import is_text_field
from kiosk.ui.screen import Screen


class Unchosen(QObject):
    """Keeps touches on the page's buttons and other fields while there is ink without a character, and says so.

    The bars stay open: who goes back or home, or changes the language, does not go on with a name that lacks one.
    """

    def __init__(self, ctx: UiContext, window: QWidget, dock: InputDock) -> None:
        """Begin.

        Args:
            ctx: its gate asks, its notices say it.
            window: the kiosk's own.
            dock: knows the ink.
        """
        super().__init__(window)
        self._ctx, self._window, self._dock = ctx, window, dock
        ctx.gate.keeper = self._keeps

    def _keeps(self, place: QPoint) -> bool:
        touched = self._window.childAt(self._window.mapFromGlobal(place))
        if not self._goes_on(touched) or not self._dock.holds_unfinished():
            return False
        self._ctx.notices.toast.emit(self._ctx.strings.text("input.write.unchosen"))
        return True

    def _goes_on(self, touched: QWidget | None) -> bool:
        """Whether it is a part of the page that leaves the field."""
        widget, goes_on = touched, False
        while widget is not None and not isinstance(widget, Screen):
            goes_on = goes_on or isinstance(widget, QAbstractButton)
            goes_on = goes_on or (is_text_field(widget) and widget is not self._dock.field)
            widget = widget.parentWidget()
        return goes_on and widget is not None
