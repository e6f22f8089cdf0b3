"""Recognition off the GUI thread: one thread, newest question wins."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kiosk.services.faults import DeviceFault
from kiosk.ui.bugs import describe, log_bug
from kiosk.ui.input.ink import is_circle, normalised, orders
from kiosk.ui.input.recogniser import Recogniser, Stroke
from kiosk.ui.input.segments import Guesses, Reading, Rest, read_sheet

LOG = logging.getLogger(__name__)

OFFERED = 10
#: The number of the question that nobody asked: it loads the model.
LOADING = 0
#: Zero as it stands in names, and what recognisers say for it.
ZERO = "\u3007"
ROUND_ONES = frozenset("\u3002oO0\u25cb")


class Recognition(QObject):
    """Asks the recogniser in a thread of its own and brings the answer home.

    Signals:
        recognised(Reading): what stands on the sheet, for the newest question only.
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
        #: What was read of the ink that is on the sheet; used on the recogniser's thread only.
        self._read_before: dict[tuple[Stroke, ...], Guesses] = {}
        self._pool: ThreadPoolExecutor | None = None
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def available(self) -> bool:
        """Whether there is a recogniser that has not failed."""
        return not self._broken and not self._recogniser.absence()

    def ask(self, strokes: tuple[Stroke, ...], canvas_side: float, rest: Rest | None = None) -> None:
        """Ask what stands on the sheet; an earlier question that was not answered yet is forgotten.

        Args:
            strokes: points in pixels, in the order of writing.
            canvas_side: the shorter side of the sheet in pixels.
            rest: where the hand rested and began on top of its ink, if it did.
        """
        self._asked += 1
        if self._broken:
            return
        self._lane().submit(self._work, self._asked, strokes, canvas_side, rest)

    def warm_up(self) -> None:
        """Load the model before the first stroke is finished, so that the first answer is as quick as the next."""
        if not self._broken:
            self._lane().submit(self._work, LOADING, (((0.0, 0.0), (100.0, 0.0)),), 100.0)

    def _lane(self) -> ThreadPoolExecutor:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="handwriting")
        return self._pool

    def forget(self) -> None:
        """Drop answers that are under way, and what was read."""
        self._asked += 1
        self._read_before = {}

    def close(self) -> None:
        """Join the thread and free the recogniser."""
        self.forget()
        if self._pool is not None:
            self._pool.submit(self._recogniser.close)
            self._pool.shutdown(wait=True)
            self._pool = None

    def _work(
        self, number: int, strokes: tuple[Stroke, ...], canvas_side: float, rest: Rest | None = None
    ) -> None:
        """On the recogniser's thread."""
        if number not in (self._asked, LOADING):
            return  # the next stroke is there already: its question is the one that counts
        try:
            self._answered.emit(number, self._read(strokes, canvas_side, rest))
        except DeviceFault:
            LOG.warning("the handwriting recogniser does not start")
            self._answered.emit(number, None)
        except Exception as error:  # noqa: BLE001 - it is a stranger's code; whatever it does, writing goes on
            log_bug(describe(error))
            self._answered.emit(number, None)
        if number != self._asked:
            self._read_before = {}

    def _read(self, strokes: tuple[Stroke, ...], canvas_side: float, rest: Rest | None) -> Reading:
        """The likeliest way to read all ink. What did not change since the last stroke is not read again."""
        before, now = self._read_before, dict[tuple[Stroke, ...], Guesses]()

        def read(numbers: tuple[int, ...]) -> Guesses:
            ink = tuple(strokes[number] for number in numbers)
            if ink not in now:
                now[ink] = before.get(ink) or self._one(ink, canvas_side)
            return now[ink]

        whole = now[strokes] = self._one(strokes, canvas_side, every_order=True)
        reading = read_sheet(strokes, canvas_side, read, whole, rest)
        self._read_before = now
        return reading

    def _one(self, strokes: tuple[Stroke, ...], canvas_side: float, *, every_order: bool = False) -> Guesses:
        """What some strokes are as one character."""
        best: dict[str, float] = {}
        for ordered in orders(normalised(strokes, canvas_side))[: None if every_order else 1]:
            for char, distance in self._recogniser.recognise(ordered, OFFERED):
                best[char] = min(best.get(char, distance), distance)
        found = sorted(best.items(), key=lambda guess: guess[1])[:OFFERED]
        if is_circle(strokes) and found:
            first = 0 if found[0][0] in ROUND_ONES else 1
            found.insert(first, (ZERO, found[0][1]))
        return tuple(found[:OFFERED])

    @Slot(int, object)
    def _deliver(self, number: int, answer: Reading | None) -> None:
        if answer is None:
            if not self._broken:
                self._broken = True
                self.failed.emit()
        elif number == self._asked:
            self.recognised.emit(answer)
