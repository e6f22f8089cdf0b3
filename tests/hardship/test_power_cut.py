"""PostgreSQL stops at once (``-m immediate``) while a kiosk pushes, and comes back: the gateway goes on by itself."""

import os
import random
import tempfile
import threading
from pathlib import Path

import pytest

from kiosk.city import admin
from kiosk.city.context import CityContext
from kiosk.city.embedded import EmbeddedPostgres
from kiosk.city.postgres import PostgresStore
from kiosk.city.server import CityServer
from kiosk.sync.client import Timeouts
from kiosk.sync.transport import HttpTransport
from tests.city.stage import AREA, DISTRICTS, HOST
from tests.hardship.test_kill import work_until
from tests.storage.desk import AnyRules
from tests.storage.market import NOW
from tests.sync.stations import RealStation, fresh_storage

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
CUTS = 5


def test_a_database_cut_off_while_a_kiosk_pushes_keeps_what_was_acknowledged(tmp_path, caplog):
    chance = random.Random(3)
    with (
        tempfile.TemporaryDirectory(prefix="gig-cut-") as folder,
        EmbeddedPostgres(Path(folder) / "data") as postgres,
    ):
        store = PostgresStore(postgres.create("city").gateway, 4)
        store.open()
        city = CityContext(store=store, rules=AnyRules(), now=lambda: NOW, random=os.urandom)
        admin.create_city(city, AREA, HOST, DISTRICTS)
        with CityServer(city) as server:
            network = HttpTransport(server.url)
            patience = Timeouts(quick=5.0, bulk=10.0)
            storage = fresh_storage(tmp_path / "K")
            station = RealStation(city, network, storage, "WHHC01", seed=1, timeouts=patience)
            ended, faults = threading.Event(), []

            def exchange():
                while not ended.is_set():
                    done = station.pump.step()
                    if done.fault is not None:
                        faults.append(done.fault.key)
                        ended.wait(0.01)

            pumping = threading.Thread(target=exchange)
            pumping.start()
            for _ in range(CUTS):
                counts = storage.outbox.counts()
                work_until(station, counts.issued - counts.unsent + chance.choice((5, 30, 100)))
                postgres.crash()
                for _ in range(3):  # people do not notice
                    station.desk.apply(station.desk.listing(headcount=4), station.desk.worker())
                postgres.start()
            ended.set()
            pumping.join(30)
            assert "sync.city_busy" in faults
            kept = station.logged()
            with storage.database.reader() as connection:
                acked = [
                    row[0] for row in connection.execute("SELECT op_seq FROM outbox WHERE state = 'settled'")
                ]
            sent = station.sent()
            assert len(acked) >= CUTS * 5
            assert all(kept[seq] == sent[seq] for seq in acked)
            station.settle(60)
            station.check()
            network.close()
            storage.close()
        store.close()
    assert any("database" in record.getMessage().lower() for record in caplog.records)
