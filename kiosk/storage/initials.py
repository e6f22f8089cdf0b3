"""Pinyin initials of names, so that staff find 王小明 by typing ``wxm``."""

import os
from collections.abc import Callable
from functools import cache

_Initials = Callable[[str], list[str]]


@cache
def _pinyin() -> _Initials:
    # Loaded when the first name is written. Without its table of phrases it takes 13 MB instead of 58.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, lazy_pinyin

    def first_letters(name: str) -> list[str]:
        letters: list[str] = lazy_pinyin(name, style=Style.FIRST_LETTER)
        return letters

    return first_letters


@cache
def _letter(char: str) -> str:
    found = _pinyin()(char)
    letter = found[0][:1].casefold() if found else ""
    return letter if letter.isascii() and letter.isalnum() else ""


def initials(name: str) -> str:
    """First letters of a name: ``王小明`` → ``wxm``, ``Li Ming`` → ``lm``; characters without a reading are skipped."""
    letters: list[str] = []
    fresh = True
    for char in name:
        if char.isascii():
            if char.isalnum() and fresh:
                letters.append(char.casefold())
            fresh = not char.isalnum()
        else:
            letters.append(_letter(char))
            fresh = True
    return "".join(letters)
