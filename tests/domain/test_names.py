import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.names import (
    check_organisation_name,
    check_person_name,
    mask_name,
    normalise_organisation_name,
    normalise_person_name,
)
from kiosk.domain.refusal import Refusal


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("王小明", "王小明"),
        (" 王 小\n明\r\n", "王小明"),
        ("王\u3000小明", "王小明"),
        ("㙍䶮", "㙍䶮"),
        ("王𬭬𪚥", "王𬭬𪚥"),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉 ・ 买买提", "阿卜杜拉·买买提"),
        ("John  O'Brien", "John O'Brien"),
        ("Ｊｏｈｎ Smith", "John Smith"),
        ("김철수", "김철수"),
        ("Zoë Müller", "Zoë Müller"),
        ("Иван Петров", "Иван Петров"),
        ("葛\U000e0100城", "葛城"),
    ],
)
def test_names_of_people_are_kept_as_on_their_card(typed, kept):
    assert check_person_name(typed, "name") == kept


@pytest.mark.parametrize(
    ("typed", "key", "params"),
    [
        ("", "name_missing", {}),
        (" \n ", "name_missing", {}),
        ("王", "name_short", {"limit": 2}),
        ("𬭬", "name_short", {"limit": 2}),
        ("王" * 45, "name_long", {"limit": 40, "over": 5}),
        ("𪚥" * 41, "name_long", {"limit": 40, "over": 1}),
        ("王小明😀", "name_emoji", {}),
        ("王🇨🇳", "name_emoji", {}),
        ("👩\u200d🔧王", "name_emoji", {}),
        ("王小明2", "name_digits", {}),
        ("王小明２", "name_digits", {}),
        ("王小明①", "name_digits", {}),
        ("王\u0000明", "name_characters", {}),
        ("王@明", "name_characters", {}),
        ("<b>王明</b>", "name_characters", {}),
        ("·王明", "name_characters", {}),
        ("王明·", "name_dot", {}),
        ("买··买提", "name_dot", {}),
        ("-- --", "name_characters", {}),
    ],
)
def test_what_is_wrong_with_a_name(typed, key, params):
    with pytest.raises(Refusal) as refused:
        check_person_name(typed, "name")
    assert refused.value == Refusal(f"refusal.{key}", "name", **params)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("威海 第2 建筑公司", "威海第2建筑公司"),
        ("威海（经区）家政服务部", "威海(经区)家政服务部"),
        ("A&B Logistics", "A&B Logistics"),
        ("烟台市芝罘区\n某某饭店", "烟台市芝罘区某某饭店"),
    ],
)
def test_names_of_organisations(typed, kept):
    assert check_organisation_name(typed, "name") == kept


@pytest.mark.parametrize(
    ("typed", "key"),
    [("", "name_missing"), ("12345", "name_characters"), ("好😀店", "name_emoji"), ("店" * 61, "name_long")],
)
def test_what_is_wrong_with_an_organisation(typed, key):
    with pytest.raises(Refusal) as refused:
        check_organisation_name(typed, "name")
    assert refused.value.key == f"refusal.{key}"


@given(st.text(max_size=60))
def test_any_text_is_a_stable_name_or_a_refusal(text):
    for normalise, check in (
        (normalise_person_name, check_person_name),
        (normalise_organisation_name, check_organisation_name),
    ):
        try:
            name = check(text, "name")
        except Refusal:
            continue
        assert "\n" not in name
        assert normalise(name) == name
        assert check(name, "name") == name


def test_masked_names():
    assert mask_name("王小明") == "王**"
    assert mask_name("王明") == "王*"
    assert mask_name("John Smith") == "J**"
    assert mask_name("") == ""


def test_what_is_taken_at_sight_is_what_the_long_way_would_leave(monkeypatch):
    """Names of plain characters skip the checks: each of these characters would pass them unchanged."""
    every = [chr(code) * 2 for code in range(0x4E00, 0xA000)]
    assert [check_person_name(name, "name") for name in every] == every
    monkeypatch.setattr("kiosk.domain.names._PLAIN", re.compile(r"(?!)"))
    assert [check_person_name(name, "name") for name in every] == every
