"""首页 is no way out of a visit: what stands is said, ended at one touch, and asked about before anybody goes on."""

import pytest

from kiosk.services.context import SELF
from kiosk.services.workers import WorkerForm
from kiosk.ui.navigator import Stay
from kiosk.ui.screens.hire.params import KnownEmployer
from kiosk.ui.screens.people import KnownWorker, note_typed
from kiosk.ui.screens.register.draft import RegisterDraft
from tests.e2e.forms import read_who, say_who
from tests.ui.screens.house import House

PHONE = "13806311111"
ID_NUMBER = "370602197103054329"


def identified(house: House) -> None:
    """A has shown their card, has looked at their jobs, and has touched 首页."""
    house.worker("宋福来")
    house.start()
    house.show_card()
    house.hand.wait_screen("mine")
    house.tap("common.home")
    house.hand.wait_screen("welcome")


def half_registered(house: House) -> None:
    """A has typed name, phone and ID number, and has touched 首页."""
    hand = house.start()
    house.tap("welcome.register")
    hand.wait_screen("register_consent")
    house.tap("consent.agree")
    hand.wait_screen("register_who")
    say_who(hand, "于海洋", PHONE, to="register_id")
    hand.type("id_number", ID_NUMBER)
    house.tap("common.home")
    hand.wait_screen("welcome")


def say_on(house: House, phone: str) -> None:
    """From the phone to the ID number."""
    house.hand.type("phone", phone)
    house.tap("common.next")
    house.hand.wait_screen("register_id")


def nobody(house: House) -> bool:
    return house.shell.ctx.navigator.state.visit is None


def test_home_from_a_slip_ends_the_visit(house: House) -> None:
    listing = house.listing(headcount="2")
    house.worker("宋福来")
    hand = house.start()
    hand.tap(listing.terms.title)
    hand.wait_screen("listing")
    house.tap("listing.go")
    hand.wait_screen("identify")
    hand.type("phone", PHONE)
    house.tap("common.next")
    hand.wait_screen("applied")
    house.tap("common.home")
    hand.wait_screen("welcome")
    assert nobody(house)
    assert not hand.has(house.text("standing.end"))
    hand.tap(listing.terms.title)
    hand.wait_screen("listing")
    house.tap("listing.go")
    hand.wait_screen("identify")
    assert hand.value("phone") == ""


def test_every_page_that_ends_a_flow_is_finished(house: House) -> None:
    """Each page where 办完了 ends the visit; 首页 there does the same."""
    house.start()
    ended = {"applied", "registered", "posted", "draft_saved", "withdrawn", "hire_sheet"}
    house.shell.shelf.learn()
    assert {name for name, kind in house.shell.shelf._kinds.items() if kind.finished} == ended


def test_the_first_page_says_whose_visit_stands_and_ends_it_at_one_touch(house: House) -> None:
    identified(house)
    hand = house.hand
    hand.wait_text(house.text("standing.done_of", who="宋**"))
    assert not any("宋福来" in text for text in hand.texts())
    house.tap("standing.end")
    hand.wait_text(house.text("standing.ended"))
    assert nobody(house)
    assert hand.has("环翠零工驿站")
    house.tap("welcome.mine")
    hand.wait_screen("identify")


def test_my_jobs_open_to_nobody_else(house: House) -> None:
    identified(house)
    hand = house.hand
    house.tap("welcome.mine")
    hand.wait_screen("still_you")
    hand.wait_text(house.text("still_you.who", who="宋**"))
    house.tap("still_you.no")
    hand.wait_screen("identify")
    assert not house.shell.ctx.visit.has(KnownWorker)


def test_the_same_person_goes_on_at_one_touch(house: House) -> None:
    identified(house)
    hand = house.hand
    house.tap("welcome.mine")
    hand.wait_screen("still_you")
    house.tap("still_you.yes")
    hand.wait_screen("mine")
    hand.wait_text("宋福来")
    house.calm()
    house.tap("common.back")
    hand.wait_screen("welcome")


def test_no_place_is_taken_in_the_name_of_the_one_before(house: House) -> None:
    listing = house.listing()
    identified(house)
    hand = house.hand
    hand.tap(listing.terms.title)
    hand.wait_screen("still_you")
    house.tap("still_you.no")
    hand.wait_screen("listing")
    house.tap("listing.go")
    hand.wait_screen("identify")


def test_a_known_worker_who_went_home_needs_five_touches(house: House) -> None:
    listing = house.listing()
    identified(house)
    hand = house.hand
    for key, screen in (("welcome.find", "still_you"), ("still_you.yes", "trades")):
        house.tap(key)
        hand.wait_screen(screen)
    hand.tap(house.services.catalogue.trade_name("by", "zh_CN"))
    hand.wait_screen("listings")
    hand.tap(listing.terms.title)
    hand.wait_screen("listing")
    house.tap("listing.go")
    hand.wait_screen("applied")


def test_a_form_in_the_middle_shows_nothing_to_the_next_person(house: House) -> None:
    half_registered(house)
    hand = house.hand
    hand.wait_text(house.text("standing.form_of", who="于**", what=house.text("still_you.what.register")))
    house.tap("welcome.register")
    hand.wait_screen("still_you")
    house.tap("still_you.no")
    hand.wait_screen("register_consent")
    house.tap("consent.agree")
    hand.wait_screen("register_who")
    assert hand.value("name") == ""
    say_who(hand, "毕翠花", to="register_phone")
    assert hand.value("phone") == ""
    say_on(house, "13906312222")
    assert hand.value("id_number") == ""


@pytest.mark.parametrize("way", ["standing.go_on", "welcome.register"])
def test_who_left_a_form_finds_it_as_it_was(house: House, way: str) -> None:
    half_registered(house)
    hand = house.hand
    hand.wait_text("于**")
    house.tap(way)
    hand.settle()
    if hand.screen == "still_you":
        house.tap("still_you.yes")
    hand.wait_screen("register_consent")
    house.tap("consent.agree")
    assert read_who(hand)[-1] == ID_NUMBER


def test_a_form_is_dropped_at_one_touch(house: House) -> None:
    half_registered(house)
    house.hand.wait_text("于**")
    house.tap("standing.drop")
    house.hand.settle()
    assert nobody(house)


def test_a_number_that_was_only_typed_is_somebodys_too(house: House) -> None:
    hand = house.start()
    house.tap("welcome.mine")
    hand.wait_screen("identify")
    hand.type("phone", PHONE)
    house.tap("common.home")
    hand.wait_screen("welcome")
    hand.wait_text(house.text("standing.done_of", who="138****1111"))
    house.tap("welcome.mine")
    hand.wait_screen("still_you")
    house.tap("still_you.no")
    hand.wait_screen("identify")
    assert hand.value("phone") == ""


def test_an_employer_is_asked_about_as_well(house: House) -> None:
    listing = house.listing()
    hand = house.start()
    house.shell.ctx.visit.keep(KnownEmployer(employer_id=listing.employer_id, proved=True))
    house.shell.ctx.navigator.show("hire_known")
    hand.wait_screen("hire_known")
    house.tap("common.home")
    hand.wait_screen("welcome")
    hand.wait_text(house.text("standing.done_of", who="曲**"))
    house.tap("welcome.hire")
    hand.wait_screen("still_you")
    house.tap("still_you.no")
    hand.wait_screen("hire_kind")
    assert not house.shell.ctx.visit.has(KnownEmployer)


def test_a_slip_is_held_to_the_scanner_while_something_stands(house: House) -> None:
    identified(house)
    other = house.services.workers.register(
        WorkerForm(name="毕翠花", phone="13806312222", consent=True), SELF
    )
    hand = house.hand
    hand.scan(other.slip.content.qr)
    hand.wait_screen("still_you")
    house.tap("still_you.no")
    hand.wait_screen("tail")
    hand.type("tail", "2222")
    house.tap("common.next")
    hand.wait_screen("mine")
    hand.wait_text("毕翠花")


def test_who_only_looked_around_is_not_asked(house: House) -> None:
    house.listing()
    hand = house.start()
    for way in ("welcome.find", "welcome.register", "welcome.hire"):
        house.tap(way)
        hand.settle()
        house.tap("common.home")
        hand.wait_screen("welcome")
        assert hand.has("环翠零工驿站")
    house.tap("welcome.find")
    hand.wait_screen("trades")
    assert house.shell.ctx.navigator.stay is Stay.PERSON


def test_what_was_given_up_takes_no_place_later(house: House) -> None:
    """我要去 → 首页 → 我要登记: a registration, and no place in the job of before."""
    listing = house.listing()
    hand = house.start()
    hand.tap(listing.terms.title)
    hand.wait_screen("listing")
    house.tap("listing.go")
    hand.wait_screen("identify")
    hand.type("phone", PHONE)
    house.tap("common.next")
    hand.wait_screen("register_consent")
    house.tap("common.home")
    hand.wait_screen("welcome")
    house.tap("welcome.register")
    hand.wait_screen("still_you")
    house.tap("still_you.yes")
    hand.wait_screen("register_consent")
    house.tap("consent.agree")
    hand.wait_screen("register_who")
    assert not hand.has(house.text("register.quick"))
    hand.type("name", "于海洋")
    house.tap("common.next")
    hand.wait_screen("register_id")  # the number is known
    assert house.shell.ctx.visit.draft(RegisterDraft).form.phone == PHONE


def test_a_number_that_somebody_said_they_are_is_asked_about(house: House) -> None:
    """It opens their slip without the four digits: not to the next person."""
    house.worker("宋福来")
    house.start()
    house.tap("welcome.find")
    house.hand.wait_screen("trades")
    note_typed(house.shell.ctx.visit, PHONE)
    house.tap("common.home")
    house.hand.wait_screen("welcome")
    house.hand.wait_text(house.text("standing.done_of", who="138****1111"))
    house.tap("welcome.scan")
    house.hand.wait_screen("still_you")
