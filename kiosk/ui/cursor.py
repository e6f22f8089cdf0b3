"""The mouse pointer: none for the public, one for staff once they move a mouse."""

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication

from kiosk.ui.context import UiContext


class Pointer(QObject):
    """Hides the pointer in kiosk mode. A signed-in member of staff who moves a mouse sees it until signing out."""

    def __init__(self, ctx: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._mouse = False
        self._hidden = False
        ctx.gate.mouse_moved.connect(self._moved)

    @Slot()
    def follow(self) -> None:
        """Staff have come or gone, or nothing has changed."""
        if self._ctx.navigator.staff is None:
            self._mouse = False
        self._hide(hidden=self._ctx.options.kiosk_mode and not self._mouse)

    def release(self) -> None:
        """The window goes: the pointer is the desktop's again."""
        self._hide(hidden=False)

    @Slot()
    def _moved(self) -> None:
        if not self._mouse:
            self._mouse = True
            self.follow()

    def _hide(self, *, hidden: bool) -> None:
        """Qt keeps a stack of pointers; ours is on it once at most."""
        if hidden and not self._hidden:
            QGuiApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)
        elif self._hidden and not hidden:
            QGuiApplication.restoreOverrideCursor()
        self._hidden = hidden
