"""我的: how my jobs stand, what I may say about them, and taking my consent back."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.domain.records import WorkerTrade
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import PlacementStatus
from kiosk.domain.workers import MAX_TRADES
from kiosk.services.context import SELF
from kiosk.ui.gate import CONFIRM_GUARD_MS, GUARD_MS
from kiosk.ui.preferences import TextSize
from tests.e2e.forms import say_who
from tests.ui.screens.house import LANDSCAPE, PORTRAIT, House

TITLE = "搬家，两车东西"


def to_mine(house: House, phone: str = "13806311111") -> None:
    house.tap("welcome.mine")
    house.hand.wait_screen("identify")
    house.show_card(phone)
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


def at_job(house: House, **changes: object) -> UUID:
    """One job of one worker on the screen."""
    worker = house.worker()
    house.apply(worker, house.listing(**changes))
    hand = house.start()
    to_mine(house)
    hand.tap(TITLE)
    hand.wait_screen("my_job")
    hand.settle()
    return worker.worker.id


def test_a_finger_that_comes_down_four_times_says_one_thing(house: House) -> None:
    worker_id = at_job(house)
    gate, hand = house.shell.ctx.gate, house.hand
    gate._guard_ms = GUARD_MS
    button = house.screen._marks[PlacementStatus.ARRIVED]
    point = button.mapTo(house.shell, button.rect().center())
    for _ in range(4):
        QTest.mouseClick(house.shell.windowHandle(), Qt.MouseButton.LeftButton, pos=point)
        hand.settle()
    assert status_of(house, worker_id) is PlacementStatus.ARRIVED
    assert (gate.guarding, gate.guard_ms) == (True, CONFIRM_GUARD_MS)


def test_before_the_day_nothing_can_be_said_about_it(house: House) -> None:
    far = house.today + timedelta(days=30)
    worker_id = at_job(house, date_from=far, date_to=far)
    house.hand.wait_text(house.text("mine.next_early"))
    assert not house.hand.has(house.text("mine.mark.arrived"))
    placement = house.services.placements.of_worker(worker_id)[0]
    with pytest.raises(Refusal, match="too_early_to_mark"):
        house.services.placements.mark(placement.id, PlacementStatus.NO_SHOW, "", SELF)


def test_a_wrong_touch_is_taken_back_in_the_same_visit(house: House) -> None:
    worker_id = at_job(house)
    assert not house.hand.has(house.text("mine.take_back"))
    for mark, before in (
        ("arrived", PlacementStatus.CONFIRMED),
        ("completed", PlacementStatus.ARRIVED),
        ("unpaid", PlacementStatus.COMPLETED),
        ("paid", PlacementStatus.UNPAID),
    ):
        house.tap(f"mine.mark.{mark}")
        house.tap("mine.take_back")
        house.hand.wait_text(house.text("mine.taken_back"))
        assert status_of(house, worker_id) is before
        assert not house.hand.has(house.text("mine.take_back"))
        house.tap(f"mine.mark.{mark}")
    house.shell.ctx.navigator.end_visit()
    house.hand.wait_screen("welcome")
    to_mine(house)
    house.hand.tap(TITLE)
    house.hand.wait_screen("my_job")
    assert not house.hand.has(house.text("mine.take_back"))


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


def test_after_cancelling_neither_screen_nor_printer_promises_the_place(house: House) -> None:
    worker_id = at_job(house)
    hand, slips = house.hand, house.services.printing
    job = slips.of(house.services.placements.of_worker(worker_id)[0].id)[0]
    assert hand.has(house.text("slip_panel.again"))
    house.tap("mine.cancel")
    house.tap("mine.ask_cancel.yes")
    hand.wait_text(house.text("mine.cancelled"))
    assert hand.has(house.text("mine.state.cancelled"))
    assert not hand.has(house.text("slip_panel.again"))
    assert not hand.has(job.content.number)
    with pytest.raises(Refusal, match="slip_void"):
        slips.print_slip(job.slip_id, reprint=True, by_staff=True)
    house.tap("apply_refused.others")
    hand.wait_screen("trades")


def test_after_the_last_day_nothing_is_promised_and_nothing_can_be_cancelled(house: House) -> None:
    listing, coming = house.listing(), house.today + timedelta(days=20)
    holder, waiting = house.worker(), house.worker("王强", "13806312222")
    held, waited = house.apply(holder, listing), house.apply(waiting, listing)
    house.clock.advance(18 * 24 * 3600)
    house.apply(holder, house.listing(title="装车", date_from=coming, date_to=coming))
    for placement in (held.placement, waited.placement):
        with pytest.raises(Refusal, match="over_cannot_cancel"):
            house.services.placements.cancel(placement.id, "", SELF)
    hand = house.start()
    to_mine(house)
    hand.wait_text("装车")
    cards = [text for text in hand.texts() if "元/天" in text]
    assert ["装车" in card for card in cards] == [True, False], "what lies ahead stands first"
    hand.tap(TITLE)
    hand.wait_screen("my_job")
    hand.wait_text(house.text("mine.state.past"))
    hand.wait_text(house.text("mine.next.past"))
    for gone in ("mine.cancel", "mine.state.confirmed", "mine.next.confirmed", "slip_panel.again"):
        assert not hand.has(house.text(gone))
    with pytest.raises(Refusal, match="slip_past"):
        house.services.printing.print_slip(held.slip.slip_id, reprint=True)
    house.tap("mine.mark.arrived")
    hand.wait_text(house.text("mine.state.arrived"))
    assert house.services.printing.print_slip(held.slip.slip_id, reprint=True).fault is None
    house.shell.ctx.navigator.end_visit()
    hand.wait_screen("welcome")
    to_mine(house, "13806312222")
    hand.tap(TITLE)
    hand.wait_screen("my_job")
    hand.wait_text(house.text("mine.state.declined"))
    for gone in ("mine.cancel", "slip_panel.again"):
        assert not hand.has(house.text(gone))
    assert hand.has(house.text("apply_refused.others"))


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


GOOD_ID = "370602197103054329"


def to_change(house: House, phone: str = "13806311111") -> None:
    to_mine(house, phone)
    house.tap("mine.my_data")
    house.hand.wait_screen("my_data")
    house.hand.wait_text(house.text("my_data.change"))
    house.tap("my_data.change")
    house.hand.wait_screen("register_summary")


def edit(house: House, part: str) -> None:
    house.tap(f"register.edit_{part}")
    house.hand.wait_gone(house.text("register.change_title"))


def mend(house: House, part: str, text: str, field: str = "") -> None:
    """Another text in the field of one part, and back."""
    edit(house, part)
    house.hand.clear(field or part)
    house.hand.type(field or part, text)
    house.tap("common.keep_and_back")
    house.hand.wait_screen("register_summary")


def save(house: House) -> None:
    house.tap("register.save")
    house.hand.wait_screen("my_data")
    house.hand.wait_text(house.text("my_data.saved"))


def test_everything_about_me_can_be_changed(house: House) -> None:
    worker = house.worker(districts=("371002",)).worker
    house.clock.advance(1)
    hand = house.start()
    to_change(house)
    assert not hand.enabled(house.text("register.save")), "nothing to save yet"
    mend(house, "phone", "13906319999")
    mend(house, "id", GOOD_ID, "id_number")
    edit(house, "trades")
    hand.wait_screen("register_trades")
    hand.tap("搬运装卸")
    hand.wait_screen("register_trades_of")
    hand.tap("搬运/搬家")
    hand.tap("装卸工")
    house.tap("register.trades_done")
    hand.wait_screen("register_trades")
    house.tap("register.years")
    hand.wait_screen("register_years")
    for _ in range(3):
        hand.tap(house.text("register.years_more", trade="装卸工"))
    hand.wait_text(house.text("register.years_count", n=3))
    house.tap("register.years_done")
    hand.wait_screen("register_trades")
    house.tap("common.keep_and_back")
    hand.wait_screen("register_summary")
    hand.wait_text("装卸工（3年）")
    mend(house, "wish", "300", "wage")
    edit(house, "where")
    hand.tap("环翠区")
    hand.tap("文登区")
    house.tap("common.keep_and_back")
    hand.wait_screen("register_summary")
    edit(house, "also")
    house.tap("register.night_work")
    house.tap("common.keep_and_back")
    hand.wait_screen("register_summary")
    save(house)
    for said in ("139****9999", "3706", "装卸工（3年）", "300 元/天", "文登区", "能上夜班"):
        hand.wait_text(said)
    now = house.services.workers.get(worker.id)
    assert (now.phone, now.wage_wish_fen, now.districts) == ("13906319999", 30000, ("371003",))
    assert now.trades == (WorkerTrade(trade="by-zhuangxie", years=3),)
    assert now.night_work
    assert now.identity is not None
    assert now.consent == worker.consent
    hand.back()
    house.tap("mine.my_data")
    hand.wait_screen("my_data")
    assert not hand.has(house.text("my_data.saved"))


def test_an_id_number_that_is_kept_is_shown_masked_and_not_asked_for(house: House) -> None:
    worker = house.worker(id_number=GOOD_ID).worker
    hand = house.start()
    to_change(house)
    assert worker.identity is not None
    hand.wait_text(worker.identity.masked)
    hand.wait_text(house.text("register.id_by_staff"))
    assert not hand.enabled(house.text("register.edit_id"))
    edit(house, "who")
    hand.clear("name")
    hand.type("name", "于江")
    house.tap("common.keep_and_back")
    hand.wait_screen("register_summary")
    save(house)
    now = house.services.workers.get(worker.id)
    assert (now.name, now.identity) == ("于江", worker.identity)


def test_years_in_a_trade_stay_when_another_is_added(house: House) -> None:
    worker = house.worker(trades=(WorkerTrade(trade="by-banyun", years=8),)).worker
    hand = house.start()
    to_change(house)
    edit(house, "trades")
    hand.tap("搬运装卸")
    hand.wait_screen("register_trades_of")
    hand.tap("装卸工")
    house.tap("register.trades_done")
    hand.wait_screen("register_trades")
    house.tap("common.keep_and_back")
    hand.wait_screen("register_summary")
    save(house)
    trades = {each.trade: each.years for each in house.services.workers.get(worker.id).trades}
    assert trades == {"by-banyun": 8, "by-zhuangxie": 0}


def test_a_change_that_is_refused_stands_beside_its_field_with_what_was_typed(house: House) -> None:
    house.worker()
    house.worker(phone="13806312222")
    hand = house.start()
    to_change(house)
    edit(house, "phone")
    hand.clear("phone")
    hand.type("phone", "138")
    house.tap("common.keep_and_back")
    hand.wait_text(house.text("refusal.phone_length", limit=11, length=3))
    hand.clear("phone")
    hand.type("phone", "13806312222")
    house.tap("common.keep_and_back")
    hand.wait_screen("register_summary")
    house.tap("register.save")
    hand.wait_screen("register_phone")
    hand.wait_text(house.text("refusal.taken_by_phone", number=2))
    assert hand.value("phone") == "13806312222"
    house.tap("common.keep_and_back")
    hand.wait_screen("register_summary")
    hand.back()
    hand.wait_screen("my_data")
    house.tap("my_data.change")
    hand.wait_screen("register_summary")
    hand.wait_text("138 0631 2222")


def test_a_change_that_was_begun_is_no_registration(house: House) -> None:
    house.worker()
    hand = house.start()
    to_change(house)
    house.shell.ctx.navigator.home()
    hand.wait_screen("welcome")
    house.tap("welcome.register")
    hand.wait_screen("still_you")
    house.tap("still_you.yes")
    hand.wait_screen("register_consent")
    house.tap("consent.agree")
    say_who(hand, "于海洋", to="register_phone")
    assert hand.value("phone") == ""


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


@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.HUGE])
@pytest.mark.parametrize("page", ["mine", "my_data"])
def test_between_withdrawal_and_night_only_what_works_is_offered(
    house: House, page: str, size: TextSize
) -> None:
    worker = house.worker()
    house.services.workers.withdraw_consent(worker.worker.id, SELF)
    hand = house.start()
    house.dress("zh_CN", size)
    house.tap("welcome.mine")
    hand.wait_screen("identify")
    house.hand.scan(house.services.printing.of(worker.worker.id)[0].content.qr)
    hand.wait_screen("tail")
    hand.type("tail", "1111")
    house.tap("common.next")
    hand.wait_screen("mine")
    if page == "my_data":
        house.tap("mine.my_data")
        hand.wait_screen("my_data")
        hand.wait_text(house.text("my_data.withdrawn_on"))
    hand.wait_text(house.text("mine.withdrawn"))
    for key in ("mine.wanted", "mine.find", "my_data.change", "my_data.withdraw", "slip_panel.again"):
        assert not hand.has(house.text(key)), key
    house.measure()
    assert not house.marks
    house.tap("apply_refused.register")
    hand.wait_screen("register_consent")


def test_the_slip_of_somebody_erased_is_void_and_no_digits_are_asked_for(house: House) -> None:
    worker = house.worker()
    applied = house.apply(worker, house.listing())
    other = house.worker("王强", "13806312222")
    house.services.workers.withdraw_consent(worker.worker.id, SELF)
    house.services.workers.withdraw_consent(other.worker.id, SELF)
    house.clock.advance(24 * 3600)
    assert house.services.forgetting.run() == 2
    house.start()
    for slip in (worker.slip, applied.slip, other.slip):
        house.hand.scan(slip.content.qr)
        house.hand.wait_text(house.text("refusal.slip_withdrawn"))
        assert house.screen.name != "tail"
        house.shell.ctx.navigator.end_visit()
        house.hand.wait_screen("welcome")


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
    catalogue = house.services.catalogue
    worker = house.worker(
        "丛" * 20,
        id_number=GOOD_ID,
        districts=tuple(each.code for each in catalogue.districts()),
        trades=tuple(WorkerTrade(trade=each.code, years=12) for each in catalogue.trades("jz")[:MAX_TRADES]),
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
    house.tap("my_data.change")
    hand.wait_screen("register_summary")
    house.measure()
    house.tap("register.edit_trades")
    hand.wait_screen("register_trades")
    house.measure()
    house.tap("register.years")
    hand.wait_screen("register_years")
    house.measure()
    house.tap("register.years_done")
    house.tap("common.keep_and_back")
    house.tap("register.edit_wish")
    hand.type("wage", "300")
    house.tap("common.keep_and_back")
    hand.wait_screen("register_summary")
    house.tap("register.save")
    hand.wait_screen("my_data")
    house.measure()
    house.tap("my_data.withdraw")
    house.measure()
    house.tap("my_data.ask.yes")
    hand.wait_screen("withdrawn")
    house.measure()
    assert house.marks == []
