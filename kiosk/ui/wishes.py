"""What a person asks for at the bar above every screen: larger, black and white, another language, read to me."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from kiosk.ui.chrome import StatusRow
from kiosk.ui.context import UiContext
from kiosk.ui.preferences import Preferences
from kiosk.ui.screen import Screen


class Wishes(QObject):
    """Turns touches on the bar into preferences. Who touches it is there: their wish ends with their visit."""

    def __init__(
        self,
        ctx: UiContext,
        status: StatusRow,
        preferences: Preferences,
        screen: Callable[[], Screen],
        parent: QObject,
    ) -> None:
        """Listen to the bar; ``screen`` is what a person sees when they ask to be read to."""
        super().__init__(parent)
        self._ctx = ctx
        self._preferences = preferences
        self._screen = screen
        status.size_touched.connect(self._next_size)
        status.contrast_touched.connect(self._toggle_contrast)
        status.language_touched.connect(self._next_language)
        status.read_touched.connect(self._read_aloud)
        status.voice_touched.connect(self._ask_voice)

    @Slot()
    def _next_size(self) -> None:
        _ = self._ctx.visit
        self._preferences.next_size()

    @Slot()
    def _toggle_contrast(self) -> None:
        _ = self._ctx.visit
        self._preferences.toggle_contrast()

    @Slot()
    def _next_language(self) -> None:
        _ = self._ctx.visit
        self._preferences.next_language()

    @Slot(str)
    def _ask_voice(self, wish: str) -> None:
        _ = self._ctx.visit
        self._ctx.notices.voice_asked.emit(wish)

    @Slot()
    def _read_aloud(self) -> None:
        _ = self._ctx.visit
        self._ctx.notices.read_aloud.emit(self._screen().voice_text())
