"""What a voice is given to say: numbers, times, wages and masks as people say them, in both languages."""

import pytest

from kiosk.ui.spoken import as_spoken
from kiosk.ui.strings import Strings


@pytest.fixture
def strings(qapp):
    return Strings(strict=True)


@pytest.mark.parametrize(
    ("written", "zh", "en"),
    [
        (
            "曲红梅 139\u00a00631\u00a00001",
            "曲红梅 幺三九，零六三幺，零零零幺",
            "曲红梅 1 3 9, 0 6 3 1, 0 0 0 1",
        ),
        ("13806311111", "幺三八，零六三幺，幺幺幺幺", "1 3 8, 0 6 3 1, 1 1 1 1"),
        ("0631-5200000", "零六三幺，五二零，零零零零", "0 6 3 1, 5 2 0, 0 0 0 0"),
        ("138****1234", "尾号幺二三四", "ending in 1 2 3 4"),
        ("3710**********0016", "已经填好", "filled in"),
        ("您是宋**吗？", "您是宋某吗？", "您是宋.吗？"),
        ("08:30–18:00", "8点30分到18点", "8:30 to 18:00"),
        ("05:45", "5点45分", "5:45"),
        ("22:00–06:05", "22点到6点05分", "22:00 to 6:05"),
        ("22:00–次日06:05", "22点到次日6点05分", "22:00 to 次日6:05"),
        ("230–280 元", "230到280 元", "230 to 280 元"),
        ("WHC1-0002", "W H C 幺，零零零二", "W H C 1, 0 0 0 2"),
        ("草稿号 0001", "草稿号 零零零幺", "草稿号 0 0 0 1"),
        ("200,000 元", "200000 元", "200000 元"),
        ("12333", "幺二三三三", "1 2 3 3 3"),
        ("91371000MA3C1B2D45", "九幺三七幺零零零 M A 三 C 幺 B 二 D 四五", None),
        ("1/2", "第1页，一共2页", "page 1 of 2"),
        ("费的 2/3", "费的 2/3", "费的 2/3"),
        ("138063112", "幺三八零六三幺幺二", "1 3 8 0 6 3 1 1 2"),
        ("138 0631 12", "幺三八，零六三幺，幺二", "1 3 8, 0 6 3 1, 1 2"),
        ("WHC1-Z0002", "W H C 幺，Z 零零零二", "W H C 1, Z 0 0 0 2"),
    ],
)
def test_as_people_say_it(strings, written, zh, en):
    assert as_spoken(written, strings) == zh
    strings.set_language("en")
    assert en is None or as_spoken(written, strings) == en


@pytest.mark.parametrize("unit", ["hour", "day", "piece", "month", "job"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_wage_has_no_stroke(strings, unit, language):
    strings.set_language(language)
    said = as_spoken(strings.pay(1850, unit), strings)
    assert said.startswith("18.5 ")
    assert "/" not in said


@pytest.mark.parametrize(
    "text", ["11月23日 周一", "2026", "9 小时", "1 到 500 人", "99999.99 元", "还剩 11 分钟", "第 1 页"]
)
def test_what_voices_read_well_is_left_as_it_is(strings, text):
    assert as_spoken(text, strings) == text
