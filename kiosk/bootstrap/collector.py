"""Python looks for garbage on the GUI thread, and nowhere else.

Left to itself the collector runs in whichever thread makes the object that is one too many, and takes apart there
whatever it finds. What is Qt's must go in the thread where it lives: where the exchange's thread took apart a page that
had been closed, while the screen's painted the next one, the program ended with a segmentation fault. So
``make_application`` switches the automatic off, and this looks instead: for what is young, several times a second.
The rest is ``Garbage``'s.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

#: What a full exchange makes meanwhile is looked through in some milliseconds.
EVERY_MS = 250
#: By then the start is over, and what it made is set aside.
BEGIN_MS = 5_000
#: Nobody who touches waits for it: the answer is painted by then.
AFTER_TOUCH_MS = 600
#: So many more objects made than freed (some megabytes; Python's own 700 would be looked through four times a second
#: while an exchange runs, and take a twentieth of it), and so many looks at the youngest.
YOUNG, LOOKS = 50_000, 10
#: Somebody who never stops touching does not keep more than this from being looked through.
MOST = 200_000


def look(*, youngest: bool = False) -> None:
    """Free what is young and in circles, if there is enough of it to be worth while.

    Args:
        youngest: only what was made since the last look, which is the quickest.
    """
    young, looks, _ = gc.get_count()
    if young > YOUNG:
        gc.collect(1 if looks > LOOKS and not youngest else 0)


class Collector(QObject):
    """Looks while the event loop runs. Lives on the GUI thread."""

    def __init__(self, looks: Callable[[], None] = look, parent: QObject | None = None) -> None:
        """Nothing happens before ``start``."""
        super().__init__(parent)
        self._look = looks
        self._every_ms = EVERY_MS
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)

    def start(self, begin_ms: int = BEGIN_MS, every_ms: int = EVERY_MS) -> None:
        """Look for the first time after ``begin_ms``, then every ``every_ms`` milliseconds."""
        self._every_ms = every_ms
        self._timer.start(begin_ms)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    @Slot()
    def postpone(self) -> None:
        """Somebody touches the screen: not now, unless there is too much already."""
        if self._timer.isActive() and gc.get_count()[0] < MOST:
            self._timer.start(max(self._timer.remainingTime(), AFTER_TOUCH_MS))

    @Slot()
    def tick(self) -> None:
        """The timer's slot."""
        self._timer.setInterval(self._every_ms)
        self._look()
