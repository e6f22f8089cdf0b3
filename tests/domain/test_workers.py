from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain.operations import (
    Apply,
    CancelPlacement,
    RegisterWorker,
    ReviewListing,
    UpdateWorker,
    WithdrawConsent,
)
from kiosk.domain.records import Consent, WorkerTrade
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import Claim, PayUnit, PlacementStatus
from tests.domain.samples import NOW, STAFF, TERMS, Market, identity

REGISTER = RegisterWorker(
    worker_id=Market().new_id(),
    name="李 大海",
    phone="139 0000 0000",
    identity=identity(),
    consent=Consent(text_version="1", given_at=NOW),
    number=7,
    trades=(WorkerTrade(trade="jz-wagong", years=3), WorkerTrade(trade="by-zhuangxie")),
    wage_wish_fen=260_00,
    wage_wish_unit=PayUnit.DAY,
)


@pytest.fixture
def market() -> Market:
    return Market()


def update_of(body: RegisterWorker, **changes: object) -> UpdateWorker:
    update = UpdateWorker(
        worker_id=body.worker_id,
        name=body.name,
        phone=body.phone,
        identity=None,
        trades=body.trades,
        wage_wish_fen=body.wage_wish_fen,
        wage_wish_unit=body.wage_wish_unit,
        districts=("371002",),
        night_work=True,
        needs_lodging=False,
        own_tools=False,
        own_vehicle=False,
        wants_sms=True,
    )
    return replace(update, **changes)


def test_a_worker_is_registered_with_what_was_said(market):
    market.run(REGISTER)
    worker = market.ledger.worker(REGISTER.worker_id)
    assert (worker.name, worker.phone, worker.number, worker.home) == ("李大海", "13900000000", 7, "WH01")
    assert worker.trades == REGISTER.trades
    assert worker.created_at == worker.changed_at == market.now


def test_the_same_registration_again_changes_nothing(market):
    op = market.operation(REGISTER)
    market.play(op)
    assert market.play(op).puts == ()


@pytest.mark.parametrize(
    ("changes", "key", "field"),
    [
        ({"name": "李😀"}, "name_emoji", "name"),
        ({"phone": "1390000000"}, "phone_length", "phone"),
        ({"identity": identity(date(2009, 11, 23))}, "under_age", "id_number"),
        ({"trades": (WorkerTrade(trade="jz"),)}, "unknown_trade", "trades"),
        ({"trades": (WorkerTrade(trade="jz-wagong"),) * 13}, "too_many_trades", "trades"),
    ],
)
def test_who_is_not_registered(market, changes, key, field):
    with pytest.raises(Refusal) as refused:
        market.run(replace(REGISTER, **changes))
    assert (refused.value.key, refused.value.field) == (f"refusal.{key}", field)
    assert market.ledger.workers == {}


def test_sixteen_today_is_old_enough(market):
    market.run(replace(REGISTER, identity=identity(date(2009, 11, 22))))
    assert market.ledger.worker(REGISTER.worker_id) is not None


def test_an_update_replaces_the_editable_part_and_keeps_the_identity(market):
    market.run(REGISTER)
    market.run(update_of(REGISTER, name="李大河", trades=()))
    worker = market.ledger.worker(REGISTER.worker_id)
    assert (worker.name, worker.trades, worker.districts, worker.night_work) == (
        "李大河",
        (),
        ("371002",),
        True,
    )
    assert worker.identity == identity()
    assert worker.number == 7


def test_an_update_of_nobody_is_refused(market):
    with pytest.raises(Refusal) as refused:
        market.run(update_of(REGISTER))
    assert refused.value == Refusal("refusal.worker_unknown")


@pytest.mark.parametrize(
    ("changes", "key"),
    [({"phone": "1"}, "phone_length"), ({"identity": identity(date(2015, 1, 1))}, "under_age")],
)
def test_an_update_is_checked_like_a_registration(market, changes, key):
    market.run(REGISTER)
    with pytest.raises(Refusal) as refused:
        market.run(update_of(REGISTER, **changes))
    assert refused.value.key == f"refusal.{key}"


def test_withdrawing_consent_gives_every_open_place_back(market):
    worker = market.worker()
    employer = market.employer()
    morning = replace(TERMS, end_minute=12 * 60, minutes_per_day=240)
    evening = replace(TERMS, start_minute=13 * 60, minutes_per_day=240)
    posts = [market.post_body(employer, terms) for terms in (morning, evening)]
    for post in posts:
        market.run(post)
        market.run(ReviewListing(listing_id=post.listing_id, approve=True), STAFF)
        market.run(
            Apply(
                placement_id=market.new_id(),
                listing_id=post.listing_id,
                worker_id=worker,
                claim=Claim.LEASE,
                number=1,
            )
        )
    market.run(WithdrawConsent(worker_id=worker))
    assert {each.status for each in market.ledger.placements_of_worker(worker)} == {PlacementStatus.CANCELLED}
    for post in posts:
        assert market.ledger.listing(post.listing_id).taken == 0
        assert market.ledger.lease(post.listing_id, "WH01").free == TERMS.headcount
    assert market.run(WithdrawConsent(worker_id=worker)).puts == ()
    with pytest.raises(Refusal) as refused:
        market.run(
            Apply(
                placement_id=market.new_id(),
                listing_id=posts[0].listing_id,
                worker_id=worker,
                claim=Claim.LEASE,
                number=2,
            )
        )
    assert refused.value.key == "refusal.consent_withdrawn"


def test_nobody_cannot_withdraw(market):
    with pytest.raises(Refusal) as refused:
        market.run(WithdrawConsent(worker_id=REGISTER.worker_id))
    assert refused.value.key == "refusal.worker_unknown"


def test_a_new_phone_goes_to_every_employer_who_still_waits_and_to_no_other(market):
    market.run(REGISTER)
    placements = []
    for hour in (6, 12, 18):
        terms = replace(
            TERMS, headcount=2, start_minute=hour * 60, end_minute=hour * 60 + 240, minutes_per_day=240
        )
        post = market.post_body(market.employer(), terms)
        market.run(post)
        market.run(ReviewListing(listing_id=post.listing_id, approve=True), STAFF)
        placements.append(market.new_id())
        market.run(
            Apply(
                placement_id=placements[-1],
                listing_id=post.listing_id,
                worker_id=REGISTER.worker_id,
                claim=Claim.LEASE,
                number=1,
            )
        )
    market.run(CancelPlacement(placement_id=placements[0]))
    changes = market.run(update_of(REGISTER, phone="13711112222", name="李海"))
    assert len(changes.puts) == 3  # the worker and two open placements
    phones = [market.ledger.placement(each).worker_phone for each in placements]
    assert phones == ["13900000000", "13711112222", "13711112222"]
    assert market.ledger.placement(placements[1]).worker_name == "李海"
    again = market.run(update_of(REGISTER, phone="13711112222", name="李海"))
    assert again.puts == ()
