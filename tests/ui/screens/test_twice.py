"""One person with two registrations, by hand: the visitor who agrees, staff who compare, being remembered."""

from dataclasses import replace

import pytest

from kiosk.domain.ids import uuid7
from kiosk.domain.operations import WithdrawConsent
from kiosk.domain.person_operations import LeaveKiosk, MergeWorkers, RememberWorker
from kiosk.domain.records import Presence
from kiosk.protocol.codec import decode_operation
from kiosk.protocol.token import City
from kiosk.services.ports import LookedUp
from kiosk.services.workers import WorkerForm
from kiosk.slips.tokens import StationTokens
from tests.kiosk_fixture import PIN
from tests.ui.screens.house import STAFF
from tests.ui.screens.test_roaming import FakeCity, digits

NAME, PHONE = "毕淑芬", "13900005678"


@pytest.fixture
def city(house):
    fake = FakeCity()
    house.services.identify._lookup = fake
    return fake


def visitor(house, city, name=NAME):
    """Somebody of another kiosk, with the QR code of their card there."""
    worker = house.worker("孙大力", "13900001111").worker
    worker = replace(worker, id=uuid7(1, bytes(10)), home="WHG1", name=name, phone=PHONE)
    config = house.kiosk.config
    home = City(code=config.city, host=config.city_host)
    tokens = StationTokens(house.kiosk.secrets.signing, config.kiosk, home, lambda: None)
    city.answer = LookedUp(outcome="found", left=0, worker=worker)
    return worker, tokens.url(tokens.issue("worker_card", worker.id, 7, house.clock.now()))


def said(house, kind):
    """The operations of that kind in the outbox."""
    bodies = [decode_operation(bytes(each.op)).body for each in house.kiosk.storage.outbox.unsent(500)]
    return [each for each in bodies if isinstance(each, kind)]


def test_a_visitor_who_is_registered_here_too_is_asked_and_becomes_one(house, city):
    here = house.worker(NAME, PHONE).worker
    worker, code = visitor(house, city)
    hand = house.start()
    digits(house, hand, code, PHONE[-4:])
    hand.wait_screen("twice")
    house.measure()
    hand.wait_text(house.text("twice.title"))
    house.tap("twice.yes")
    hand.wait_screen("mine")
    (body,) = said(house, MergeWorkers)
    assert (body.old_id, body.new_id, body.guest.home) == (worker.id, here.id, "WHG1")
    assert body.agreed
    assert [each.id for each in house.services.workers.get(here.id).also] == [worker.id]
    assert not house.marks


def test_who_does_not_agree_is_a_visitor_as_before(house, city):
    house.worker(NAME, PHONE)
    _, code = visitor(house, city)
    hand = house.start()
    digits(house, hand, code, PHONE[-4:])
    hand.wait_screen("twice")
    house.tap("twice.no")
    hand.wait_screen("mine")
    assert said(house, MergeWorkers) == []


def test_another_name_under_the_phone_is_asked_nothing(house, city):
    house.worker("王伟", PHONE)
    _, code = visitor(house, city)
    hand = house.start()
    digits(house, hand, code, PHONE[-4:])
    hand.wait_screen("mine")


def test_a_withdrawal_in_between_is_said_and_nothing_is_merged(house, city):
    here = house.worker(NAME, PHONE).worker
    _, code = visitor(house, city)
    hand = house.start()
    digits(house, hand, code, PHONE[-4:])
    hand.wait_screen("twice")
    house.services.workers.withdraw_consent(here.id, STAFF)
    house.tap("twice.yes")
    hand.wait_text(house.text("refusal.merge_withdrawn"))
    assert house.screen.name == "twice"
    assert len(said(house, WithdrawConsent)) == 1
    assert said(house, MergeWorkers) == []


def test_a_visitor_who_wishes_it_is_remembered_and_nobody_without_their_word(house, city):
    worker, code = visitor(house, city)
    hand = house.start()
    digits(house, hand, code, PHONE[-4:])
    hand.wait_screen("mine")
    house.tap("mine.my_data")
    hand.wait_screen("my_data")
    house.measure()
    house.tap("remember.ask")
    hand.wait_screen("remember")
    house.measure()
    house.tap("remember.no")
    hand.wait_screen("my_data")
    assert said(house, RememberWorker) == []
    house.tap("remember.ask")
    hand.wait_screen("remember")
    house.tap("remember.yes")
    hand.wait_screen("my_data")
    (body,) = said(house, RememberWorker)
    assert (body.worker_id, bool(body.agreed)) == (worker.id, True)
    assert not house.marks


def test_who_is_remembered_ends_it_with_a_touch_and_a_yes(house):
    worker = house.worker(NAME, PHONE).worker
    known = Presence(kiosk=house.kiosk.config.kiosk, since=house.clock.now(), consent_text="1")
    with house.kiosk.storage.unit_of_work() as uow:
        uow.put(replace(worker, home="WHG1", also=(known,)))
        uow.commit()
    hand = house.start()
    house.show_card(PHONE)
    hand.wait_screen("mine")
    house.tap("mine.my_data")
    hand.wait_screen("my_data")
    house.tap("remember.leave")
    house.measure()
    house.tap("remember.leaving.no")
    house.tap("remember.leave")
    house.tap("remember.leaving.yes")
    hand.wait_screen("welcome")
    assert [each.worker_id for each in said(house, LeaveKiosk)] == [worker.id]
    assert not house.marks


@pytest.fixture
def both(house):
    """The same phone, another name: a slip of the pen, or a couple."""
    first = house.worker("毕淑芬", PHONE).worker
    house.clock.advance(60)
    second = house.worker("毕淑芳", PHONE).worker
    return first, second


def signed_in(house):
    hand = house.start()
    house.tap("welcome.staff")
    hand.wait_screen("staff_sign_in")
    hand.type("staff_number", "1")
    hand.type("pin", PIN)
    house.tap("staff.sign_in")
    hand.wait_screen("staff")
    return hand


def compared(house, hand):
    house.tap("staff.people")
    hand.wait_screen("staff_people")
    house.tap("double.list")
    hand.wait_screen("staff_doubles")
    hand.settle()
    house.measure()
    hand.tap(f"毕淑芬  {PHONE}")
    hand.wait_screen("staff_double")
    hand.settle()
    house.measure()


def test_staff_compare_two_registrations_and_make_them_one(house, both):
    first, second = both
    hand = signed_in(house)
    compared(house, hand)
    house.tap("double.swap")
    house.tap("double.same")
    hand.wait_text(house.text("double.ask", name=first.name))
    house.measure()
    house.tap("double.yes")
    hand.wait_screen("staff_person")
    hand.wait_text(first.name)
    (body,) = said(house, MergeWorkers)
    assert (body.old_id, body.new_id) == (second.id, first.id)
    assert house.services.one_person.doubles() == []
    assert [each.id for each in house.services.workers.find(str(second.number))] == [first.id]
    assert not house.marks


def test_nothing_is_merged_without_the_second_yes(house, both):
    hand = signed_in(house)
    compared(house, hand)
    house.tap("double.same")
    house.tap("double.no")
    house.tap("double.swap")
    assert said(house, MergeWorkers) == []


def test_two_id_cards_are_refused_in_plain_words_and_both_stay(house, both):
    hand = signed_in(house)
    for worker, number in zip(both, ("371002197503151230", "371002198003151239"), strict=True):
        form = WorkerForm(name=worker.name, phone=PHONE, id_number=number, consent=True)
        house.services.workers.update(worker.id, form, STAFF)
    compared(house, hand)
    house.tap("double.same")
    house.tap("double.yes")
    hand.wait_text(house.text("refusal.merge_other_person"))
    assert house.screen.name == "staff_double"
    assert said(house, MergeWorkers) == []


def test_any_other_registration_can_be_looked_up_from_the_persons_page(house):
    one, other = house.worker("毕淑芬", PHONE).worker, house.worker("毕淑芬", "13900009999").worker
    hand = signed_in(house)
    house.tap("staff.people")
    hand.wait_screen("staff_people")
    hand.type("search", PHONE)
    hand.tap(f"{one.name}  {one.phone}")
    hand.wait_screen("staff_person")
    house.tap("double.other")
    hand.wait_screen("staff_same")
    hand.type("search", "13900009999")
    hand.tap(f"{other.name}  {other.phone}")
    hand.wait_screen("staff_double")
    hand.settle()
    house.tap("double.same")
    house.tap("double.yes")
    hand.wait_screen("staff_person")
    (body,) = said(house, MergeWorkers)
    assert {body.old_id, body.new_id} == {one.id, other.id}


def test_one_and_the_same_cannot_be_compared_with_itself(house):
    one = house.worker("毕淑芬", PHONE).worker
    hand = signed_in(house)
    house.tap("staff.people")
    hand.wait_screen("staff_people")
    hand.type("search", PHONE)
    hand.tap(f"{one.name}  {one.phone}")
    hand.wait_screen("staff_person")
    house.tap("double.other")
    hand.wait_screen("staff_same")
    hand.type("search", PHONE)
    hand.tap(f"{one.name}  {one.phone}")
    hand.wait_screen("staff_double")
    hand.wait_text(house.text("refusal.merge_itself"))
