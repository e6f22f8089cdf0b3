"""Mobile phone numbers of mainland China: 11 digits, the first two 13–19."""

import re
import unicodedata

from kiosk.domain.refusal import Refusal

LENGTH = 11
_COUNTRY = "86"
#: What people and address books put between the digits.
_SEPARATORS = frozenset(" -–—().+\t\r\n")
_PREFIXES = frozenset({"13", "14", "15", "16", "17", "18", "19"})
#: Most numbers: nothing to normalise and nothing to refuse.
_PLAIN = re.compile(r"1[3-9][0-9]{9}")
_SHOWN_HEAD = 3
_SHOWN_TAIL = 4


def normalise_phone(text: str) -> str:
    """The digits of a phone number as it was typed or pasted.

    Full-width digits become plain ones; separators and invisible characters go, and so does a leading +86.
    Anything else (a letter, say) stays, so that ``check_phone`` can point at it.
    """
    plain = unicodedata.normalize("NFKC", text)
    kept = "".join(char for char in plain if not _is_separator(char))
    for head in ("00" + _COUNTRY, _COUNTRY):
        if len(kept) == LENGTH + len(head) and kept.startswith(head):
            return kept[len(head) :]
    return kept


def _is_separator(char: str) -> bool:
    return char in _SEPARATORS or unicodedata.category(char) in {"Cf", "Zs", "Cc"}


def check_phone(text: str, field: str) -> str:
    """The normalised number, if it can be a mobile phone.

    Args:
        text: as typed.
        field: name of the form field, for the refusal.

    Raises:
        Refusal: ``phone_missing``, ``phone_characters``, ``phone_length`` (length, limit) or
            ``phone_prefix`` (prefix).
    """
    if _PLAIN.fullmatch(text):
        return text
    number = normalise_phone(text)
    if not number:
        raise Refusal("refusal.phone_missing", field)
    if not (number.isascii() and number.isdigit()):
        raise Refusal("refusal.phone_characters", field)
    if len(number) != LENGTH:
        raise Refusal("refusal.phone_length", field, length=len(number), limit=LENGTH)
    if number[:2] not in _PREFIXES:
        raise Refusal("refusal.phone_prefix", field, prefix=number[:2])
    return number


def grouped(number: str) -> str:
    """The number as people read it aloud: ``138 0000 1234``; another length stays as it is."""
    return f"{number[:3]} {number[3:7]} {number[7:]}" if len(number) == LENGTH else number


def mask_phone(number: str) -> str:
    """The number as strangers may see it: ``138****1234``. Too short a number is starred whole."""
    hidden = len(number) - _SHOWN_HEAD - _SHOWN_TAIL
    if hidden <= 0:
        return "*" * len(number)
    return number[:_SHOWN_HEAD] + "*" * hidden + number[-_SHOWN_TAIL:]
