"""A station whose network is gone for good lives by stick: by staff's touches and the city's tools alone."""

from functools import partial

import pytest

from kiosk.bootstrap import courier
from kiosk.bootstrap.city_courier import export_courier, import_courier
from kiosk.bootstrap.system import SystemClock
from kiosk.city.server import CityServer
from kiosk.devices.usb_folders import UsbFolders
from tests.e2e.program import program
from tests.e2e.test_come_back import settled, to_sync, worker
from tests.e2e.test_setup import city
from tests.kiosk_fixture import open_kiosk, setup_form
from tests.sync.kiosks import WholeKiosk

__all__ = ["city"]
pytestmark = pytest.mark.postgres


@pytest.fixture
def stick(tmp_path, monkeypatch):
    """A folder that the system has mounted, as far as the program can see."""
    folder = tmp_path / "media" / "KINGSTON"
    folder.mkdir(parents=True)
    mounted = partial(UsbFolders, is_mount=lambda path: path == folder)
    monkeypatch.setattr(courier, "UsbFolders", mounted)
    monkeypatch.setattr(courier, "roots_of", lambda _: (tmp_path / "media",))
    return folder


def test_listings_come_and_work_goes_by_stick_alone(qapp, tmp_path, city, stick):
    town = WholeKiosk(tmp_path, "WHZ1", SystemClock(), city.context, city.server.url)
    with CityServer(city.context) as once:
        form = setup_form(kiosk="WHZ2", city_url=once.url, enrol_token=city.token("WHZ2"))
        open_kiosk(tmp_path / "far", SystemClock(), form=form).close()
        with program(tmp_path / "far") as running:
            running.start()
            running.wait_for("welcome").wait_text("已同步")
    # From here on nobody answers under the city's address.
    listing = town.listing()
    town.settle()
    town.close()
    assert export_courier(city.context, "WHZ2", stick, lambda _: None) == 0
    with program(tmp_path / "far") as running:
        running.start()
        hand = running.wait_for("welcome")
        hand.wait_text("连不上市里")
        assert running.kiosk.storage.read.listing(listing) is None
        to_sync(hand)
        hand.tap("用U盘传数据")
        hand.wait_screen("staff_courier")
        hand.tap("读入市里的回信")
        hand.wait_text("更新 ")
        assert running.kiosk.storage.read.listing(listing) is not None
        hand.tap("读入市里的回信")
        hand.wait_text("这份文件里没有新内容")
        registered = worker(running, "13900001111")
        hand.tap("把本机的数据写到 KINGSTON")
        hand.wait_text("可以拔U盘")
        up = next(stick.glob("*.gig-up"))
        for old in stick.glob("*.gig-down"):
            old.unlink()
        assert import_courier(city.context, up, stick, lambda _: None) == 0
        assert city.context.store.run(lambda tx: tx.peek("worker", registered)) is not None
        assert not settled(running)
        hand.tap("再看一次")
        hand.tap("读入市里的回信")
        hand.wait_text("市里回了")
        assert settled(running)
        damaged = next(stick.glob("*.gig-down"))
        damaged.write_bytes(damaged.read_bytes()[:-7])
        hand.tap("读入市里的回信")
        hand.wait_text("这个文件损坏了")
