"""A sorted look-up table on disk: mapped into memory, found by bisection, never loaded.

A table is a UTF-8 file of lines ``key TAB value`` sorted by the bytes of the key. Only the pages that are touched come
into memory, opening costs a system call, and there is nothing in it that a person could leave behind.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from pathlib import Path


class Table:
    """One read-only table. Opened at the first question; close it at the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._map: mmap.mmap | None = None

    def get(self, key: str) -> str:
        """The value of a key, empty when there is none.

        Raises:
            OSError: the file is missing or unreadable.
        """
        wanted = key.encode() + b"\t"
        data = self._mapped()
        start = self._first(data, wanted)
        if data[start : start + len(wanted)] != wanted:
            return ""
        return data[start + len(wanted) : self._line_end(data, start)].decode()

    def starting(self, prefix: str, limit: int) -> Iterator[tuple[str, str]]:
        """Up to ``limit`` lines whose key begins with ``prefix``, in key order, as (key, value)."""
        wanted = prefix.encode()
        data = self._mapped()
        start = self._first(data, wanted)
        for _ in range(limit):
            if start >= len(data) or data[start : start + len(wanted)] != wanted:
                return
            end = self._line_end(data, start)
            key, _tab, value = data[start:end].decode().partition("\t")
            yield key, value
            start = end + 1

    def with_initials(self, letters: str) -> list[str]:
        """The values of all keys whose syllables begin with these letters, one each (1.7 MB are looked through)."""
        syllables = b"'".join(re.escape(letter).encode() + b"[a-z]*" for letter in letters)
        return [found[1].decode() for found in re.finditer(b"\n" + syllables + b"\t([^\n]*)", self._mapped())]

    def close(self) -> None:
        """Unmap the file. A later question maps it again."""
        if self._map is not None:
            self._map.close()
            self._map = None

    def _mapped(self) -> mmap.mmap:
        if self._map is None:
            with self._path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return self._map

    @staticmethod
    def _line_end(data: mmap.mmap, start: int) -> int:
        end = data.find(b"\n", start)
        return len(data) if end < 0 else end

    @classmethod
    def _first(cls, data: mmap.mmap, wanted: bytes) -> int:
        """Offset of the first line that is not less than ``wanted``."""
        low, high = 0, len(data)
        while low < high:
            middle = (low + high) // 2
            start = data.rfind(b"\n", low, middle) + 1 or low
            end = cls._line_end(data, start)
            if data[start:end] < wanted:
                low = end + 1
            else:
                high = start
        return low
