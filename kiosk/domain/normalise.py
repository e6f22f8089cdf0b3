"""Chinese text made comparable: one width, one case, simplified characters, no tricks between the characters.

Every character of the result remembers where it stood in the text as typed, so that a match can be shown there.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

#: What a sentence is divided by. NFKC has made the full-width forms plain before.
_DIVIDERS = frozenset(",;!?:。、\n\r")
#: A divider beside so short a piece is taken for a trick, not for grammar.
_MIN_PIECE = 3
_DASHES = frozenset("-~‐‑‒–—―−")
#: Stands in the normalised text where a sentence was divided; nothing matches across it.
DIVIDER = "|"

Simplified = Mapping[int, str]


def parse_simplified(text: str) -> Simplified:
    """Read the table of traditional and simplified characters: pairs divided by whitespace, ``#`` starts a comment.

    Returns:
        A table for ``str.translate``.

    Raises:
        ValueError: something is not a pair of two characters.
    """
    table: dict[int, str] = {}
    for line in text.splitlines():
        for pair in line.partition("#")[0].split():
            if len(pair) != 2:  # noqa: PLR2004 - a pair
                message = f"not a pair of characters: {pair!r}"
                raise ValueError(message)
            table[ord(pair[0])] = pair[1]
    return table


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text and, for each of its characters, the position in the text as typed (code points)."""

    text: str
    positions: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters ``start`` to ``end`` (exclusive) of the normalised text stand in the original."""
        return self.positions[start], self.positions[end - 1] + 1


def normalise(text: str, simplified: Simplified) -> Normalised:
    """Make a text comparable.

    Full width becomes half width, capitals small, traditional simplified. Spaces, punctuation, symbols and invisible
    characters between the characters go; what divides sentences stays as ``DIVIDER`` where both pieces are long enough
    to be sentences (so 「限 女」 and 「限，女」 are one word, 「名额有限，女装店」 are two). Dashes and points between
    digits stay, since they mean something there.
    """
    kept = _joined(list(_characters(text, simplified)))
    return Normalised("".join(char for char, _ in kept), tuple(position for _, position in kept))


def _characters(text: str, simplified: Simplified) -> Iterator[tuple[str, int]]:
    for position, original in enumerate(text):
        for char in unicodedata.normalize("NFKC", original).casefold().translate(simplified):
            yield char, position


def _joined(chars: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Drop what is no word, and dividers that divide nothing."""
    pieces: list[list[tuple[str, int]]] = [[]]
    dividers: list[int] = []
    for index, (char, position) in enumerate(chars):
        if char in _DIVIDERS:
            dividers.append(position)
            pieces.append([])
        elif _is_word(char):
            pieces[-1].append((char, position))
        elif _between_digits(chars, index):
            pieces[-1].append(("-" if char in _DASHES else char, position))
    joined = pieces[0]
    for before, piece, divider in zip(pieces, pieces[1:], dividers, strict=False):
        if min(len(before), len(piece)) >= _MIN_PIECE:
            joined.append((DIVIDER, divider))
        joined.extend(piece)
    return joined


def _is_word(char: str) -> bool:
    return unicodedata.category(char)[0] in {"L", "N", "M"}


def _between_digits(chars: list[tuple[str, int]], index: int) -> bool:
    char = chars[index][0]
    if not (char in _DASHES or char == ".") or index == 0 or index + 1 == len(chars):
        return False
    return chars[index - 1][0].isdigit() and chars[index + 1][0].isdigit()


def blank(text: str, pattern: re.Pattern[str]) -> str:
    """The text with every match of a pattern replaced by dividers of the same length, so positions stay."""
    return pattern.sub(lambda match: DIVIDER * len(match.group()), text)
