"""A market with everything real: PostgreSQL, gateway, a kiosk with its window and hand, and a second kiosk."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import zxingcpp
from PIL import Image

from kiosk.bootstrap.demo_city import DemoCity
from kiosk.bootstrap.kiosk import Kiosk, Outside
from kiosk.bootstrap.system import SystemClock, SystemEntropy
from kiosk.bootstrap.window import Size, Window
from kiosk.city.server import CityServer
from kiosk.sync.pump import Pump
from kiosk.sync.runner import Pace
from kiosk.ui.strings import Strings
from tests.e2e.driver import Driver
from tests.kiosk_fixture import open_kiosk, setup_form

#: Quick enough for a test; the real pace is the default.
PACE = Pace(push_after=0.05, pull_every=0.3, spread=0.0, backoff_first=0.1, backoff_most=0.2)
PORTRAIT = Size(1080, 1920)
LANDSCAPE = Size(1920, 1080)


class Stage:
    """Built by ``market``; see there."""

    def __init__(self, folder: Path, *, size: Size = PORTRAIT, with_city: bool = True) -> None:
        folder.chmod(0o711)  # PostgreSQL runs as another user when the tests run as root
        self.folder = folder
        self.clock = SystemClock()
        self.size = size
        self.kiosks: list[Kiosk] = []
        self._windows: list[Window] = []
        self.city = (
            DemoCity(folder / "city", self.clock, SystemEntropy(), durable=False) if with_city else None
        )
        self._url = self.city.start() if self.city is not None else ""

    def kiosk(self, code: str, name: str = "环翠零工驿站") -> Kiosk:
        """A kiosk that has been set up and, if there is a city, enrolled with it."""
        form = setup_form(kiosk=code, name=name)
        if self.city is not None:
            form = replace(form, city_url=self._url, enrol_token=self.city.token(code))
        kiosk = open_kiosk(self.folder / code, self.clock, Strings(strict=True), form=form)
        self.kiosks.append(kiosk)
        return kiosk

    def hand(self, kiosk: Kiosk) -> Driver:
        """A window on the kiosk, the exchange with the city running, and a hand before it."""
        outside = Outside(clock=self.clock, entropy=SystemEntropy())
        window = Window(kiosk, outside, Strings(strict=True), self.size)
        self._windows.append(window)
        window.start(PACE)
        hand = Driver(window.shell, timeout=15)
        hand.wait_screen("welcome")
        return hand

    def pump(self, kiosk: Kiosk) -> Pump:
        """The exchange of a kiosk without a window, round by round."""
        pump = kiosk.pump()
        assert pump is not None
        return pump

    def stop_city(self) -> None:
        """The gateway does not answer any more; its database stays."""
        assert self.city is not None
        assert self.city.server is not None
        self.city.server.stop()

    def start_city(self) -> None:
        """The gateway answers again, at the same address."""
        assert self.city is not None
        assert self.city.context is not None
        host, port = self._url.removeprefix("http://").rsplit(":", 1)
        self.city.server = CityServer(self.city.context, host, int(port))
        self.city.server.start()

    @property
    def port(self) -> int:
        """Where the gateway listens, or did."""
        return int(self._url.rsplit(":", 1)[1])

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """Rows of the city's PostgreSQL."""
        assert self.city is not None
        with psycopg.connect(self.city.dsn) as connection:
            return connection.execute(sql).fetchall()

    def slips(self, kiosk: str) -> list[Path]:
        """The slips that a kiosk has printed, oldest first."""
        return sorted((self.folder / kiosk / "slips").glob("*.png"))

    def close(self) -> None:
        """End everything, in order."""
        for window in self._windows:
            window.stop()
        for kiosk in self.kiosks:
            kiosk.close()
        if self.city is not None:
            self.city.stop()


@contextmanager
def market(folder: Path, *, size: Size = PORTRAIT, with_city: bool = True) -> Iterator[Stage]:
    """A stage that is cleared away in the end."""
    stage = Stage(folder, size=size, with_city=with_city)
    try:
        yield stage
    finally:
        stage.close()


def read_qr(slip: Path) -> str:
    """What an independent decoder reads in a slip's picture."""
    with Image.open(slip) as picture:
        found = zxingcpp.read_barcodes(picture.convert("L"))
    assert len(found) == 1, f"{len(found)} codes on {slip.name}"
    return str(found[0].text)
