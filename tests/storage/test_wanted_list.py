"""Job-wanted entries in the kiosk's database: browsed by trade and district, whatever way they came in."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from kiosk.domain.operations import PostWanted, RenewWanted, WithdrawConsent, WithdrawWanted
from kiosk.domain.records import JobWanted, WorkerTrade
from kiosk.domain.values import WantedStatus
from kiosk.protocol.codec import encode
from kiosk.protocol.messages import Item
from kiosk.services.ports import WantedQuery
from kiosk.storage.wanted_list import filters_of
from tests.domain.test_wanted import OFFER
from tests.storage.market import NOW, TODAY

AREA = "area/371002"


def offering(*trades, districts=("371002",)):
    return replace(OFFER, trades=tuple(WorkerTrade(trade=each) for each in trades), districts=districts)


def entry(market, *trades, minutes=0, **changes):
    made = JobWanted(
        id=market.id(NOW + timedelta(minutes=minutes)),
        worker_id=None,
        surname="王",
        phone_masked="138****1234",
        offer=offering(*(trades or ("jz-wagong",))),
        status=WantedStatus.OPEN,
        number=1,
        home="WHHC02",
        posted_at=NOW,
        valid_until=TODAY + timedelta(days=15),
        changed_at=NOW,
        version=1,
    )
    return replace(made, **changes)


def found(storage, today=TODAY, **query):
    return [each.id for each in storage.read.wanted_page(WantedQuery(**query), today, None, 100).rows]


def item(record, seq, *, deleted=False):
    body = b"null" if deleted else encode(record)
    return Item(entity="wanted", id=record.id, seq=seq, ver=record.version, deleted=deleted, body=body)


def post(desk, worker, offer=OFFER):
    body = PostWanted(
        wanted_id=desk.market.id(),
        worker_id=worker,
        offer=offer,
        number=1,
        valid_until=TODAY + timedelta(days=15),
    )
    desk.do(body)
    return body.wanted_id


def test_an_entry_is_found_by_each_of_its_trades_and_districts_and_by_their_kinds(storage, market):
    both = entry(
        market,
        "jz-wagong",
        "by-banyun",
        offer=offering("jz-wagong", "by-banyun", districts=("371002", "371003")),
    )
    other = entry(market, "cy-fuwu", minutes=1)
    storage.load([both, other])
    assert found(storage) == [other.id, both.id]
    for query in (
        {"trade": "jz-wagong"},
        {"trade": "by"},
        {"region": "371003"},
        {"trade": "by-banyun", "region": "371003"},
        {"trade": "jz", "region": "371002001"},
    ):
        assert found(storage, **query) == [both.id]
    assert found(storage, trade="jz-wagong", region="371082") == []
    assert found(storage, region="371000") == [other.id, both.id]
    assert storage.read.wanted_count(WantedQuery(trade="jz"), TODAY) == 1


def test_pages_go_on_without_gap_or_repetition(storage, market):
    entries = [entry(market, minutes=n) for n in range(10)]
    storage.load(entries)
    seen, cursor = [], None
    while True:
        page = storage.read.wanted_page(WantedQuery(trade="jz"), TODAY, cursor, 4)
        seen += [each.id for each in page.rows]
        cursor = page.next
        if cursor is None:
            break
    assert seen == [each.id for each in reversed(entries)]


def test_a_page_is_read_from_one_stretch_of_one_index(storage, market):
    storage.load([entry(market)])
    with storage.database.reader() as connection:
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT wanted.id FROM wanted_filter AS filed JOIN wanted "
            "ON wanted.id = filed.wanted_id WHERE filed.filter = 'x@' AND filed.wanted_id < x'ff' "
            "AND filed.until_day >= 1 ORDER BY filed.wanted_id DESC LIMIT 4"
        ).fetchall()
    steps = [row[3] for row in plan]
    assert not any("SCAN" in step or "TEMP" in step for step in steps), steps


def test_what_has_run_out_is_not_shown_and_a_renewal_shows_it_again(storage, desk):
    wanted = post(desk, desk.worker())
    later = TODAY + timedelta(days=16)
    assert found(storage) == [wanted]
    assert found(storage, today=later) == []
    with storage.unit_of_work() as uow:
        uow.put(replace(uow.wanted(wanted), valid_until=later))
        uow.commit()
    assert found(storage, today=later) == [wanted]


def test_taken_down_by_hand_or_with_the_consent_it_is_gone_from_every_list(storage, desk):
    worker, leaver = desk.worker(), desk.worker()
    wanted, other = post(desk, worker), post(desk, leaver)
    desk.do(WithdrawWanted(wanted_id=wanted))
    assert found(storage) == [other]
    desk.do(WithdrawConsent(worker_id=leaver))
    assert found(storage) == []
    assert storage.read.wanted_of_worker(leaver)[0].status is WantedStatus.WITHDRAWN


def test_a_pulled_entry_comes_changes_and_goes(storage, market):
    first, second = entry(market), entry(market, minutes=1)
    storage.inbox.apply(AREA, [item(first, 1), item(second, 2)], 2, complete=True)
    assert found(storage) == [second.id, first.id]
    moved = replace(first, offer=offering("cy-fuwu"), version=2)
    storage.inbox.apply(AREA, [item(moved, 3)], 3, complete=True)
    assert found(storage, trade="jz") == [second.id]
    assert found(storage, trade="cy") == [first.id]
    storage.inbox.apply(AREA, [item(second, 4, deleted=True)], 4, complete=True)
    assert found(storage) == [first.id]
    assert storage.inbox.digest(AREA).count == 1


def test_the_citys_word_on_an_entry_comes_before_an_own_unsettled_renewal(storage, desk):
    wanted = post(desk, desk.worker())
    desk.do(RenewWanted(wanted_id=wanted, valid_until=TODAY + timedelta(days=15)))
    down = replace(storage.read.wanted(wanted), status=WantedStatus.WITHDRAWN, version=3)
    storage.inbox.apply("dev/WHHC01", [item(down, 1)], 1, complete=True)
    assert found(storage) == []


def test_it_survives_closing_and_opening(storage, desk):
    wanted = post(desk, desk.worker())
    storage.close()
    storage.open()
    assert found(storage) == [wanted]


@pytest.mark.parametrize("trades", [1, 12])
def test_an_entry_is_filed_under_few_rows(market, trades):
    codes = [f"jz-{n}" for n in range(trades)]
    assert len(filters_of(entry(market, offer=offering(*codes)))) == (trades + 2) * 2
    assert UUID(int=0) != entry(market).id
