"""The first page: what is new, what it says when nothing is, where it leads."""

from collections.abc import Callable

import pytest

from kiosk.ui.components.listing_card import ListingCard
from kiosk.ui.preferences import TextSize
from kiosk.ui.screens.welcome.welcome import CARDS, WelcomeScreen
from tests.ui.eyes import eye_faults
from tests.ui.screens.house import LANDSCAPE, PORTRAIT, House

LOOKS = [
    (PORTRAIT, "zh_CN", TextSize.LARGE),
    (PORTRAIT, "en", TextSize.HUGE),
    (LANDSCAPE, "zh_CN", TextSize.HUGE),
    (LANDSCAPE, "en", TextSize.STANDARD),
]


def titles(house: House) -> list[str]:
    return [text for text in house.hand.texts() if "元/天" in text]


def test_an_empty_market_says_so(house: House) -> None:
    hand = house.start()
    assert hand.has(house.text("welcome.nothing"))
    assert hand.has(house.text("welcome.free"))
    assert hand.has("环翠零工驿站")


def test_the_next_person_reads_whose_place_it_is_and_that_it_is_free(house: House) -> None:
    hand = house.start()
    house.tap("welcome.register")
    hand.wait_screen("register_consent")
    house.dress("en", TextSize.HUGE)
    house.shell.ctx.navigator.end_visit()
    hand.wait_screen("welcome")
    assert hand.has(house.text("welcome.free"))
    assert hand.has(house.text("welcome.register"))
    assert "环翠零工驿站" in hand.texts()


def test_newest_listing_is_there_and_leads_to_its_page(house: House) -> None:
    house.listing()
    hand = house.start()
    hand.wait_text(house.text("welcome.find_note", n=1))
    assert not hand.has(house.text("welcome.nothing"))
    hand.tap("搬家，两车东西")
    hand.wait_screen("listing")


def test_cards_take_turns_only_while_nobody_is_there(house: House) -> None:
    for n in range(CARDS + 1):
        house.listing(title=f"搬家第{n}趟")
    house.start()
    screen = house.screen
    assert isinstance(screen, WelcomeScreen)
    first = titles(house)
    assert len(first) == CARDS
    _ = house.shell.ctx.visit  # somebody touched the text size, say
    screen.turn()
    assert titles(house) == first
    house.shell.ctx.navigator.end_visit()
    house.hand.wait_screen("welcome")
    screen.turn()
    assert len(titles(house)) == 1


def test_a_new_listing_appears_after_the_last_turn(house: House) -> None:
    house.start()
    house.listing()
    screen = house.screen
    assert isinstance(screen, WelcomeScreen)
    screen.turn()
    house.hand.wait_text("搬家，两车东西")


def test_a_workers_card_leads_to_their_page(house: House) -> None:
    registered = house.worker()
    hand = house.start()
    hand.scan(registered.slip.content.qr)
    hand.wait_screen("tail")
    hand.type("tail", "9999")
    house.tap("common.next")
    hand.wait_text(house.text("refusal.tail_wrong", left=2))
    assert hand.screen == "tail"
    hand.clear("tail")
    hand.type("tail", "1111")
    house.tap("common.next")
    hand.wait_screen("mine")
    hand.wait_text("于海")


def test_a_job_slip_works_on_the_scan_page_too(house: House) -> None:
    applied = house.apply(house.worker(), house.listing())
    hand = house.start()
    house.tap("welcome.scan")
    hand.wait_screen("scan")
    hand.scan(applied.slip.content.qr)
    hand.wait_screen("tail")


def test_a_strange_code_gets_a_sentence(house: House) -> None:
    hand = house.start()
    hand.scan("https://example.org/menu/42")
    hand.wait_text(house.text("refusal.qr_foreign"))
    assert hand.screen == "welcome"


@pytest.mark.parametrize(("size", "language", "text_size"), LOOKS)
def test_everything_fits(
    open_house: Callable[..., House], size: tuple[int, int], language: str, text_size: TextSize
) -> None:
    house = open_house(size)
    for n in range(CARDS):
        house.listing(title="搬家，三楼到五楼，有钢琴和冰柜，要小心", address=f"海滨路{n}号院内三单元")
    house.start()
    house.dress(language, text_size)
    house.measure()
    house.tap("welcome.scan")
    house.hand.wait_screen("scan")
    house.measure()
    assert house.marks == []


def test_a_new_posting_is_on_the_first_page_at_the_next_turn(house: House) -> None:
    for n in range(7):
        house.listing(title=f"旧活{n}")
    hand = house.start()
    hand.wait_text("旧活6")
    house.listing(title="刚发的活")
    house.screen.turn()
    hand.wait_text("刚发的活")
    house.screen.turn()
    hand.wait_text("旧活3")


def shown_titles(house: House) -> list[str]:
    return [card._words.what for card in house.screen.findChildren(ListingCard) if card.isVisible()]


def test_larger_letters_show_fewer_cards_with_every_fact_from_the_same_one_on(
    open_house: Callable[..., House],
) -> None:
    house = open_house(LANDSCAPE)
    for n in range(8):
        house.listing(title=f"旧活{n}", meals=True)
    hand = house.start()
    hand.wait_text("旧活7")
    house.screen.turn()
    hand.wait_text("旧活4")
    assert shown_titles(house) == ["旧活4", "旧活3", "旧活2"]
    house.dress("zh_CN", TextSize.HUGE)
    house.calm()
    assert shown_titles(house) == ["旧活4", "旧活3"]
    assert eye_faults(house.shell, house.shell.ctx.theme) == []
    house.shell.ctx.navigator.end_visit()
    hand.wait_screen("welcome")
    hand.wait_text("旧活7")
    assert shown_titles(house) == ["旧活7", "旧活6", "旧活5"]
