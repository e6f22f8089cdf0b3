"""When a hand has rested: who writes slowly rests between the strokes of one character too. Pure, no Qt."""

from collections.abc import Callable

from kiosk.ui.input.recogniser import Stroke
from kiosk.ui.input.segments import Rest, begins_on_top

#: Seconds without a stroke after which the next one may begin another character.
REST_S = 0.7
#: A rest stands out when it is so many times as long as the longest between two strokes of one character.
STANDS_OUT = 2.0
REMEMBERED = 8


class Pace:
    """Times the strokes of one person.

    ``rest`` is where the hand last rested and began on top of its own ink; None when it did not.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        """Take a steady clock, in seconds."""
        self._now = now
        self._lifted: float | None = None
        self._paused = self._last_rest = 0.0
        self._pauses: list[float] = []
        self.rest: Rest | None = None

    def begin(self) -> None:
        """The pen comes down."""
        self._paused = 0.0 if self._lifted is None else self._now() - self._lifted

    def end(self, strokes: tuple[Stroke, ...], side: float) -> None:
        """The pen is lifted; ``strokes`` has one more, on a sheet with this shorter side in pixels."""
        self._lifted = self._now()
        number = len(strokes) - 1
        if number < 1:
            return
        if self._paused >= REST_S and begins_on_top(strokes, side, number):
            longest = max(self._pauses, default=None)
            sure = longest is not None and self._paused >= STANDS_OUT * longest
            self.rest = Rest(before=number, sure=sure)
            self._last_rest = self._paused
        else:
            self._pauses = [*self._pauses, self._paused][-REMEMBERED:]

    def one_character(self) -> None:
        """There was no new character after the rest: this hand takes its time."""
        if self.rest is not None:
            self.slow_down()

    def slow_down(self) -> None:
        """What was taken for a new character was none: only much longer rests count from now on."""
        self._pauses = [*self._pauses, max(self._last_rest, REST_S)][-REMEMBERED:]
        self.rest = None

    def taken(self, gone: set[int]) -> None:
        """The ink with these numbers left the sheet."""
        if self.rest is None:
            return
        before = self.rest.before - sum(number < self.rest.before for number in gone)
        self.rest = Rest(before=before, sure=self.rest.sure) if before > 0 else None

    def cut(self, left: int) -> None:
        """Only the first strokes are left (one was taken back)."""
        if self.rest is not None and left <= self.rest.before:
            self.rest = None

    def new_sheet(self) -> None:
        """No ink: the next stroke is a first one. How fast the hand is stays known."""
        self._lifted, self.rest = None, None

    def forget(self) -> None:
        """Another person."""
        self.new_sheet()
        self._pauses = []
