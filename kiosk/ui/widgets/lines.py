"""Where the lines of a short text end: all of them about as long, at a comma rather than inside a word.

Qt fills every line and leaves what remains for the last one: a single character below a long line, a name in two
halves, a number without its unit. Here as many lines as Qt would need are made, so nothing is higher than before.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from PySide6.QtCore import QTextBoundaryFinder
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout

from kiosk.assets import asset_path
from kiosk.ui.widgets.fitting import CACHE, Said, text_size

#: Longer texts are read as paragraphs: their lines may be full, and to weigh them all would take too long.
MOST_LINES, MOST_CHARACTERS = 4, 160
#: What it costs to end a line after, or before, one of these; against the square of how far its length is off.
SENTENCE, CLAUSE, BEFORE = frozenset("。！？；!?;"), frozenset("，、：·,:…）”)"), frozenset("（“(")
AFTER_SENTENCE, AFTER_CLAUSE, AT_GAP, AT_SPACE, BEFORE_BRACKET = 0.0, 0.05, 0.0, 0.15, 0.3
BETWEEN, IN_WORD, AFTER_COUNT, AT_NUMBER, IN_QUOTES = 0.4, 0.9, 0.5, 1.0, 0.6
#: Stands between facts on one line; at a line's end it separates nothing.
BETWEEN_FACTS = " ·"
#: A length that is off weighs so much of it.
UNEVEN = 0.5
OPENING, CLOSING = frozenset("（“(《"), frozenset("）”)》")
#: A last line of fewer characters looks lost.
LEAST_CHARACTERS, LOST = 3, 2.0


def evenly(text: str, font: QFont, width: int) -> str:
    """The text with its line breaks for a width in pixels; as it is where it needs none, or is long."""
    if len(text) > MOST_CHARACTERS or width <= 0 or max(text, default="") > "\uffff":  # Qt counts those twice
        return text
    if "\n" in text:
        return "\n".join(evenly(part, font, width) for part in text.split("\n"))
    said = Said(text)
    ends = _ends(said, font.key(), width)
    said.text = ""
    for end in reversed(ends):
        line = text[:end].rstrip(" ")
        text = f"{line.removesuffix(BETWEEN_FACTS)}\n{text[end:]}"
    return text


@lru_cache(maxsize=CACHE)
def _ends(said: Said, font_key: str, width: int) -> tuple[int, ...]:
    """Where a line ends and the next one begins. Kept by the text's hash: places, no words."""
    text, font = said.text, QFont()
    font.fromString(font_key)
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(text) <= width:
        return ()
    count = round(text_size(text, font, width).height() / max(1, metrics.lineSpacing()))
    if not 2 <= count <= MOST_LINES:  # noqa: PLR2004 - one line is left alone
        return ()
    places = _places(text)
    return _best(text, places, _edges(text, font, places), count, width)


def _places(text: str) -> list[int]:
    """Where a line may end by Unicode's rules; the first is the beginning, the last the end."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, text)
    found = [0]
    while (at := finder.toNextBoundary()) >= 0:
        found.append(at)
    return found


def _edges(text: str, font: QFont, places: Sequence[int]) -> list[tuple[float, float]]:
    """For each place: where a line that begins there has its left edge, and one that ends there its right one."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setNumColumns(len(text))
    layout.endLayout()

    def x(at: int) -> float:
        found: Any = line.cursorToX(at)  # PySide hands the cursor back beside it
        return float(found[0])

    return [(x(at), x(len(text[:at].rstrip(" ")))) for at in places]


def _best(
    text: str, places: Sequence[int], edges: Sequence[tuple[float, float]], count: int, width: int
) -> tuple[int, ...]:
    """The cheapest way to end ``count`` lines, each within the width; () where there is none."""
    aim = edges[-1][1] / count
    costs = [_cost(text, at) for at in places]
    ways: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    last = len(places) - 1
    for line in range(1, count + 1):
        further: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (paid, path) in ways.items():
            for end in range(start + 1, last + 1):
                length = edges[end][1] - edges[start][0]
                if length > width:
                    break
                if (end == last) != (line == count):
                    continue
                cost = paid + UNEVEN * (length / aim - 1) ** 2 + costs[end]
                if end == last and len(text[places[start] :].strip()) < LEAST_CHARACTERS:
                    cost += LOST
                if end not in further or cost < further[end][0]:
                    further[end] = (cost, (*path, places[end]))
        ways = further
    return ways[last][1][:-1] if last in ways else ()


def _cost(text: str, at: int) -> float:
    """What it costs to end a line there."""
    if at in (0, len(text)):
        return 0.0
    before, after = text[at - 1], text[at]
    cost = IN_WORD if _in_word(text, at) else BETWEEN
    if before in SENTENCE:
        cost = AFTER_SENTENCE
    elif before in CLAUSE:
        cost = AFTER_CLAUSE
    elif before == " ":
        cost = _at_space(text, at)
    elif after in BEFORE:
        cost = BEFORE_BRACKET
    if (
        before.strip()
        and before.isdigit() != after.isdigit()
        and after not in BEFORE
        and before not in CLAUSE
    ):
        cost = max(cost, AT_NUMBER)
    if before == " " and after == BETWEEN_FACTS[-1]:
        cost = AT_NUMBER
    return cost + (IN_QUOTES if _enclosed(text, at) else 0.0)


def _at_space(text: str, at: int) -> float:
    """Between facts on one line stand two spaces; what is counted stays with its number: ``230 元``, ``23 Nov``."""
    word = text[:at].rstrip(" ")
    if len(word) < at - 1:
        return AT_GAP
    return AFTER_COUNT if word[-1:].isdigit() and text[at].isalpha() else AT_SPACE


def _enclosed(text: str, at: int) -> bool:
    """Whether a place lies between brackets or quotation marks."""
    depth = 0
    for each in text[:at]:
        depth += (each in OPENING) - (each in CLOSING)
    return depth > 0


def _in_word(text: str, at: int) -> bool:
    """Whether a place lies within a word that should stay on one line."""
    words, most = _words()
    return any(
        text[start:end] in words
        for start in range(max(0, at - most + 1), at)
        for end in range(at + 1, min(len(text), start + most) + 1)
    )


@cache
def _words() -> tuple[frozenset[str], int]:
    """Chinese is written without spaces: the words of our own sentences, and the longest one's characters."""
    kept = asset_path("lines", "zh.txt").read_text(encoding="utf-8").splitlines()
    words = frozenset(word for line in kept if not line.startswith("#") for word in line.split())
    return words, max(len(word) for word in words)
