"""The city's write side: real HTTP, signatures, zstd, all rules, PostgreSQL with fsync; kiosks and gateways here, too.

The raw limit in the same run: ``jsonb_to_recordset`` upserts of the same workers, 500 a commit. The drain is that
of 500 kiosks (600,000 operations); ``BENCH_DRAIN=50`` takes fewer. ``BENCH_FILL=5000000`` fills the
database with that many operations' rows first, to see whether the figures stay.
"""

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from multiprocessing import active_children
from pathlib import Path
from uuid import UUID

import psycopg

from kiosk.city import admin
from kiosk.city.context import CityContext
from kiosk.city.embedded import Databases, EmbeddedPostgres, superuser_of
from kiosk.city.enrolment import enroll
from kiosk.city.server import open_city
from kiosk.city.workers import GatewayProcesses
from kiosk.domain.records import Worker
from kiosk.protocol.codec import decode_record, encode
from kiosk.protocol.messages import EnrollRequest
from kiosk.protocol.signing import SigningKey
from tests.benchmarks.fill import fill
from tests.benchmarks.load import BATCH, KIOSKS_NAME, Done, Load, load
from tests.benchmarks.run import Figure, figure, percentile
from tests.city.stage import AREA, DISTRICTS, HOST
from tests.domain.samples import NOW, RULES

DEVICES = 4
BATCHES = 20
GATEWAYS = 2
EMPTY = 4000
FILL = int(os.environ.get("BENCH_FILL", "0"))
KIOSKS = int(os.environ.get("BENCH_DRAIN", "500"))
THREE_DAYS = 1200
#: A city's server rather than a demo's corner of a kiosk (docs/operations.md).
SETTINGS = {"shared_buffers": "512MB", "max_wal_size": "4GB"}


def city_at(dsn: str) -> CityContext:
    """The handlers, in the afternoon of the sample market's day."""
    return replace(open_city(dsn, RULES), now=_afternoon)


def _afternoon() -> object:
    return NOW + timedelta(hours=9)


def benchmarks() -> Iterator[Figure]:
    """All figures of the write side."""
    with tempfile.TemporaryDirectory(prefix="bench-push-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        with EmbeddedPostgres(folder / "postgres", settings=SETTINGS) as postgres:
            databases = postgres.create("city")
            city = city_at(databases.gateway)
            admin.create_city(city, AREA, HOST, DISTRICTS)
            if FILL:
                fill(superuser_of(databases.gateway), FILL)
            gateways = GatewayProcesses(partial(city_at, databases.gateway), GATEWAYS)
            with gateways:
                while gateways.serving < GATEWAYS:
                    time.sleep(0.05)
                spent = Spent(gateways, folder / "postgres")
                yield from _push(city, gateways, databases, spent)
                yield from _drain(city, gateways, spent)
            city.store.close()


class Spent:
    """Processor time of gateways, PostgreSQL and kiosks together: what a busy machine does not change."""

    def __init__(self, gateways: GatewayProcesses, data: Path) -> None:
        self._gateways = gateways
        self._postmaster = int((data / "postmaster.pid").read_text().split()[0])

    def seconds(self) -> dict[str, float]:
        """So far, by who spent it."""
        return {
            "gateways": sum(_spent(pid) for pid in self._gateways.pids),
            "postgres": sum(_spent(pid) for pid in _children(self._postmaster)),
            "kiosks": sum(_spent(each.pid) for each in active_children() if each.name == KIOSKS_NAME),
        }


def _stat(pid: int | None) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _spent(pid: int | None) -> float:
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _children(parent: int) -> list[int]:
    pids = [int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()]
    return [pid for pid in pids if Path(f"/proc/{pid}/stat").exists() and int(_stat(pid)[1]) == parent]


def _enrolled(city: CityContext, codes: Sequence[str]) -> list[tuple[UUID, str, bytes]]:
    who = []
    for code in codes:
        seed = os.urandom(32)
        token = admin.make_enroll_token(city, code)
        request = EnrollRequest(token=token, public_key=SigningKey(seed).public, kiosk=code, name=code)
        answer = city.store.run(lambda tx, request=request: enroll(city, tx, request))
        who.append((answer.device, code, seed))
    return who


def _push(
    city: CityContext, gateways: GatewayProcesses, databases: Databases, spent: Spent
) -> Iterator[Figure]:
    who = _enrolled(city, [f"WH{n:02}" for n in range(DEVICES)])
    with load(gateways.url, who) as kiosks:
        kiosks.do("live", BATCH * 4)
        kiosks.do("push")  # connections, statements and caches are warm now
        kiosks.do("live", BATCH * BATCHES)
        before = spent.seconds()
        took, told = kiosks.do("push")
        after = spent.seconds()
        count = _all_accepted(told)
        raw = _raw_upserts(databases)
        yield figure("push_ops_per_s", count / took, "1/s", raw)
        yield figure("push_p99_ms", percentile([s for each in told for s in each.seconds], 0.99) * 1e3, "ms")
        for who_spent, seconds in after.items():
            spent_us = (seconds - before[who_spent]) / count * 1e6
            yield figure(f"push_cpu_us_per_op_{who_spent}", spent_us, "us")
        kiosks.do("live", BATCH)
        yield from _wire(kiosks)
        yield from _empty(city, kiosks, spent)


def _all_accepted(told: Sequence[Done]) -> int:
    outcomes = {name for each in told for name in each.outcomes}
    assert outcomes == {"accepted"}, outcomes
    return sum(each.outcomes["accepted"] for each in told)


def _wire(kiosks: Load) -> Iterator[Figure]:
    _, told = kiosks.do("push_counted")
    count = _all_accepted(told)
    yield figure("push_bytes_per_op", sum(each.sent for each in told) / count, "byte")
    yield figure("push_answer_bytes_per_op", sum(each.answered for each in told) / count, "byte")


def _empty(city: CityContext, kiosks: Load, spent: Spent) -> Iterator[Figure]:
    epoch = city.store.run(lambda tx: tx.city()).epoch
    kiosks.do("pull", epoch, 50)
    before = spent.seconds()
    took, told = kiosks.do("pull", epoch, EMPTY // DEVICES)
    after = spent.seconds()
    yield figure("empty_pulls_per_s", EMPTY / took, "1/s")
    for who, seconds in after.items():
        yield figure(f"empty_pull_cpu_us_{who}", (seconds - before[who]) / EMPTY * 1e6, "us")
    yield figure(
        "empty_pull_p99_ms", percentile([s for each in told for s in each.seconds], 0.99) * 1e3, "ms"
    )


def _drain(city: CityContext, gateways: GatewayProcesses, spent: Spent) -> Iterator[Figure]:
    """All kiosks come back at once with three days of operations."""
    who = _enrolled(city, [f"DR{n:03}" for n in range(KIOSKS)])
    with load(gateways.url, who, threads=4) as kiosks:
        kiosks.do("live", THREE_DAYS)
        before = sum(spent.seconds().values())
        took, told = kiosks.do("push")
        needed = sum(spent.seconds().values()) - before
    assert _all_accepted(told) == KIOSKS * THREE_DAYS
    yield figure(f"drain_{KIOSKS}x3d_s", took, "s")
    yield figure("drain_ops_per_s", KIOSKS * THREE_DAYS / took, "1/s")
    yield figure("drain_cpu_us_per_op", needed / (KIOSKS * THREE_DAYS) * 1e6, "us")
    yield figure("drain_p99_ms", percentile([s for each in told for s in each.seconds], 0.99) * 1e3, "ms")
    yield figure("gateway_rss_mb", sum(_resident(pid) for pid in gateways.pids), "MiB")


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("no VmHWM")


def _raw_upserts(databases: Databases) -> float:
    """Rows a second of the same workers into a table of the same form."""
    statement = (
        "INSERT INTO raw_worker SELECT * FROM jsonb_to_recordset(%s::jsonb)"
        " AS r(id uuid, home text, phone text, ver bigint, body text)"
        " ON CONFLICT (id) DO UPDATE SET home = excluded.home, phone = excluded.phone,"
        " ver = excluded.ver, body = excluded.body"
    )
    with psycopg.connect(databases.owner, autocommit=True) as connection:
        raw = connection.execute(
            "SELECT body FROM worker WHERE home LIKE 'WH%%' LIMIT %s", [BATCH]
        ).fetchall()
        workers = [decode_record("worker", row[0]) for row in raw]
        connection.execute("CREATE TABLE raw_worker (LIKE worker INCLUDING ALL)")
        batches = [_json_rows(workers) for _ in range(20)]
        began = time.perf_counter()
        for batch in batches:
            connection.execute(statement, [batch])
        took = time.perf_counter() - began
        connection.execute("DROP TABLE raw_worker")
    return len(workers) * len(batches) / took


def _json_rows(workers: Sequence[object]) -> str:
    rows = []
    for each in workers:
        assert isinstance(each, Worker)
        fresh = replace(each, id=UUID(bytes=os.urandom(16)))
        body = encode(fresh).decode()
        rows.append({"id": fresh.id, "home": fresh.home, "phone": fresh.phone, "ver": 1, "body": body})
    return encode(rows).decode()
