"""A driver that looks at its watch: how long a touch takes until the next screen is painted."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from kiosk.ui.shell import Shell
from tests.e2e.driver import Driver

#: Screens that go on working after they are shown: a slip is rendered and printed.
PRINT = frozenset({"applied", "registered", "posted", "hire_sheet", "my_job", "my_data"})


@dataclass(frozen=True, slots=True)
class Change:
    """One change of screens by a touch.

    Attributes:
        before, after: names of the screens.
        painted: seconds from the release of the finger to the first frame of the new screen.
        filled: seconds until everything it asked the database for was painted, too; None where a slip is rendered.
    """

    before: str
    after: str
    painted: float
    filled: float | None


class TimedHand(Driver):
    """Notes every change of screens. ``changes`` belongs to the class: the tour makes several hands."""

    noted: Callable[[Change], None] = staticmethod(lambda _: None)

    def __init__(self, window: Shell, *, timeout: float = 10.0) -> None:
        super().__init__(window, timeout=timeout)
        self._changed = False
        window.screen_changed.connect(self._screen_changed)

    def _screen_changed(self, _name: str) -> None:
        self._changed = True

    def _touch_point(self, point: QPoint) -> None:
        before, self._changed = self.screen, False
        began = perf_counter()
        super()._touch_point(point)
        while self.window.ctx.gate.guarding or (self.window.ctx.tasks.busy and not self._changed):
            QApplication.processEvents()
        if not self._changed:
            return
        painted = self._frame(began)
        filled = None
        if self.screen not in PRINT:
            while self.window.ctx.tasks.busy:
                QApplication.processEvents()
            filled = self._frame(began)
        self.noted(Change(before, self.screen, painted, filled))

    def _frame(self, began: float) -> float:
        """Let the window paint what is waiting to be painted; seconds since ``began``."""
        QApplication.processEvents()
        return perf_counter() - began
