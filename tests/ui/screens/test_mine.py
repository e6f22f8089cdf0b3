"""我的: how my jobs stand, what I may say about them, and taking my consent back."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from kiosk.domain.values import PlacementStatus
from kiosk.ui.preferences import TextSize
from tests.ui.screens.house import LANDSCAPE, PORTRAIT, House

TITLE = "搬家，两车东西"


def to_mine(house: House, phone: str = "13806311111") -> None:
    house.tap("welcome.mine")
    house.hand.wait_screen("identify")
    house.hand.type("phone", phone)
    house.tap("common.next")
    house.hand.wait_screen("mine")


def status_of(house: House, worker_id: UUID) -> PlacementStatus:
    return house.services.placements.of_worker(worker_id)[0].status


def test_nobody_sees_it_without_saying_who_they_are(house: House) -> None:
    house.worker()
    house.start()
    to_mine(house)
    house.hand.wait_text(house.text("mine.none"))


def test_todays_work_stands_first(house: House) -> None:
    worker = house.worker()
    tomorrow = house.today + timedelta(days=1)
    house.apply(worker, house.listing())
    house.apply(worker, house.listing(title="明天卸车", date_from=tomorrow, date_to=tomorrow))
    house.start()
    to_mine(house)
    house.hand.wait_text("明天卸车")
    cards = [text for text in house.hand.texts() if "元/天" in text]
    assert [TITLE in card for card in cards] == [True, False]


def test_from_the_place_to_the_money(house: House) -> None:
    worker = house.worker()
    house.apply(worker, house.listing())
    hand = house.start()
    to_mine(house)
    hand.tap(TITLE)
    hand.wait_screen("my_job")
    for mark, status in (
        ("arrived", PlacementStatus.ARRIVED),
        ("completed", PlacementStatus.COMPLETED),
        ("unpaid", PlacementStatus.UNPAID),
        ("paid", PlacementStatus.PAID),
    ):
        house.tap(f"mine.mark.{mark}")
        hand.settle()
        assert hand.has(house.text(f"mine.state.{mark}"))
        assert status_of(house, worker.worker.id) is status
    assert not hand.has(house.text("mine.cancel"))


def test_cancelling_asks_once_and_gives_the_place_to_the_one_who_waits(house: House) -> None:
    listing = house.listing()
    worker = house.worker()
    house.apply(worker, listing)
    other = house.worker("王强", "13806312222")
    house.apply(other, listing)
    hand = house.start()
    to_mine(house)
    hand.tap(TITLE)
    hand.wait_screen("my_job")
    house.tap("mine.cancel")
    hand.wait_text(house.text("mine.ask_cancel.happens"))
    house.tap("mine.ask_cancel.no")
    assert status_of(house, worker.worker.id) is PlacementStatus.CONFIRMED
    house.tap("mine.cancel")
    house.tap("mine.ask_cancel.yes")
    hand.wait_text(house.text("mine.cancelled"))
    assert status_of(house, worker.worker.id) is PlacementStatus.CANCELLED
    assert status_of(house, other.worker.id) is PlacementStatus.CONFIRMED
    assert not hand.has(house.text("mine.cancel"))


def test_somebody_who_waits_is_told_not_to_go(house: House) -> None:
    listing = house.listing()
    house.apply(house.worker("王强", "13806312222"), listing)
    house.apply(house.worker(), listing)
    house.start()
    to_mine(house)
    house.hand.wait_text(house.text("mine.state.waitlisted"))


def test_the_slip_is_shown_and_printed_only_when_asked_for(house: House) -> None:
    house.apply(house.worker(), house.listing())
    hand = house.start()
    to_mine(house)
    hand.tap(TITLE)
    hand.wait_screen("my_job")
    hand.wait_text("WHC1-0003")  # after the posting receipt and the worker's card
    assert not hand.has(house.text("slip_panel.printed"))
    house.tap("slip_panel.again")
    hand.wait_text(house.text("slip_panel.printed"))


def test_my_data_is_shown_with_the_phone_masked(house: House) -> None:
    house.worker(districts=("371002",))
    hand = house.start()
    to_mine(house)
    house.tap("mine.my_data")
    hand.wait_screen("my_data")
    hand.wait_text("138****1111")
    hand.wait_text("搬运/搬家")
    assert "13806311111" not in " ".join(hand.texts())


def test_consent_is_withdrawn_as_easily_as_given(house: House) -> None:
    worker = house.worker()
    house.apply(worker, house.listing())
    hand = house.start()
    to_mine(house)
    house.tap("mine.my_data")
    hand.wait_screen("my_data")
    house.tap("my_data.withdraw")
    hand.wait_text(house.text("my_data.ask.happens"))
    house.tap("my_data.ask.yes")
    hand.wait_screen("withdrawn")
    assert house.services.workers.get(worker.worker.id).consent.withdrawn_at is not None
    assert status_of(house, worker.worker.id) is PlacementStatus.CANCELLED
    house.tap("common.done")
    hand.wait_screen("welcome")
    assert not house.shell.ctx.navigator.attended


def test_more_than_a_page(house: House) -> None:
    worker = house.worker()
    for n in range(5):
        day = house.today + timedelta(days=n)
        house.apply(worker, house.listing(title=f"搬家第{n}天", date_from=day, date_to=day))
    hand = house.start()
    to_mine(house)
    hand.wait_text("搬家第0天")
    assert "搬家第4天" not in " ".join(hand.texts())
    house.tap("common.next_page")
    hand.wait_text("搬家第4天")


@pytest.mark.parametrize(
    ("size", "language", "text_size"),
    [
        (PORTRAIT, "zh_CN", TextSize.LARGE),
        (PORTRAIT, "en", TextSize.HUGE),
        (LANDSCAPE, "zh_CN", TextSize.HUGE),
        (LANDSCAPE, "en", TextSize.HUGE),
    ],
)
def test_everything_fits(
    open_house: Callable[..., House], size: tuple[int, int], language: str, text_size: TextSize
) -> None:
    house = open_house(size)
    worker = house.worker(
        "丛" * 20, districts=tuple(each.code for each in house.services.catalogue.districts())
    )
    long = {"title": "搬家，三楼到五楼，有钢琴和冰柜，要小心", "address": "海滨路268号院内三单元"}
    for n in range(5):
        day = house.today + timedelta(days=n)
        house.apply(worker, house.listing(**long, date_from=day, date_to=day))
    hand = house.start()
    house.dress(language, text_size)
    to_mine(house)
    house.measure()
    hand.tap_nth("搬家", 0)
    hand.wait_screen("my_job")
    house.measure()
    house.tap("mine.cancel")
    house.measure()
    house.tap("mine.ask_cancel.no")
    house.tap("mine.mark.arrived")
    house.tap("mine.mark.completed")
    house.measure()
    hand.back()
    house.tap("mine.my_data")
    hand.wait_screen("my_data")
    house.measure()
    house.tap("my_data.withdraw")
    house.measure()
    house.tap("my_data.ask.yes")
    hand.wait_screen("withdrawn")
    house.measure()
    assert house.marks == []
