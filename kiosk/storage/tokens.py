"""What is searched: text made comparable, cut into characters and pairs of neighbours.

FTS5's own tokenizers know no Chinese words, and its trigrams cannot find one or two characters. Single characters and
pairs find everything: a longer word is in a text only if all its pairs are; ``instr`` then settles their order.
"""

import sys
import unicodedata
from array import array
from collections.abc import Iterator, Mapping
from typing import Final

#: More pairs than this make a match no narrower, only slower; ``instr`` checks the whole word anyway.
MAX_PAIRS: Final = 24
_PAIR: Final = 2
_DROPPED: Final = "Cf"
_DIVIDING: Final = frozenset("ZPS")
_DIVIDING_CONTROLS: Final = frozenset({"Cc", "Cs"})
_NUL: Final = "\0"
_LATER_JAMO: Final = (range(0x1160, 0x1200), range(0xD7B0, 0xD800))
#: Characters as numbers of four bytes, in this machine's order.
_CODE: Final = "I"
_UTF32: Final = f"utf-32-{sys.byteorder[0]}e"
_SPACE: Final = ord(" ")


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


class _Wholes(dict[int, str]):
    """Table for ``str.translate`` that does at once what normalising, folding case and ``_Folds`` do one by one.

    That is the same for every character that never joins the one before it (``_joins``); the others become a NUL,
    which no folded text has.
    """

    def __init__(self, folds: _Folds) -> None:
        super().__init__()
        self._folds = folds

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = unicodedata.normalize("NFKC", char)
        joins = any(_joins(each) for each in (char, *plain))
        self[code] = folded = _NUL if joins else plain.casefold().translate(self._folds)
        return folded


def _joins(char: str) -> bool:
    """Whether normalising may melt a character into the one before: marks, and the later parts of Korean syllables."""
    return unicodedata.category(char)[0] == "M" or any(ord(char) in part for part in _LATER_JAMO)


class Folder:
    """Makes texts comparable: one width, one case, simplified characters; everything that is no word is one space."""

    def __init__(self, simplified: Mapping[int, str]) -> None:
        self._folds = _Folds(simplified)
        self._wholes = _Wholes(self._folds)

    def fold(self, text: str) -> str:
        """The comparable form of a text: words of any script divided by single spaces."""
        folded = text.translate(self._wholes)
        if _NUL in folded:
            folded = unicodedata.normalize("NFKC", text).casefold().translate(self._folds)
        return " ".join(folded.split())


def indexed(folded: str) -> str:
    """The tokens of a folded text, divided by spaces: its characters and pairs of neighbours; no pair spans a space.

    One that occurs twice stands there twice: leaving that to the full text, which notes it once, is faster. What would
    be a pair with a space is one character more. Pair by pair it took five times as long as whole columns do.
    """
    codes = array(_CODE, folded.encode(_UTF32))
    if len(codes) < _PAIR:
        return folded
    pairs = array(_CODE, (_SPACE,)) * (3 * len(codes))
    pairs[0::3] = codes
    pairs[1:-3:3] = codes[1:]
    return f"{' '.join(folded)} {pairs.tobytes().decode(_UTF32)}"


def word_tokens(word: str) -> Iterator[str]:
    """The tokens that a text must have to contain ``word``: its pairs, or the word itself if it is one character."""
    if len(word) < _PAIR:
        yield word
        return
    yield from (word[at : at + _PAIR] for at in range(min(len(word) - 1, MAX_PAIRS)))


def needs_check(word: str) -> bool:
    """Whether having all tokens does not yet mean having the word."""
    return len(word) > _PAIR
