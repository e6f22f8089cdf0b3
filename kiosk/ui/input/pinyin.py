"""From typed letters to Chinese: cut the letters into syllables, look the syllables up. Pure, no Qt.

There is no learning: the order of candidates comes from the shipped table alone, the same for everybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from kiosk.ui.input.table import Table

LONGEST_SYLLABLE = 6
MAX_CUTS = 4
PREFIX_LINES = 400
MAX_PREFIX_WORDS = 12
#: Syllables that are put together to a text or a name, and surnames that are tried for it.
MOST_COMPOSED, MOST_SURNAMES, MOST_GIVEN = 8, 2, 4
MAX_CANDIDATES = 160


class NameOrder(StrEnum):
    """Whose characters come first: the mark before a syllable in the table."""

    NONE = ""
    SURNAME = "1"
    GIVEN = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One thing to offer.

    Attributes:
        text: the characters.
        letters: how many of the typed letters it stands for; the rest stays to be chosen.
    """

    text: str
    letters: int


class Pinyin:
    """Offers words and characters for typed letters."""

    def __init__(self, table: Table) -> None:
        self._table = table

    @cached_property
    def _syllables(self) -> frozenset[str]:
        """Every whole syllable of the table (about 410)."""
        return frozenset(self._table.get("0").split(" "))

    def cut(self, typed: str) -> list[tuple[str, ...]]:
        """Ways to cut letters into syllables, the fewest first; the last may be unfinished if nothing else fits.

        An apostrophe cuts by force: ``xi'an``.
        """
        found: list[tuple[str, ...]] = []
        self._cut(typed, (), found)
        whole = [parts for parts in found if parts[-1] in self._syllables]
        return sorted(whole or found, key=len)[:MAX_CUTS]

    def _cut(self, rest: str, done: tuple[str, ...], found: list[tuple[str, ...]]) -> None:
        rest = rest.lstrip("'")
        if not rest:
            if done:
                found.append(done)
            return
        if len(found) > 4 * MAX_CUTS:
            return
        head = rest.split("'", 1)[0]
        for length in range(min(LONGEST_SYLLABLE, len(head)), 0, -1):
            syllable = head[:length]
            if syllable in self._syllables:
                self._cut(rest[length:], (*done, syllable), found)
        if head == rest and self._unfinished(head):
            found.append((*done, head))

    def _unfinished(self, letters: str) -> bool:
        return letters not in self._syllables and any(s.startswith(letters) for s in self._syllables)

    def candidates(self, typed: str, order: NameOrder = NameOrder.NONE) -> list[Candidate]:
        """What the letters may mean, the likeliest first.

        Args:
            typed: lower-case letters and apostrophes.
            order: for a name, whose order the single characters follow.
        """
        cuts = self.cut(typed)
        found: dict[str, Candidate] = {}
        for text, letters in self._offers(typed, cuts, order):
            found.setdefault(text, Candidate(text=text, letters=letters))
            if len(found) >= MAX_CANDIDATES:
                break
        return list(found.values())

    def _offers(self, typed: str, cuts: list[tuple[str, ...]], order: NameOrder) -> Iterator[tuple[str, int]]:
        single_name = order is not NameOrder.NONE and len(cuts) > 0 and len(cuts[0]) == 1
        if single_name:
            yield from self._characters(typed, cuts[0], order)
        composed = [(text, len(typed)) for parts in cuts[:1] for text in self._composed(parts, order)]
        if order is NameOrder.SURNAME:
            yield from composed
        for parts in cuts:
            if len(parts) > 1:
                yield from ((word, len(typed)) for word, _ in self._weighed(self._table.get("'".join(parts))))
        yield from composed
        for parts in cuts:
            yield from ((word, len(typed)) for word in self._begun(parts))
        if not cuts:
            yield from self._abbreviated(typed)
        for parts in cuts[:2]:
            for count in range(len(parts) - 1, 1, -1):
                words = self._weighed(self._table.get("'".join(parts[:count])))
                yield from ((word, _letters(typed, parts[:count])) for word, _ in words)
        for parts in cuts:
            yield from self._characters(typed, parts, order)

    def _composed(self, parts: tuple[str, ...], order: NameOrder) -> Iterator[str]:
        """Several syllables that are no word as a whole: a surname and a given name, or the longest words in a row."""
        if not 1 < len(parts) <= MOST_COMPOSED or parts[-1] not in self._syllables:
            return
        if order is NameOrder.SURNAME:
            given = self._given_names(parts[1:])
            for surname, _ in self._weighed(self._table.get(order.value + parts[0]))[:MOST_SURNAMES]:
                yield from (surname + name for name in given)
            return
        text, left = "", parts
        while left:
            count = next(n for n in range(len(left), 0, -1) if n == 1 or self._best("'".join(left[:n])))
            text, left = text + self._best("'".join(left[:count])), left[count:]
        yield text

    def _given_names(self, parts: tuple[str, ...]) -> list[str]:
        """One character: the commonest three. More: as a word, and as the commonest characters one by one."""
        if len(parts) == 1:
            return [
                text
                for text, _ in self._weighed(self._table.get(NameOrder.GIVEN.value + parts[0]))[:MOST_GIVEN]
            ]
        word = self._best("'".join(parts))
        single = "".join(self._best(NameOrder.GIVEN.value + part) or self._best(part) for part in parts)
        return [word, single] if word else [single]

    def _best(self, key: str) -> str:
        """The likeliest text of a key; "" when there is none."""
        return next((text for text, _ in self._weighed(self._table.get(key))), "")

    def _abbreviated(self, typed: str) -> Iterator[tuple[str, int]]:
        """Letters that are no syllables are initials: words that begin so, then the first one's characters."""
        letters = typed.replace("'", "")
        if not 0 < len(letters) <= MOST_COMPOSED:
            return
        for count in range(len(letters), 1, -1):
            words = [
                pair for value in self._table.with_initials(letters[:count]) for pair in self._weighed(value)
            ]
            words.sort(key=lambda pair: -pair[1])
            yield from (
                (word, _letters(typed, tuple(letters[:count]))) for word, _ in words[:MAX_PREFIX_WORDS]
            )
        yield from self._characters(typed, (letters[0],), NameOrder.NONE)

    def _characters(self, typed: str, parts: tuple[str, ...], order: NameOrder) -> Iterator[tuple[str, int]]:
        """Single characters for the first syllable."""
        first = parts[0]
        letters = _letters(typed, parts[:1])
        if order is not NameOrder.NONE:
            yield from ((char, letters) for char, _ in self._weighed(self._table.get(order.value + first)))
        if first in self._syllables:
            yield from ((char, letters) for char, _ in self._weighed(self._table.get(first)))
            return
        merged: list[tuple[str, int]] = []
        for syllable in sorted(s for s in self._syllables if s.startswith(first)):
            merged.extend(self._weighed(self._table.get(syllable))[:8])
        merged.sort(key=lambda pair: -pair[1])
        yield from ((char, letters) for char, _ in merged)

    def _begun(self, parts: tuple[str, ...]) -> list[str]:
        """Words whose last syllable is not finished yet."""
        if len(parts) < 2 or parts[-1] in self._syllables:  # noqa: PLR2004 - a word has two syllables or more
            return []
        merged: list[tuple[str, int]] = []
        for key, value in self._table.starting("'".join(parts), PREFIX_LINES):
            if key.count("'") == len(parts) - 1:
                merged.extend(self._weighed(value))
        merged.sort(key=lambda pair: -pair[1])
        return [word for word, _ in merged[:MAX_PREFIX_WORDS]]

    @staticmethod
    def _weighed(value: str) -> list[tuple[str, int]]:
        """``"王8 往7"`` as pairs of text and weight."""
        return [(item[:-1], int(item[-1])) for item in value.split(" ") if item]


def _letters(typed: str, parts: tuple[str, ...]) -> int:
    """How many typed letters, apostrophes included, the parts stand for."""
    place = 0
    for part in parts:
        while place < len(typed) and typed[place] == "'":
            place += 1
        place += len(part)
    while place < len(typed) and typed[place] == "'":
        place += 1
    return place
