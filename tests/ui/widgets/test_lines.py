"""Where lines end: as many as Qt would make, none of them a leftover."""

import pytest
from PySide6.QtGui import QFont, QFontMetrics

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.fitting import text_size
from kiosk.ui.widgets.lines import evenly


@pytest.fixture
def font(qapp: object) -> QFont:
    return Theme().font(Role.LEAD, bold=True)


def room_for(font: QFont, text: str) -> int:
    """Pixels that hold just so much on a line."""
    return QFontMetrics(font).horizontalAdvance(text) + 1


def test_what_fits_on_a_line_stays(font: QFont) -> None:
    assert evenly("请按时到", font, room_for(font, "请按时到")) == "请按时到"


def test_no_character_is_left_over(font: QFont) -> None:
    text = "名字、手机号、会干的活。身份证号可以不填。"
    assert evenly(text, font, room_for(font, text[:-2])) == "名字、手机号、会干的活。\n身份证号可以不填。"


def test_a_number_stays_with_its_word_and_a_word_whole(font: QFont) -> None:
    text = "文登区天福路街道 文化路249号"
    assert evenly(text, font, room_for(font, text[:-1])).split("\n")[-1] == "文化路249号"
    firm = "鲁湾水产食品有限公司"
    assert evenly(firm, font, room_for(font, firm[:-1])) == "鲁湾水产\n食品有限公司"


def test_a_name_is_not_broken_beside_words(font: QFont) -> None:
    text = "Make one of both registrations of 毕淑芳?"
    assert evenly(text, font, room_for(font, text[:-2])).endswith("毕淑芳?")
    assert "毕淑\n芳" not in evenly(text, font, room_for(font, text[:-2]))


@pytest.mark.parametrize(
    "said",
    [
        "Name, phone, what work you can do.\nYour ID number only if you wish.",
        'One touch under "My data",\nand it is gone.',
        "Huancui District, Wendeng District,\nWeihai Lingang Zone",
        "Labourer (8 y), Carpenter (8 y),\nSteel fixer (8 y)",
        "Meet at the market,\ngate no. 2, Caomiaozi Town",
        "威海临港经济技术开发区\n草庙子镇 珠海路102号",
        "小工/力工（8年）、瓦工（8年）、\n木工（8年）、钢筋工（8年）",
        "在“我的信息”里点一下，\n就不留了。",
    ],
)
def test_a_line_ends_after_a_sentence_a_comma_or_a_town(font: QFont, said: str) -> None:
    text = said.replace("\n", " " if said.isascii() else "")
    longest = max(said.split("\n"), key=lambda line: room_for(font, line))
    lines = evenly(text, font, room_for(font, longest)).split("\n")
    assert [line.rstrip() for line in lines] == said.split("\n")


@pytest.mark.parametrize(
    "said",
    ["11月23日 周一\n到 11月25日 周三", "Mon 23 Nov\nto Wed 25 Nov", "Sun 22 Nov\nto Mon 23 Nov 08:30"],
)
def test_a_period_goes_on_with_its_word_on_the_next_line(font: QFont, said: str) -> None:
    text = said.replace("\n", " ")
    for room in (room_for(font, text[:-1]), max(room_for(font, line) for line in said.split("\n"))):
        assert [line.rstrip() for line in evenly(text, font, room).split("\n")] == said.split("\n")


@pytest.mark.parametrize("share", [0.3, 0.4, 0.55, 0.7, 0.9])
def test_never_higher_nor_wider_than_its_place(font: QFont, share: float) -> None:
    text = "不会再给您介绍活，也不再联系您。没干过活的，名字和电话今晚删掉；干过活的，按规定留两年再删。"
    width = int(room_for(font, text) * share)
    said = evenly(text, font, width)
    assert said.replace("\n", "") == text
    assert text_size(said, font, width).height() == text_size(text, font, width).height()
    assert text_size(said, font, width).width() <= width


def test_a_paragraph_of_many_lines_and_rare_characters_are_left_alone(font: QFont) -> None:
    long = "工作人员看过就发布，" * 6
    assert evenly(long, font, room_for(font, "工作人员看过就")) == long
    rare = "龘𬭊" * 8
    assert evenly(rare, font, room_for(font, rare[:-1])) == rare


def test_lines_of_its_own_are_kept(font: QFont) -> None:
    assert evenly("一\n二", font, 1000) == "一\n二"
