import pytest

from kiosk.storage.initials import initials


@pytest.fixture
def people(storage, market):
    workers = [
        market.worker(7, name="王小明", phone="13800001111"),
        market.worker(8, name="王晓梅", phone="13900002222"),
        market.worker(138, name="阿卜杜·热合曼", phone="15012347777"),
        market.worker(10, name="Li Ming", phone="15099991111"),
        market.worker(11, name="𪚥明", phone="18600003333"),
    ]
    firm = market.employer(
        2, name="威海海诚水产有限公司", phone="13700004444", credit_code="91371000MA3C0A1B2X"
    )
    storage.load([*workers, firm])
    return storage


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("13800001111", ["王小明"]),
        ("138 0000 1111", ["王小明"]),
        ("138-0000-1111", ["王小明"]),
        ("1111", ["王小明", "Li Ming"]),
        ("139", ["王晓梅"]),
        ("138", ["阿卜杜·热合曼", "王小明"]),
        ("7", ["王小明"]),
        ("wxm", ["王小明", "王晓梅"]),
        ("WX", ["王小明", "王晓梅"]),
        ("lm", ["Li Ming"]),
        ("abd", ["阿卜杜·热合曼"]),
        ("王小明", ["王小明"]),
        ("小明", ["王小明"]),
        ("明", ["王小明", "𪚥明"]),
        ("𪚥", ["𪚥明"]),
        ("Ming", ["Li Ming"]),
        ("１３９", ["王晓梅"]),
        ("", []),
        ("%", []),
        ("nobody", []),
    ],
)
def test_workers(people, text, names):
    found = [each.name for each in people.read.find_workers(text, 10)]
    assert sorted(found) == sorted(names)


def test_the_exact_number_comes_first(people):
    assert people.read.find_workers("138", 10)[0].number == 138


def test_no_more_than_asked_for(people):
    assert len(people.read.find_workers("王", 1)) == 1
    assert people.read.find_workers("王", 0) == []


@pytest.mark.parametrize("text", ["海诚", "91371000MA3C0A1B2X", "91371000ma", "13700004444", "4444", "whhc"])
def test_employers(people, text):
    assert [each.name for each in people.read.find_employers(text, 10)] == ["威海海诚水产有限公司"]


def test_initials_of_mixed_names():
    assert initials("王小明") == "wxm"
    assert initials("Li Ming") == "lm"
    assert initials("阿卜杜·热合曼") == "abdrhm"
    assert initials("7天酒店") == "7tjd"
    assert initials("") == ""
