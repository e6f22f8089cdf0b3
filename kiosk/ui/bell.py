"""A call for staff is heard, too: said aloud three times, or a beep where there is no voice, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from kiosk.ui.context import UiContext
    from kiosk.ui.speech import ReadAloud

TIMES, EVERY_MS = 3, 20_000


class Bell(QObject):
    """Calls out while a call stands and nobody has answered it."""

    def __init__(self, ctx: UiContext, reader: ReadAloud, parent: QObject) -> None:
        """Listen to calls; ``reader`` has the voice."""
        super().__init__(parent)
        self._ctx = ctx
        self._reader = reader
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.ring)
        ctx.call.called.connect(self._begin)
        ctx.call.changed.connect(self._follow)
        reader.mute.connect(QApplication.beep)

    @Slot()
    def ring(self) -> None:
        """Once more (the timer's slot; tests call it); whoever is being read to is heard out before."""
        if self._reader.reading:
            return
        self._left -= 1
        if self._left <= 0:
            self._timer.stop()
        language = self._ctx.options.language  # the staff's, whatever the person reads
        self._reader.call_out(self._ctx.strings.words[language]["common.call.voice"], language)

    @Slot()
    def _begin(self) -> None:
        self._left = TIMES
        self._reader.stop()  # who was read to is the one who calls
        self._timer.start()
        self.ring()

    @Slot()
    def _follow(self) -> None:
        if self._ctx.call.standing is None:
            self._timer.stop()
