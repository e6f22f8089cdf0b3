"""Where lines end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.slips.linebreak import ELLIPSIS, balanced, tidy, wrap


def width(text: str) -> int:
    """Chinese characters are two wide, Latin ones one."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("环翠区文化中路", 8, ("环翠区文", "化中路")),
        ("联系电话13800138000张", 12, ("联系电话", "13800138000", "张")),
        ("07:00—17:00歇一小时", 14, ("07:00—17:00歇", "一小时")),
        ("一二三四，五六", 8, ("一二三", "四，五六")),
        ("一二三（四五）", 8, ("一二三", "（四五）")),
        ("Unpaid wages call 12333", 12, ("Unpaid wages", "call 12333")),
        ("ABCDEFGHIJKL", 5, ("ABCDE", "FGHIJ", "KL")),
        ("上\n下", 20, ("上", "下")),
        ("", 8, ("",)),
        ("宽", 1, ("宽",)),
    ],
)
def test_lines_end_where_a_reader_expects(text: str, limit: int, lines: tuple[str, ...]) -> None:
    assert wrap(text, limit, width) == lines


def test_what_is_too_long_is_cut_and_says_so() -> None:
    lines = wrap("很长的名字" * 100, 20, width, max_lines=3)
    assert len(lines) == 3
    assert lines[-1].endswith(ELLIPSIS)
    assert width(lines[-1]) <= 20


def test_even_lines_leave_no_single_character() -> None:
    assert wrap("自带手套能搬五十公斤", 18, width) == ("自带手套能搬五十公", "斤")
    assert balanced("自带手套能搬五十公斤", 18, width) == ("自带手套能", "搬五十公斤")


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        (
            "威海临港经济技术开发区草庙子镇 珠海路102号",
            28,
            ("威海临港经济技术开发区", "草庙子镇 珠海路102号"),
        ),
        (
            "威海火炬高技术产业开发区初村镇 沈阳路11号",
            28,
            ("威海火炬高技术产业开发区", "初村镇 沈阳路11号"),
        ),
        ("文登区天福路街道 文化路249号", 18, ("文登区天福路街道", "文化路249号")),
        ("环翠区竹岛街道 海滨北路12号3单元501", 26, ("环翠区竹岛街道", "海滨北路12号3单元501")),
        ("乳山市Golden Bay Harbour Road 18", 24, ("乳山市Golden Bay", "Harbour Road 18")),
        ("自己去，找不到打 13200001655", 24, ("自己去，", "找不到打 13200001655")),
        ("找活、签到都用这张凭条。别给别人扫。", 34, ("找活、签到都用这张凭条。", "别给别人扫。")),
    ],
)
def test_an_address_is_broken_where_a_part_of_it_ends(text: str, limit: int, lines: tuple[str, ...]) -> None:
    assert balanced(text, limit, width) == lines


@given(st.text(max_size=80), st.integers(1, 40))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, limit: int) -> None:
    clean = tidy(text)
    lines = wrap(clean, limit, width, max_lines=1000)
    assert "".join(lines).replace(" ", "") == clean.replace(" ", "").replace("\n", "")
    assert all(width(line) <= limit or len(line) == 1 for line in lines)


@given(st.text(max_size=60), st.integers(4, 40))
def test_even_lines_hold_the_same_text_in_as_many_lines(text: str, limit: int) -> None:
    clean = tidy(text)
    plain, even = (make(clean, limit, width, max_lines=1000) for make in (wrap, balanced))
    assert len(even) <= len(plain)
    assert "".join(even).replace(" ", "") == "".join(plain).replace(" ", "")


def test_what_cannot_be_printed_is_left_out() -> None:
    assert tidy(" 王\u200b建\x00国\ufe0f\r\n李\t四\u202e ") == "王建国\n李 四"
    assert tidy("e\u0301") == "é"


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
