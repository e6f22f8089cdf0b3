"""Recognition off the GUI thread: one thread, newest question wins."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kiosk.services.faults import DeviceFault
from kiosk.ui.bugs import describe, log_bug
from kiosk.ui.input.ink import normalised, orders
from kiosk.ui.input.recogniser import Recogniser, Stroke

LOG = logging.getLogger(__name__)

OFFERED = 10


class Recognition(QObject):
    """Asks the recogniser in a thread of its own and brings the answer home.

    Signals:
        recognised(tuple[str, ...]): characters, best first, for the newest question only.
        failed(): the recogniser does not work; it is not asked again.
    """

    recognised = Signal(object)
    failed = Signal()
    _answered = Signal(int, object)

    def __init__(self, recogniser: Recogniser, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recogniser = recogniser
        self._asked = 0
        self._broken = False
        self._pool: ThreadPoolExecutor | None = None
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def available(self) -> bool:
        """Whether there is a recogniser that has not failed."""
        return not self._broken and not self._recogniser.absence()

    def ask(self, strokes: tuple[Stroke, ...], canvas_side: float) -> None:
        """Ask for a character; an earlier question that was not answered yet is forgotten."""
        self._asked += 1
        if self._broken:
            return
        if self._pool is None:
            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="handwriting")
        self._pool.submit(self._work, self._asked, strokes, canvas_side)

    def warm_up(self) -> None:
        """Load the model before the first stroke is finished, so that the first answer is as quick as the next."""
        self.ask((((0.0, 0.0), (100.0, 0.0)),), 100.0)
        self.forget()

    def forget(self) -> None:
        """Drop answers that are under way."""
        self._asked += 1

    def close(self) -> None:
        """Join the thread and free the recogniser."""
        self.forget()
        if self._pool is not None:
            self._pool.submit(self._recogniser.close)
            self._pool.shutdown(wait=True)
            self._pool = None

    def _work(self, number: int, strokes: tuple[Stroke, ...], canvas_side: float) -> None:
        """On the recogniser's thread."""
        try:
            self._answered.emit(number, self._read(strokes, canvas_side))
        except DeviceFault:
            LOG.warning("the handwriting recogniser does not start")
            self._answered.emit(number, None)
        except Exception as error:  # noqa: BLE001 - it is a stranger's code; whatever it does, writing goes on
            log_bug(describe(error))
            self._answered.emit(number, None)

    def _read(self, strokes: tuple[Stroke, ...], canvas_side: float) -> tuple[str, ...]:
        best: dict[str, float] = {}
        for ordered in orders(normalised(strokes, canvas_side)):
            for char, distance in self._recogniser.recognise(ordered, OFFERED):
                best[char] = min(best.get(char, distance), distance)
        return tuple(sorted(best, key=lambda char: best[char])[:OFFERED])

    @Slot(int, object)
    def _deliver(self, number: int, answer: tuple[str, ...] | None) -> None:
        if answer is None:
            if not self._broken:
                self._broken = True
                self.failed.emit()
        elif number == self._asked:
            self.recognised.emit(answer)
