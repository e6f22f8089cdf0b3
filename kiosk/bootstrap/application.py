"""The one QApplication, and when its first frame is on the screen."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.light import light
from kiosk.ui.theme import load_fonts, load_more_fonts

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent


@light
class Size:
    """Pixels of the window."""

    width: int
    height: int


def make_application(arguments: list[str], *, rare: bool = True) -> QApplication:
    """The one QApplication, with our typeface; its environment is set before Qt looks at it.

    Without ``rare`` the fonts of rare characters are left to whoever calls ``load_more_fonts``. From now on no thread
    looks for garbage by chance: see ``collector.py``.
    """
    gc.disable()
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    found = QApplication.instance()
    # Not by setStyle(): it makes PySide list all of QStyle, 4 ms of a start.
    application = found if isinstance(found, QApplication) else QApplication([*arguments, "-style", "fusion"])
    application.setApplicationName("gig-kiosk")
    load_fonts()
    if rare:
        load_more_fonts()
    return application


class FirstFrame(QWidget):
    """A dot in a window that is painted with its first frame, says so once the frame is out, and goes."""

    def __init__(self, window: QWidget, painted: Callable[[], None]) -> None:
        super().__init__(window)
        self._painted: Callable[[], None] | None = painted
        self.resize(1, 1)
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 - Qt's hook
        """Not from within the painting."""
        if self._painted is not None:
            QTimer.singleShot(0, self.window(), self._painted)
            self._painted = None
            self.deleteLater()
