"""When Python looks for garbage among everything: between two visits, and not under anybody's finger.

Looking through everything stops all threads, wherever it begins: a tenth of a second on a quiet machine, most of it
for screens and catalogues that stay until the end. Those are set aside once they are made; the rest is looked through
at the end of a visit, and now and then while nobody is there. What is young is ``collector.py``'s.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk.bootstrap.collector import Collector, look
from kiosk.bootstrap.heap import give_back, tidy_heaps

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.ui.context import UiContext

#: After the end of a visit: the first page is painted by then, and hardly anybody touches it sooner.
AFTER_VISIT_MS = 400
#: A kiosk that nobody uses exchanges, too.
TICK_MS = 60_000


class Garbage(QObject):
    """Looks for garbage when nobody waits. Lives on the GUI thread."""

    def __init__(
        self, ctx: UiContext, parent: QObject | None = None, spare: Callable[[], None] | None = None
    ) -> None:
        """Nothing happens before ``start``.

        Args:
            ctx: tells whether anybody is there.
            parent: owns it.
            spare: lets go of what is only kept to be quick; called before free memory is given back.
        """
        super().__init__(parent)
        self._ctx = ctx
        self._spare = spare
        self._works = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(AFTER_VISIT_MS)
        self._soon.timeout.connect(self.tick)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._young = Collector(self._look, self)
        ctx.gate.touched.connect(self._young.postpone)
        ctx.navigator.visit_ended.connect(lambda _stay: self._soon.start())

    def start(self) -> None:
        """From now on it is looked for."""
        tidy_heaps()
        self._works = True
        self._timer.start()
        self._young.start()

    def stop(self) -> None:
        """As it was before: what was set aside is looked through again, a window that has gone among it."""
        self._timer.stop()
        self._soon.stop()
        self._young.stop()
        if self._works:
            gc.unfreeze()
            self._works = False

    @Slot()
    def set_aside(self) -> None:
        """Everything that is there now stays: it is never looked through again."""
        if self._works:
            gc.collect()
            gc.freeze()

    @Slot()
    def tick(self) -> None:
        """Look through everything and give back what was freed, unless somebody is there (the timers' slot)."""
        if self._ctx.navigator.attended:
            return  # the end of the visit brings the next occasion
        gc.collect()
        if self._spare is not None:
            self._spare()
        give_back()

    def _look(self) -> None:
        """What lives longer waits for the end of the visit."""
        look(youngest=self._ctx.navigator.attended)
