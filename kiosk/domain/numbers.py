"""Counts and durations as people type them."""

import re
import unicodedata
from decimal import Decimal

from kiosk.domain.refusal import Refusal

_DIGITS = 9
_NUMBER = re.compile(rf"\d{{1,{_DIGITS}}}(?:\.\d{{1,2}})?")


def parse_count(text: str, field: str, *, scale: int = 1) -> int:
    """A whole number from typed text; with ``scale`` 60, minutes from hours (``7.5`` → 450).

    Raises:
        Refusal: not a number, or a fraction where only whole ones make sense.
    """
    plain = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    if not plain.isascii() or _NUMBER.fullmatch(plain) is None:
        raise Refusal("refusal.number_form", field)
    scaled = Decimal(plain) * scale
    if scaled != scaled.to_integral_value():
        raise Refusal("refusal.number_whole", field)
    return int(scaled)
