from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.credit_code import check_credit_code
from kiosk.domain.refusal import Refusal

CODE = "91110000600037341L"


@pytest.mark.parametrize(
    "typed", [CODE, CODE.lower(), "91 110000 600037341L", "９１１１００００６０００３７３４１Ｌ", f"{CODE}\n"]
)
def test_ways_of_typing_one_code(typed):
    assert check_credit_code(typed, "credit_code") == CODE


@pytest.mark.parametrize(
    ("typed", "key", "params"),
    [
        ("", "credit_code_missing", {}),
        (CODE[:-1], "credit_code_length", {"length": 17, "limit": 18}),
        ("9111000060003734IL", "credit_code_letter", {"letter": "I"}),
        ("91110000600037342L", "credit_code_check", {}),
        ("91A10000600037341L", "credit_code_characters", {}),
        ("91110000600037341中", "credit_code_characters", {}),
    ],
)
def test_what_is_wrong_is_said_exactly(typed, key, params):
    with pytest.raises(Refusal) as refused:
        check_credit_code(typed, "credit_code")
    assert refused.value == Refusal(f"refusal.{key}", "credit_code", **params)


@given(st.text(max_size=25))
def test_any_text_is_read_or_refused(text):
    with suppress(Refusal):
        assert len(check_credit_code(text, "credit_code")) == 18
