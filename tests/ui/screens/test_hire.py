"""我要招人: the whole way, a returning employer's short way, the law beside the pay, and nothing lost by a mistake."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kiosk.domain.records import Listing
from kiosk.domain.values import EmployerKind, ListingStatus, PayUnit, Settlement, Source, Standing, Strength
from kiosk.services.context import SELF
from kiosk.services.device_ports import IdCard
from kiosk.services.employers import EmployerForm
from kiosk.ui.area import ScreenArea
from kiosk.ui.gate import CONFIRM_GUARD_MS, GUARD_MS
from kiosk.ui.given import Given
from kiosk.ui.input.dock import InputDock
from kiosk.ui.preferences import TextSize
from kiosk.ui.screens.hire.draft import HireDraft
from kiosk.ui.screens.hire.params import ApplicantsParams, KnownEmployer
from kiosk.ui.screens.hire.parts import page_of, parts_of
from kiosk.ui.screens.hire.step import STEPS, HireStep
from tests.kiosk_fixture import PIN
from tests.ui.screens.house import LANDSCAPE, PORTRAIT, STAFF, House

PHONE = "13863112233"
FIRM = EmployerForm(
    kind=EmployerKind.ENTERPRISE,
    name="威海市环翠区海港装卸有限公司",
    contact_name="宋丽华",
    phone=PHONE,
    credit_code="91371000MA3C4D5E60",
)


def to_kind(house: House) -> None:
    house.start()
    house.tap("welcome.hire")
    house.hand.wait_screen("hire_kind")


def to_name(house: House, kind: str = "household") -> None:
    to_kind(house)
    house.tap(f"hire.kind.{kind}")
    house.hand.wait_screen("hire_who")
    house.hand.type("phone", PHONE)
    house.tap("common.next")
    house.hand.wait_screen("hire_name")


def to_trade(house: House) -> None:
    to_name(house)
    house.hand.type("name", "欧阳海燕")
    house.tap("common.next")
    house.hand.wait_screen("post_trade")


def to_count(house: House) -> None:
    to_trade(house)
    house.hand.tap("建筑装修")
    house.hand.wait_screen("post_trade_of")
    house.hand.tap("瓦工")
    house.hand.wait_screen("post_count")


def to_day(house: House) -> None:
    to_count(house)
    house.tap("common.next")
    house.hand.wait_screen("post_day")


def choose_tomorrow(house: House) -> None:
    house.hand.tap(house.strings.day(house.today + timedelta(days=1), house.today))
    house.hand.wait_screen("post_days")


def to_pay(house: House) -> None:
    to_day(house)
    choose_tomorrow(house)
    for page in ("post_begin", "post_end", "post_pay"):
        house.tap("common.next")
        house.hand.wait_screen(page)


def to_settle(house: House, pay: str = "300") -> None:
    to_pay(house)
    house.hand.type("pay", pay)
    house.tap("common.next")
    house.hand.wait_screen("post_settle")


def to_address(house: House) -> None:
    to_settle(house)
    house.tap("words.settlement.same_day")
    house.hand.wait_screen("post_where")
    house.hand.tap("竹岛")
    house.hand.wait_screen("post_address")


def to_provided(house: House) -> None:
    to_address(house)
    house.hand.type("address", "文化西路88号")
    house.tap("common.next")
    house.hand.wait_screen("post_provided")


def to_summary(house: House) -> None:
    to_provided(house)
    house.tap("common.next")
    house.hand.wait_screen("post_summary")


def to_part(house: House, part: str) -> str:
    """From the summary to the page of one of its rows, wherever the row stands once the dock has gone."""
    house.calm()
    if not house.hand.has(house.text(f"hire.edit.{part}")):
        house.tap("common.next_page")
    house.tap(f"hire.edit.{part}")
    house.hand.wait(lambda: house.hand.screen != "post_summary", "the row leads nowhere")
    return house.hand.screen


def to_known(house: House, phone: str = PHONE, *, proved: bool = True) -> None:
    """The employer's own page; ``proved`` stands for a receipt and four digits earlier in the visit."""
    to_kind(house)
    house.tap("hire.returning")
    house.hand.wait_screen("hire_who")
    house.hand.type("phone", phone)
    house.tap("common.next")
    house.hand.wait_screen("hire_known")
    if proved:
        visit = house.shell.ctx.visit
        visit.keep(replace(visit.draft(KnownEmployer), proved=True))


def test_a_phone_number_alone_shows_nobody(house: House) -> None:
    listing = house.listing()
    house.start()
    to_known(house, listing.terms.contact_phone, proved=False)
    house.hand.tap(house.text("hire.people", n=0))
    house.hand.wait_text(house.text("hire.prove"))
    assert house.hand.screen == "hire_known"


def test_a_name_that_would_be_boxes_on_the_receipt_is_told(house: House) -> None:
    to_name(house)
    house.hand.type("name", "王\U0002ebf0")
    house.tap("common.next")
    house.hand.wait_text(house.text("refusal.unshown", codes="U+2EBF0"))
    assert house.hand.screen == "hire_name"


def receipt(house: House, listing: Listing) -> str:
    return house.services.printing.of(listing.id)[0].content.qr


def test_the_receipt_that_is_asked_for_is_taken_on_that_page(house: House) -> None:
    listing = house.listing()
    to_known(house, listing.terms.contact_phone, proved=False)
    house.hand.tap(house.text("hire.people", n=0))
    house.hand.wait_text(house.text("hire.prove"))
    house.hand.scan(receipt(house, listing))  # the number was typed on the way: nobody asks for its end
    house.hand.wait(lambda: house.shell.ctx.visit.draft(KnownEmployer).proved, "the receipt proves nothing")
    house.hand.wait_screen("hire_known")
    house.hand.tap(house.text("hire.people", n=0))
    house.hand.wait_screen("applicants")


@pytest.mark.parametrize("page", ["hire_kind", "hire_who"])
def test_a_receipt_says_who_hires_before_anything_is_typed(house: House, page: str) -> None:
    listing = house.listing()
    to_kind(house)
    if page == "hire_who":
        house.tap("hire.returning")
        house.hand.wait_screen("hire_who")
    house.hand.scan(receipt(house, listing))
    house.hand.wait_screen("tail")
    house.hand.type("tail", listing.terms.contact_phone[-4:])
    house.tap("common.next")
    house.hand.wait_screen("hire_known")
    house.hand.wait_text(house.text("hire.known_title", name="曲红梅"))
    house.hand.back()
    house.hand.wait_screen(page)


def test_a_workers_slip_is_no_receipt(house: House) -> None:
    registered = house.worker()
    to_kind(house)
    house.hand.scan(registered.slip.content.qr)
    house.hand.wait_text(house.text("refusal.qr_other_use"))
    assert house.hand.screen == "hire_kind"


def test_a_changed_pay_is_there_when_one_comes_back_to_post_again(house: House) -> None:
    listing = house.listing()
    to_known(house, listing.terms.contact_phone)
    house.tap("hire.again")
    house.hand.wait_screen("post_summary")
    house.tap("hire.edit.pay")
    house.hand.wait_screen("post_pay")
    house.hand.clear("pay")
    house.hand.type("pay", "333")
    house.tap("common.keep_and_back")
    house.hand.wait_screen("post_summary")
    house.hand.back()
    house.hand.wait_screen("hire_known")
    house.tap("hire.again")
    house.hand.wait_screen("post_summary")
    assert draft_of(house).form.pay == "333"


def test_another_listing_is_not_mixed_with_the_one_begun_before(house: House) -> None:
    listing = house.listing()
    to_known(house, listing.terms.contact_phone)
    house.shell.ctx.visit.keep(HireDraft(again_of=listing.id))  # of nobody who is known
    house.tap("hire.again")
    house.hand.wait_screen("post_summary")
    assert draft_of(house).form.pay == "260"


@pytest.mark.parametrize(("kind", "page"), [("household", "hire_known"), ("enterprise", "hire_who")])
def test_who_has_hired_in_this_visit_does_not_type_the_number_again(
    house: House, kind: str, page: str
) -> None:
    listing = house.listing()
    to_known(house, listing.terms.contact_phone)
    house.tap("common.home")
    house.hand.wait_screen("welcome")
    house.shell.ctx.visit.drop(HireDraft)  # as after posting
    house.tap("welcome.hire")
    house.hand.wait_screen("still_you")
    house.tap("still_you.yes")
    house.hand.wait_screen("hire_kind")
    house.tap(f"hire.kind.{kind}")
    house.hand.wait_screen(page)
    if page == "hire_who":
        assert house.hand.value("phone") == listing.terms.contact_phone


def draft_of(house: House) -> HireDraft:
    return house.shell.ctx.visit.draft(HireDraft)


def posted_by(house: House, text: str) -> tuple[Listing, ...]:
    found = house.services.employers.find(text)
    return house.services.listings.of_employer(found[0].id) if found else ()


def full_house(house: House) -> Listing:
    """One place, taken by one, waited for by another."""
    listing = house.listing()
    house.apply(house.worker("于海"), listing)
    house.apply(house.worker("王强", "13806312222"), listing)
    return listing


def test_the_whole_way_by_touch(house: House) -> None:
    hand = house.hand
    to_provided(house)
    house.tap("listing.meals")
    house.tap("common.next")
    hand.wait_screen("post_summary")
    assert to_part(house, "strength") == "post_strength"
    house.tap("words.strength.heavy")  # the touch is the way back
    hand.wait_screen("post_summary")
    assert to_part(house, "requirements") == "post_requirements"
    hand.type("requirements", "会贴大砖")
    house.tap("common.keep_and_back")
    hand.wait_screen("post_summary")
    for said in (
        "干什么 瓦工",
        "人数 招 1 人",
        "工钱 300 元/天",
        "什么时候结 当天结",
        "上班 07:00",
        "下班 17:00",
        "文化西路88号",
        "管饭",
        "欧阳海燕",
        PHONE,
    ):
        hand.wait_text(said)
    house.tap("hire.post")
    hand.wait_screen("posted")
    hand.wait_text(house.text("posted.pending"))
    hand.wait_text(house.text("slip_panel.printed"))
    (listing,) = posted_by(house, PHONE)
    terms, tomorrow = listing.terms, house.today + timedelta(days=1)
    assert (terms.trade, terms.title, terms.headcount) == ("jz-wagong", "瓦工", 1)
    assert (terms.pay_fen, terms.pay_unit, terms.settlement) == (300_00, PayUnit.DAY, Settlement.SAME_DAY)
    assert (terms.date_from, terms.date_to, terms.minutes_per_day) == (tomorrow, tomorrow, 8 * 60)
    assert (terms.region, terms.address) == ("371002003", "文化西路88号")
    assert (terms.meals, terms.lodging, terms.strength) == (True, False, Strength.HEAVY)
    assert (terms.requirements, terms.contact_name, terms.contact_phone) == ("会贴大砖", "欧阳海燕", PHONE)
    assert (listing.status, listing.source) == (ListingStatus.PENDING, Source.SELF)
    assert list(house.kiosk.settings.slip_dir.iterdir())
    house.tap("common.done")
    hand.wait_screen("welcome")


def reach(house: House, key: str) -> None:
    """Tab to a button and press it."""
    for _ in range(60):
        focus = QApplication.focusWidget()
        if focus is not None and focus.accessibleName().startswith(house.text(key)):
            house.hand.press("Space")
            return
        house.hand.press("Tab")
    raise AssertionError(key)


def write(house: House, text: str) -> None:
    """Write where the cursor is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    house.hand.type(focus.accessibleName(), text)


def test_by_keyboard_alone(house: House) -> None:
    """Tab, Space and Enter lead from the first page to the receipt; nothing is touched."""
    hand = house.start()
    reach(house, "welcome.hire")
    hand.wait_screen("hire_kind")
    reach(house, "hire.kind.household")
    for page, said in (("hire_who", PHONE), ("hire_name", "欧阳海燕")):
        hand.wait_screen(page)
        write(house, said)
        hand.press("Return")
    hand.wait_screen("post_trade")
    hand.press("Tab")
    write(house, "贴砖")
    hand.press("Return")
    hand.wait_screen("post_count")
    hand.press("2")  # the only field, in place of what stood there
    hand.press("Return")
    hand.wait_screen("post_day")
    hand.press("Tab")
    hand.press("Space")
    for page in ("post_days", "post_begin", "post_end"):
        hand.wait_screen(page)
        hand.press("Return")
    hand.wait_screen("post_pay")
    write(house, "300")
    hand.press("Return")
    hand.wait_screen("post_settle")
    hand.press("Return")
    hand.wait_screen("post_where")
    hand.press("Tab")
    hand.press("Space")
    hand.wait_screen("post_address")
    write(house, "文化西路88号")
    hand.press("Return")
    hand.wait_screen("post_provided")
    hand.press("Return")
    hand.wait_screen("post_summary")
    reach(house, "hire.post")
    hand.wait_screen("posted")
    terms = posted_by(house, PHONE)[0].terms
    assert (terms.trade, terms.headcount) == ("jz-wagong", 2)


def test_a_returning_employer_posts_again_without_typing_anything_twice(house: House) -> None:
    before = house.listing(date_from=house.today, date_to=house.today)
    house.clock.advance(60)
    to_known(house, before.terms.contact_phone)
    house.hand.wait_text(house.text("hire.known_title", name="曲红梅"))
    house.tap("hire.again")
    house.hand.wait_screen("post_summary")
    house.hand.wait_text(house.strings.day(house.today + timedelta(days=1), house.today))
    house.tap("hire.post")
    house.hand.wait_screen("posted")
    again = house.services.listings.of_employer(before.employer_id)[0]
    tomorrow = house.today + timedelta(days=1)
    assert (again.terms.title, again.terms.pay_fen) == (before.terms.title, before.terms.pay_fen)
    assert (again.terms.date_from, again.terms.date_to) == (tomorrow, tomorrow)


def test_a_verified_employer_publishes_at_once(house: House) -> None:
    before = house.listing()
    house.services.employers.verify(before.employer_id, STAFF)
    house.clock.advance(60)
    to_known(house, before.terms.contact_phone)
    house.tap("hire.again")
    house.hand.wait_screen("post_summary")
    house.tap("hire.post")
    house.hand.wait_screen("posted")
    house.hand.wait_text(house.text("posted.published"))


def test_a_second_touch_cannot_post_twice(house: House) -> None:
    before = house.listing()
    house.clock.advance(60)
    to_known(house, before.terms.contact_phone)
    house.tap("hire.again")
    house.hand.wait_screen("post_summary")
    house.tap("hire.post")
    house.hand.wait_screen("posted")
    house.hand.back()
    house.hand.wait_screen("welcome")
    assert len(house.services.listings.of_employer(before.employer_id)) == 2


@pytest.mark.parametrize("size", [TextSize.STANDARD, TextSize.HUGE])
def test_the_same_work_once_more_is_asked_about_once_and_not_forbidden(house: House, size: TextSize) -> None:
    before = house.listing()
    hand = house.hand

    def again() -> None:
        to_known(house, before.terms.contact_phone)
        house.calm()
        hand.tap_nth(house.text("hire.again"), 0)
        hand.wait_screen("post_summary")

    def posted() -> int:
        return len(house.services.listings.of_employer(before.employer_id))

    def home() -> None:
        house.shell.ctx.navigator.end_visit()
        hand.wait_screen("welcome")

    again()
    house.tap("hire.post")
    hand.wait_screen("posted")
    home()
    house.dress("zh_CN", size)
    again()
    house.tap("hire.post")
    hand.wait_text(house.text("hire.alike"))
    assert posted() == 2
    house.measure()
    assert not house.marks
    house.tap("hire.post_alike")
    hand.wait_screen("posted")
    assert posted() == 3
    home()
    house.clock.advance(31 * 60)
    again()
    house.tap("hire.post")
    hand.wait_screen("posted")


def test_who_is_known_is_offered_on_the_long_way_too(house: House) -> None:
    before = house.listing()
    to_kind(house)
    house.tap("hire.kind.household")
    house.hand.wait_screen("hire_who")
    house.hand.type("phone", before.terms.contact_phone)
    house.tap("common.next")
    house.hand.tap("曲红梅")
    house.hand.wait_screen("hire_known")
    house.tap("hire.new")
    house.hand.wait_screen("post_trade")
    assert draft_of(house).employer_id == before.employer_id
    assert draft_of(house).form.contact_name == "曲红梅"


def test_an_unknown_phone_leads_to_the_first_question(house: House) -> None:
    to_kind(house)
    house.tap("hire.returning")
    house.hand.wait_screen("hire_who")
    house.hand.type("phone", PHONE)
    house.tap("common.next")
    house.hand.wait_screen("hire_kind")
    house.hand.wait_text(house.text("hire.not_known"))
    house.tap("hire.kind.household")
    house.hand.wait_screen("hire_name")
    assert draft_of(house).employer.phone == PHONE


def test_a_phone_of_ten_digits(house: House) -> None:
    to_kind(house)
    house.tap("hire.kind.household")
    house.hand.wait_screen("hire_who")
    house.hand.type("phone", "1386311223")
    house.tap("common.next")
    house.hand.wait_text(house.text("refusal.phone_length", limit=11, length=10))
    assert house.hand.value("phone") == "1386311223"


def test_pay_below_the_minimum_says_the_number_that_passes_and_mends_it(house: House) -> None:
    to_pay(house)
    house.hand.type("pay", "100")
    sentence = house.text("finding.minimum_wage", minimum="24", needed="192")
    house.hand.wait_text(sentence)
    house.tap("common.next")
    assert house.hand.screen == "post_pay"
    house.hand.tap(house.text("hire.mend_pay", pay="192 元/天"))
    house.hand.wait_gone(sentence)
    assert house.hand.value("pay") == "192"
    house.tap("common.next")
    house.hand.wait_screen("post_settle")


def test_the_minimum_follows_unit_and_hours(house: House) -> None:
    to_pay(house)
    house.hand.type("pay", "23")
    house.tap("hire.unit.hour")
    house.hand.wait_text(house.text("finding.minimum_wage", minimum="24", needed="24"))


def test_what_others_pay_stands_beside_the_pay(house: House) -> None:
    for pay in ("280", "300", "300", "320", "350"):
        house.listing(trade="jz-wagong", pay=pay)
    to_pay(house)
    house.hand.wait_text(house.text("hire.guidance", low="300", middle="300", high="320", unit="元/天"))
    house.tap("hire.unit.hour")
    house.hand.wait_gone("300")


@pytest.mark.parametrize(
    ("typed", "key", "params"),
    [
        ("0", "finding.headcount_none", {}),
        ("1000000", "finding.headcount_many", {"limit": 500}),
        ("2.5", "refusal.number_whole", {}),
        ("三", "refusal.number_form", {}),
    ],
)
def test_a_head_count_that_cannot_be(house: House, typed: str, key: str, params: dict[str, int]) -> None:
    to_count(house)
    house.hand.clear("headcount")
    house.hand.type("headcount", typed)
    house.hand.wait_text(house.text(key, **params))
    house.tap("common.next")
    assert house.hand.screen == "post_count"
    assert house.hand.value("headcount") == typed


def test_nothing_is_asked_for_before_the_way_on(house: House) -> None:
    to_pay(house)
    assert not house.hand.has(house.text("refusal.amount_form"))
    house.tap("common.next")
    house.hand.wait_text(house.text("refusal.amount_form"))


def test_there_is_no_way_on_before_a_day_is_chosen(house: House) -> None:
    to_day(house)
    assert not house.hand.has(house.text("common.next"))
    house.hand.press("Return")
    assert house.hand.screen == "post_day"
    choose_tomorrow(house)
    house.hand.back()
    house.hand.wait_screen("post_day")
    house.tap("common.next")
    house.hand.wait_screen("post_days")


def test_a_title_of_400_characters_is_kept_and_told_how_much_is_too_much(house: House) -> None:
    to_summary(house)
    to_part(house, "title")
    house.hand.clear("title")
    house.hand.type("title", "搬" * 400)
    house.hand.wait_text(house.text("finding.title_long", limit=30, over=370))
    house.tap("common.keep_and_back")
    assert house.hand.screen == "post_title"
    assert house.hand.value("title") == "搬" * 400


def test_emoji_are_told(house: House) -> None:
    to_summary(house)
    to_part(house, "requirements")
    house.hand.type("requirements", "会贴砖😀")
    house.hand.wait_text(house.text("finding.characters"))
    assert house.hand.value("requirements") == "会贴砖😀"


def test_pasted_line_breaks_become_spaces(house: House) -> None:
    to_summary(house)
    to_part(house, "requirements")
    QApplication.clipboard().setText("会贴砖\n自带\r\n工具")
    house.hand.type("requirements", "")
    QApplication.focusWidget().paste()  # type: ignore[union-attr]  # the line that was just touched
    assert house.hand.value("requirements") == "会贴砖 自带 工具"


def test_words_that_are_not_allowed_are_told_with_others_to_use(house: House) -> None:
    to_summary(house)
    to_part(house, "requirements")
    house.hand.type("requirements", "只招男工")
    house.hand.wait_text(house.text("finding.wording_sex", words="只招男"))
    house.hand.wait_text(house.text("suggestion.wording_sex"))
    house.hand.wait_text(house.text("law.sex"))
    house.tap("common.keep_and_back")
    assert house.hand.screen == "post_requirements"


def test_a_warning_does_not_stop(house: House) -> None:
    to_summary(house)
    to_part(house, "requirements")
    house.hand.type("requirements", "45岁以下")
    house.tap("common.keep_and_back")
    house.hand.wait_screen("post_summary")
    house.hand.wait_text(house.text("finding.wording_age", words="45岁以下"))
    house.tap("hire.post")
    house.hand.wait_screen("posted")


def test_mending_from_the_summary_comes_back_to_it(house: House) -> None:
    to_summary(house)
    house.tap("hire.edit.pay")
    house.hand.wait_screen("post_pay")
    house.hand.clear("pay")
    house.hand.type("pay", "350")
    house.tap("common.keep_and_back")
    house.hand.wait_screen("post_summary")
    house.hand.wait_text("350 元/天")


def test_what_blocks_brings_its_page_to_the_front(house: House) -> None:
    """Half an hour more for the same pay: the pay is too low now, and its page says so."""
    to_summary(house)
    house.tap("hire.edit.pay")
    house.hand.wait_screen("post_pay")
    house.hand.clear("pay")
    house.hand.type("pay", "192")
    house.tap("common.keep_and_back")
    house.hand.wait_screen("post_summary")
    to_part(house, "rest")
    house.hand.tap_nth(house.text("hire.more"), 0)
    house.tap("common.keep_and_back")
    house.hand.wait_screen("post_summary")
    house.tap("hire.mend")
    house.hand.wait_screen("post_pay")
    house.hand.wait_text(house.text("finding.minimum_wage", minimum="24", needed="204"))
    assert house.hand.value("pay") == "192"


def test_back_and_forth_loses_nothing(house: House) -> None:
    to_provided(house)
    for screen in ("post_address", "post_where", "post_settle", "post_pay"):
        house.hand.back()
        house.hand.wait_screen(screen)
    assert house.hand.value("pay") == "300"
    for screen in ("post_settle", "post_where"):
        house.tap("common.next")
        house.hand.wait_screen(screen)
    house.hand.tap("竹岛")
    house.hand.wait_screen("post_address")
    assert house.hand.value("address") == "文化西路88号"


def test_another_district(house: House) -> None:
    to_settle(house)
    house.tap("common.next")
    house.hand.wait_screen("post_where")
    house.tap("hire.other_district")
    house.hand.wait_screen("post_district")
    house.hand.tap("荣成市")
    house.hand.wait_screen("post_where")
    house.tap("hire.whole_district")
    house.hand.wait_screen("post_address")
    assert draft_of(house).form.region == "371082"


def to_code(house: House) -> None:
    """A firm has said its name and whom to ask for."""
    to_name(house, "enterprise")
    house.hand.type("name", FIRM.name)
    house.tap("common.next")
    house.hand.wait_screen("hire_contact")
    house.hand.type("contact_name", FIRM.contact_name)
    house.tap("common.next")
    house.hand.wait_screen("hire_code")


def test_an_organisation_gives_its_credit_code(house: House) -> None:
    to_code(house)
    house.hand.type("credit_code", FIRM.credit_code[:-1] + ("1" if FIRM.credit_code[-1] == "0" else "0"))
    house.tap("common.next")
    house.hand.wait_text(house.text("refusal.credit_code_check"))
    assert house.hand.screen == "hire_code"
    house.hand.clear("credit_code")
    house.hand.type("credit_code", FIRM.credit_code)
    house.tap("common.next")
    house.hand.wait_screen("post_trade")
    assert draft_of(house).form.contact_name == FIRM.contact_name


def test_a_name_that_is_put_right_is_put_right_as_the_contact_too(house: House) -> None:
    to_trade(house)
    house.hand.back()
    house.hand.wait_screen("hire_name")
    house.hand.clear("name")
    house.hand.type("name", "欧阳海雁")
    house.tap("common.next")
    house.hand.wait_screen("post_trade")
    assert draft_of(house).form.contact_name == "欧阳海雁"


def test_a_touch_answers_and_goes_on(house: House) -> None:
    """A question of at most six answers needs no second touch."""
    hand = house.hand
    to_count(house)
    hand.tap(house.text("hire.people_count", n=5))
    hand.wait_screen("post_day")
    choose_tomorrow(house)
    hand.tap(house.text("hire.days", n=3))
    hand.wait_screen("post_begin")
    hand.tap("08:00")
    hand.wait_screen("post_end")
    hand.tap("12:00")
    hand.wait_screen("post_pay")
    form = draft_of(house).form
    first = house.today + timedelta(days=1)
    assert (form.headcount, form.date_from, form.date_to) == ("5", first, first + timedelta(days=2))
    assert (form.start_minute, form.end_minute, form.hours_per_day) == (480, 720, "4")


def test_hours_that_were_said_stay_when_the_times_change(house: House) -> None:
    to_summary(house)
    to_part(house, "rest")
    house.hand.tap(house.text("hire.hours_long", n="6"))
    house.hand.wait_screen("post_summary")
    house.tap("hire.edit.end")
    house.hand.wait_screen("post_end")
    house.hand.tap("18:00")
    house.hand.wait_screen("post_summary")
    assert draft_of(house).form.hours_per_day == "6"
    house.tap("hire.edit.end")
    house.hand.wait_screen("post_end")
    house.hand.tap("12:00")  # five hours after seven
    house.hand.wait_screen("post_summary")
    house.hand.wait_text(house.text("finding.hours_beyond", hours="5"))
    house.tap("hire.mend")
    house.hand.wait_screen("post_rest")
    house.hand.tap(house.text("hire.hours_long", n="4"))
    house.hand.wait_screen("post_summary")
    house.hand.wait_gone(house.text("finding.hours_beyond", hours="5"))


def test_who_hires_for_the_house_is_asked_for_no_contract(house: House) -> None:
    to_pay(house)
    assert not house.hand.has(house.text("hire.unit.month"))
    house.hand.type("pay", "300")
    house.tap("common.next")
    house.hand.wait_screen("post_settle")
    assert not house.hand.has(house.text("words.settlement.month"))


def test_a_firm_that_pays_by_the_month_is_asked_for_the_contract_and_comes_back(house: House) -> None:
    to_pay(house)
    draft = draft_of(house)
    house.shell.ctx.visit.keep(replace(draft, employer=FIRM))
    house.hand.back()
    house.hand.wait_screen("post_end")
    house.tap("common.next")
    house.hand.wait_screen("post_pay")
    house.hand.type("pay", "6000")
    house.tap("hire.unit.month")
    house.hand.wait_text(house.text("finding.month_part_time"))
    house.tap("hire.mend_contract")
    house.hand.wait_screen("post_contract")
    house.tap("hire.full_time")
    house.hand.wait_screen("post_pay")
    house.hand.wait_gone(house.text("finding.month_part_time"))
    assert house.hand.value("pay") == "6000"
    house.tap("common.next")
    house.hand.wait_screen("post_settle")
    house.tap("words.settlement.month")
    house.hand.wait_screen("post_where")


@pytest.mark.parametrize("kind", ["household", "enterprise"])
def test_every_row_of_the_summary_leads_to_its_page_and_back(house: House, kind: str) -> None:
    to_summary(house)
    if kind == "enterprise":
        house.shell.ctx.visit.keep(replace(draft_of(house), employer=FIRM))
        house.tap("hire.edit.count")
        house.tap("common.keep_and_back")
        house.hand.wait_screen("post_summary")
    draft = draft_of(house)
    shown = parts_of(draft)
    assert ("contract" in shown) is (kind == "enterprise")
    for part in shown:
        page = page_of(part, draft)
        assert to_part(house, part) == page
        house.hand.back()
        house.hand.wait_screen("post_summary")
    assert draft_of(house) == draft


def test_the_bar_is_there_on_the_way_and_tells_the_truth(house: House) -> None:
    """Every page of the way is one part further; who came from the summary is not on the way."""
    to_pay(house)
    assert house.screen.progress.isVisible()
    house.hand.type("pay", "300")
    for name, follows in pairwise(STEPS):
        page = house.shell.shelf.get(name)
        assert isinstance(page, HireStep)
        assert page.next_screen == follows
    house.shell.ctx.navigator.show("post_summary")
    house.hand.wait_screen("post_summary")
    house.tap("hire.edit.pay")
    house.hand.wait_screen("post_pay")
    assert not house.screen.progress.isVisible()


def test_a_credit_code_alone_does_not_open_a_firm(house: House) -> None:
    house.services.employers.register(
        EmployerForm(
            kind=FIRM.kind,
            name=FIRM.name,
            contact_name=FIRM.contact_name,
            phone="13906310000",
            credit_code=FIRM.credit_code,
        ),
        SELF,
    )
    to_summary(house)
    draft = draft_of(house)
    house.shell.ctx.visit.keep(HireDraft(employer=FIRM, form=draft.form))
    house.tap("hire.post")
    house.hand.wait_text(house.text("refusal.employer_other_phone"))
    assert house.hand.screen == "hire_who"
    assert draft_of(house).form == draft.form


def test_a_banned_employer_is_told_before_typing_anything(house: House) -> None:
    before = house.listing()
    house.services.employers.set_standing(before.employer_id, Standing.BANNED, "拖欠工钱", None, STAFF)
    to_known(house, before.terms.contact_phone)
    house.hand.wait_text(house.text("refusal.employer_banned"))
    assert not house.hand.enabled(house.text("hire.again"))
    assert not house.hand.enabled(house.text("hire.new"))


def test_a_ban_that_comes_meanwhile_keeps_what_was_typed(house: House) -> None:
    before = house.listing()
    house.clock.advance(60)
    to_known(house, before.terms.contact_phone)
    house.tap("hire.again")
    house.hand.wait_screen("post_summary")
    house.services.employers.set_standing(before.employer_id, Standing.BANNED, "拖欠工钱", None, STAFF)
    house.tap("hire.post")
    house.hand.wait_text(house.text("refusal.employer_banned"))
    assert house.hand.screen == "post_summary"
    assert draft_of(house).form.title == before.terms.title


def test_staff_post_on_behalf(house: House) -> None:
    before = house.listing()
    house.clock.advance(60)
    house.start()
    navigator = house.shell.ctx.navigator
    navigator.sign_in(house.services.staff.sign_in("1", PIN))
    navigator.begin_on_behalf("hire_kind")
    house.hand.wait_screen("hire_kind")
    house.tap("hire.returning")
    house.hand.wait_screen("hire_who")
    house.hand.type("phone", before.terms.contact_phone)
    house.tap("common.next")
    house.hand.wait_screen("hire_known")
    house.tap("hire.again")
    house.hand.wait_screen("post_summary")
    house.tap("hire.post")
    house.hand.wait_screen("posted")
    assert house.services.listings.of_employer(before.employer_id)[0].source is Source.ON_BEHALF


def test_who_comes_and_who_waits(house: House) -> None:
    listing = full_house(house)
    to_known(house, listing.terms.contact_phone)
    house.hand.tap(house.text("hire.people", n=1))
    house.hand.wait_screen("applicants")
    texts = house.hand.texts()
    assert texts.index("于海") < texts.index("王强")
    assert "138\u20020631\u20021111" in texts
    assert (
        house.text("applicants.in_queue", state=house.text("words.placement_status.waitlisted"), n=1) in texts
    )
    assert not [text for text in texts if "2222" in text]


def test_a_day_of_work_is_marked(house: House) -> None:
    listing = full_house(house)
    to_known(house, listing.terms.contact_phone)
    house.hand.tap(house.text("hire.people", n=1))
    house.hand.wait_screen("applicants")
    for mark in ("arrived", "completed", "paid"):
        house.tap(f"applicants.mark.{mark}")
        house.hand.wait_text(house.text(f"words.placement_status.{mark}"))


CARD = IdCard(name="于海", id_number="371002197001010016", valid_until=None)


def test_a_card_says_name_and_number_of_who_hires(house: House) -> None:
    to_name(house)
    Given(house.shell).card(CARD)
    house.hand.settle()
    assert house.hand.value("name") == CARD.name
    house.hand.wait_text(house.text("hire.from_card.person", name=CARD.name))
    employer = draft_of(house).employer
    assert (employer.name, employer.id_number) == (CARD.name, CARD.id_number)
    house.tap("common.next")
    house.hand.wait_screen("post_trade")
    assert draft_of(house).form.contact_name == CARD.name


def test_a_card_says_whom_to_ask_for_of_a_firm_and_that_is_not_asked(house: House) -> None:
    to_name(house, "enterprise")
    Given(house.shell).card(CARD)
    house.hand.settle()
    house.hand.wait_text(house.text("hire.from_card.organisation", name=CARD.name))
    assert house.hand.value("name") == ""
    house.hand.type("name", FIRM.name)
    house.tap("common.next")
    house.hand.wait_screen("hire_code")
    draft = draft_of(house)
    assert (draft.employer.contact_name, draft.employer.id_number) == (CARD.name, "")
    assert draft.form.contact_name == CARD.name


@pytest.mark.parametrize("page", ["hire_contact", "hire_id"])
def test_a_card_fills_in_the_page_that_asks_for_it(house: House, page: str) -> None:
    if page == "hire_contact":
        to_name(house, "enterprise")
        house.hand.type("name", FIRM.name)
        house.tap("common.next")
    else:
        to_summary(house)
        to_part(house, "id")
    house.hand.wait_screen(page)
    Given(house.shell).card(CARD)
    house.hand.settle()
    field = {"hire_contact": "contact_name", "hire_id": "id_number"}[page]
    said = {"hire_contact": CARD.name, "hire_id": CARD.id_number}[page]
    assert (house.hand.value(field), getattr(draft_of(house).employer, field)) == (said, said)


def at_applicants(house: House, listing: Listing, n: int) -> None:
    to_known(house, listing.terms.contact_phone)
    house.hand.tap(house.text("hire.people", n=n))
    house.hand.wait_screen("applicants")


def test_a_wrong_mark_is_taken_back(house: House) -> None:
    at_applicants(house, full_house(house), 1)
    assert not house.hand.has(house.text("applicants.take_back"))
    for mark, before in (("arrived", "confirmed"), ("completed", "arrived"), ("paid", "completed")):
        house.tap(f"applicants.mark.{mark}")
        house.hand.wait_text(house.text(f"words.placement_status.{mark}"))
        house.tap("applicants.take_back")
        house.hand.wait_text(house.text(f"words.placement_status.{before}"))
        assert not house.hand.has(house.text("applicants.take_back"))
        house.tap(f"applicants.mark.{mark}")
        house.hand.wait_text(house.text(f"words.placement_status.{mark}"))


def test_who_did_not_come_makes_room_for_the_one_who_waits(house: House) -> None:
    at_applicants(house, full_house(house), 1)
    house.tap("applicants.mark.no_show")
    house.hand.wait_text(house.text("applicants.ask_no_show.question", name="于海"))
    assert not house.hand.has(house.text("applicants.print"))
    house.tap("applicants.ask_no_show.no")
    assert house.hand.has(house.text("words.placement_status.confirmed"))
    house.tap("applicants.mark.no_show")
    house.tap("applicants.ask_no_show.yes")
    house.hand.wait_text("138\u20020631\u20022222")
    assert not house.hand.has(house.text("applicants.take_back"))


def test_a_finger_that_comes_down_twice_makes_nobody_absent_and_marks_one_step(house: House) -> None:
    at_applicants(house, full_house(house), 1)
    gate, window = house.shell.ctx.gate, house.shell.windowHandle()
    gate._guard_ms = GUARD_MS
    house.tap("applicants.mark.no_show")
    assert (gate.guarding, gate.guard_ms) == (True, CONFIRM_GUARD_MS)
    house.tap("applicants.ask_no_show.no")
    house.hand._until_open(None)
    button = house.hand._matches(house.text("applicants.mark.arrived"))[0]
    for _ in range(4):
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=button.rect.center())
        house.hand.settle()
    assert (gate.guarding, gate.guard_ms) == (True, CONFIRM_GUARD_MS)
    assert house.hand.has(house.text("words.placement_status.arrived"))


def test_before_the_day_nobody_has_come_or_not_come(house: House) -> None:
    tomorrow = house.today + timedelta(days=1)
    listing = house.listing(date_from=tomorrow, date_to=tomorrow)
    house.apply(house.worker(), listing)
    at_applicants(house, listing, 1)
    for mark in ("arrived", "no_show"):
        assert not house.hand.has(house.text(f"applicants.mark.{mark}"))


def test_nobody_yet(house: House) -> None:
    listing = house.listing()
    to_known(house, listing.terms.contact_phone)
    house.hand.tap(house.text("hire.people", n=0))
    house.hand.wait_screen("applicants")
    house.hand.wait_text(house.text("applicants.nobody"))


def test_the_sheet_is_printed(house: House) -> None:
    listing = full_house(house)
    to_known(house, listing.terms.contact_phone)
    house.hand.tap(house.text("hire.people", n=1))
    house.hand.wait_screen("applicants")
    house.tap("applicants.print")
    house.hand.wait_screen("hire_sheet")
    house.hand.wait_text(house.text("slip_panel.printed"))
    house.tap("common.done")
    house.hand.wait_screen("applicants")


def test_stopping_is_asked_once(house: House) -> None:
    listing = full_house(house)
    to_known(house, listing.terms.contact_phone)
    house.hand.tap(house.text("hire.people", n=1))
    house.hand.wait_screen("applicants")
    house.tap("applicants.stop")
    house.hand.wait_screen("stop_hiring")
    house.tap("applicants.go_on")
    house.hand.wait_screen("applicants")
    assert house.services.listings.get(listing.id).status is ListingStatus.FULL
    house.tap("applicants.stop")
    house.hand.wait_screen("stop_hiring")
    house.tap("applicants.stop_yes")
    house.hand.wait_screen("applicants")
    assert house.services.listings.get(listing.id).status is ListingStatus.CLOSED


def test_renewing_says_until_when(house: House) -> None:
    listing = house.listing()
    to_known(house, listing.terms.contact_phone)
    house.hand.tap(house.text("hire.people", n=0))
    house.hand.wait_screen("applicants")
    house.tap("applicants.renew")
    until = house.today + timedelta(days=15)
    house.hand.wait_text(house.text("applicants.renewed", day=house.strings.date(until)))
    assert house.services.listings.get(listing.id).valid_until == until


def test_the_receipt_opens_who_comes(house: House) -> None:
    before = house.listing()
    house.clock.advance(60)
    to_known(house, before.terms.contact_phone)
    house.tap("hire.again")
    house.hand.wait_screen("post_summary")
    house.tap("hire.post")
    house.hand.wait_screen("posted")
    listing = house.services.listings.of_employer(before.employer_id)[0]
    qr = house.services.printing.of(listing.id)[0].content.qr
    house.tap("common.done")
    house.hand.wait_screen("welcome")
    house.hand.scan(qr)
    house.hand.wait_screen("tail")
    house.hand.type("tail", before.terms.contact_phone[-4:])
    house.hand.press("Return")
    house.hand.wait_screen("applicants")
    house.hand.wait_text(house.text("applicants.nobody"))


def test_the_next_person_finds_nothing(house: House) -> None:
    to_summary(house)
    house.shell.ctx.navigator.end_visit()
    house.hand.wait_screen("welcome")
    house.tap("welcome.hire")
    house.hand.wait_screen("hire_kind")
    house.tap("hire.kind.household")
    house.hand.wait_screen("hire_who")
    assert house.hand.value("phone") == ""
    for name in ("post_pay", "post_address", "post_title", "post_contact", "post_phone", "hire_name"):
        house.shell.ctx.navigator.show(name)
        house.hand.wait_screen(name)
        said = " ".join(house.hand.texts())
        assert not [each for each in ("欧阳海燕", PHONE, "300", "文化西路") if each in said]


PAGES = (
    "hire_kind",
    "hire_who",
    "hire_name",
    "hire_contact",
    "hire_code",
    "hire_id",
    "post_trade",
    "post_count",
    "post_day",
    "post_days",
    "post_begin",
    "post_end",
    "post_pay",
    "post_settle",
    "post_where",
    "post_district",
    "post_address",
    "post_provided",
    "post_title",
    "post_rest",
    "post_strength",
    "post_requirements",
    "post_meeting",
    "post_contract",
    "post_contact",
    "post_phone",
)


def spoil(house: House) -> None:
    """A draft in which much is wrong at once."""
    draft = draft_of(house)
    form = replace(
        draft.form,
        pay="1",
        headcount="1000000",
        settlement=Settlement.MONTH,
        title="搬" * 400,
        requirements="只招男工，45岁以下，交押金",
        date_to=house.today + timedelta(days=40),
    )
    house.shell.ctx.visit.keep(replace(draft, form=form))


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["upright", "across"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("text_size", [TextSize.STANDARD, TextSize.HUGE])
def test_every_page_fits(
    open_house: Callable[..., House], size: tuple[int, int], language: str, text_size: TextSize
) -> None:
    house = open_house(size)
    listing = full_house(house)
    to_summary(house)
    before = draft_of(house)
    house.dress(language, text_size)
    navigator = house.shell.ctx.navigator

    def look() -> None:
        house.measure()
        needed, place = house.screen.minimumSizeHint().height(), house.shell.findChild(ScreenArea).height()
        if not house.shell.findChild(InputDock).isVisible() and needed > place:
            house.marks.append(f"{house.screen.name} needs {needed} px and has {place}")

    look()
    for name in PAGES:
        navigator.show(name)
        house.hand.wait_screen(name)
        look()
    spoil(house)
    for name in ("post_count", "post_days", "post_pay", "post_settle", "post_title", "post_requirements"):
        navigator.show(name)
        house.hand.wait_screen(name)
        look()
    for name in ("post_summary",):
        navigator.show(name)
        house.hand.wait_screen(name)
        look()
    navigator.show("post_title")
    house.hand.wait_screen("post_title")
    house.shell.ctx.visit.keep(before)
    navigator.back_to("post_summary")
    house.hand.wait_screen("post_summary")
    house.tap("hire.post")
    house.hand.wait_screen("posted")
    look()
    house.tap("hire.see_people")
    house.hand.wait_screen("applicants")
    look()
    navigator.show("hire_known")
    house.hand.wait_screen("hire_known")
    look()
    for name in ("applicants", "stop_hiring"):
        navigator.show(name, ApplicantsParams(listing_id=listing.id))
        house.hand.wait_screen(name)
        look()
    assert house.marks == []
