"""The Unified Social Credit Code 统一社会信用代码 (GB 32100): 18 characters with a check character."""

import unicodedata

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, ValidationError

from kiosk.domain.refusal import Refusal

LENGTH = 18
#: Letters that the code never uses, because they look like digits; people type them all the same.
LOOKALIKES = frozenset("IOZSV")
_SEPARATORS = frozenset("-–—·.")


def normalise_credit_code(text: str) -> str:
    """The bare code: full-width forms made plain, spaces and dashes gone, letters capital."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(
        char
        for char in plain
        if char not in _SEPARATORS and unicodedata.category(char) not in {"Zs", "Cc", "Cf", "Zl", "Zp"}
    )


def check_credit_code(text: str, field: str) -> str:
    """The normalised code, if its form and check character are right.

    Raises:
        Refusal: ``credit_code_missing``, ``credit_code_length`` (length, limit), ``credit_code_letter``
            (letter), ``credit_code_characters`` or ``credit_code_check``.
    """
    code = normalise_credit_code(text)
    if not code:
        raise Refusal("refusal.credit_code_missing", field)
    if len(code) != LENGTH:
        raise Refusal("refusal.credit_code_length", field, length=len(code), limit=LENGTH)
    wrong = next((char for char in code if char in LOOKALIKES), None)
    if wrong is not None:
        raise Refusal("refusal.credit_code_letter", field, letter=wrong)
    try:
        return str(uscc.validate(code))
    except InvalidChecksum as error:
        raise Refusal("refusal.credit_code_check", field) from error
    except ValidationError as error:
        raise Refusal("refusal.credit_code_characters", field) from error
