"""A real disk of 64 MiB that gets full under a kiosk at work, and has room again later."""

import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from kiosk.city.server import CityServer
from kiosk.storage.faults import DISK_FULL, StorageFault
from kiosk.storage.reserve import RESERVE_BYTES
from kiosk.storage.storage import FILE_NAME, Storage, create
from kiosk.storage.vocabulary import Vocabulary
from kiosk.sync.transport import HttpTransport
from tests.storage.desk import KEY, AnyRules, Clock, Desk, reapply
from tests.storage.market import NOW
from tests.sync.stations import RealStation

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
DISK = "64m"
PIECE = 64 * 1024
BEFORE = 30


@pytest.fixture
def disk(tmp_path):
    """A tmpfs of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if sys.platform != "linux":
        pytest.skip("tmpfs is Linux's")
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def opened(folder):
    storage = Storage(
        folder / FILE_NAME,
        KEY,
        clock=Clock(),
        vocabulary=Vocabulary(),
        reapply=reapply,
        reserve_bytes=RESERVE_BYTES,
    )
    storage.open()
    return storage


def fill(path):
    """Other programs' files take all that is left."""
    with path.open("wb", buffering=0) as file:
        while True:
            try:
                if file.write(bytes(PIECE)) < PIECE:
                    continue
            except OSError:
                return


def people_until_refused(desk):
    """How many came before the first was told that the disk is full."""
    for count in range(5000):
        try:
            desk.worker()
        except StorageFault as fault:
            return count if fault.code == DISK_FULL else -1
    raise AssertionError("the disk never gets full")


def test_a_full_disk_loses_nothing_and_work_goes_on_by_itself(city, disk, caplog):
    city = replace(city, rules=AnyRules(), now=lambda: NOW)
    folder = disk / "kiosk"
    folder.mkdir()
    create(folder / FILE_NAME, KEY)
    storage = opened(folder)
    reserve = folder / "reserve"
    assert storage.database.reserve.held
    assert reserve.stat().st_blocks * 512 >= shutil.disk_usage(disk).total // 8
    with CityServer(city) as server:
        network = HttpTransport(server.url)
        station = RealStation(city, network, storage, "WHHC01", seed=1)
        listing = station.desk.listing(headcount=BEFORE)
        promised = [station.desk.apply(listing, station.desk.worker()) for _ in range(BEFORE)]
        station.settle()
        fill(disk / "other-programs")
        saved = people_until_refused(station.desk)
        # What the reserve gave is for finishing what was promised, not for promising more.
        assert people_until_refused(station.desk) == 0
        assert not reserve.exists()
        assert "the disk is full" in caplog.text
        issued = storage.outbox.counts().issued
        station.settle()
        assert storage.outbox.counts().unsent == 0
        storage.close()

        storage = opened(folder)  # the station is switched off and on: still full, and still readable
        assert storage.database.reserve.full or not storage.database.reserve.held
        assert all(storage.read.placement(each) for each in promised)
        storage.close()

        (disk / "other-programs").unlink()
        station.storage.open()
        assert station.storage.database.reserve.held
        assert "room again" in caplog.text
        more = Desk(station.storage, 77, "WHHC01")
        assert station.storage.read.placement(more.apply(more.listing(), more.worker())) is not None
        station.settle()
        station.check()
        assert len(station.logged()) > issued >= BEFORE * 2 + saved
        with station.storage.database.reader() as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        station.storage.maintain(NOW.date())
        network.close()
        station.storage.close()
