"""The kiosk's database: what an application costs beside the raw commit, what a search costs beside its bare SQL."""

import secrets
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from kiosk.protocol.codec import encode
from kiosk.services.ports import Cursor, ListingQuery
from kiosk.storage import listing_search
from kiosk.storage.connection import connect_writer
from kiosk.storage.storage import FILE_NAME, Storage, create
from tests.benchmarks.run import Figure, figure, percentile
from tests.storage.desk import KEY, Desk, storage_at
from tests.storage.market import NOW, Market, vocabulary

COMMITS = 1500
LISTINGS = 100_000
PAGE = 6
DEEP = 50
_RAW_OPERATION = (
    "INSERT INTO outbox (op_id, kind, entity, entity_id, body, traces, t_wall, t_mono, boot_id, state) "
    "VALUES (?, 'placement.apply/1', 'placement', ?, ?, x'', 1, 1, '', 'unsent')"
)
FILTERS: tuple[dict[str, str], ...] = (
    {},
    {"trade": "jz-wagong"},
    {"trade": "jz"},
    {"region": "371002"},
    {"trade": "jz", "region": "371002"},
    {"trade": "jz-wagong", "region": "371002003"},
)


def benchmarks() -> Iterator[Figure]:
    """All figures of storage."""
    with tempfile.TemporaryDirectory(prefix="bench-storage-") as name:
        folder = Path(name)
        yield from _apply(folder)
        yield from _search(folder)


def _raw_commits(path: Path, placement: bytes, operation: bytes) -> list[float]:
    """The least that a promise takes: a placement and its operation, into the same tables with the same pragmas."""
    create(path, KEY)
    connection = connect_writer(path, KEY)
    seconds = []
    for _ in range(COMMITS):
        first, second, third = (secrets.token_bytes(16) for _ in range(3))
        started = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT INTO placement VALUES (?, ?, ?, 'confirmed', 1, 0, ?)", (first, second, third, placement)
        )
        connection.execute(_RAW_OPERATION, (second, first, operation))
        connection.execute("COMMIT")
        seconds.append(time.perf_counter() - started)
    connection.close()
    return seconds


def _apply(folder: Path) -> Iterator[Figure]:
    storage = _open(folder / "apply" / FILE_NAME)
    desk = Desk(storage)
    workers = [desk.worker() for _ in range(COMMITS)]
    listings = [desk.listing(headcount=50) for _ in range(COMMITS // 20)]
    first = storage.read.placement(desk.apply(listings[0], desk.worker()))
    operation = bytes(storage.outbox.unsent(100_000)[-1].op)
    raw = _raw_commits(folder / "raw.sqlite3", encode(first), operation)
    seconds = []
    for number in range(COMMITS):
        listing, worker = listings[number // 20], workers[number]
        started = time.perf_counter()
        desk.apply(listing, worker)
        seconds.append(time.perf_counter() - started)
    storage.close()
    yield figure("apply_commit_p50", percentile(seconds, 0.5) * 1e3, "ms", percentile(raw, 0.5) * 1e3)
    yield figure("apply_commit_p95", percentile(seconds) * 1e3, "ms", percentile(raw) * 1e3)


def _open(path: Path) -> Storage:
    path.parent.mkdir(exist_ok=True)
    create(path, KEY)
    storage = storage_at(path, vocabulary=vocabulary())
    storage.open()
    return storage


def _queries(storage: Storage) -> list[ListingQuery]:
    """Pieces of 1–8 characters out of real texts, with and without filters."""
    random = Random(5)
    page = storage.read.listings(ListingQuery(), NOW, None, 5000)
    texts = [_text(listing.terms.title, listing.terms.address) for listing in random.sample(page.rows, 120)]
    queries = []
    for text in texts:
        length = min(random.choice((1, 2, 3, 4, 5, 6, 8)), len(text))
        start = random.randrange(len(text) - length + 1)
        queries += [ListingQuery(text=text[start : start + length], **filters) for filters in FILTERS]
    return queries


def _text(*parts: str) -> str:
    return max(parts, key=len)


def _search(folder: Path) -> Iterator[Figure]:
    storage = _open(folder / "search" / FILE_NAME)
    started = time.perf_counter()
    market = Market()
    listings = list(market.listings(LISTINGS))
    storage.load(listings)
    loaded = time.perf_counter() - started
    queries = _queries(storage)
    ours: list[float] = []
    bare: list[float] = []
    for warm in (False, True):
        for query in queries:
            for cursor in _pages(storage, query):
                mine, raw = _both(storage, query, cursor)
                if warm:
                    ours.append(mine)
                    bare.append(raw)
    size = sum(path.stat().st_size for path in (folder / "search").iterdir())
    storage.close()
    yield figure("search_100k_p95", percentile(ours) * 1e3, "ms", percentile(bare) * 1e3)
    yield figure("search_100k_p50", percentile(ours, 0.5) * 1e3, "ms", percentile(bare, 0.5) * 1e3)
    yield figure("search_100k_max", max(ours) * 1e3, "ms")
    yield figure("load_100k", loaded, "s")
    yield figure("size_100k", size / 2**20, "MiB")


def _pages(storage: Storage, query: ListingQuery) -> list[Cursor | None]:
    """The first page, and page 50 where there is one."""
    cursor = None
    for _ in range(DEEP - 1):
        cursor = storage.read.listings(query, NOW, cursor, PAGE).next
        if cursor is None:
            return [None]
    return [None, cursor]


def _both(storage: Storage, query: ListingQuery, cursor: Cursor | None) -> tuple[float, float]:
    started = time.perf_counter()
    storage.read.listings(query, NOW, cursor, PAGE)
    mine = time.perf_counter() - started
    before = None if cursor is None else cursor.key
    search = listing_search.plan(query, NOW, before, PAGE + 1, storage.folder)
    with storage.database.reader() as connection:
        started = time.perf_counter()
        connection.execute(search.sql, search.values).fetchall()
        raw = time.perf_counter() - started
    return mine, raw
