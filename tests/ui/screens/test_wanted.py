"""求职信息: posted with few touches, seen without a name, somebody asked for, and told so when they next come."""

from dataclasses import replace

import pytest

from kiosk.domain.records import JobWanted
from kiosk.domain.values import InvitationStatus, PlacementStatus, WantedStatus
from kiosk.services.context import SELF
from kiosk.services.listings import form_of
from kiosk.services.ports import WantedQuery
from kiosk.services.wanted import form_of_wanted
from kiosk.services.workers import Registered
from tests.e2e.forms import say_who, skip_to_summary
from tests.kiosk_fixture import PIN
from tests.ui.screens.house import STAFF, House

PHONE = "13806311111"


def entry_of(house: House, worker: Registered, **changes: object) -> JobWanted:
    form = replace(form_of_wanted(worker.worker, "371002"), **changes)
    return house.services.wanted.post(worker.worker.id, form, SELF)


def to_mine(house: House, phone: str = PHONE) -> None:
    house.tap("welcome.mine")
    house.hand.wait_screen("identify")
    house.show_card(phone)


def to_my_wanted(house: House) -> None:
    to_mine(house)
    house.hand.wait_screen("mine")
    house.tap("mine.wanted")
    house.hand.wait_screen("my_wanted")


def as_employer(house: House, listing) -> None:
    """The posting receipt to the scanner, and four digits."""
    jobs = house.services.printing.of(listing.id)
    house.hand.scan(jobs[0].content.qr)
    house.hand.wait_screen("tail")
    house.hand.type("tail", listing.terms.contact_phone[-4:])
    house.tap("common.next")


def test_somebody_registered_posts_an_entry_without_typing_anything(house: House) -> None:
    worker = house.worker(districts=("371002",), wage="260")
    hand = house.start()
    to_my_wanted(house)
    hand.wait_text(house.text("wanted.none"))
    house.tap("wanted.new")
    hand.wait_screen("wanted_summary")
    hand.wait_text("于师傅 138****1111")
    house.measure()
    house.tap("wanted.post")
    hand.wait_screen("my_wanted")
    hand.wait_text(house.text("wanted.posted"))
    house.measure()
    entry = house.services.wanted.of_worker(worker.worker.id)
    assert [each.trade for each in entry.offer.trades] == ["by-banyun"]
    assert entry.offer.wage_wish_fen == 260_00
    assert house.services.wanted.count() == 1
    assert not house.marks


def test_each_part_is_mended_on_its_page_and_nothing_is_lost(house: House) -> None:
    worker = house.worker()
    hand = house.start()
    to_my_wanted(house)
    house.tap("wanted.new")
    hand.wait_screen("wanted_summary")
    hand.wait_text("于师傅")
    for part, word in (("days", "common.weekday.7"), ("times", "words.day_part.night")):
        house.tap(f"wanted.edit.{part}")
        hand.wait_screen(f"wanted_{part}")
        house.tap(word)
        house.measure()
        house.tap("common.keep_and_back")
        hand.wait_screen("wanted_summary")
    house.tap("wanted.edit.note")
    hand.wait_screen("wanted_note")
    hand.type("note", "打我电话 13806311111")
    house.tap("common.keep_and_back")
    hand.wait_text(house.text("refusal.note_contact"))
    hand.clear("note")
    hand.type("note", "有健康证")
    house.measure()
    house.tap("common.keep_and_back")
    hand.wait_screen("wanted_summary")
    hand.back()
    hand.wait_screen("my_wanted")
    house.tap("wanted.new")
    hand.wait_screen("wanted_summary")
    hand.wait_text("有健康证")
    house.tap("wanted.post")
    hand.wait_screen("my_wanted")
    hand.wait_text("有健康证")
    offer = house.services.wanted.of_worker(worker.worker.id).offer
    assert (offer.days, offer.note) == ((1, 2, 3, 4, 5, 6), "有健康证")
    assert "night" in offer.parts
    assert not house.marks


def test_what_is_missing_is_asked_for_on_its_own_page(house: House) -> None:
    house.worker(trades=())
    hand = house.start()
    to_my_wanted(house)
    house.tap("wanted.new")
    hand.wait_text("于师傅")
    house.tap("wanted.post")
    hand.wait_screen("wanted_trades")
    hand.wait_text(house.text("refusal.trade_missing"))
    catalogue = house.services.catalogue
    category = catalogue.categories()[0]
    hand.tap(category.name)
    hand.wait_screen("wanted_trades_of")
    hand.tap(catalogue.trades(category.code)[0].name)
    house.tap("register.trades_done")
    hand.wait_screen("wanted_trades")
    house.tap("common.keep_and_back")
    hand.wait_screen("wanted_summary")
    house.tap("wanted.post")
    hand.wait_screen("my_wanted")


def test_renewing_and_taking_down(house: House, clock) -> None:
    worker = house.worker()
    entry = entry_of(house, worker)
    clock.advance(16 * 24 * 3600)
    hand = house.start()
    to_my_wanted(house)
    hand.wait_text(house.text("wanted.over_since", day=house.strings.date(entry.valid_until)))
    house.tap("wanted.renew")
    hand.wait_text(house.text("wanted.renewed"))
    assert house.services.wanted.count() == 1
    house.tap("wanted.withdraw")
    hand.wait_text(house.text("wanted.ask.happens"))
    house.tap("wanted.ask.no")
    assert house.services.wanted.count() == 1
    house.tap("wanted.withdraw")
    house.tap("wanted.ask.yes")
    hand.wait_text(house.text("wanted.withdrawn"))
    hand.wait_text(house.text("wanted.none"))
    assert house.services.wanted.count() == 0
    assert house.services.wanted.last_of(worker.worker.id).status is WantedStatus.WITHDRAWN


def test_what_was_done_before_is_not_said_again_nor_what_was_refused(house: House) -> None:
    worker = house.worker()
    entry = entry_of(house, worker)
    hand = house.start()
    to_my_wanted(house)
    house.tap("wanted.renew")
    hand.wait_text(house.text("wanted.renewed"))
    house.tap("common.back")
    hand.wait_screen("mine")
    house.tap("mine.wanted")
    hand.wait_screen("my_wanted")
    hand.wait_gone(house.text("wanted.renewed"))
    house.services.wanted.withdraw(entry.id, SELF)  # at another kiosk, or by the night's rule
    house.tap("wanted.renew")
    hand.wait_text(house.text("refusal.wanted_withdrawn"))
    house.screen.retranslate()
    assert not hand.has(house.text("wanted.renewed"))


def test_from_the_end_of_the_registration_it_is_two_touches(house: House) -> None:
    house.listing()
    hand = house.start()
    house.tap("welcome.register")
    house.tap("consent.agree")
    say_who(hand, "于海", PHONE)
    catalogue = house.services.catalogue
    hand.tap(catalogue.categories()[0].name)
    hand.wait_screen("register_trades_of")
    hand.tap(catalogue.trades(catalogue.categories()[0].code)[0].name)
    house.tap("register.trades_done")
    skip_to_summary(hand)
    house.tap("register.confirm")
    hand.wait_screen("registered")
    house.tap("mine.wanted")
    hand.wait_screen("wanted_summary")
    hand.wait_text("于师傅")
    house.tap("wanted.post")
    hand.wait_screen("my_wanted")
    assert house.services.wanted.count() == 1


def test_employers_browse_without_learning_who_it_is(house: House) -> None:
    for at in range(6):
        entry_of(house, house.worker(f"孙{'一二三四五六'[at]}", f"1370631000{at}", wage="300"))
        house.clock.advance(1)
    hand = house.start()
    house.tap("welcome.hire")
    house.tap("hire.see_workers")
    hand.wait_screen("wanted_list")
    hand.wait_text("孙师傅")
    house.measure()
    assert len([text for text in hand.texts() if "孙师傅" in text]) == 4
    house.tap("common.next_page")
    hand.wait(lambda: len([t for t in hand.texts() if "孙师傅" in t]) == 2, "the second page")
    hand.tap_nth("孙师傅", 0)
    hand.wait_screen("wanted_entry")
    hand.wait_text("137****0001")
    house.measure()
    said = " ".join(hand.texts())
    assert "孙二" not in said
    assert "13706310001" not in said
    hand.wait_text(house.text("wanted.how_prove"))
    assert not hand.has(house.text("wanted.invite"))
    assert not house.marks


def test_narrowed_to_a_trade_nobody_offers_all_are_one_touch_away(house: House) -> None:
    entry_of(house, house.worker())
    hand = house.start()
    house.tap("welcome.hire")
    house.tap("hire.see_workers")
    hand.wait_text("于师傅")
    hand.tap(house.text("find.narrow_trade", trade=house.text("find.any_trade")))
    hand.wait_screen("trades_of")
    hand.tap(house.services.catalogue.trade_name("jz", "zh_CN"))
    hand.wait_screen("wanted_list")
    hand.wait_text(house.text("wanted.nobody"))
    house.tap("wanted.show_all")
    hand.wait_text("于师傅")


def test_an_employer_asks_the_worker_is_told_and_takes_the_place(house: House) -> None:
    worker, listing = house.worker(), house.listing()
    entry = entry_of(house, worker)
    hand = house.start()
    as_employer(house, listing)
    hand.wait_screen("applicants")
    house.tap("applicants.ask_for")
    hand.wait_screen("wanted_list")
    hand.tap("于师傅")
    hand.wait_screen("wanted_entry")
    house.tap("wanted.invite")
    hand.wait_text(house.text("wanted.invited"))
    assert [each.worker.phone for each in house.services.wanted.to_call()] == [PHONE]
    while house.screen.name != "applicants":
        hand.back()
    hand.wait_text(house.text("applicants.invited.open"))
    assert hand.has("于师傅")
    house.shell.ctx.navigator.end_visit()
    hand.wait_screen("welcome")
    to_mine(house)
    hand.wait_screen("asked")
    hand.wait_text("曲红梅")
    house.measure()
    house.tap("wanted.yes")
    hand.wait_screen("applied")
    placement = house.services.placements.of_worker(worker.worker.id)[0]
    assert (placement.listing_id, placement.status) == (listing.id, PlacementStatus.CONFIRMED)
    assert house.services.wanted.to_call() == ()
    invitation = house.services.wanted.invited(listing.id)[0]
    assert (invitation.wanted_id, invitation.status) == (entry.id, InvitationStatus.ACCEPTED)
    assert not house.marks


@pytest.mark.parametrize(
    ("answer", "open_still"),
    [("wanted.no", False), ("wanted.later", True)],
)
def test_no_and_later_lead_to_what_the_worker_came_for(house: House, answer: str, open_still: bool) -> None:
    worker, listing = house.worker(), house.listing()
    house.services.wanted.invite(entry_of(house, worker).id, listing.id, SELF)
    hand = house.start()
    to_mine(house)
    hand.wait_screen("asked")
    house.tap(answer)
    hand.wait_screen("mine")
    assert bool(house.services.wanted.asked(worker.worker.id)) is open_still


def test_a_receipt_proves_who_asks_and_comes_back_to_the_person(house: House) -> None:
    listing = house.listing()
    entry_of(house, house.worker())
    hand = house.start()
    house.tap("welcome.hire")
    house.tap("hire.see_workers")
    hand.tap("于师傅")
    hand.wait_screen("wanted_entry")
    as_employer(house, listing)
    hand.wait_screen("wanted_entry")
    house.tap("wanted.invite")
    hand.wait_text(house.text("wanted.invited"))


def test_with_several_jobs_open_it_is_asked_for_which(house: House) -> None:
    listing = house.listing()
    form = replace(form_of(listing, house.today), title="卸车，半天")
    posted = house.services.listings.post(listing.employer_id, form, STAFF).listing
    other = house.services.listings.review(posted.id, approve=True, reason="", actor=STAFF)
    entry_of(house, house.worker())
    hand = house.start()
    house.tap("welcome.hire")
    house.tap("hire.see_workers")
    hand.tap("于师傅")
    hand.wait_screen("wanted_entry")
    as_employer(house, listing)
    hand.wait_screen("wanted_entry")
    house.tap("wanted.invite")
    hand.wait_screen("invite")
    house.measure()
    hand.tap("卸车，半天")
    hand.wait_text(house.text("wanted.invited"))
    assert [len(house.services.wanted.invited(each.id)) for each in (listing, other)] == [0, 1]
    house.tap("wanted.more_people")
    hand.wait_screen("wanted_list")
    assert not house.marks


def test_who_has_applied_already_is_not_asked_again(house: House) -> None:
    worker, listing = house.worker(), house.listing()
    house.services.wanted.invite(entry_of(house, worker).id, listing.id, SELF)
    house.apply(worker, listing)
    assert house.services.wanted.asked(worker.worker.id) == ()
    assert house.services.wanted.to_call() == ()


def test_nothing_is_shown_of_who_withdrew_consent(house: House) -> None:
    worker = house.worker()
    entry_of(house, worker)
    house.services.workers.withdraw_consent(worker.worker.id, SELF)
    assert house.services.wanted.browse(WantedQuery()).rows == ()


def test_staff_call_who_was_asked_for_and_answer_for_them(house: House) -> None:
    worker, listing = house.worker(), house.listing()
    house.services.wanted.invite(entry_of(house, worker).id, listing.id, SELF)
    hand = house.start()
    house.tap("welcome.staff")
    hand.wait_screen("staff_sign_in")
    hand.type("staff_number", "1")
    hand.type("pin", PIN)
    house.tap("staff.sign_in")
    hand.wait_screen("staff")
    hand.wait_text(house.text("staff.to_call", n=1))
    house.tap("staff.calls")
    hand.wait_screen("staff_calls")
    hand.wait_text(house.text("calls.only_invited", n=1))
    assert not hand.has(house.text("calls.empty")), "the tile has just said that there is somebody"
    house.measure()
    assert not house.marks
    hand.tap(house.text("wanted.calls_n", n=1))
    hand.wait_screen("staff_invited")
    hand.tap("于海")
    hand.wait_screen("asked")
    hand.wait_text(house.text("common.behalf_of", name="于海"))
    house.tap("wanted.yes")
    hand.wait_screen("applied")
    assert house.services.placements.of_worker(worker.worker.id)[0].listing_id == listing.id
    house.tap("common.done")
    hand.wait_screen("staff_invited")
    hand.wait_text(house.text("wanted.calls_none"))


def test_from_the_first_page_to_who_looks_for_work_and_to_an_entry_of_ones_own(house: House) -> None:
    entry_of(house, house.worker())
    hand = house.start()
    house.tap("welcome.wanted")
    hand.wait_screen("wanted_list")
    hand.wait_text("于师傅")
    house.tap("wanted.mine")
    hand.wait_screen("identify")
