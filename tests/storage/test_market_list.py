"""The worker's list is what a plain scan over all listings would show, always."""

import shutil
import tempfile
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.calendar import SHANGHAI
from kiosk.domain.listings import is_offered
from kiosk.domain.values import ListingStatus, PayUnit
from kiosk.services.ports import ListingQuery
from kiosk.storage import migration
from kiosk.storage.engine import Database
from kiosk.storage.market import Market as MarketList
from kiosk.storage.market_entry import entry_of
from kiosk.storage.storage import FILE_NAME
from kiosk.storage.tokens import Folder
from tests.storage.desk import KEY, storage_at
from tests.storage.market import NOW, TODAY, Market, vocabulary

VOCABULARY = vocabulary()
FOLDER = Folder(VOCABULARY.simplified)
#: No two listings of the tests are published at the same moment, so that a scan knows their order.
OFFBEAT = timedelta(seconds=100)
TRADES = (None, "jz-wagong", "jz-xiaogong", "jz", "hy-jiagong", "by", "nothing-such")
REGIONS = (None, "371002", "371002001", "371000", "370602")


def scan(listings, query, today):
    """What the list must show, newest first: those with places, or the full ones."""
    words = FOLDER.fold(query.text).split()
    status = ListingStatus.FULL if query.full else ListingStatus.PUBLISHED

    def fits(listing):
        terms = listing.terms
        text = VOCABULARY.searched_text(listing, FOLDER)
        return (
            listing.status is status
            and min(listing.valid_until, terms.date_to) >= today
            and all(word in text for word in words)
            and (query.trade is None or query.trade in (terms.trade, terms.trade.split("-")[0]))
            and _region_fits(query.region, terms.region)
            and (query.on_day is None or terms.date_from <= query.on_day <= terms.date_to)
        )

    return [
        listing.id
        for listing in sorted(listings, key=lambda each: each.published_at or NOW)[::-1]
        if fits(listing)
    ]


def _region_fits(wanted, region):
    return wanted is None or region.startswith(wanted.removesuffix("00") if len(wanted) == 6 else wanted)


def pages(read, query, size=7):
    found, cursor = [], None
    while True:
        page = read.listings(query, NOW, cursor, size)
        found += [listing.id for listing in page.rows]
        assert len(page.rows) <= size
        if page.next is None:
            return found
        assert len(page.rows) == size
        cursor = page.next


@pytest.fixture(scope="module")
def full(pristine, tmp_path_factory):
    path = shutil.copy(pristine, tmp_path_factory.mktemp("full") / FILE_NAME)
    storage = storage_at(path, vocabulary=VOCABULARY)
    storage.open()
    listings = list(Market(21).listings(1500))
    rare = (
        "𪚥师傅",
        "㙍地䶮工",
        "ｉＳＯ９００１ 燒烤",
        "C++／C#",
        "aab abba bab",
        "上海海上",
        "👷招人",
        "一",
    )
    listings += [
        replace(each, terms=replace(each.terms, title=title), published_at=each.published_at + OFFBEAT)
        for title, each in zip(rare, Market(22).listings(len(rare)), strict=True)
    ]
    listings = [
        replace(each, status=ListingStatus.FULL, taken=each.terms.headcount) if at % 4 == 0 else each
        for at, each in enumerate(listings)
    ]
    storage.load(listings)
    yield storage, listings
    storage.close()


def pieces(listings):
    """Texts that people might type: pieces of real listings, and things that are nowhere."""
    random = Random(8)
    texts = [VOCABULARY.searched_text(each, FOLDER) for each in random.sample(listings, 200) + listings[-8:]]
    cut = st.sampled_from(texts).flatmap(
        lambda text: st.tuples(st.integers(0, len(text) - 1), st.integers(1, 9)).map(
            lambda at: text[at[0] : at[0] + at[1]]
        )
    )
    noise = st.text("瓦工abc12保洁 ，-:\"'*()^+|%_\0\ud800龍龙ＡＢ１\u200b", max_size=6)
    tricky = st.text("ab", min_size=3, max_size=5)  # all pairs are there, the word is not
    return st.lists(st.one_of(cut, noise, tricky), min_size=0, max_size=3).map(" ".join)


@settings(max_examples=150)
@given(data=st.data())
def test_every_query_shows_what_a_scan_shows(full, data):
    storage, listings = full
    query = ListingQuery(
        text=data.draw(pieces(listings)),
        trade=data.draw(st.sampled_from(TRADES)),
        region=data.draw(st.sampled_from(REGIONS)),
        on_day=data.draw(st.sampled_from((None, TODAY, TODAY + timedelta(days=3)))),
        full=data.draw(st.booleans()),
    )
    assert pages(storage.read, query) == scan(listings, query, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "瓦",
        "瓦工",
        "瓦 工",
        "燒烤",
        "烧烤",
        "ISO9001",
        "iso９００１",
        "𪚥",
        "㙍地",
        "C++",
        "",
        "!!",
        "ab",
        "aba",
        "海上海",
        "上海海上",
    ],
)
@pytest.mark.parametrize("trade", [None, "jz", "jz-wagong"])
@pytest.mark.parametrize("is_full", [False, True])
def test_short_long_mixed_and_rare_texts(full, text, trade, is_full):
    storage, listings = full
    query = ListingQuery(text=text, trade=trade, full=is_full)
    assert pages(storage.read, query) == scan(listings, query, TODAY)


def test_a_very_long_text_is_an_answer_and_not_an_error(full):
    storage, _ = full
    assert pages(storage.read, ListingQuery(text="瓦工" * 2000)) == []
    assert pages(storage.read, ListingQuery(text="瓦 工 " * 2000)) != []


def test_counts_and_pay_are_of_what_is_shown(full):
    storage, listings = full
    shown = [
        each
        for each in listings
        if each.status is ListingStatus.PUBLISHED and min(each.valid_until, each.terms.date_to) >= TODAY
    ]
    counts = storage.read.count_by_trade(NOW)
    assert sum(counts.values()) == len(shown)
    trade = "jz-wagong"
    assert counts[trade] == sum(each.terms.trade == trade for each in shown)
    by_day = sorted(
        each.terms.pay_fen
        for each in shown
        if each.terms.trade == trade and each.terms.pay_unit is PayUnit.DAY
    )
    low, middle, high = storage.read.pay_range(trade, TODAY)
    assert (low, middle, high) == tuple(by_day[len(by_day) * quarter // 4] for quarter in (1, 2, 3))
    assert storage.read.pay_range("qt-linshi", TODAY) is None or counts["qt-linshi"] >= 5
    assert storage.read.pay_range("none", TODAY) is None


CHANGES = ("publish", "full", "close", "retitle", "retrade", "expire", "shorten", "nothing", "remove")


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32), steps=st.lists(st.sampled_from(CHANGES), min_size=1, max_size=25))
def test_the_list_follows_every_change(pristine, seed, steps):
    with tempfile.TemporaryDirectory() as folder:
        storage = storage_at(Path(shutil.copy(pristine, Path(folder) / FILE_NAME)), vocabulary=VOCABULARY)
        storage.open()
        random, market = Random(seed), Market(seed)
        known = {each.id: each for each in market.listings(12)}
        storage.load(known.values())
        for step in steps:
            before = random.choice(list(known.values()))
            after = changed(before, step, market)
            with storage.unit_of_work() as uow:
                uow.put(after)
                uow.commit()
            known[after.id] = after
        for text in ("", "工", "瓦工", random.choice(list(known.values())).terms.title):
            for trade, region in ((None, None), ("jz", None), ("jz-wagong", "371002")):
                for is_full in (False, True):
                    query = ListingQuery(text=text, trade=trade, region=region, full=is_full)
                    assert pages(storage.read, query) == scan(known.values(), query, TODAY)
        assert indexed(storage) == in_market(storage)
        storage.close()


def changed(listing, step, market):
    terms = listing.terms
    fresh = market.terms()
    match step:
        case "publish":
            return replace(listing, status=ListingStatus.PUBLISHED)
        case "full":
            return replace(listing, status=ListingStatus.FULL)
        case "close" | "remove":
            return replace(listing, status=ListingStatus.CLOSED)
        case "retitle":
            return replace(listing, terms=replace(terms, title=fresh.title + "新"))
        case "retrade":
            return replace(listing, terms=replace(terms, trade=fresh.trade, region=fresh.region))
        case "expire":
            return replace(listing, valid_until=TODAY - timedelta(days=1))
        case "shorten":
            return replace(listing, terms=replace(terms, date_from=TODAY, date_to=TODAY))
        case _:
            return replace(listing, taken=listing.taken + 1)


def indexed(storage):
    with storage.database.reader() as connection:
        return {row[0] for row in connection.execute("SELECT id FROM search_docsize").fetchall()}


def until_of(storage):
    with storage.database.reader() as connection:
        return dict(connection.execute("SELECT listing_id, until_minute FROM market").fetchall())


def in_market(storage):
    with storage.database.reader() as connection:
        return {row[0] for row in connection.execute("SELECT seq FROM market").fetchall()}


def test_pages_stay_whole_while_listings_come(storage, market):
    listings = list(market.listings(60))
    storage.load(listings[:40])
    seen, cursor = [], None
    for new in listings[40:]:
        page = storage.read.listings(ListingQuery(), NOW, cursor, 3)
        seen += [each.id for each in page.rows]
        storage.load([new])
        cursor = page.next
        if cursor is None:
            break
    expected = [each.id for each in listings[:40][::-1] if min(each.valid_until, each.terms.date_to) >= TODAY]
    assert seen == expected


def test_listings_of_one_second_all_have_a_place(storage, market):
    same = [market.listing(NOW) for _ in range(60)]
    same = [
        replace(each, valid_until=TODAY, terms=replace(each.terms, date_from=TODAY, date_to=TODAY))
        for each in same
    ]
    # The same tail of the id: the worst case for the spreading.
    same = [replace(each, id=type(each.id)(bytes=each.id.bytes[:14] + b"\0\1")) for each in same]
    storage.load(same)
    assert sorted(pages(storage.read, ListingQuery())) == sorted(each.id for each in same)


def test_the_review_queue_is_oldest_first_and_other_states_newest_first(storage, market):
    pending = sorted((market.listing(None) for _ in range(9)), key=lambda each: each.id)
    shown = sorted((market.listing() for _ in range(9)), key=lambda each: each.id)
    storage.load([*pending, *shown])

    def all_of(status):
        found, cursor = [], None
        while True:
            page = storage.read.by_status(status, cursor, 4)
            found += page.rows
            if page.next is None:
                return found
            cursor = page.next

    assert all_of(ListingStatus.PENDING) == pending
    assert all_of(ListingStatus.PUBLISHED) == shown[::-1]
    assert all_of(ListingStatus.CLOSED) == []


def test_a_changed_vocabulary_is_made_true_by_rebuilding(path, market):
    plain = storage_at(path)
    plain.open()
    listings = list(market.listings(30))
    listings[::3] = [replace(each, status=ListingStatus.FULL) for each in listings[::3]]
    plain.load(listings)
    plain.close()
    storage = storage_at(path, vocabulary=VOCABULARY)
    storage.open()
    storage.rebuild_search()
    for text in ("瓦工", "小工", "环翠", "街道"):
        query = ListingQuery(text=text, full=True)
        assert pages(storage.read, query) == scan(listings, query, TODAY)
    assert indexed(storage) == in_market(storage)
    storage.close()


def test_maintenance_sweeps_what_is_over_and_a_renewed_listing_comes_back(storage, market):
    listings = list(market.listings(80))
    storage.load(listings)
    later = TODAY + timedelta(days=6)
    expected = [each.id for each in listings[::-1] if min(each.valid_until, each.terms.date_to) >= later]
    storage.maintain(later)
    assert len(in_market(storage)) == len(indexed(storage)) == len(expected) > 0
    over = next(each for each in listings if each.id not in expected)
    terms = replace(over.terms, date_to=later)
    storage.load([replace(over, valid_until=later, terms=terms)])
    that_morning = NOW + timedelta(days=6)
    page = storage.read.listings(ListingQuery(), that_morning, None, 100)
    assert sorted(each.id for each in page.rows) == sorted([*expected, over.id])
    assert page.rows[-1].id in {over.id, expected[-1]}
    storage.maintain(later)
    assert storage.read.listings(ListingQuery(text="街道"), that_morning, None, 100).rows == ()


@pytest.mark.parametrize(
    ("start", "end", "last", "valid", "until"),
    [
        (8, 17, 0, 0, 17 * 60),  # over at five
        (8, 17, 3, 3, (3 * 24 + 17) * 60),  # comes again tomorrow
        (20, 6, 0, 0, 24 * 60),  # begins tonight
        (8, 17, 3, 1, 48 * 60),  # shown to the end of a day
    ],
)
def test_what_is_over_for_today_is_found_no_more(storage, market, start, end, last, valid, until):
    before = next(market.listings(1))
    days = {"date_from": TODAY, "date_to": TODAY + timedelta(days=last)}
    terms = replace(before.terms, start_minute=start * 60, end_minute=end * 60, **days)
    listing = replace(
        before, status=ListingStatus.PUBLISHED, valid_until=TODAY + timedelta(days=valid), terms=terms
    )
    storage.load([listing])
    midnight = datetime.combine(TODAY, time(), SHANGHAI)
    for now, shown in ((until - 1, 1), (until, 0)):
        at = midnight + timedelta(minutes=now)
        for query in (ListingQuery(), ListingQuery(trade=terms.trade), ListingQuery(text=terms.title)):
            assert len(storage.read.listings(query, at, None, 10).rows) == shown
        assert is_offered(listing, at) is bool(shown)
    for now, counted in ((until - 5, {terms.trade: 1}), (until, {})):
        assert storage.read.count_by_trade(midnight + timedelta(minutes=now)) == counted


def test_an_older_list_learns_until_when_each_is_offered(path, storage, market):
    listings = list(market.listings(60))
    storage.load(listings)
    wanted = until_of(storage)
    storage.close()
    database = Database(path, KEY)
    with database.transaction() as connection:
        connection.execute("ALTER TABLE market RENAME COLUMN until_minute TO until_day")
        for each in listings:
            day = min(each.valid_until, each.terms.date_to).toordinal()
            connection.execute("UPDATE market SET until_day = ? WHERE listing_id = ?", (day, each.id.bytes))
        connection.execute("UPDATE alembic_version SET version_num = '0006'")
    migration.migrate(database, KEY)
    database.close()
    again = storage_at(path)
    again.open()
    assert until_of(again) == wanted
    again.close()


class Counting:
    """A connection that counts what it is asked."""

    def __init__(self, connection):
        self._connection = connection
        self.asked = 0

    def execute(self, sql, values=()):
        self.asked += 1
        return self._connection.execute(sql, values)

    def executemany(self, sql, rows):
        return self._connection.executemany(sql, rows)


def test_an_import_of_one_instant_is_not_quadratic(storage, market):
    """More listings of one second than it has steps: each finds a place, and no run of taken ones is read twice."""
    at = NOW - timedelta(days=1)
    listings = [market.listing(at) for _ in range(9000)]
    with storage.database.transaction() as connection:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        counting = Counting(connection)
        on_list = MarketList(counting, VOCABULARY, FOLDER)
        for start in range(0, len(listings), 3000):
            part = listings[start : start + 3000]
            on_list.replace_many([(None, partial(replace, each), entry_of(each)) for each in part])
        seqs = [row[0] for row in connection.execute("SELECT seq FROM market ORDER BY seq")]
        connection.execute("DELETE FROM market")
    assert len(seqs) == len(listings)
    assert counting.asked < 2 * len(listings)
