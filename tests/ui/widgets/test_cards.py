"""Cards: every fact is written in every look, and there are as many of them on a page as can be whole."""

from dataclasses import replace
from itertools import product

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from kiosk.domain.values import PlacementStatus
from kiosk.ui.components.card_grid import CardGrid
from kiosk.ui.components.fact_card import FactCard
from kiosk.ui.components.list_place import Pages
from kiosk.ui.components.listing_card import CardWords, ListingCard
from kiosk.ui.components.placement_card import PlacementCard, PlacementWords
from kiosk.ui.preferences import TextSize
from kiosk.ui.theme import Panel, Role, Theme
from tests.ui.eyes import eye_faults
from tests.ui.ink import inks

#: Widths in mm: the two columns of a page across, one column upright, beside the ways of the first page, a small panel.
WIDTHS = (230.0, 252.0, 238.0, 165.0)
SHORT = CardWords(
    amount="270",
    unit="元/天",
    what="照顾老人",
    trade="养老护理/陪护",
    when="明天 11月23日 周一  08:30–18:30",
    where="乳山市夏村镇 世昌大道3号",
    note="当天结、管饭",
    badge="还要 10 人",
    fresh="刚刚发布",
    plenty=True,
    icon_name="work",
)
LONG = CardWords(
    amount="12345.50",
    unit="yuan/month",
    what="冷库装卸冻鱼搬运码垛分拣打包贴标一条龙服务需要",
    trade="Appliance, home repairs",
    when="Mon 23 Nov to Wed 25 Nov  08:30–18:30 (the next day)",
    where="珠海路一百零二号海滨小区北门内第三单元二楼西户, Caomiaozi Town, Weihai Lingang Economic Zone",
    note="Paid on completion, Meals, Lodging, Transport, Bring tools",
    badge="120 needed",
    fresh="Posted 23 hours ago",
    plenty=False,
    icon_name="place",
)
MINE = PlacementWords(
    status=PlacementStatus.CONFIRMED,
    state="Waiting, don't go yet",
    pay="12345.50 yuan/month",
    what=LONG.what,
    when=LONG.when,
    where=LONG.where,
    trade=LONG.trade,
    icon_name="clock",
)


def shown(qtbot, theme: Theme, words: CardWords | PlacementWords, width_mm: float) -> FactCard:
    card = ListingCard(theme) if isinstance(words, CardWords) else PlacementCard(theme)
    qtbot.addWidget(card)
    card.show_words(words)
    width = theme.px(width_mm)
    card.resize(width, card.least_height(width))
    card.show()
    return card


@pytest.mark.parametrize(
    ("words", "size", "width_mm"),
    list(product((SHORT, LONG, MINE), TextSize, WIDTHS)),
    ids=lambda value: value.icon_name if isinstance(value, CardWords | PlacementWords) else str(value),
)
def test_every_fact_is_written_in_the_least_height(qtbot, theme, words, size, width_mm):
    theme.set_look(size, high_contrast=False)
    card = shown(qtbot, theme, words, width_mm)
    assert eye_faults(card, theme) == []
    assert all(card.rect().contains(ink.place.toRect()) for ink in inks(card))


def test_all_its_words_are_facts_of_a_card(qtbot, theme):
    said = " ".join(shown(qtbot, theme, SHORT, WIDTHS[0]).said())
    words = ("amount", "unit", "what", "trade", "when", "where", "note", "badge", "fresh")
    assert all(getattr(SHORT, name) in said for name in words)
    mine = " ".join(shown(qtbot, theme, MINE, WIDTHS[0]).said())
    assert all(getattr(MINE, name) in mine for name in ("state", "pay", "what", "trade", "when", "where"))


def test_a_picture_has_its_word_once(qtbot, theme):
    named = replace(SHORT, what="养老护理/陪护，住家")
    card = shown(qtbot, theme, named, WIDTHS[0])
    assert "".join(ink.text for ink in inks(card)).count("养老护理") == 1
    assert card.spoken_text().count("养老护理") == 1


def test_the_ruler_sees_what_is_left_out(qtbot, theme):
    class Forgetful(ListingCard):
        def said(self):
            return (*super().said(), "管住")

    card = Forgetful(theme)
    qtbot.addWidget(card)
    card.show_words(SHORT)
    card.resize(theme.px(230), theme.px(70))
    card.show()
    assert eye_faults(card, theme) == ["'管住' is not written on the card '照顾老人 270 元/天'"]


def test_a_line_that_is_a_little_too_long_is_made_smaller_and_no_other(qtbot, theme):
    card = shown(
        qtbot, theme, replace(SHORT, where=f"{SHORT.where}海滨小区北门内第三单元二楼西户东侧"), WIDTHS[0]
    )
    card.resize(card.width(), theme.px(60))
    px = {ink.text: ink.px for ink in inks(card)}
    assert px[SHORT.note] == theme.text_px(Role.BODY)
    assert next(size for text, size in px.items() if text.endswith("东侧")) < px[SHORT.note]


@pytest.mark.parametrize("words", [LONG, MINE])
def test_the_largest_letters_are_never_smaller_than_the_usual_ones_for_a_long_line(qtbot, theme, words):
    usual = theme.text_px(Role.BODY)
    theme.set_look(TextSize.HUGE, high_contrast=False)
    where = "青岛路210号, Yiyuan Subdistrict, Weihai Torch High-tech Zone"
    words = replace(words, where=where, what=SHORT.what, when=SHORT.when)
    if isinstance(words, CardWords):
        words = replace(words, note=SHORT.note)
    card = shown(qtbot, theme, words, WIDTHS[0])
    card.resize(card.width(), theme.px(69))
    body = [ink.px for ink in inks(card) if "".join(ink.text.split()) in "".join(where.split())]
    assert body
    assert min(body) >= usual - 1


@pytest.fixture
def window(qtbot) -> QWidget:
    """So large that nothing in it is held to a size."""
    shown_window = QWidget()
    qtbot.addWidget(shown_window)
    shown_window.resize(3000, 3000)
    shown_window.show()
    return shown_window


@pytest.fixture
def place(window, theme) -> CardGrid:
    """A grid of four cards as high as two at 大字."""
    cards = [ListingCard(theme) for _ in range(4)]
    grid = CardGrid(theme, cards, parent=window)
    least = cards[0].least_height(theme.px(230))
    grid.resize(QSize(theme.px(230), 2 * least + theme.px(4)))
    grid.show()
    for card in cards:
        card.show_words(SHORT)
    grid.show_cards(4)
    return grid


def test_only_whole_cards_are_shown(place, theme, qtbot):
    assert place.fits == 2
    assert [card.isVisible() for card in place._cards] == [True, True, False, False]
    theme.set_look(TextSize.HUGE, high_contrast=False)
    with qtbot.waitSignal(place.fits_changed):
        place.retheme()
    assert place.fits == 1
    assert [card.isVisible() for card in place._cards] == [True, False, False, False]


def test_a_higher_place_has_more_again_and_a_column_more_twice_as_many(place, theme):
    height = place.height()
    place.resize(place.width(), 1)
    assert place.fits == 1, "one is shown in the smallest place, too"
    place.resize(2 * place.width(), height)
    place.set_columns(2)
    assert place.fits == 4


def test_it_asks_for_the_room_of_one_row(place, theme):
    assert place.minimumSizeHint().height() <= place._cards[0].least_height(theme.px(230))


def test_few_cards_stay_as_they_are_where_more_would_fit(place):
    changes = []
    place.fits_changed.connect(lambda: changes.append(place.fits))
    place.show_cards(1)
    place.show_cards(2)
    assert changes == []


def test_pages_of_another_size_show_the_first_card_still():
    pages: Pages[str] = Pages(per_page=4)
    pages.put("abcdefghi")
    pages.turn(1)
    assert pages.shown[0] == "e"
    pages.hold(2)
    assert (pages.shown, pages.place) == (("e", "f"), "3/5")
    pages.hold(3)
    assert "e" in pages.shown
    assert pages.place == "2/3"


def test_a_narrow_card_keeps_more_lines(theme):
    card = ListingCard(theme)
    assert card.least_height(theme.px(120)) > card.least_height(theme.px(230))


def test_a_small_panel_has_the_same_facts(qtbot):
    theme = Theme(Panel.of(1366, 768, 15.6))
    theme.set_look(TextSize.HUGE, high_contrast=True)
    card = shown(qtbot, theme, LONG, 165)
    assert eye_faults(card, theme) == []
