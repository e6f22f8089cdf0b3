import pytest

from kiosk.assets import asset_path
from kiosk.ui.input.pinyin import NameOrder, Pinyin
from kiosk.ui.input.table import Table


@pytest.fixture
def pinyin():
    table = Table(asset_path("keyboard", "pinyin.tsv"))
    yield Pinyin(table)
    table.close()


def texts(pinyin, typed, order=NameOrder.NONE):
    return [candidate.text for candidate in pinyin.candidates(typed, order)]


@pytest.mark.parametrize(
    ("typed", "first"), [("weihai", "威海"), ("yantai", "烟台"), ("wagong", "瓦工"), ("banyun", "搬运")]
)
def test_words_of_the_market_come_first(pinyin, typed, first):
    assert texts(pinyin, typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "surname"),
    [("wang", "王"), ("cong", "丛"), ("lv", "吕"), ("lyu", "吕"), ("shan", "单"), ("ou", "区")],
)
def test_a_name_begins_with_a_surname(pinyin, typed, surname):
    assert surname in texts(pinyin, typed, NameOrder.SURNAME)[:3]


def test_the_given_name_has_its_own_order(pinyin):
    assert texts(pinyin, "li", NameOrder.SURNAME)[0] == "李"
    assert texts(pinyin, "li", NameOrder.GIVEN)[0] != "李"


def test_a_choice_says_how_many_letters_it_used_up(pinyin):
    found = {candidate.text: candidate.letters for candidate in pinyin.candidates("xi'an")}
    assert found["西安"] == 5
    assert found["西"] == 3


def test_letters_are_cut_into_whole_syllables_first(pinyin):
    assert pinyin.cut("wang")[0] == ("wang",)
    assert set(pinyin.cut("xian")) == {("xian",), ("xi", "an")}
    assert pinyin.cut("weih") == [("wei", "h")]


def test_an_unfinished_word_is_guessed(pinyin):
    assert "威海" in texts(pinyin, "weih")[:3]
    assert "王" in texts(pinyin, "w")


@pytest.mark.parametrize(
    "typed", ["uuu", "vvv", "'", "''", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "nnnnnnnnn", "i"]
)
def test_nonsense_is_answered_and_breaks_nothing(pinyin, typed):
    assert all(candidate.letters > 0 for candidate in pinyin.candidates(typed))


@pytest.mark.parametrize(
    ("typed", "name"),
    [("wangjianguo", "王建国"), ("lixiuying", "李秀英"), ("zhangwei", "张伟"), ("conglihua", "丛丽华")],
)
def test_a_whole_name_is_put_together(pinyin, typed, name):
    assert name in texts(pinyin, typed, NameOrder.SURNAME)[:4]


@pytest.mark.parametrize(
    ("typed", "sentence"), [("banyunjiaju", "搬运家具"), ("zhuangxiegong", "装卸工"), ("weihaishi", "威海市")]
)
def test_a_whole_phrase_is_put_together(pinyin, typed, sentence):
    assert texts(pinyin, typed)[0] == sentence


@pytest.mark.parametrize(("typed", "word"), [("wh", "威海"), ("hcq", "环翠区"), ("jg", "加工")])
def test_initials_find_words(pinyin, typed, word):
    found = {each.text: each.letters for each in pinyin.candidates(typed)}
    assert found[word] == len(typed)


def test_of_a_name_in_initials_the_parts_are_found(pinyin):
    found = {each.text: each.letters for each in pinyin.candidates("wjg", NameOrder.SURNAME)}
    assert found["王"] == 1


def test_every_syllable_offers_something(pinyin):
    silent = [syllable for syllable in pinyin._syllables if not texts(pinyin, syllable)]
    assert not silent
    assert len(pinyin._syllables) > 400
