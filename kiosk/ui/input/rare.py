"""Characters that no ordinary input offers: by code point, by reading, by the readings of their parts. Pure, no Qt.

A person's own name must never be refused. Three ways lead to one character, all typed on the same letter keys:
``4dae`` (its Unicode number), ``yan`` (its reading), ``longtian`` (its parts, read aloud one after the other).
Besides, two to four ordinary characters that stand in the field can be joined into one.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from kiosk.ui.input.table import Table

MOST_PARTS = 4
MIN_HEX = 4
MAX_HEX = 5
PREFIX_LINES = 12
MAX_FOUND = 400
HEX = frozenset("0123456789abcdef")
#: Zero as names have it stands among the punctuation, and its name does not begin as those of the others do.
ZERO = 0x3007


class RareCharacters:
    """Looks characters up in the shipped tables."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of the tables; nothing is opened before the first question."""
        self._readings = Table(folder / "rare.tsv")
        self._spelled = Table(folder / "spelled.tsv")
        self._parts = Table(folder / "parts.tsv")
        self._shapes = Table(folder / "shapes.tsv")

    def find(self, query: str) -> list[str]:
        """Characters for what was typed: a code point, a reading, or the readings of the parts.

        Args:
            query: letters and digits in any case, ``U+`` allowed in front.
        """
        wanted = query.lower().strip().removeprefix("u+")
        found = [_by_code(wanted)]
        if wanted.isascii() and wanted.isalpha():
            found.extend(self._spelled.get(wanted))
            found.extend(self._readings.get(wanted))
            if len(wanted) > MIN_HEX:
                found.extend(
                    char for _, value in self._spelled.starting(wanted, PREFIX_LINES) for char in value
                )
        return [char for char in dict.fromkeys(found) if char][:MAX_FOUND]

    def joined(self, before: str) -> list[tuple[str, int]]:
        """Characters made of the last characters of a text.

        Returns:
            Pairs of the character and how many characters before the cursor it takes the place of; the most first.
        """
        found: dict[str, int] = {}
        for count in range(min(MOST_PARTS, len(before)), 1, -1):
            parts = sorted(self._shapes.get(part) or part for part in before[-count:])
            for char in self._parts.get("".join(parts)):
                found.setdefault(char, count)
        return list(found.items())

    def close(self) -> None:
        """Unmap the tables."""
        for table in (self._readings, self._spelled, self._parts, self._shapes):
            table.close()


def _by_code(query: str) -> str:
    """The ideograph of a hexadecimal code point, or nothing."""
    if not MIN_HEX <= len(query) <= MAX_HEX or not set(query) <= HEX:
        return ""
    char = chr(int(query, 16))
    # Unassigned code points have no name: the planes grow faster than our Unicode tables, so the range decides there.
    known = unicodedata.name(char, "").startswith("CJK ") or ord(char) == ZERO
    return char if known or 0x20000 <= ord(char) <= 0x3FFFD else ""  # noqa: PLR2004 - planes 2 and 3
