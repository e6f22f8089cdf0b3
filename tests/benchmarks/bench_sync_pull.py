"""The way down: real HTTP, signatures, zstd and PostgreSQL; a kiosk's first synchronisation, searching included.

The gateway is a process of its own, as in life; it, PostgreSQL and the kiosk share this machine. The raw limit in the
same run: bare upserts of the same listings into the kiosk's encrypted database, 2,000 a commit. Meanwhile a reader asks
for the first page of a trade again and again, as a screen does, and writers ask for the writing connection.
``BENCH_FILL=5000000`` fills the city's database with the rows of so many operations first.
"""

import gc
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Self

from kiosk.bootstrap.collector import EVERY_MS, look
from kiosk.bootstrap.run import SWITCH_S
from kiosk.city import admin
from kiosk.city.context import CityContext
from kiosk.city.embedded import EmbeddedPostgres, superuser_of
from kiosk.city.server import open_city
from kiosk.city.stored import Projected
from kiosk.city.workers import GatewayProcesses
from kiosk.domain.records import Listing
from kiosk.protocol.codec import encode
from kiosk.protocol.messages import Item
from kiosk.protocol.progress import SnapshotKey
from kiosk.protocol.signing import SigningKey
from kiosk.services.ports import ListingQuery
from kiosk.storage.connection import connect_writer
from kiosk.storage.rows import KINDS, key_of
from kiosk.storage.storage import FILE_NAME, Storage, create
from kiosk.sync.client import CityClient, Enrolled, enroll
from kiosk.sync.ports import Answer, Inbox
from kiosk.sync.pump import Pump
from kiosk.sync.reader import InThreads
from kiosk.sync.transport import HttpTransport
from tests.benchmarks.fill import fill
from tests.benchmarks.run import Figure, figure, percentile
from tests.city.stage import AREA, DISTRICTS, HOST
from tests.domain.samples import RULES
from tests.storage.desk import KEY, storage_at
from tests.storage.market import NOW, vocabulary
from tests.storage.market import Market as Texts

LISTINGS = int(os.environ.get("BENCH_LISTINGS", "100000"))
STREAM = "area/371002"
FILL = int(os.environ.get("BENCH_FILL", "0"))


def benchmarks() -> Iterator[Figure]:
    """All figures of the way down."""
    with _as_the_program():
        yield from _benchmarks()


@contextmanager
def _as_the_program() -> Iterator[None]:
    """Whose turn it is in Python, and when it looks for garbage: as when the kiosk runs."""
    switch, ended = sys.getswitchinterval(), threading.Event()

    def screen() -> None:
        while not ended.wait(EVERY_MS / 1000):
            look()

    sys.setswitchinterval(SWITCH_S)
    gc.disable()
    looks = threading.Thread(target=screen, name="screen")
    looks.start()
    try:
        yield
    finally:
        ended.set()
        looks.join()
        gc.enable()
        sys.setswitchinterval(switch)


def _benchmarks() -> Iterator[Figure]:
    listings = [replace(each, version=1) for each in Texts().listings(LISTINGS)]
    with tempfile.TemporaryDirectory(prefix="bench-pull-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        with EmbeddedPostgres(folder / "postgres") as postgres:
            dsn = postgres.create("city").gateway
            if FILL:
                fill(superuser_of(dsn), FILL)
            city = open_city(dsn, RULES)
            admin.create_city(city, AREA, HOST, DISTRICTS)
            _publish(city, listings)
            with GatewayProcesses(partial(open_city, dsn, RULES), 1) as gateways:
                yield from _first_sync(city, gateways.url, folder, listings)
            city.store.close()


def _publish(city: CityContext, listings: list[Listing]) -> None:
    items = [
        Projected(stream=STREAM, entity="listing", id=each.id, ver=1, origin="WH99", body=encode(each))
        for each in listings
    ]
    for start in range(0, len(items), 2000):
        part = items[start : start + 2000]
        city.store.run(lambda tx, part=part: tx.publish(part))


class Screen:
    """Somebody at the kiosk meanwhile: how long a page of a trade takes, and how long a writer waits for its turn."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._ended = threading.Event()
        self.pages: list[float] = []
        self.turns: list[float] = []
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(0.2):
            began = time.perf_counter()
            self._storage.read.listings(ListingQuery(trade="jz-wagong"), NOW, None, 10)
            self.pages.append(time.perf_counter() - began)
            began = time.perf_counter()
            with self._storage.database.writer():
                self.turns.append(time.perf_counter() - began)


class Counting:
    """The kiosk's inbox; notes when all listings are in it, committed."""

    def __init__(self, inbox: Inbox, wanted: int) -> None:
        self._inbox = inbox
        self._left = wanted
        self.at = self.spent = 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inbox, name)

    def apply_snapshot(
        self, stream: str, items: Sequence[Item], head: int, after: SnapshotKey | None, *, last: bool
    ) -> None:
        """See ``Inbox``."""
        self._inbox.apply_snapshot(stream, items, head, after, last=last)
        self._left -= len(items)
        # Its last page, and with it all before, waits for the disk.
        if last and stream == STREAM and self._left <= 0:
            self.at, self.spent = time.perf_counter(), time.process_time()


class Weighed(HttpTransport):
    """Knows how many bytes the answers had."""

    taken = 0

    def send(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes, timeout: float
    ) -> Answer:
        """See ``Transport``."""
        answer = super().send(method, target, headers, body, timeout)
        self.taken += len(answer.body)
        return answer


def _first_sync(city: CityContext, url: str, folder: Path, listings: list[Listing]) -> Iterator[Figure]:
    path = folder / "kiosk" / FILE_NAME
    path.parent.mkdir()
    create(path, KEY)
    storage = storage_at(path, vocabulary=vocabulary())
    storage.open()
    key = SigningKey(os.urandom(32))
    transport = Weighed(url)
    answer = enroll(transport, key, admin.make_enroll_token(city, "WHNEW"), "WHNEW", "WHNEW", "371002")
    me = Enrolled(device=answer.device, incarnation=answer.incarnation, kiosk="WHNEW", key=key)
    client = CityClient(transport, me)
    inbox = Counting(storage.inbox, len(listings))
    pump = Pump(client, storage.outbox, inbox, storage.clock, storage.boot_id, ahead=InThreads())
    began, spent = time.perf_counter(), time.process_time()
    with Screen(storage) as screen:
        more = True
        while more:
            done = pump.step()
            assert done.fault is None, done.fault
            more = done.more
        searchable = time.perf_counter() - began
    there, used = inbox.at - began, inbox.spent - spent
    found = storage.read.listings(ListingQuery(region="371000"), NOW, None, 10)
    assert found.rows
    storage.close()
    transport.close()
    yield figure("pull_apply_rows_per_s", len(listings) / there, "1/s", _raw_rows(folder, listings))
    yield figure("pull_apply_cpu_us_per_row_kiosk", used / len(listings) * 1e6, "us")
    yield figure("pull_bytes_per_row", transport.taken / len(listings), "B", _plain_bytes(listings))
    yield figure(f"first_sync_{LISTINGS // 1000}k_s", there, "s")
    yield figure(f"first_sync_{LISTINGS // 1000}k_search_s", searchable, "s")
    yield figure("first_sync_page_p99_ms", percentile(screen.pages, 0.99) * 1e3, "ms")
    yield figure("first_sync_turn_p99_ms", percentile(screen.turns, 0.99) * 1e3, "ms")


def _plain_bytes(listings: list[Listing]) -> float:
    """Of a listing as it is stored."""
    return sum(len(encode(each)) for each in listings) / len(listings)


def _raw_rows(folder: Path, listings: list[Listing]) -> float:
    path = folder / "raw.sqlite3"
    create(path, KEY)
    connection = connect_writer(path, KEY)
    kind = KINDS["listing"]
    rows = [(key_of(each).id, *kind.columns(each), 1, encode(each)) for each in listings]
    connection.execute("PRAGMA synchronous = NORMAL")  # as pages that others follow
    began = time.perf_counter()
    for start in range(0, len(rows), 2000):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(kind.put, rows[start : start + 2000])
        connection.execute("COMMIT")
    took = time.perf_counter() - began
    connection.close()
    return len(rows) / took
