"""Money as people type it."""

import re
import unicodedata

from kiosk.domain.refusal import Refusal

FEN_PER_YUAN = 100
MAX_YUAN = 1_000_000
_YUAN = re.compile(r"(\d{1,9})(?:\.(\d{0,2}))?")


def parse_yuan(text: str, field: str) -> int:
    """Fen from what was typed in yuan: ``180``, ``22.5``, full-width digits, spaces and grouping commas.

    Raises:
        Refusal: not an amount, zero, or above a million yuan.
    """
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").strip()
    match = _YUAN.fullmatch(plain)
    if match is None or not plain.isascii():
        raise Refusal("refusal.amount_form", field)
    fen = int(match[1]) * FEN_PER_YUAN + int((match[2] or "").ljust(2, "0"))
    if fen == 0:
        raise Refusal("refusal.amount_zero", field)
    if fen > MAX_YUAN * FEN_PER_YUAN:
        raise Refusal("refusal.amount_large", field, limit=MAX_YUAN)
    return fen
