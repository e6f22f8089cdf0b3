"""Labels whose words are longer than the place that was made for them."""

import pytest

from kiosk.ui.preferences import TextSize
from kiosk.ui.theme import KEY_FACT_MM, SMALLEST_TEXT_MM, Role, Theme
from kiosk.ui.widgets.buttons import BigButton
from kiosk.ui.widgets.choices import ChoiceGrid, Option
from kiosk.ui.widgets.fitting import text_size
from kiosk.ui.widgets.text import Text
from tests.ui.ink import inks

SENTENCE = "只有您去应聘的那一家用工方看得到您的姓名和电话"


@pytest.fixture
def label(theme: Theme, qtbot):
    def made(words: str, width: int, height: int, *, wrap: bool = True) -> Text:
        text = Text(theme, Role.LEAD, wrap=wrap)
        qtbot.addWidget(text)
        text.setText(words)
        text.resize(width, height)
        text.show()
        return text

    return made


def test_words_that_have_their_room_are_as_large_as_they_should_be(label, theme):
    needed = text_size(SENTENCE, theme.font(Role.LEAD), 400)
    text = label(SENTENCE, 400, needed.height())
    assert text.words_fit()
    assert {ink.px for ink in inks(text)} == {theme.text_px(Role.LEAD)}


@pytest.mark.parametrize("wrap", [True, False])
def test_too_little_room_makes_words_smaller_and_leaves_none_out(label, theme, wrap):
    needed = text_size(SENTENCE, theme.font(Role.LEAD), 400 if wrap else 10_000)
    room = (400, needed.height() * 2 // 3) if wrap else (needed.width() * 2 // 3, needed.height())
    text = label(SENTENCE, *room, wrap=wrap)
    assert text.words_fit()
    written = inks(text)
    assert "".join(ink.text for ink in written).replace(" ", "") == SENTENCE
    for ink in written:
        assert theme.px(SMALLEST_TEXT_MM) <= ink.px < theme.text_px(Role.LEAD)
        assert ink.place.bottom() <= text.height() + 1
        assert ink.place.right() <= text.width() + 1


def test_no_word_is_ever_smaller_than_can_be_read(label, theme):
    text = label(SENTENCE, 100, 30)
    assert not text.words_fit()
    assert {ink.px for ink in inks(text)} == {theme.px(SMALLEST_TEXT_MM)}


@pytest.mark.parametrize("size", list(TextSize))
def test_a_key_fact_is_never_below_its_size(size):
    theme = Theme()
    theme.set_look(size, high_contrast=False)
    for role in Role:
        least = KEY_FACT_MM if role in (Role.FACT, Role.HERO) else SMALLEST_TEXT_MM
        assert theme.text_px(role) >= theme.px(least)


def test_an_icon_makes_way_for_words_that_need_its_place(theme, qtbot):
    button = BigButton(theme, icon_name="print")
    qtbot.addWidget(button)
    button.say("再打印一张凭条")
    seen = []
    for mm in range(70, 20, -1):
        button.resize(theme.px(mm), theme.px(20))
        seen.append((button._place().icon is not None, button.words_fit()))
    assert seen[0] == (True, True)
    assert (False, True) in seen
    assert (True, False) not in seen


def test_fewer_tiles_stand_beside_each_other_where_that_makes_words_fit(theme, qtbot):
    choices = ChoiceGrid(theme, 3, role=Role.BODY, height_mm=16.0)
    qtbot.addWidget(choices)
    choices.show()

    def columns(word: str, mm: int) -> int:
        choices.set_options(Option(value=at, text=word) for at in range(3))
        choices.resize(theme.px(mm), theme.px(60))
        return choices._grid._columns

    assert columns("按天", 140) == 3
    seen = [columns("Payment is twice a month, on two days", mm) for mm in range(600, 120, -20)]
    assert seen[0] == 3
    assert 2 in seen
    assert columns("Payment is twice a month, on two days" * 9, 140) == 3  # nothing is won by two
