"""Registering workers and employers, and finding them again."""

from dataclasses import replace

import pytest

from kiosk.domain.refusal import Refusal
from kiosk.domain.values import EmployerKind, PlacementStatus
from kiosk.services.context import SELF
from kiosk.services.workers import form_of


def id_number(head: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return head + "10X98765432"[sum(w * int(d) for w, d in zip(weights, head, strict=True)) % 11]


def refused(call):
    with pytest.raises(Refusal) as caught:
        call()
    return caught.value


def test_a_worker_has_a_number_and_a_card(market):
    done = market.worker()
    assert (done.worker.number, done.slip.content.kind) == (1, "worker_card")
    assert market.worker(name="于秀英").worker.number == 2


@pytest.mark.parametrize("name", ["丛㙍", "王䶮", "于𬭬", "李𪚥", "阿依古丽·买买提"])
def test_rare_names_are_kept_whole(market, name):
    assert market.services.workers.get(market.worker(name=name).worker.id).name == name


@pytest.mark.parametrize(
    ("change", "key", "field"),
    [
        ({"consent": False}, "refusal.consent_missing", "consent"),
        ({"phone": "1390000111"}, "refusal.phone_length", "phone"),
        ({"name": "王😀"}, "refusal.name_emoji", "name"),
        ({"id_number": "371002197001010019"}, "refusal.id_check_digit", "id_number"),
        ({"wage": "abc"}, "refusal.amount_form", "wage"),
    ],
)
def test_bad_input_says_which_field_and_keeps_nothing(market, change, key, field):
    found = refused(lambda: market.worker(**change))
    assert (found.key, found.field) == (key, field)
    assert market.kiosk.storage.read.sync_counts().unsent == 0


def test_under_sixteen_is_refused_by_the_id_number(market):
    young = id_number("37100220150101001")
    assert refused(lambda: market.worker(id_number=young)).key == "refusal.under_age"


def test_pasted_newlines_do_not_split_a_name(market):
    assert "\n" not in market.worker(name="阿依古丽·\n买买提").worker.name


def test_the_id_number_is_sealed_and_stands_nowhere_in_the_clear(market, tmp_path):
    number = id_number("37100219700101001")
    worker = market.worker(id_number=number).worker
    assert worker.identity is not None
    assert number.encode() not in worker.identity.sealed
    raw = [bytes(sent.op) for sent in market.kiosk.storage.outbox.unsent(10)]
    assert not any(number.encode() in each for each in raw)


def test_the_same_person_is_not_registered_twice(market):
    number = id_number("37100219700101001")
    first = market.worker(id_number=number)
    again = refused(lambda: market.worker(id_number=number, name="丛建國"))
    assert (again.key, again.params["number"]) == ("refusal.already_registered", first.worker.number)


def test_who_withdrew_consent_is_found_no_more_and_loses_open_places(market):
    worker = market.worker().worker
    posted = market.published()
    applied = market.services.placements.apply(worker.id, posted.listing.id, SELF)
    market.services.workers.withdraw_consent(worker.id, SELF)
    assert market.services.identify.workers_by_phone(worker.phone) == ()
    assert market.services.placements.get(applied.placement.id).status is PlacementStatus.CANCELLED
    assert market.services.listings.get(posted.listing.id).taken == 0
    key = refused(lambda: market.services.placements.apply(worker.id, posted.listing.id, SELF)).key
    assert key == "refusal.consent_withdrawn"


def test_a_company_needs_a_right_credit_code(market):
    company = {"kind": EmployerKind.ENTERPRISE, "name": "海诚水产食品有限公司", "contact_name": "鞠春生"}
    assert refused(lambda: market.employer(**company)).field == "credit_code"
    wrong = refused(lambda: market.employer(**company, credit_code="91371000MA3C12345X"))
    assert wrong.field == "credit_code"


def test_an_employer_who_comes_back_is_the_same_one(market):
    first = market.employer(phone="13900008888")
    assert market.employer(phone="13900008888").id == first.id
    assert [each.id for each in market.services.employers.by_phone("13900008888")] == [first.id]


def test_what_is_kept_fills_the_form_of_a_change(market):
    worker = market.worker(wage="220.5", districts=("371002",), own_tools=True, wants_sms=True).worker
    form = form_of(worker)
    assert (form.wage, form.districts, form.trades) == ("220.50", ("371002",), worker.trades)
    again = market.services.workers.update(worker.id, form, SELF)
    assert replace(again, changed_at=worker.changed_at) == worker


def test_a_card_that_has_become_wrong_is_numbered_anew(market):
    done = market.worker()
    workers, printing = market.services.workers, market.services.printing
    workers.update(done.worker.id, replace(form_of(done.worker), wants_sms=True), SELF)
    assert len(printing.of(done.worker.id)) == 1
    market.clock.advance(1)
    workers.update(done.worker.id, replace(form_of(done.worker), wage="260"), SELF)
    newest = printing.of(done.worker.id)[0].content
    assert newest.values["wage_wish"] == "260 元/天"
    assert newest.number != done.slip.number


def test_a_change_does_not_make_one_person_of_two(market):
    number = id_number("37100219700101001")
    one, two = market.worker(id_number=number).worker, market.worker().worker
    update = market.services.workers.update
    same = refused(lambda: update(two.id, replace(form_of(two), phone=one.phone), SELF))
    assert (same.key, same.field, same.params["number"]) == ("refusal.taken_by_phone", "phone", one.number)
    taken = refused(lambda: update(two.id, replace(form_of(two), id_number=number), SELF))
    assert (taken.key, taken.field) == ("refusal.id_taken", "id_number")
    couple = replace(form_of(two), name="于秀英", phone=one.phone)
    assert update(two.id, couple, SELF).phone == one.phone


def test_who_has_withdrawn_changes_nothing(market):
    worker = market.worker().worker
    market.services.workers.withdraw_consent(worker.id, SELF)
    found = refused(lambda: market.services.workers.update(worker.id, form_of(worker), SELF))
    assert found.key == "refusal.consent_withdrawn"
