import pytest

from kiosk.assets import asset_path
from kiosk.ui.input.rare import RareCharacters
from kiosk.ui.input.table import Table


@pytest.fixture
def rare():
    made = RareCharacters(asset_path("keyboard"))
    yield made
    made.close()


@pytest.mark.parametrize(
    ("query", "char"),
    [
        ("364d", "㙍"),
        ("U+4DAE", "䶮"),
        ("2CB6C", "𬭬"),
        ("2a6a5", "𪚥"),
        ("yan", "䶮"),
        ("duo", "㙍"),
        ("hui", "𬭬"),
        ("zhe", "𪚥"),
        ("longtian", "䶮"),
        ("jinhui", "𬭬"),
        ("longlonglonglong", "𪚥"),
        ("3007", "〇"),
        ("U+3007", "〇"),
        ("ling", "〇"),
        ("xing", "〇"),
    ],
)
def test_a_rare_character_is_found_by_code_reading_and_parts(rare, query, char):
    assert char in rare.find(query)


def test_a_code_point_comes_first_even_if_it_could_be_a_reading(rare):
    assert rare.find("4dae") == ["䶮"]


@pytest.mark.parametrize("query", ["", "0041", "fffff", "d800", "zzzz", "12", "110000", "e000", "?"])
def test_what_is_no_character_finds_nothing(rare, query):
    assert rare.find(query) == []


@pytest.mark.parametrize(
    ("before", "char", "taken"),
    [
        ("王龙天", "䶮", 2),
        ("金惠", "𬭬", 0),
        ("金彗", "𬭬", 2),
        ("土叕", "㙍", 2),
        ("龍龍龍龍", "𪚥", 4),
        ("方方土", "堃", 3),
    ],
)
def test_ordinary_characters_are_joined_into_a_rare_one(rare, before, char, taken):
    assert dict(rare.joined(before)).get(char, 0) == taken


@pytest.mark.parametrize("name", ["pinyin", "rare", "spelled", "parts", "shapes"])
def test_tables_are_sorted_and_every_line_is_found(name):
    path = asset_path("keyboard", f"{name}.tsv")
    lines = path.read_bytes().splitlines()
    assert lines == sorted(lines)
    table = Table(path)
    for line in [lines[0], lines[-1], *lines[1 :: max(1, len(lines) // 50)]]:
        key, _, value = line.decode().partition("\t")
        assert table.get(key) == value
    assert table.get("no such key") == ""
    table.close()
