"""Who of several gateways takes a connection: no database, only uvicorn and an application of three lines."""

import contextlib
import http.client
import threading
import time

import pytest
import uvicorn

from kiosk.city.server import listening
from kiosk.city.sharing import ABSENT, LEFT_SECONDS, Share, SharingServer, noted

PATIENCE_SECONDS = 20


class Gateways:
    """Several servers on one socket, each in a thread; who answers says its number."""

    def __init__(self, loads):
        self.loads = loads
        self.socket = listening("127.0.0.1", 0)
        self.shares = {}
        self._running = []

    def start(self, place, leave=LEFT_SECONDS):
        share = self.shares[place] = Share(self.loads, place)
        config = uvicorn.Config(
            noted(self._app(place), share), log_config=None, lifespan="off", ws="none", access_log=False
        )
        server = SharingServer(config, share, leave)
        thread = threading.Thread(target=server.run, args=([self.socket.dup()],), daemon=True)
        self._running.append((server, thread))
        thread.start()
        until(lambda: server.started)

    def _app(self, place):
        async def app(scope, receive, send):
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1")]})
            await send({"type": "http.response.body", "body": str(place).encode()})

        return app

    def connection(self):
        return http.client.HTTPConnection(*self.socket.getsockname(), timeout=PATIENCE_SECONDS)

    def stop(self):
        for server, thread in self._running:
            server.should_exit = True
            thread.join(PATIENCE_SECONDS)
        self.socket.close()


def until(true):
    end = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < end
        threading.Event().wait(0.005)


@pytest.fixture
def gateways():
    made = Gateways([ABSENT, ABSENT])
    yield made
    made.stop()


def asked(connection):
    connection.request("GET", "/")
    return connection.getresponse().read()


def test_connections_that_stay_open_are_spread_evenly(gateways):
    # However busy this machine is: each waits until the other has come.
    gateways.start(0, leave=PATIENCE_SECONDS)
    gateways.start(1, leave=PATIENCE_SECONDS)
    with contextlib.ExitStack() as stack:
        kiosks = [stack.enter_context(contextlib.closing(gateways.connection())) for _ in range(8)]
        first = [asked(each) for each in kiosks]
        assert sorted(first) == [b"0"] * 4 + [b"1"] * 4
        assert [asked(each) for each in kiosks] == first  # and each stays where it is


def test_who_has_more_to_do_leaves_what_waits_to_the_other(gateways):
    gateways.start(0)
    gateways.start(1)
    gateways.shares[0].working(1)
    with contextlib.ExitStack() as stack:
        kiosks = [stack.enter_context(contextlib.closing(gateways.connection())) for _ in range(8)]
        # On a busy machine the other may be too late for one or two of them.
        assert [asked(each) for each in kiosks].count(b"1") > 4


def test_a_gateway_that_seems_idle_and_does_not_come_keeps_nobody_waiting(gateways):
    gateways.start(0)
    gateways.loads[1] = -1  # it died, or computes and does not look
    began = time.monotonic()
    with contextlib.closing(gateways.connection()) as kiosk:
        assert asked(kiosk) == b"0"
    assert time.monotonic() - began < 2


def test_nobody_waits_for_a_gateway_that_is_not_there():
    loads = [ABSENT, ABSENT, ABSENT]
    one = Share(loads, 0)
    one.connected(7)
    assert one.least()
    assert loads == [7, ABSENT, ABSENT]


def test_what_is_worked_on_weighs_more_than_what_is_open():
    loads = [0, 0]
    one, other = Share(loads, 0), Share(loads, 1)
    one.connected(500)
    other.working(1)
    assert one.least()
    assert not other.least()
    other.working(-1)
    assert other.least()
    assert not one.least()
