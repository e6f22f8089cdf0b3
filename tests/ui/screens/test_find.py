"""找活干: from a trade to a slip, and every reason why not."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit

from kiosk.domain.calendar import SHANGHAI
from kiosk.services.context import SELF
from kiosk.services.placements import Applied
from kiosk.services.workers import Registered
from kiosk.ui.components.listing_card import ListingCard
from kiosk.ui.preferences import TextSize
from kiosk.ui.screens.find.applied import AppliedScreen
from kiosk.ui.screens.find.params import IdentifyParams, ListingParams
from kiosk.ui.screens.register.draft import RegisterDraft
from tests.e2e import forms
from tests.ui.eyes import eye_faults
from tests.ui.screens.house import LANDSCAPE, PORTRAIT, STAFF, House

TITLE = "搬家，两车东西"

GOOD_ID = "370602197103054329"


def to_listing(house: House, title: str = TITLE) -> None:
    house.tap("welcome.find")
    house.hand.wait_screen("trades")
    house.hand.tap("搬运装卸")
    house.hand.wait_screen("listings")
    house.hand.tap(title)
    house.hand.wait_screen("listing")


def say_who(house: House, phone: str = "13806311111") -> None:
    house.hand.wait_screen("identify")
    house.hand.type("phone", phone)
    house.tap("common.next")


def test_five_touches_from_welcome_to_a_slip(house: House) -> None:
    """找活干, the kind of work, the card, 我要去, and 下一步 below the phone number."""
    house.worker()
    house.listing()
    hand = house.start()
    to_listing(house)
    house.tap("listing.go")
    say_who(house)
    hand.wait_screen("applied")
    hand.wait_text(house.text("applied.confirmed"))
    hand.wait_text(house.text("slip_panel.printed"))
    screen = house.screen
    assert isinstance(screen, AppliedScreen)
    assert not screen.slip.picture.image.isNull()
    slips = list(house.kiosk.settings.slip_dir.rglob("*.png"))
    assert len(slips) == 1
    assert not QImage(str(slips[0])).isNull()


def test_the_last_place_is_taken_the_next_one_waits(house: House) -> None:
    listing = house.listing()
    other = house.worker("王强", "13806312222")
    house.worker()
    hand = house.start()
    to_listing(house)
    house.apply(other, listing)  # while somebody else looks at it
    house.tap("listing.go")
    say_who(house)
    hand.wait_screen("applied")
    hand.wait_text(house.text("applied.waitlisted"))
    hand.wait_text(house.text("applied.waitlisted_hint"))
    assert not hand.has(house.text("applied.confirmed"))
    assert "曲红梅" not in " ".join(hand.texts()), "no contact for a place that is not theirs"


def late(house: House, hour: int) -> None:
    """Let it be so late at the market."""
    there = house.clock.now().astimezone(SHANGHAI)
    house.clock.advance((there.replace(hour=hour, minute=0, second=0) - there).total_seconds())


def test_work_that_is_over_is_offered_to_nobody(house: House) -> None:
    over = house.listing()
    tonight = house.listing(title="夜里卸车", start_minute=20 * 60, end_minute=6 * 60)
    late(house, 17)
    hand = house.start()
    hand.wait_text(house.text("welcome.find_note", n=1))
    house.tap("welcome.find")
    house.tap("find.all_listings")
    hand.wait_screen("listings")
    hand.wait_text(tonight.terms.title)
    assert TITLE not in " ".join(hand.texts())
    house.shell.ctx.navigator.show("listing", ListingParams(listing_id=over.id))
    hand.wait_text(house.text("listing.over"))
    assert not hand.has(house.text("listing.go"))
    assert not hand.enabled(house.text("listing.over_go"))


def test_who_comes_after_todays_hours_is_told_to_begin_tomorrow(house: House) -> None:
    house.worker()
    last = house.today + timedelta(days=2)
    house.listing(date_to=last)
    late(house, 18)
    tomorrow = house.today + timedelta(days=1)
    said = house.text("listing.from_day", day=house.strings.day(tomorrow, house.today))
    hand = house.start()
    to_listing(house)
    hand.wait_text(said)
    house.tap("listing.go")
    say_who(house)
    hand.wait_screen("applied")
    assert any(said in text for text in hand.texts())
    screen = house.screen
    assert isinstance(screen, AppliedScreen)
    assert screen.slip.issued is not None
    day = screen.slip.issued.content.values["day"]
    assert day.startswith(house.strings.date(tomorrow))
    assert house.strings.date(last) in day


def test_todays_work_stands_against_nothing_that_begins_tomorrow_and_nobody_has_come_yet(
    house: House,
) -> None:
    worker = house.worker()
    house.apply(worker, house.listing(title="卸白菜一车"))
    longer = house.listing(date_to=house.today + timedelta(days=2))
    late(house, 18)
    hand = house.start()
    to_listing(house)
    house.tap("listing.go")
    say_who(house)
    hand.wait_screen("applied")
    house.tap("common.done")
    hand.wait_screen("welcome")
    house.tap("welcome.mine")
    house.show_card()
    hand.wait_screen("mine")
    hand.tap_nth(house.text("mine.state.confirmed"), 0)
    hand.wait_screen("my_job")
    hand.wait_text(longer.terms.title)
    hand.wait_text(house.text("mine.next_early"))
    assert not hand.has(house.text("mine.mark.arrived"))


def test_a_full_listing_says_so_and_offers_to_wait(house: House) -> None:
    listing = house.listing()
    hand = house.start()
    to_listing(house)
    house.apply(house.worker(), listing)
    house.tap("listing.go")
    hand.wait_screen("identify")
    hand.back()
    hand.wait_screen("listing")
    hand.wait_text(house.text("listing.full"))
    assert hand.enabled(house.text("listing.queue"))


def test_full_ones_can_be_looked_at_and_waited_for(house: House) -> None:
    house.apply(house.worker("王强", "13806312222"), house.listing(title="搬钢琴"))
    house.listing()
    house.worker()
    hand = house.start()
    house.tap("welcome.find")
    hand.tap("搬运装卸")
    hand.wait_screen("listings")
    hand.wait_text(TITLE)
    assert "搬钢琴" not in " ".join(hand.texts())
    house.tap("find.full")
    hand.wait_text("搬钢琴")
    hand.wait_text(house.text("listing.no_place"))
    assert TITLE not in " ".join(hand.texts()), "those with places are on the other list"
    hand.tap("搬钢琴")
    hand.wait_screen("listing")
    hand.back()
    hand.wait_screen("listings")
    hand.wait_text("搬钢琴")
    hand.tap("搬钢琴")
    hand.wait_screen("listing")
    house.tap("listing.queue")
    say_who(house)
    hand.wait_screen("applied")
    hand.wait_text(house.text("applied.waitlisted"))


def test_between_free_and_full_ones_the_rest_of_the_question_stays(house: House) -> None:
    house.apply(house.worker("王强", "13806312222"), house.listing(title="搬钢琴"))
    house.listing()
    hand = house.start()
    house.tap("welcome.find")
    house.tap("find.all_listings")
    hand.wait_screen("listings")
    hand.type("search", "钢琴")
    hand.wait_text(house.text("find.all_full"))
    house.tap("find.full")
    hand.wait_gone(house.text("find.all_full"))
    assert hand.value("search") == "钢琴"
    house.tap("find.full")
    hand.wait_text(house.text("find.all_full"))
    house.tap("find.all_full_act")
    hand.wait_text("搬钢琴")
    assert hand.value("search") == "钢琴"


def test_a_slip_says_who_it_is(house: House) -> None:
    registered = house.worker()
    house.listing()
    hand = house.start()
    to_listing(house)
    house.tap("listing.go")
    hand.wait_screen("identify")
    hand.scan(registered.slip.content.qr)
    hand.wait_screen("tail")
    hand.type("tail", "1111")
    house.tap("common.next")
    hand.wait_screen("applied")


def test_what_was_wrong_with_one_slip_is_not_said_of_the_next(house: House) -> None:
    first, second = house.worker(), house.worker("王兰", "13806322222")
    hand = house.start()
    hand.scan(first.slip.content.qr)
    hand.wait_screen("tail")
    hand.type("tail", "0000")
    house.tap("common.next")
    wrong = hand.wait_text(house.text("refusal.tail_wrong", left=2))
    house.tap("common.back")
    hand.wait_screen("welcome")
    hand.scan(second.slip.content.qr)
    hand.wait_screen("tail")
    assert not hand.has(wrong)


def test_who_typed_the_whole_number_is_not_asked_for_its_end(house: House) -> None:
    house.worker()
    hand = house.start()
    house.tap("welcome.mine")
    say_who(house)
    hand.wait_text(house.text("identify.prove"))
    house.show_card(typed=True)
    hand.wait_screen("mine")


def test_whoever_scans_on_the_first_page_is_asked_for_the_digits(house: House) -> None:
    registered = house.worker()
    hand = house.start()
    house.tap("welcome.mine")
    say_who(house)
    hand.wait_text(house.text("identify.prove"))
    house.tap("common.home")
    hand.wait_screen("welcome")
    hand.scan(registered.slip.content.qr)
    hand.wait_screen("still_you")
    house.tap("still_you.yes")
    hand.wait_screen("tail")
    hand.settle()
    assert hand.screen == "tail"


def test_only_the_first_number_that_was_typed_counts(house: House) -> None:
    registered = house.worker()
    house.worker("王海燕", "13806312222")
    hand = house.start()
    house.tap("welcome.mine")
    say_who(house, "13806312222")
    hand.wait_text(house.text("identify.prove"))
    hand.clear("phone")
    say_who(house)
    hand.scan(registered.slip.content.qr)
    hand.wait_screen("tail")
    hand.settle()
    assert hand.screen == "tail"


def test_a_locked_slip_stays_locked_for_who_typed_the_number(house: House) -> None:
    registered = house.worker()
    hand = house.start()
    hand.scan(registered.slip.content.qr)
    hand.wait_screen("tail")
    for wrong in ("2222", "3333", "4444"):
        hand.clear("tail")
        hand.type("tail", wrong)
        house.tap("common.next")
    hand.back()
    house.tap("welcome.mine")
    say_who(house)
    hand.wait_text(house.text("identify.prove"))
    hand.scan(registered.slip.content.qr)
    hand.wait_screen("tail")
    hand.wait_text("分钟")
    assert hand.screen == "tail"


def test_name_and_phone_are_two_pages_and_then_the_place_is_taken(house: House) -> None:
    house.listing()
    hand = house.start()
    to_listing(house)
    house.tap("listing.go")
    hand.wait_screen("identify")
    house.tap("identify.first_time")
    house.tap("consent.agree")
    hand.wait_screen("register_who")
    assert not hand.has(house.text("register.quick"))
    forms.say_who(hand, "欧阳海兰", to="register_phone")
    hand.type("phone", "13806310528")
    house.tap("register.quick")
    hand.wait_screen("applied")


def test_card_and_number_are_enough_to_take_a_place(house: House) -> None:
    listing = house.listing()
    hand = house.start()
    draft = RegisterDraft().with_phone("13806310528", IdentifyParams(listing_id=listing.id))
    house.shell.ctx.visit.keep(draft.with_card("欧阳海兰", GOOD_ID, draft.given | {"name", "id_number"}))
    house.shell.ctx.navigator.show("register_consent")
    house.tap("consent.agree")
    hand.wait_screen("applied")


def phone_said(house: House) -> str:
    """The number that the registration has."""
    return house.shell.ctx.visit.draft(RegisterDraft).form.phone


def test_what_was_typed_while_registering_is_there_after_going_back(house: House) -> None:
    house.listing()
    hand = house.start()
    to_listing(house)
    house.tap("listing.go")
    hand.wait_screen("identify")
    house.tap("identify.first_time")
    hand.wait_screen("register_consent")
    house.tap("consent.agree")
    hand.wait_screen("register_who")
    forms.say_who(hand, "欧阳海兰", to="register_phone")
    hand.type("phone", "13806310528")
    for screen in ("register_who", "register_consent", "identify"):
        hand.back()
        hand.wait_screen(screen)
    house.tap("identify.first_time")
    house.tap("consent.agree")
    hand.wait_screen("register_who")
    assert hand.value("name") == "欧阳海兰"
    assert phone_said(house) == "13806310528"
    for screen in ("register_consent", "identify"):
        hand.back()
        hand.wait_screen(screen)
    hand.type("phone", "13806319999")
    house.tap("identify.first_time")
    house.tap("consent.agree")
    hand.wait_screen("register_who")
    assert phone_said(house) == "13806319999"
    house.tap("register.quick")  # nothing more is asked of them
    hand.wait_screen("applied")


def test_times_that_overlap_are_refused_with_a_way_on(house: House) -> None:
    worker = house.worker()
    house.apply(worker, house.listing(title="卸白菜一车"))
    house.listing()
    hand = house.start()
    to_listing(house)
    house.tap("listing.go")
    say_who(house)
    hand.wait_screen("apply_refused")
    hand.wait_text(house.text("refusal.overlap", title="卸白菜一车"))
    house.tap("apply_refused.mine")
    hand.wait_screen("identify")
    house.show_card(typed=True)
    hand.wait_screen("mine")
    hand.wait_text("卸白菜一车")


def test_the_same_job_twice_is_refused(house: House) -> None:
    listing = house.listing(headcount="3")
    house.apply(house.worker(), listing)
    hand = house.start()
    to_listing(house)
    house.tap("listing.go")
    say_who(house)
    hand.wait_screen("apply_refused")
    hand.wait_text(house.text("refusal.already_applied"))
    house.tap("apply_refused.others")
    hand.wait_screen("trades")


def test_somebody_new_registers_with_name_and_phone_and_has_the_place(house: House) -> None:
    house.listing()
    hand = house.start()
    to_listing(house)
    house.tap("listing.go")
    say_who(house, "13806313333")
    hand.wait_screen("register_consent")
    house.tap("consent.agree")
    hand.wait_screen("register_who")
    hand.type("name", "宫本和")
    house.tap("register.quick")
    hand.wait_screen("applied")
    hand.wait_text(house.text("applied.confirmed"))


def test_a_wrong_phone_is_said_beside_it(house: House) -> None:
    house.listing()
    hand = house.start()
    to_listing(house)
    house.tap("listing.go")
    say_who(house, "1380631")
    hand.wait_text(house.text("refusal.phone_length", limit=11, length=7))
    assert hand.value("phone") == "1380631"


def test_a_couple_shares_a_phone(house: House) -> None:
    house.worker("于海")
    house.worker("王兰")
    house.listing()
    hand = house.start()
    to_listing(house)
    house.tap("listing.go")
    say_who(house)
    hand.wait_text(house.text("identify.which"))
    hand.tap("王")
    hand.wait_screen("applied")


def test_of_a_team_behind_one_phone_everybody_can_be_found(house: House) -> None:
    names = ("于海", "王海", "李海", "赵海", "钱海", "孙海", "周海")
    for name in names:
        house.worker(name)
    house.listing()
    hand = house.start()
    to_listing(house)
    house.tap("listing.go")
    say_who(house)
    hand.wait_text(house.text("identify.which"))
    seen = []
    for _ in range(3):
        seen += [text[0] for text in hand.texts() if "**" in text or "* " in text]
        house.tap("identify.others")
    assert sorted(seen) == sorted(name[0] for name in names)
    first = next(text for text in hand.texts() if "* " in text)
    hand.tap(first)
    hand.wait_screen("applied")


def test_free_text_finds_it_and_finds_nothing(house: House) -> None:
    house.listing()
    house.listing(title="抹墙三面", trade="jz-wagong")
    hand = house.start()
    house.tap("welcome.find")
    house.tap("find.all_listings")
    hand.wait_screen("listings")
    hand.type("search", "搬家")
    hand.wait_gone("抹墙三面")
    hand.wait_text(TITLE)
    hand.type("search", "去月亮")
    hand.wait_text(house.text("find.nothing"))
    house.tap("find.show_all")
    hand.wait_text("抹墙三面")


def test_narrowed_down_by_district_and_by_trade(house: House) -> None:
    house.listing()
    house.listing(title="搬冰箱上楼", region="371003")
    house.listing(title="卸白菜一车", trade="by-zhuangxie")
    hand = house.start()
    house.tap("welcome.find")
    house.hand.tap("搬运装卸")
    hand.wait_screen("listings")
    hand.tap("地区")
    hand.wait_screen("districts")
    hand.tap("文登区")
    hand.wait_screen("listings")
    hand.wait_text("搬冰箱上楼")
    assert TITLE not in " ".join(hand.texts())
    hand.tap("地区：文登区")
    hand.wait_screen("districts")
    house.tap("find.all_districts")
    hand.wait_screen("listings")
    hand.tap("工种")
    hand.wait_screen("trades_of")
    hand.tap("装卸工")
    hand.wait_screen("listings")
    hand.wait_text("卸白菜一车")
    assert TITLE not in " ".join(hand.texts())
    hand.back()
    hand.wait_screen("trades")


def test_pages_go_on_and_back(house: House) -> None:
    for n in range(5):
        house.listing(title=f"搬家第{n}趟")
    hand = house.start()
    house.tap("welcome.find")
    house.tap("find.all_listings")
    hand.wait_screen("listings")
    assert "搬家第0趟" not in " ".join(hand.texts())
    house.tap("common.next_page")
    hand.wait_text("搬家第0趟")
    house.tap("common.previous_page")
    hand.wait_text("搬家第4趟")


def test_a_closed_listing_cannot_be_taken(house: House) -> None:
    listing = house.listing()
    hand = house.start()
    to_listing(house)
    house.services.listings.close(listing.id, "人够了", STAFF)
    hand.back()
    hand.wait_screen("listings")
    house.shell.ctx.navigator.show("listing", ListingParams(listing_id=listing.id))
    hand.wait_text(house.text("listing.closed"))
    assert not any("还要" in text for text in hand.texts())
    assert not hand.enabled(house.text("listing.go"))


def test_one_more_copy_and_then_no_more(house: House) -> None:
    house.worker()
    house.listing()
    hand = house.start()
    to_listing(house)
    house.tap("listing.go")
    say_who(house)
    hand.wait_screen("applied")
    for left in (2, 1):
        hand.wait_text(house.text("slip_panel.left", n=left))
        house.tap("slip_panel.again")
    hand.wait_text(house.text("slip_panel.used_up"))
    assert not hand.enabled(house.text("slip_panel.again"))


def test_done_wipes_the_visit(house: House) -> None:
    house.worker()
    house.listing()
    hand = house.start()
    to_listing(house)
    house.tap("listing.go")
    say_who(house)
    hand.wait_screen("applied")
    house.tap("common.done")
    hand.wait_screen("welcome")
    assert not house.shell.ctx.navigator.attended
    house.tap("welcome.mine")
    hand.wait_screen("identify")
    assert hand.value("phone") == ""


def waits(house: House, title: str = TITLE, **changes: object) -> tuple[Applied, Applied]:
    """Who has the only place of a new listing, and 于海, who waits for it."""
    listing = house.listing(title=title, **changes)
    n = house.employers
    has = house.apply(house.worker(f"王强{'强' * n}", f"138063122{n:02d}"), listing)
    known = house.services.workers.find("13806311111")
    worker = Registered(worker=known[0], slip=has.slip) if known else house.worker()
    return has, house.apply(worker, listing)


def on_day(house: House, days: int) -> dict[str, date]:
    day = house.today + timedelta(days=days)
    return {"date_from": day, "date_to": day}


def cancel(house: House, applied: Applied) -> None:
    house.services.placements.cancel(applied.placement.id, "", SELF)


def test_who_moved_up_is_told_before_anything_else_and_has_a_new_slip(house: House) -> None:
    has, waiting = waits(house)
    house.clock.advance(1)
    cancel(house, has)
    hand = house.start()
    house.tap("welcome.mine")
    house.show_card()
    hand.wait_screen("news")
    hand.wait_text(house.text("news.settled"))
    for said in (TITLE, "260 元/天", "海滨路12号", "小区北门", "曲红梅"):
        hand.wait_text(said)
    hand.wait_text(house.text("slip_panel.printed"))
    slips = house.services.printing.of(waiting.placement.id)
    assert [slip.content.state for slip in slips] == ["confirmed", "waitlisted"]
    house.tap("news.understood")
    hand.wait_screen("mine")
    hand.wait_text(house.text("mine.state.confirmed"))
    house.shell.ctx.navigator.end_visit()
    house.tap("welcome.mine")
    house.show_card()
    hand.wait_screen("mine")


def test_news_by_slip_then_all_of_them_then_what_one_came_for(house: House) -> None:
    has, waiting = waits(house)
    closed, _ = waits(house, "明天卸车", **on_day(house, 1))
    house.services.listings.close(closed.placement.listing_id, "", STAFF)
    cancel(house, has)
    house.listing(title="后天搬家", **on_day(house, 2))
    hand = house.start()
    to_listing(house, "后天搬家")
    house.tap("listing.go")
    hand.wait_screen("identify")
    hand.scan(waiting.slip.content.qr)
    hand.wait_screen("tail")
    hand.type("tail", "1111")
    house.tap("common.next")
    hand.wait_text(house.text("news.settled"))
    house.tap("news.understood")
    hand.wait_text(house.text("news.missed"))
    hand.wait_text("明天卸车")
    assert "曲红梅" not in " ".join(hand.texts())
    assert not hand.has(house.text("slip_panel.again"))
    house.tap("news.understood")
    hand.wait_screen("applied")
    hand.wait_text("后天搬家")


def test_a_phone_number_alone_neither_shows_news_nor_makes_them_old(
    open_house: Callable[..., House],
) -> None:
    house = open_house(LANDSCAPE)
    has, waiting = waits(house)
    cancel(house, has)
    house.listing(title="后天搬家", **on_day(house, 2))
    hand = house.start()
    to_listing(house, "后天搬家")
    house.tap("listing.go")
    say_who(house)
    hand.wait_screen("applied")
    hand.wait_text("后天搬家")
    hand.wait_text(house.text("news.behind_slip"))
    assert TITLE not in " ".join(hand.texts())
    for language in ("zh_CN", "en"):
        house.dress(language, TextSize.HUGE)
        house.measure()
        room = house.screen.visibleRegion().boundingRect().height()
        assert room >= house.screen.height(), "the page is as high as its place"
    assert house.marks == []
    assert house.services.placements.news_for(waiting.placement.worker_id) != ()


def test_bad_news_that_nobody_acknowledged_comes_again(house: House) -> None:
    has, _ = waits(house)
    house.services.listings.close(has.placement.listing_id, "", STAFF)
    hand = house.start()
    for _ in range(2):
        house.tap("welcome.mine")
        house.show_card()
        hand.wait_screen("news")
        house.shell.ctx.navigator.end_visit()
        hand.wait_screen("welcome")


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
    house.worker("丛" * 20)
    long = {"title": "搬家，三楼到五楼，有钢琴和冰柜，要小心", "address": "海滨路268号院内三单元"}
    house.listing(**long, requirements="带手套，能搬重物", meals=True, lodging=True, transport=True)
    for _ in range(4):
        house.listing(**long)
    hand = house.start()
    house.dress(language, text_size)
    house.tap("welcome.find")
    house.measure()
    house.tap("find.all_listings")
    house.measure()
    hand.tap(house.text("find.narrow_region", region=house.text("find.any_region")))
    house.measure()
    hand.back()
    hand.tap(house.text("find.narrow_trade", trade=house.text("find.any_trade")))
    house.measure()
    hand.back()
    house.tap("common.next_page")
    hand.tap("搬家，三楼")
    hand.wait_screen("listing")
    house.measure()
    house.tap("listing.go")
    house.measure()
    say_who(house)
    hand.wait_screen("applied")
    house.measure()
    hand.tap_nth(house.text("common.done"), 0)
    hand.wait_screen("welcome")
    has, _ = waits(house, **long, **on_day(house, 1), meeting_place="小区北门的大槐树底下")
    cancel(house, has)
    lost, _ = waits(house, **long, **on_day(house, 2))
    house.services.listings.close(lost.placement.listing_id, "", STAFF)
    house.dress(language, text_size)
    house.tap("welcome.mine")
    house.show_card()
    hand.wait_screen("news")
    house.measure()
    house.tap("news.understood")
    hand.wait_text(house.text("news.missed"))
    house.measure()
    assert house.marks == []


def titles(house: House) -> list[str]:
    """The cards on the page, by their titles."""
    return [card._words.what for card in house.screen.findChildren(ListingCard) if card.isVisible()]


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE])
def test_fewer_cards_above_the_dock_each_of_them_whole_and_none_is_passed_over(
    open_house: Callable[..., House], size: tuple[int, int]
) -> None:
    house = open_house(size)
    for n in range(9):
        house.listing(title=f"搬家第{n}趟")
    hand = house.start()
    house.dress("zh_CN", TextSize.HUGE)
    house.tap("welcome.find")
    house.tap("find.all_listings")
    hand.wait_text("搬家第8趟")
    assert titles(house) == [f"搬家第{n}趟" for n in (8, 7, 6, 5)]
    house.tap("common.next_page")
    hand.wait_text("搬家第4趟")
    house.screen.findChild(QLineEdit).setFocus()
    hand.wait(lambda: len(titles(house)) < 4, "the page keeps four cards beside the dock")
    house.hand.settle()
    shown = len(titles(house))
    assert titles(house) == [f"搬家第{n}趟" for n in (4, 3, 2, 1)][:shown], "the first card stays"
    assert eye_faults(house.shell, house.shell.ctx.theme) == []
    house.screen._page_on()
    hand.wait_text(f"搬家第{4 - shown}趟")
    house.screen.setFocus()
    hand.wait(lambda: len(titles(house)) == min(4, 5 - shown), "there is room for more again")
    assert titles(house)[0] == f"搬家第{4 - shown}趟"
