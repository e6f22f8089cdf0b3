"""Where a line may end: Chinese between any two characters, Latin words and numbers whole.

The rules are those a reader expects of print: no closing mark at the start of a line, no opening one at its end.
"""

import unicodedata
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise

from kiosk.line_ends import best

ELLIPSIS = "\u2026"
#: Characters that hold words and numbers together beyond letters and digits: 07:00-17:00, 138****1234, No.12
_GLUE = frozenset("*-.:/@_+#%&'\u2013\u2014")
_OPENING = frozenset({"Ps", "Pi"})
_CLOSING = frozenset({"Pe", "Pf", "Po"})
_SELECTORS = frozenset((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
_LAST_NARROW = 0x2E7F  # below the CJK radicals: scripts that put spaces between words

#: Longer texts are read as paragraphs: their lines may be full.
MOST_LINES = 4

Width = Callable[[str], int]


def tidy(text: str) -> str:
    """One spelling of the text, without what cannot be printed: control and format characters, selectors.

    Line ends stay; other white space becomes a space.
    """
    out: list[str] = []
    for char in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")):
        if char == "\n" or not (_is_unseen(char) or char.isspace()):
            out.append(char)
        elif char.isspace():
            out.append(" ")
    return "".join(out).strip()


def _is_unseen(char: str) -> bool:
    return ord(char) in _SELECTORS or (
        unicodedata.category(char) in {"Cc", "Cf", "Cs"} and not char.isspace()
    )


def wrap(text: str, limit: int, width: Width, *, max_lines: int = 8) -> tuple[str, ...]:
    """Break tidy text into lines that are at most ``limit`` wide.

    Args:
        text: may hold line ends of its own.
        limit: in the unit of ``width``; a single character wider than it stands alone.
        width: measures a text.
        max_lines: what would go beyond is cut and ends with an ellipsis.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_fill(_pieces(paragraph), limit, width))
    if len(lines) <= max_lines:
        return tuple(lines)
    last = lines[max_lines - 1]
    while last and width(last + ELLIPSIS) > limit:
        last = last[:-1]
    return (*lines[: max_lines - 1], last + ELLIPSIS)


def balanced(text: str, limit: int, width: Width, *, max_lines: int = 8) -> tuple[str, ...]:
    """Like ``wrap``, in as many lines, but each ends where a reader would pause, and all are about as long.

    A long text, and one with a word that is wider than a line, is left as ``wrap`` makes it.
    """
    if "\n" in text:
        parts = (balanced(part, limit, width, max_lines=max_lines) for part in text.split("\n"))
        together = tuple(line for part in parts for line in part)
        return together if len(together) <= max_lines else wrap(text, limit, width, max_lines=max_lines)
    lines = wrap(text, limit, width, max_lines=max_lines)
    if len(lines) == 1 or len(lines) > MOST_LINES or lines[-1].endswith(ELLIPSIS):
        return lines
    places = [0, *accumulate(len(piece) for piece in _pieces(text))]
    at = best(text, places, _measured(text, places, width), len(lines), limit)
    if not at:
        return lines
    return tuple(text[start:end].strip() for start, end in pairwise((0, *at, len(text))))


def _measured(text: str, places: list[int], width: Width) -> Callable[[int, int], float]:
    """How long a line between two places is: each character is measured once."""
    starts = [0, *accumulate(width(char) for char in text)]
    ends = [starts[len(text[:place].rstrip())] for place in places]
    return lambda start, end: ends[end] - starts[places[start]]


def _fill(pieces: Iterator[str], limit: int, width: Width) -> Iterator[str]:
    """Put pieces on lines, greedily."""
    line = ""
    for piece in pieces:
        if not line or width((line + piece).rstrip()) <= limit:
            line = line + piece if line else piece.lstrip()
        else:
            yield line.rstrip()
            line = piece.lstrip()
        while width(line.rstrip()) > limit and len(line) > 1:
            fitting = _fitting(line, limit, width)
            yield line[:fitting]
            line = line[fitting:]
    yield line.rstrip()


def _fitting(text: str, limit: int, width: Width) -> int:
    """How many characters of ``text`` fit; at least one."""
    count = 1
    while count < len(text) and width(text[: count + 1]) <= limit:
        count += 1
    return count


def _pieces(text: str) -> Iterator[str]:
    """The smallest parts that stay together."""
    piece = ""
    for char in text:
        if piece and _may_break(piece[-1], char):
            yield piece
            piece = char
        else:
            piece += char
    yield piece


def _may_break(before: str, after: str) -> bool:
    if after == " " or unicodedata.category(before) in _OPENING:
        return False
    if before == " ":
        return True
    if _joins(before) and _joins(after):
        return False
    return unicodedata.category(after) not in _CLOSING or (_joins(after) and not _joins(before))


def _joins(char: str) -> bool:
    """Part of a Latin word or a number."""
    return char in _GLUE or (char.isalnum() and ord(char) <= _LAST_NARROW)
