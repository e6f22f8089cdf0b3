"""The call list: whoever holds paper that is no longer true, the soonest work first, until somebody has told them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.calendar import local_date
from kiosk.domain.values import Claim, PlacementStatus
from kiosk.services.context import SELF, staff_actor
from kiosk.services.news import NewsKind
from tests.domain.samples import STAFF_ID
from tests.services.test_news import apply, from_the_city, settle

STAFF = staff_actor(STAFF_ID)


def listed(market):
    return [(call.name, call.news.kind, call.told) for call in market.services.calls.all()]


@pytest.fixture
def waiting(market):
    """A job of one place: who holds it, and who waits for it."""
    listing = market.published(headcount="1").listing
    _, taken = apply(market, listing)
    worker, placement = apply(market, listing)
    return worker, placement, taken


def test_nobody_is_called_whose_paper_is_true(market, waiting):
    assert listed(market) == []
    assert market.services.calls.paper() is None
    assert market.services.calls.waiting() == 0


def test_who_moves_up_is_to_be_called_with_number_and_sentence(market, waiting):
    worker, placement, taken = waiting
    market.services.placements.cancel(taken.id, "", SELF)
    (call,) = market.services.calls.all()
    assert (call.name, call.phone, call.news.kind) == (worker.name, worker.phone, NewsKind.SETTLED)
    assert market.services.calls.waiting() == 1
    sentence = market.services.calls.sentence(call)
    assert worker.name in sentence
    assert placement.terms.title in sentence


def test_a_call_that_nobody_answers_counts_and_one_that_is_answered_ends_it(market, waiting):
    worker, _, taken = waiting
    market.services.placements.cancel(taken.id, "", SELF)
    calls = market.services.calls
    calls.mark(calls.all()[0], STAFF, reached=False)
    calls.mark(calls.all()[0], STAFF, reached=False)
    assert (calls.all()[0].note.tries, calls.waiting()) == (2, 1)
    calls.mark(calls.all()[0], STAFF, reached=True)
    assert (calls.all()[0].note.tries, calls.waiting()) == (3, 0)
    assert market.services.placements.news_for(worker.id), "the paper is still wrong"


def test_other_news_of_the_same_job_begins_anew(market, waiting):
    worker, placement, taken = waiting
    calls = market.services.calls
    market.services.placements.cancel(taken.id, "", SELF)
    calls.mark(calls.all()[0], STAFF, reached=True)
    settle(market)
    market.services.placements.true_slip(placement.id, SELF)  # they came and have the paper
    assert listed(market) == []
    settle(market)
    from_the_city(
        market, replace(placement, status=PlacementStatus.WAITLISTED, claim=Claim.NONE, claim_home="")
    )
    assert listed(market) == [(worker.name, NewsKind.WAITING, False)]


def test_the_soonest_work_is_first_and_who_has_been_told_last(market):
    today, calls = local_date(market.clock.now()), market.services.calls
    names = []
    for days in (3, 1, 2):
        day = today + timedelta(days=days)
        listing = market.published(headcount="1", date_from=day, date_to=day).listing
        _, taken = apply(market, listing)
        worker, _ = apply(market, listing)
        names.append(worker.name)
        market.services.placements.cancel(taken.id, "", SELF)
    days = [(call.begins.date() - today).days for call in calls.all()]
    assert days == [1, 2, 3]
    calls.mark(calls.all()[0], STAFF, reached=True)
    assert [(call.begins.date() - today).days for call in calls.all()] == [2, 3, 1]


def test_who_has_withdrawn_is_not_called(market, waiting):
    worker, _, taken = waiting
    market.services.placements.cancel(taken.id, "", SELF)
    market.services.workers.withdraw_consent(worker.id, SELF)
    assert listed(market) == []


def test_an_application_that_the_city_refused_is_called_too(market):
    worker, placement = apply(market, market.published(headcount="2").listing)
    settle(market, refused=(placement.id,))
    assert listed(market) == [(worker.name, NewsKind.LOST, False)]


def test_the_list_on_paper_has_numbers_and_sentences(market, waiting):
    worker, _, taken = waiting
    market.services.placements.cancel(taken.id, "", SELF)
    issued = market.services.calls.paper()
    ((who, what),) = issued.content.tables["people"]
    assert worker.phone[-4:] in who
    assert worker.name in what
    assert market.services.printing.print_slip(issued.slip_id).state == "printed"


def test_the_list_survives_a_restart(market, waiting):
    _, _, taken = waiting
    market.services.placements.cancel(taken.id, "", SELF)
    calls = market.services.calls
    calls.mark(calls.all()[0], STAFF, reached=False)
    market.kiosk.reload()
    assert market.kiosk.services().calls.all()[0].note.tries == 1
