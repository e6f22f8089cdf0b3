"""Nobody touches the screen any more: a countdown over the window, and at its end everybody's traces go."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from kiosk.ui.context import UiContext
from kiosk.ui.screen import Screen

if TYPE_CHECKING:  # the warning comes after the first page
    from kiosk.ui.chrome import StatusRow
    from kiosk.ui.screens.idle_warning import IdleWarning


class Away(QObject):
    """Lays the countdown over a window, and takes it away.

    Signals:
        changed: it has come or gone.
    """

    changed = Signal()

    def __init__(
        self, ctx: UiContext, window: QWidget, dress: Callable[[Screen], None], above: StatusRow
    ) -> None:
        """Listen to the idle clock; ``dress`` words and sizes a screen for now, ``above`` says who has called."""
        super().__init__(window)
        self._ctx = ctx
        self._window = window
        self._dress = dress
        self._above = above
        above.resized.connect(self.place)
        self._warning: IdleWarning | None = None
        idle = ctx.gate.idle
        idle.warned.connect(self._warn)
        idle.ticked.connect(self._count)
        idle.resumed.connect(self.end)
        idle.expired.connect(self._nobody_there)

    @property
    def shown(self) -> Screen | None:
        """The countdown while it is up."""
        warning = self._warning
        return warning if warning is not None and not warning.isHidden() else None

    def prebuild(self) -> bool:
        """Make it before it is wanted; False when it was made already."""
        if self._warning is not None:
            return False
        self._dress(self._made())
        return True

    @Slot()
    def place(self) -> None:
        """It covers the whole window, but for a call for staff."""
        if self._warning is not None:
            room = self._window.rect()
            if self._ctx.call.standing is not None:
                room.setTop(self._above.geometry().bottom() + 1)
            self._warning.setGeometry(room)

    def redress(self) -> None:
        """Another language or look."""
        if self._warning is not None:
            self._dress(self._warning)

    @Slot()
    def end(self) -> None:
        """The touch that says "I am here" must press nothing that lies below."""
        warning = self.shown
        if warning is None:
            return
        warning.close_up()
        warning.hide()
        self._ctx.gate.guard()
        self.changed.emit()

    def _made(self) -> IdleWarning:
        if self._warning is None:
            from kiosk.ui.screens.idle_warning import IdleWarning

            self._warning = IdleWarning(self._ctx, self._window)
            self._warning.hide()
        return self._warning

    @Slot(int)
    def _warn(self, seconds: int) -> None:
        """A fault stays in front of the countdown; the wipe comes all the same."""
        if self._ctx.navigator.state.fault is not None:
            return
        warning = self._made()
        self._dress(warning)
        self.place()
        warning.open(seconds)
        warning.show()
        warning.raise_()
        self._ctx.gate.guard()
        self.changed.emit()  # first: another screen is silence
        self._ctx.notices.read_aloud.emit(warning.voice_text())

    @Slot(int)
    def _count(self, seconds: int) -> None:
        self._made().count(seconds)

    @Slot()
    def _nobody_there(self) -> None:
        self.end()
        self._ctx.navigator.leave_all()
