"""kill -9 of a kiosk and of the gateway in the middle of their work, again and again: nothing said is lost."""

import contextlib
import multiprocessing
import random
import socket
import threading
from dataclasses import replace

import pytest

from kiosk.city.server import CityServer
from kiosk.storage.storage import FILE_NAME
from kiosk.sync.client import Timeouts
from kiosk.sync.transport import HttpTransport
from tests.hardship import work
from tests.storage.desk import AnyRules
from tests.storage.market import NOW
from tests.sync.stations import RealStation, fresh_storage

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
KIOSK_KILLS = 100
GATEWAY_KILLS = 25


@pytest.fixture(scope="module")
def processes():
    """New processes are forked from one that has imported everything: a life costs 50 ms, not 800."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.hardship.work"])
    return context


def live_and_die(processes, target, arguments, enough):
    """Run until ``enough(what it says)`` says so, then kill -9; all that it said."""
    ours, theirs = processes.Pipe(duplex=False)
    process = processes.Process(target=target, args=(*arguments, theirs), daemon=True)
    process.start()
    theirs.close()
    said = []
    while ours.poll(60):
        said.append(ours.recv())
        if enough(said):
            break
    process.kill()
    process.join(30)
    with contextlib.suppress(EOFError):
        while ours.poll(5):
            said.append(ours.recv())
    ours.close()
    process.close()
    return said


def test_a_hundred_killed_kiosks_lose_no_promise_and_double_none(city, processes, tmp_path):
    city = replace(city, rules=AnyRules(), now=lambda: NOW)
    chance = random.Random(9)
    with CityServer(city) as server:
        network = HttpTransport(server.url)
        station = RealStation(city, network, fresh_storage(tmp_path / "K"), "WHHC01", seed=1)
        station.storage.close()
        me = (station.me.device, station.me.incarnation, station.me.kiosk, station.seed)
        said = []
        for cycle in range(KIOSK_KILLS):
            wanted = chance.choice((1, 1, 2, 3, 5, 8))
            arguments = (str(tmp_path / "K" / FILE_NAME), server.url, me, 1000 + cycle)
            said += live_and_die(processes, work.kiosk, arguments, lambda said, n=wanted: len(said) >= n)
        assert len(said) >= KIOSK_KILLS
        station.storage.open()
        with station.storage.database.reader() as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert all(station.storage.read.placement(each) for each in said)
        station.settle(60)
        station.check()
        seqs = sorted(station.logged())
        assert seqs == list(range(1, len(seqs) + 1))
        network.close()
        station.storage.close()


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def work_until(station, target):
    """People go on until the kiosk counts ``target`` operations as settled; how many came."""
    for people in range(400):
        counts = station.storage.outbox.counts()
        if counts.issued - counts.unsent >= target:
            return people
        station.desk.apply(station.desk.listing(headcount=4), station.desk.worker())
    raise AssertionError("the gateway does not answer")


def test_a_gateway_killed_while_a_kiosk_pushes_acknowledged_nothing_it_did_not_keep(
    database, city, processes, port, tmp_path
):
    chance = random.Random(4)
    with CityServer(city) as good:
        introduction = HttpTransport(good.url)
        patience = Timeouts(quick=2.0, bulk=5.0, reserve=1.0)
        network = HttpTransport(f"http://127.0.0.1:{port}")
        station = RealStation(
            city,
            network,
            fresh_storage(tmp_path / "K"),
            "WHHC01",
            seed=1,
            introduction=introduction,
            timeouts=patience,
        )
        introduction.close()
    ended = threading.Event()
    faults = []

    def exchange():
        while not ended.is_set():
            done = station.pump.step()
            if done.fault is not None:
                faults.append(done.fault.key)
                ended.wait(0.01)

    pumping = threading.Thread(target=exchange)
    pumping.start()
    lived = 0
    for _ in range(GATEWAY_KILLS):
        wanted = chance.choice((0, 1, 1, 40, 150))
        ours, theirs = processes.Pipe(duplex=False)
        process = processes.Process(target=work.gateway, args=(database.gateway, port, theirs), daemon=True)
        process.start()
        theirs.close()
        assert ours.recv() == "ready"
        target = station.storage.outbox.counts().issued - station.storage.outbox.counts().unsent + wanted
        lived += work_until(station, target)
        process.kill()
        process.join(30)
        process.close()
        ours.close()
    ended.set()
    pumping.join(30)
    assert "sync.unreachable" in faults
    assert lived > GATEWAY_KILLS
    kept = station.logged()
    settled = station.sent()
    with station.storage.database.reader() as connection:
        acked = [row[0] for row in connection.execute("SELECT op_seq FROM outbox WHERE state = 'settled'")]
    assert len(acked) >= 100
    assert all(kept[seq] == settled[seq] for seq in acked)
    calm = replace(city, rules=AnyRules(), now=lambda: NOW)
    with CityServer(calm, port=port):
        station.settle(60)
    station.check()
    network.close()
    station.storage.close()
