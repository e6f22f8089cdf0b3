"""What is searched: text made comparable, cut into characters and pairs of neighbours.

FTS5's own tokenizers know no Chinese words, and its trigrams cannot find one or two characters. Single characters and
pairs find everything: a longer word is in a text only if all its pairs are; ``instr`` then settles their order.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from operator import add
from typing import Final

#: More pairs than this make a match no narrower, only slower; ``instr`` checks the whole word anyway.
MAX_PAIRS: Final = 24
_PAIR: Final = 2
_DROPPED: Final = "Cf"
_DIVIDING: Final = frozenset("ZPS")
_DIVIDING_CONTROLS: Final = frozenset({"Cc", "Cs"})


class _Folds(dict[int, str]):
    """Table for ``str.translate`` that judges a character when it is first met."""

    def __init__(self, simplified: Mapping[int, str]) -> None:
        super().__init__()
        self._simplified = simplified

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        if category == _DROPPED:
            folded = ""
        elif category[0] in _DIVIDING or category in _DIVIDING_CONTROLS:
            folded = " "
        else:
            folded = self._simplified.get(code, char)
        self[code] = folded
        return folded


class Folder:
    """Makes texts comparable: one width, one case, simplified characters; everything that is no word is one space."""

    def __init__(self, simplified: Mapping[int, str]) -> None:
        self._folds = _Folds(simplified)

    def fold(self, text: str) -> str:
        """The comparable form of a text: words of any script divided by single spaces."""
        plain = unicodedata.normalize("NFKC", text).casefold()
        return " ".join(plain.translate(self._folds).split())


def indexed(folded: str) -> str:
    """The tokens of a folded text, divided by spaces: its characters and pairs of neighbours; no pair spans a space.

    One that occurs twice stands there twice: leaving that to the full text, which notes it once, is faster.
    """
    found: list[str] = []
    for word in folded.split():
        found += word
        found += map(add, word, word[1:])
    return " ".join(found)


def word_tokens(word: str) -> Iterator[str]:
    """The tokens that a text must have to contain ``word``: its pairs, or the word itself if it is one character."""
    if len(word) < _PAIR:
        yield word
        return
    yield from (word[at : at + _PAIR] for at in range(min(len(word) - 1, MAX_PAIRS)))


def needs_check(word: str) -> bool:
    """Whether having all tokens does not yet mean having the word."""
    return len(word) > _PAIR
