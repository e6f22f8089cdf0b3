from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from kiosk.domain.refusal import Refusal
from kiosk.domain.resident_id import mask_resident_id, parse_resident_id

NUMBER = "11010519491231002X"


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        NUMBER.lower(),
        "110105 19491231 002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        f"\n{NUMBER}\u200b ",
        "110105-19491231-002X",
    ],
)
def test_ways_of_typing_one_number(typed):
    parsed = parse_resident_id(typed, "id_number")
    assert parsed.number == NUMBER
    assert parsed.birth_date == date(1949, 12, 31)
    assert parsed.masked == "1101**********002X"
    assert parsed.region == "110105"


@pytest.mark.parametrize(
    ("typed", "key", "params"),
    [
        ("", "id_missing", {}),
        (NUMBER[:-1], "id_length", {"length": 17, "limit": 18}),
        (NUMBER + "1", "id_length", {"length": 19, "limit": 18}),
        ("110105491231002", "id_old", {}),
        ("1101051949123X002X", "id_characters", {}),
        ("11010519491231002Y", "id_characters", {}),
        ("٣١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "id_characters", {}),
        ("110105194912310021", "id_check_digit", {}),
        ("110105199002300028", "id_birth_date", {}),
        ("110105190013310023", "id_birth_date", {}),
        ("110105000001010023", "id_birth_date", {}),
        ("110105189912310023", "id_birth_date", {}),
        ("990105194912310021", "id_check_digit", {}),
        ("080105194912310021", "id_region", {}),
    ],
)
def test_what_is_wrong_is_said_exactly_and_never_tells_the_number(typed, key, params):
    with pytest.raises(Refusal) as refused:
        parse_resident_id(typed, "id_number", date(2025, 11, 22))
    assert refused.value == Refusal(f"refusal.{key}", "id_number", **params)


def test_a_birth_date_in_the_future_is_refused_when_today_is_known():
    head = "37100220260101001"
    number = head + ric.calc_check_digit(head + "0")
    assert parse_resident_id(number, "id_number").birth_date == date(2026, 1, 1)
    with pytest.raises(Refusal) as refused:
        parse_resident_id(number, "id_number", date(2025, 11, 22))
    assert refused.value.key == "refusal.id_birth_future"


@given(
    st.sampled_from(["370602", "371002", "810000", "931021"]),
    st.dates(date(1900, 1, 1), date(2025, 11, 22)),
    st.integers(0, 999),
    st.integers(0, 16),
    st.integers(1, 9),
)
def test_every_single_wrong_digit_is_caught(region, birth, order, place, step):
    head = f"{region}{birth:%Y%m%d}{order:03d}"
    number = head + ric.calc_check_digit(head + "0")
    assert parse_resident_id(number, "id_number").birth_date == birth
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    with pytest.raises(Refusal):
        parse_resident_id(wrong, "id_number")


@given(st.text(max_size=25))
def test_any_text_is_read_or_refused(text):
    with suppress(Refusal):
        assert len(parse_resident_id(text, "id_number").number) == 18


def test_a_short_number_is_masked_whole():
    assert mask_resident_id("12345678") == "********"
