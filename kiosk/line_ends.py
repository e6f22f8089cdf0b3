"""Where the lines of a short text may end, and what it costs the reader: the same for the screen and for slips.

After a sentence, a comma, a town or a street a line ends well; inside a word, a name or a number it does not. Whoever
sets the text measures it; here is only weighed which places are the best ones.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from kiosk.assets import asset_path

#: What it costs to end a line after, or before, one of these; against the square of how far its length is off.
SENTENCE, CLAUSE, BEFORE = frozenset("。！？；!?;"), frozenset("，、：·,:…）”)"), frozenset("（“(")
AFTER_SENTENCE, AFTER_CLAUSE, AT_GAP, AT_SPACE, BEFORE_BRACKET = 0.0, 0.05, 0.0, 0.15, 0.3
BETWEEN, IN_WORD, AFTER_COUNT, AT_NUMBER, IN_QUOTES = 0.4, 0.9, 0.5, 1.0, 0.6
#: Between two words of a language that is written with spaces, and after a part of an address.
BETWEEN_WORDS, AFTER_PLACE = 0.2, 0.1
#: Before a character that belongs to what stands before it, and after a word that leads on to the next one.
BEFORE_END, AFTER_LINK = 0.9, 0.8
#: Stands between facts on one line; at a line's end it separates nothing.
BETWEEN_FACTS: Final = " ·"
#: A length that is off weighs so much of it.
UNEVEN = 0.5
OPENING, CLOSING, QUOTE = frozenset("（“(《"), frozenset("）”)》"), '"'
#: A last line of fewer characters looks lost.
LEAST_CHARACTERS, LOST = 3, 2.0
_LAST_NARROW = "\u2e7f"  # below the CJK radicals: scripts that put spaces between words


def best(
    text: str,
    places: Sequence[int],
    length: Callable[[int, int], float],
    count: int,
    width: float,
) -> tuple[int, ...]:
    """The cheapest way to end ``count`` lines, each within the width.

    Args:
        text: without line ends of its own.
        places: where a line may end; the first is 0, the last the text's end.
        length: of the line between two of ``places`` (by their indices), without the spaces at its end.
        count: of lines; at least 2.
        width: in the unit of ``length``.

    Returns:
        Where the lines before the last one end; () where there is no such way.
    """
    last = len(places) - 1
    aim = length(0, last) / count
    costs = [cost(text, at) for at in places]
    ways: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for line in range(1, count + 1):
        further: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (paid, path) in ways.items():
            for end in range(start + 1, last + 1):
                long = length(start, end)
                if long > width:
                    break
                if (end == last) != (line == count):
                    continue
                price = paid + UNEVEN * (long / aim - 1) ** 2 + costs[end]
                if end == last and len(text[places[start] :].strip()) < LEAST_CHARACTERS:
                    price += LOST
                if end not in further or price < further[end][0]:
                    further[end] = (price, (*path, places[end]))
        ways = further
    return ways[last][1][:-1] if last in ways else ()


def cost(text: str, at: int) -> float:
    """What it costs to end a line there."""
    if at in (0, len(text)):
        return 0.0
    before, after = text[at - 1], text[at]
    price = IN_WORD if _in_word(text, at) else BETWEEN
    if before in SENTENCE:
        price = AFTER_SENTENCE
    elif after in _word_ends():
        price = BEFORE_END
    elif before in CLAUSE:
        price = AFTER_CLAUSE
    elif before == " ":
        price = _at_space(text, at)
    elif after in BEFORE:
        price = AT_NUMBER if text[at + 1 : at + 2].isdigit() else BEFORE_BRACKET
    elif price == BETWEEN and _after_place(text, at):
        price = AFTER_PLACE
    if (
        before.strip()
        and before.isdigit() != after.isdigit()
        and after not in BEFORE
        and before not in CLAUSE
    ):
        price = max(price, AT_NUMBER)
    if before == " " and after == BETWEEN_FACTS[-1]:
        price = AT_NUMBER
    return price + (IN_QUOTES if _enclosed(text, at) else 0.0)


def _at_space(text: str, at: int) -> float:
    """Between facts on one line stand two spaces; what is counted stays with its number: ``230 元``, ``23 Nov``.

    So does what stands in brackets, with the word before it: ``Welder (8 y)``.
    """
    word, after = text[:at].rstrip(" "), text[at]
    if len(word) < at - 1:
        return AT_GAP
    if word.rpartition(" ")[2] in _links():
        return AFTER_LINK
    before = word[-1:]
    if before in SENTENCE or (before == "." and after.isupper() and word[-3:-2] != "."):
        return AFTER_SENTENCE
    if before in CLAUSE:
        return AFTER_CLAUSE
    if before.isdigit() and after.isdigit():  # a telephone number
        return AT_NUMBER
    if (before.isdigit() and after.isalpha()) or after in OPENING or (before == "." and after.isdigit()):
        return AFTER_COUNT
    if after.isdigit():
        return BETWEEN
    return BETWEEN_WORDS if max(before, after) <= _LAST_NARROW else AT_SPACE


@cache
def _word_ends() -> frozenset[str]:
    """Characters that begin no line: particles that close a word or a sentence."""
    kept = asset_path("lines", "ends.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(char for line in kept if not line.startswith("#") for char in line if char.strip())


@cache
def _links() -> frozenset[str]:
    """Words between spaces that belong to what follows: ``23 Nov to 25 Nov`` goes on with ``to`` on the next line."""
    kept = asset_path("lines", "links.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in kept if not line.startswith("#") for word in line.split())


@cache
def _place_ends() -> tuple[frozenset[str], frozenset[str]]:
    """Characters, and words, that close a part of an address."""
    kept = asset_path("lines", "places.txt").read_text(encoding="utf-8").splitlines()
    ends = [word for line in kept if not line.startswith("#") for word in line.split()]
    return frozenset(end for end in ends if len(end) == 1), frozenset(end for end in ends if len(end) > 1)


def _after_place(text: str, at: int) -> bool:
    """Whether a part of an address ends there: after a district, a town, or a house's number."""
    letters, words = _place_ends()
    return text[at - 1] in letters or any(text.endswith(word, 0, at) for word in words)


def _enclosed(text: str, at: int) -> bool:
    """Whether a place lies between brackets or quotation marks."""
    depth = text.count(QUOTE, 0, at) % 2
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
