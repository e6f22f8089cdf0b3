import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.normalise import DIVIDER, normalise, parse_simplified
from tests.domain.samples import SIMPLIFIED


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("限女", "限女"),
        ("限 女", "限女"),
        ("限，女", "限女"),
        ("限.*女", "限女"),
        ("限\u200b女", "限女"),
        ("限\n女", "限女"),
        ("僅限女性", "仅限女性"),
        ("ＨＢｓＡｇ", "hbsag"),
        ("名额有限，女装店招人", "名额有限|女装店招人"),
        ("18－50岁", "18-50岁"),
        ("18—50岁", "18-50岁"),
        ("工资1.5倍", "工资1.5倍"),
        ("２００元", "200元"),
        ("①", "1"),
        ("", ""),
        ("，。！", ""),
    ],
)
def test_what_is_left(typed, plain):
    assert normalise(typed, SIMPLIFIED).text == plain


def test_spans_point_at_the_text_as_typed():
    typed = "招工：限 😀 女，管饭"
    plain = normalise(typed, SIMPLIFIED)
    start = plain.text.index("限女")
    assert typed[slice(*plain.span(start, start + 2))] == "限 😀 女"


def test_a_character_that_becomes_several_keeps_its_place():
    plain = normalise("㈱限女", SIMPLIFIED)
    start = plain.text.index("限女")
    assert plain.span(start, start + 2) == (1, 3)


@given(st.text(max_size=60))
def test_positions_rise_and_stay_inside(text):
    plain = normalise(text, SIMPLIFIED)
    assert len(plain.text) == len(plain.positions)
    assert list(plain.positions) == sorted(plain.positions)
    assert all(0 <= position < len(text) for position in plain.positions)


@given(st.text(alphabet="男女限招工，。 a1-", max_size=40))
def test_normalising_twice_changes_nothing_but_dividers(text):
    once = normalise(text, SIMPLIFIED).text
    assert normalise(once, SIMPLIFIED).text.replace(DIVIDER, "") == once.replace(DIVIDER, "")


def test_the_table_of_characters():
    assert "乾國體".translate(SIMPLIFIED) == "干国体"
    assert parse_simplified("# 注\n國国 體体 # 又注\n") == {ord("國"): "国", ord("體"): "体"}
    with pytest.raises(ValueError, match="pair"):
        parse_simplified("國国体")
