"""The exchange: real HTTP, signatures, zstd, rules, PostgreSQL with fsync; clients and gateway share this machine.

Raw limits in the same run: ``jsonb_to_recordset`` upserts of the same workers into the same table, 500 a commit; bare
upserts of the same listings into the kiosk's encrypted database, 2,000 a commit.
"""

import os
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg

from kiosk.city import admin
from kiosk.city.context import CityContext
from kiosk.city.embedded import Databases, EmbeddedPostgres
from kiosk.city.server import CityServer, open_city
from kiosk.city.store import Projected
from kiosk.domain.calendar import local_date
from kiosk.domain.operations import IssueSlip, MarkPlacement, ReviewListing
from kiosk.domain.records import Worker
from kiosk.domain.values import PlacementStatus, SlipKind
from kiosk.protocol.codec import decode_record, encode
from kiosk.protocol.messages import PushRequest, Sent
from kiosk.protocol.signing import SigningKey
from kiosk.storage.connection import connect_writer
from kiosk.storage.rows import KINDS, key_of
from kiosk.storage.storage import FILE_NAME, create
from kiosk.sync.client import CityClient, Enrolled, enroll
from kiosk.sync.pump import Pump
from kiosk.sync.transport import HttpTransport
from tests.benchmarks.run import Figure, figure, percentile
from tests.city.stage import AREA, DISTRICTS, HOST, Kiosk
from tests.domain.samples import RULES, STAFF, TERMS, Market
from tests.storage.desk import KEY, storage_at
from tests.storage.market import Market as Texts
from tests.storage.market import vocabulary

BATCH = 500
DEVICES = 4
BATCHES = 10
LISTINGS = 20_000
EMPTY = 2000


def benchmarks() -> Iterator[Figure]:
    """All figures of the exchange."""
    with tempfile.TemporaryDirectory(prefix="bench-sync-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        with EmbeddedPostgres(folder / "postgres") as postgres:
            databases = postgres.create("city")
            market = Market()
            city = replace(open_city(databases.gateway, RULES), now=lambda: market.now)
            admin.create_city(city, AREA, HOST, DISTRICTS)
            with CityServer(city) as server:
                yield from _push(city, server.url, databases, market)
                yield from _pull(city, server.url, folder)
            city.store.close()


class Device:
    """An enrolled device and its ready-made batches."""

    def __init__(self, city: CityContext, url: str, market: Market, code: str) -> None:
        self.maker = Kiosk(city, market, code)
        key = SigningKey(self.maker.seed)
        transport = HttpTransport(url)
        answer = enroll(transport, key, admin.make_enroll_token(city, code), code, code)
        self.me = Enrolled(device=answer.device, incarnation=answer.incarnation, kiosk=code, key=key)
        self.client = CityClient(transport, self.me)
        self.ops: list[Sent] = []

    def day(self, count: int) -> None:
        """``count`` operations as a day brings them: people, places, what became of them, slips."""
        maker, market = self.maker, self.maker.market
        terms = replace(TERMS, headcount=400, date_to=TERMS.date_to + timedelta(days=1))
        while len(self.ops) < count:
            employer = maker.employer_body()
            post = market.post_body(employer.employer_id, terms)
            post = replace(post, valid_until=local_date(market.now) + timedelta(days=1))
            self._say(employer)
            self._say(post)
            self.ops.append(
                maker.sent(maker.operation(ReviewListing(listing_id=post.listing_id, approve=True), STAFF))
            )
            for _ in range(min(250, (count - len(self.ops)) // 4 + 1)):
                self._person(post.listing_id)
        del self.ops[count:]

    def _person(self, listing_id: UUID) -> None:
        worker = self.maker.worker_body()
        apply = self.maker.apply_body(listing_id, worker.worker_id)
        slip = IssueSlip(
            slip_id=self.maker.market.new_id(),
            kind=SlipKind.JOB_SLIP,
            number=1,
            subject_id=apply.placement_id,
            token="A" * 200,
        )
        mark = MarkPlacement(placement_id=apply.placement_id, status=PlacementStatus.ARRIVED)
        for body in (worker, apply, slip, mark):
            self._say(body)

    def _say(self, body: object) -> None:
        self.ops.append(self.maker.sent(self.maker.operation(body)))

    def push(self, seconds: list[float], verdicts: list[str]) -> None:
        """All batches, one after the other."""
        for start in range(0, len(self.ops), BATCH):
            request = PushRequest(
                device=self.me.device,
                incarnation=self.me.incarnation,
                boot_id="boot",
                monotonic=1.0,
                wall=self.maker.market.now,
                previous="",
                ops=tuple(self.ops[start : start + BATCH]),
            )
            began = time.perf_counter()
            answer = self.client.push(request)
            seconds.append(time.perf_counter() - began)
            verdicts.extend(str(verdict.outcome) for verdict in answer.verdicts)


def _push(city: CityContext, url: str, databases: Databases, market: Market) -> Iterator[Figure]:
    devices = [Device(city, url, market, f"WH{n:02}") for n in range(DEVICES)]
    for device in devices:
        device.day(BATCH * BATCHES)
    seconds: list[float] = []
    verdicts: list[str] = []
    threads = [threading.Thread(target=device.push, args=(seconds, verdicts)) for device in devices]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    assert verdicts.count("accepted") == BATCH * BATCHES * DEVICES, set(verdicts)
    raw = _raw_upserts(databases)
    yield figure("push_ops_per_s", len(verdicts) / took, "1/s", raw)
    yield figure("push_p99_ms", percentile(seconds, 0.99) * 1e3, "ms")
    yield from _empty(devices, city)


def _raw_upserts(databases: Databases) -> float:
    """Rows a second of the same workers into a table of the same form."""
    with psycopg.connect(databases.owner, autocommit=True) as connection:
        raw = connection.execute("SELECT body FROM worker LIMIT %s", [BATCH]).fetchall()
        workers = [decode_record("worker", row[0].encode()) for row in raw]
        connection.execute("CREATE TABLE raw_worker (LIKE worker INCLUDING ALL)")
        statement = (
            "INSERT INTO raw_worker SELECT * FROM jsonb_to_recordset(%s::jsonb)"
            " AS r(id uuid, home text, phone text, ver bigint, body text)"
            " ON CONFLICT (id) DO UPDATE SET home = excluded.home, phone = excluded.phone,"
            " ver = excluded.ver, body = excluded.body"
        )
        batches = []
        for _ in range(20):
            fresh = [
                replace(each, id=UUID(bytes=os.urandom(16))) for each in workers if isinstance(each, Worker)
            ]
            rows = [
                {
                    "id": each.id,
                    "home": each.home,
                    "phone": each.phone,
                    "ver": 1,
                    "body": encode(each).decode(),
                }
                for each in fresh
            ]
            batches.append(encode(rows).decode())
        began = time.perf_counter()
        for batch in batches:
            connection.execute(statement, [batch])
        took = time.perf_counter() - began
        connection.execute("DROP TABLE raw_worker")
    return len(workers) * len(batches) / took


def _empty(devices: list[Device], city: CityContext) -> Iterator[Figure]:
    epoch = city.store.run(lambda tx: tx.city()).epoch

    def pull(device: Device) -> None:
        for _ in range(EMPTY // DEVICES):
            assert not device.client.pull("ref", 1 << 20, epoch).items

    threads = [threading.Thread(target=pull, args=(device,)) for device in devices]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    yield figure("empty_pulls_per_s", EMPTY / (time.perf_counter() - began), "1/s")


def _pull(city: CityContext, url: str, folder: Path) -> Iterator[Figure]:
    """The first synchronisation of a new kiosk: listings from the city's stream into its database."""
    listings = list(Texts().listings(LISTINGS))
    items = [
        Projected(
            stream="area/371002",
            entity="listing",
            id=listing.id,
            ver=1,
            origin="WH99",
            body=encode(replace(listing, version=1)),
        )
        for listing in listings
    ]
    for start in range(0, len(items), 2000):
        part = items[start : start + 2000]
        city.store.run(lambda tx, part=part: tx.publish(part))
    path = folder / "kiosk" / FILE_NAME
    path.parent.mkdir()
    create(path, KEY)
    storage = storage_at(path, vocabulary=vocabulary())
    storage.open()
    key = SigningKey(os.urandom(32))
    transport = HttpTransport(url)
    answer = enroll(transport, key, admin.make_enroll_token(city, "WHNEW"), "WHNEW", "WHNEW")
    me = Enrolled(device=answer.device, incarnation=answer.incarnation, kiosk="WHNEW", key=key)
    pump = Pump(CityClient(transport, me), storage.outbox, storage.inbox, storage.clock, storage.boot_id)
    began = time.perf_counter()
    pulled = 0
    while True:
        done = pump.step()
        assert done.fault is None, done.fault
        pulled += done.pulled
        if not done.more:
            break
    took = time.perf_counter() - began
    storage.close()
    transport.close()
    assert pulled >= LISTINGS
    yield figure("pull_apply_rows_per_s", pulled / took, "1/s", _raw_rows(folder, listings))


def _raw_rows(folder: Path, listings: list) -> float:
    path = folder / "raw.sqlite3"
    create(path, KEY)
    connection = connect_writer(path, KEY)
    kind = KINDS["listing"]
    rows = [(key_of(each).id, *kind.columns(each), 1, encode(each)) for each in listings]
    began = time.perf_counter()
    for start in range(0, len(rows), 2000):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(kind.put, rows[start : start + 2000])
        connection.execute("COMMIT")
    took = time.perf_counter() - began
    connection.close()
    return len(rows) / took
