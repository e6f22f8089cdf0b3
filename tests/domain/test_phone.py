from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.phone import check_phone, mask_phone, normalise_phone
from kiosk.domain.refusal import Refusal


@pytest.mark.parametrize(
    "typed",
    [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "１３８１２３４５６７８",
        "+86 13812345678",
        "8613812345678",
        "0086-138-1234-5678",
        "\u200b138\n1234 5678\t",
        "(138)1234.5678",
    ],
)
def test_ways_of_typing_one_number(typed):
    assert check_phone(typed, "phone") == "13812345678"


@pytest.mark.parametrize(
    ("typed", "key", "params"),
    [
        ("", "phone_missing", {}),
        ("  ", "phone_missing", {}),
        ("1381234567", "phone_length", {"length": 10, "limit": 11}),
        ("138123456789", "phone_length", {"length": 12, "limit": 11}),
        ("138123456a8", "phone_characters", {}),
        ("138一2345678", "phone_characters", {}),
        ("12812345678", "phone_prefix", {"prefix": "12"}),
        ("06315231234", "phone_prefix", {"prefix": "06"}),
        ("١٣٨١٢٣٤٥٦٧٨", "phone_characters", {}),
    ],
)
def test_what_is_wrong_is_said_exactly(typed, key, params):
    with pytest.raises(Refusal) as refused:
        check_phone(typed, "contact_phone")
    assert refused.value == Refusal(f"refusal.{key}", "contact_phone", **params)


@given(st.text(max_size=30))
def test_any_text_is_normalised_or_refused(text):
    once = normalise_phone(text)
    assert normalise_phone(once) == once or not once.isascii() or len(once) > 11
    with suppress(Refusal):
        assert len(check_phone(text, "phone")) == 11


def test_masking_shows_head_and_tail_only():
    assert mask_phone("13812341234") == "138****1234"
    assert mask_phone("12345") == "*****"
