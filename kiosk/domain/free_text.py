"""Characters that free text must not hold: pictographs and control characters."""

import unicodedata

from kiosk.domain.names import has_emoji

#: Categories: control, private use (nobody else has the glyph), surrogate, unassigned is allowed (rare characters
#: of newer Unicode versions than this Python's).
_UNFIT = frozenset({"Cc", "Co", "Cs"})


def unfit_characters(text: str) -> tuple[int, int] | None:
    """Start and end of the first run of emoji or control characters, or None. A plain newline is fine."""
    start = next((index for index, char in enumerate(text) if _is_unfit(char)), None)
    if start is None:
        return None
    end = start + 1
    while end < len(text) and (_is_unfit(text[end]) or unicodedata.category(text[end]) in {"Cf", "Mn"}):
        end += 1
    return start, end


def _is_unfit(char: str) -> bool:
    return char != "\n" and (has_emoji(char) or unicodedata.category(char) in _UNFIT)
