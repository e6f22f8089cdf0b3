"""A city over real HTTP and kiosks that sync with it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from kiosk.city import admin
from kiosk.city.context import CityContext
from kiosk.city.server import CityServer
from kiosk.domain.operations import Body
from kiosk.protocol.signing import SigningKey
from kiosk.sync.client import CityClient, Enrolled, enroll
from kiosk.sync.pump import Pump
from kiosk.sync.transport import HttpTransport
from tests.city.stage import Kiosk, city, database, market
from tests.domain.samples import SELF
from tests.fakes import FakeClock
from tests.sync.fakes import FakeInbox, FakeOutbox, Network
from tests.sync.kiosks import WholeKiosk

__all__ = ["city", "database", "market"]


@pytest.fixture
def server(city: CityContext) -> Iterator[CityServer]:
    """The gateway on a free port."""
    with CityServer(city) as running:
        yield running


@dataclass
class Station:
    """A kiosk with its pump."""

    maker: Kiosk
    network: Network
    outbox: FakeOutbox = field(default_factory=FakeOutbox)
    inbox: FakeInbox = field(default_factory=FakeInbox)
    clock: FakeClock = field(default_factory=FakeClock)
    pump: Pump = None
    me: Enrolled = None

    def enroll(self, city: CityContext) -> None:
        key = SigningKey(self.maker.seed)
        code = self.maker.code
        answer = enroll(self.network, key, admin.make_enroll_token(city, code), code, "驿站")
        self.me = Enrolled(device=answer.device, incarnation=answer.incarnation, kiosk=code, key=key)
        self.start()

    def start(self) -> None:
        """As after switching on."""
        self.pump = Pump(CityClient(self.network, self.me), self.outbox, self.inbox, self.clock, "boot")

    def do(self, *bodies: Body, actor=SELF) -> None:
        for body in bodies:
            self.outbox.append(self.maker.operation(body, actor))

    def settle(self, rounds: int = 10) -> None:
        """Step until nothing is left to do."""
        for _ in range(rounds):
            done = self.pump.step()
            if done.fault is None and not done.more:
                return
        pytest.fail(f"still busy: {done}")


@pytest.fixture
def station(server, city, market) -> Iterator[Station]:
    """WH01, enrolled."""
    made = Station(Kiosk(city, market, "WH01"), Network(HttpTransport(server.url)))
    made.enroll(city)
    yield made
    made.network.close()


@pytest.fixture
def neighbour(server, city, market) -> Iterator[Station]:
    """WH02, enrolled."""
    made = Station(Kiosk(city, market, "WH02"), Network(HttpTransport(server.url)))
    made.enroll(city)
    yield made
    made.network.close()


@pytest.fixture
def clock(market):
    """Of all kiosks of a test: the time of the market's records."""
    return FakeClock(market.now)


@pytest.fixture
def home(tmp_path, clock, city, server):
    """A whole kiosk, where the test's people are registered."""
    made = WholeKiosk(tmp_path, "WHC1", clock, city, server.url)
    yield made
    made.close()


@pytest.fixture
def away(tmp_path, clock, city, server):
    """Another one, in a district that sees the first one's listings."""
    made = WholeKiosk(tmp_path, "WHG1", clock, city, server.url)
    yield made
    made.close()
