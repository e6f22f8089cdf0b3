"""Where the lines of a short text end: all of them about as long, at a comma rather than inside a word.

Qt fills every line and leaves what remains for the last one: a single character below a long line, a name in two
halves, a number without its unit. Here as many lines as Qt would need are made, so nothing is higher than before.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QTextBoundaryFinder
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout

from kiosk.line_ends import BETWEEN_FACTS, best
from kiosk.ui.widgets.fitting import CACHE, Said, text_size

#: Longer texts are read as paragraphs: their lines may be full, and to weigh them all would take too long.
MOST_LINES, MOST_CHARACTERS = 6, 160


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
    if metrics.horizontalAdvance(text) < width:  # at the same whole pixel Qt may need a line more
        return ()
    count = round(text_size(text, font, width).height() / max(1, metrics.lineSpacing()))
    if not 2 <= count <= MOST_LINES:  # noqa: PLR2004 - one line is left alone
        return ()
    places = _places(text)
    edges = _edges(text, font, places)
    return best(text, places, lambda start, end: edges[end][1] - edges[start][0], count, width)


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
