"""The resident identity number 公民身份号码 (GB 11643).

Its 18 characters are 6 digits of the region, 8 of the birth date, 3 of the order and a check digit 0–9 or X.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date

from stdnum.cn import ric

from kiosk.domain.refusal import Refusal

LENGTH = 18
#: First two digits: the provinces, the permits of people from Hong Kong, Macao and Taiwan (81–83) and the
#: permanent residence cards of foreigners (9).
_PROVINCES = frozenset(
    f"{head}{tail}"
    for head, tails in {
        "1": "12345",
        "2": "123",
        "3": "1234567",
        "4": "123456",
        "5": "01234",
        "6": "12345",
        "7": "1",
        "8": "123",
        "9": "0123456789",
    }.items()
    for tail in tails
)
_SEPARATORS = frozenset("-–—·.")
_BIRTH = slice(6, 14)
_SHOWN_HEAD = 4
_SHOWN_TAIL = 4
OLDEST_BIRTH = date(1900, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentId:
    """A number that passed every check.

    Attributes:
        number: 18 characters, plain digits and a capital X.
        birth_date: digits 7–14.
        masked: the number with digits 5–14 starred, for the screen.
        region: first 6 digits, the place of first registration.
    """

    number: str
    birth_date: date
    masked: str
    region: str


def normalise_resident_id(text: str) -> str:
    """The bare number: full-width digits made plain, spaces and dashes gone, x as X."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(
        char
        for char in plain
        if char not in _SEPARATORS and unicodedata.category(char) not in {"Zs", "Cc", "Cf", "Zl", "Zp"}
    )


def mask_resident_id(number: str) -> str:
    """The number as it may be shown: ``3706**********1234``."""
    hidden = len(number) - _SHOWN_HEAD - _SHOWN_TAIL
    if hidden <= 0:
        return "*" * len(number)
    return number[:_SHOWN_HEAD] + "*" * hidden + number[-_SHOWN_TAIL:]


def parse_resident_id(text: str, field: str, today: date | None = None) -> ResidentId:
    """Read an ID number as it was typed or scanned.

    Args:
        text: as typed.
        field: name of the form field, for the refusal.
        today: a birth date after this day is refused; None leaves that check out.

    Raises:
        Refusal: ``id_missing``, ``id_old`` (15 digits), ``id_length`` (length, limit), ``id_characters``,
            ``id_region``, ``id_birth_date``, ``id_birth_future`` or ``id_check_digit``. No refusal tells the
            number.
    """
    number = normalise_resident_id(text)
    if not number:
        raise Refusal("refusal.id_missing", field)
    if len(number) == 15 and number.isascii() and number.isdigit():  # noqa: PLR2004 - cards before 1999
        raise Refusal("refusal.id_old", field)
    if len(number) != LENGTH:
        raise Refusal("refusal.id_length", field, length=len(number), limit=LENGTH)
    head, check = number[:-1], number[-1]
    if not (head.isascii() and head.isdigit() and (check == "X" or (check.isascii() and check.isdigit()))):
        raise Refusal("refusal.id_characters", field)
    if number[:2] not in _PROVINCES:
        raise Refusal("refusal.id_region", field)
    birth = _birth_date(number, field)
    if today is not None and birth > today:
        raise Refusal("refusal.id_birth_future", field)
    if ric.calc_check_digit(number) != check:
        raise Refusal("refusal.id_check_digit", field)
    return ResidentId(number=number, birth_date=birth, masked=mask_resident_id(number), region=number[:6])


def _birth_date(number: str, field: str) -> date:
    digits = number[_BIRTH]
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        birth = None
    if birth is None or birth < OLDEST_BIRTH:
        raise Refusal("refusal.id_birth_date", field)
    return birth
