"""Which strokes on the sheet belong to one character. Pure, no Qt.

People write a name as they know it from a telephone: characters beside each other, or one on top of the other after a
short rest. A gap alone decides nothing (川 is full of gaps, and three characters on a narrow sheet have smaller ones),
so each way of parting the ink is read, and the distances that the recogniser gives are compared. The figures were found
on the stroke data of 3,755 common characters: a character that was read right is at 2,500 (hardly ever over 4,500),
two read as one at 7,000 and more (``docs/input.md``).
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kiosk.ui.input.recogniser import Guess, Stroke

Guesses = tuple[Guess, ...]
#: Reads the strokes with these numbers as one character.
Read = Callable[[tuple[int, ...]], Guesses]

#: A gap of so much of the ink's height may lie between two characters.
LEAST_GAP = 0.06
#: From this one on a gap is no argument for one character any more.
CLEAR_GAP = 0.2
#: More parts than these are not a name: the sheet is full of dots.
MOST_PARTS = 6
#: A character is not wider than so many times the ink's height.
WIDEST = 1.5
#: What is smaller than this share of the ink's height is a dot of its neighbour.
DOT = 0.3
#: What a cut costs, and what a narrow one costs besides; and how much better a split must be to be believed.
CUT, NARROW_CUT, BETTER = 300.0, 1500.0, 900.0
#: Of two gaps that are alike both lie between characters or neither does.
ALIKE, UNEVEN = 0.8, 600.0
#: One character that is read as well as that is not taken apart.
WELL_READ = 3000.0
#: A new character begins at the upper left of the ink below it: shares of its width and height, added.
CORNER = 0.6
#: Ink that is very flat or very narrow counts as at least so much of the sheet.
LEAST_SIDE = 0.2
#: One on top of the other: read as one character it is so bad, and so much worse than each for itself.
SURELY_TWO, SURELY_WORSE = 5500.0, 500.0
LIKELY_TWO, LIKELY_WORSE = 3500.0, 1000.0
MOST_TOPS = 2
#: What nothing could be read from.
UNREAD = 99_999.0


@dataclass(frozen=True, slots=True)
class Piece:
    """One character on the sheet.

    Attributes:
        strokes: their numbers in the order of writing.
        guesses: what it may be, best first; not empty.
    """

    strokes: tuple[int, ...]
    guesses: Guesses

    @property
    def best(self) -> str:
        """The likeliest character."""
        return self.guesses[0][0]

    @property
    def cost(self) -> float:
        """The distance of the likeliest one."""
        return self.guesses[0][1]


#: A way to part the ink: its score, which can be compared with the distance of one character, and the characters.
Split = tuple[float, tuple[Piece, ...]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands on the sheet.

    Attributes:
        pieces: the characters, in the order in which they are read; empty when nothing could be read.
        other: the word it would be as several characters, where one is likelier; "" for none.
        ones: what all of it would be as one character, where several are likelier.
        old: what the ink below a character that was begun on top of it says, once there is no doubt; else "".
        old_strokes: how many strokes that ink has.
    """

    pieces: tuple[Piece, ...]
    other: str = ""
    ones: tuple[str, ...] = ()
    old: str = ""
    old_strokes: int = 0

    @property
    def word(self) -> str:
        """The likeliest of each."""
        return "".join(piece.best for piece in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """The hand rested and went on at the upper left of its ink.

    Attributes:
        before: how many strokes were there.
        sure: the rest is long for this hand, so less is asked of the recogniser.
    """

    before: int
    sure: bool


def read_sheet(
    strokes: tuple[Stroke, ...], side: float, read: Read, whole: Guesses, rest: Rest | None
) -> Reading:
    """Read all ink.

    Args:
        strokes: points in pixels.
        side: the shorter side of the sheet in pixels.
        read: reads some of the strokes as one character.
        whole: all of them read as one.
        rest: where the hand rested and began on top, if it did.
    """
    if not whole:
        return Reading(())
    one = Piece(tuple(range(len(strokes))), whole)
    if rest is not None:
        old, new = (
            _beside(strokes, range(rest.before), read),
            _beside(strokes, range(rest.before, len(strokes)), read),
        )
        if _is_two(one.cost, old, new, sure=rest.sure):
            return Reading((*old, *new), old="".join(piece.best for piece in old), old_strokes=rest.before)
    beside = min(_columns(strokes, range(len(strokes)), read), key=_score, default=None)
    if beside is not None and one.cost > WELL_READ and beside[0] + BETTER < one.cost:
        return Reading(beside[1], ones=_ones(whole))
    above = min(_tops(strokes, side, read, one.cost), key=_score, default=None)
    if above is not None and _is_two(one.cost, above[1][:1], above[1][1:], sure=False):
        return Reading(above[1], ones=_ones(whole))
    # Where one character is likelier the other way is offered behind it: 日 begins as 冂 does.
    score, pieces = min(
        (each for each in (beside, above) if each is not None), key=_score, default=(UNREAD, ())
    )
    return Reading((one,), other="".join(piece.best for piece in pieces) if score < one.cost else "")


def _ones(whole: Guesses) -> tuple[str, ...]:
    return tuple(char for char, _ in whole if char.isalnum())


def _score(split: Split) -> float:
    return split[0]


def begins_on_top(strokes: tuple[Stroke, ...], side: float, number: int) -> bool:
    """Whether a stroke begins where the first stroke of a new character would, on top of those before it."""
    x0, x1, y0, y1 = _box(strokes[:number])
    x, y = strokes[number][0]
    least = side * LEAST_SIDE
    return (x - x0) / max(x1 - x0, least) + (y - y0) / max(y1 - y0, least) < CORNER and x < x1 and y < y1


def _is_two(joint: float, old: tuple[Piece, ...], new: tuple[Piece, ...], *, sure: bool) -> bool:
    if not old or not new:
        return False
    worst = max(piece.cost for piece in (*old, *new))
    if joint > SURELY_TWO and joint - worst > SURELY_WORSE:
        return True
    return sure and joint > LIKELY_TWO and joint - worst > LIKELY_WORSE


def _tops(strokes: tuple[Stroke, ...], side: float, read: Read, joint: float) -> Iterator[Split]:
    """One on top of the other, without a rest; each way with its score."""
    if joint <= LIKELY_TWO:
        return
    tops = [at for at in range(len(strokes) - 1, 0, -1) if begins_on_top(strokes, side, at)]
    for at in tops[:MOST_TOPS]:
        old, new = _whole(range(at), read), _whole(range(at, len(strokes)), read)
        if old and new:
            yield max(old[0].cost, new[0].cost) + CUT, (*old, *new)


def _beside(strokes: tuple[Stroke, ...], numbers: range, read: Read) -> tuple[Piece, ...]:
    """Some of the ink as one character, or as several beside each other when that is clearly better."""
    one = _whole(numbers, read)
    split = min(_columns(strokes, numbers, read), key=lambda each: each[0], default=None)
    if split is not None and (not one or (one[0].cost > WELL_READ and split[0] + BETTER < one[0].cost)):
        return split[1]
    return one


def _whole(numbers: range, read: Read) -> tuple[Piece, ...]:
    guesses = tuple(guess for guess in read(tuple(numbers)) if guess[0].isalnum())
    return (Piece(tuple(numbers), guesses),) if guesses else ()


def _columns(strokes: tuple[Stroke, ...], numbers: range, read: Read) -> Iterator[Split]:
    """All ways to part some of the strokes into two columns or more."""
    columns, high = _apart(strokes, numbers)
    if not 1 < len(columns) <= MOST_PARTS:
        return
    known: dict[tuple[int, int], Piece | None] = {}

    def piece(start: int, end: int) -> Piece | None:
        if (start, end) not in known:
            owned = tuple(sorted(number for each in columns[start:end] for number in each.strokes))
            x0, x1, y0, y1 = _box(tuple(strokes[number] for number in owned))
            fits = x1 - x0 <= WIDEST * high and max(x1 - x0, y1 - y0) >= DOT * high
            guesses = tuple(g for g in read(owned) if g[0].isalnum()) if fits else ()
            known[start, end] = Piece(owned, guesses) if guesses else None
        return known[start, end]

    inner = range(1, len(columns))
    for cuts in itertools.chain.from_iterable(itertools.combinations(inner, n) for n in inner):
        found = [piece(start, end) for start, end in itertools.pairwise((0, *cuts, len(columns)))]
        pieces = tuple(each for each in found if each is not None)
        if len(pieces) == len(found):
            yield sum(each.cost for each in pieces) / len(pieces) + _price(columns, cuts, high), pieces


def _price(columns: list["_Column"], cuts: tuple[int, ...], high: float) -> float:
    """What cutting at these gaps costs, and leaving others that are as wide."""
    gaps = [(right.left - left.right) / high for left, right in itertools.pairwise(columns)]
    cut = [gaps[at - 1] for at in cuts]
    left = [gap for at, gap in enumerate(gaps, 1) if at not in cuts]
    uneven = UNEVEN if max(left, default=0.0) > ALIKE * min(cut) else 0.0
    return uneven + sum(CUT + NARROW_CUT * max(0.0, 1 - gap / CLEAR_GAP) for gap in cut)


@dataclass(slots=True)
class _Column:
    left: float
    right: float
    strokes: list[int]


def _apart(strokes: tuple[Stroke, ...], numbers: range) -> tuple[list[_Column], float]:
    """Strokes that stand above each other, from the left; and the height of the ink."""
    chosen = tuple(strokes[number] for number in numbers)
    x0, x1, y0, y1 = _box(chosen)
    high = max(y1 - y0, 1.0, (x1 - x0) / 8)
    columns: list[_Column] = []
    for number in sorted(numbers, key=lambda number: min(x for x, _ in strokes[number])):
        xs = [x for x, _ in strokes[number]]
        if columns and min(xs) - columns[-1].right < LEAST_GAP * high:
            columns[-1].right = max(columns[-1].right, *xs)
            columns[-1].strokes.append(number)
        else:
            columns.append(_Column(min(xs), max(xs), [number]))
    return columns, high


def _box(strokes: tuple[Stroke, ...]) -> tuple[float, float, float, float]:
    xs = [x for stroke in strokes for x, _ in stroke]
    ys = [y for stroke in strokes for _, y in stroke]
    return min(xs), max(xs), min(ys), max(ys)
