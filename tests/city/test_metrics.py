"""What the gateway counts, where it shows it, and what it never says."""

import http.client
import re
from urllib.parse import urlsplit

import pytest

from kiosk.bootstrap.city import _devices
from kiosk.city import admin
from kiosk.city.metrics import Metrics, MetricsServer
from kiosk.city.push import push
from kiosk.city.server import CityServer
from kiosk.protocol.codec import encode
from tests.city.test_gateway import Wire
from tests.city.test_quarantine import unknown

pytestmark = pytest.mark.postgres


@pytest.fixture
def metrics(city):
    return Metrics(city, city.store.usage)


def numbers(page):
    return {
        name: float(value) for name, value in re.findall(r"^([a-z_]+(?:\{.*\})?) (\S+)$", page, re.MULTILINE)
    }


def test_requests_batches_devices_streams_and_quarantine_are_counted(city, kiosk, metrics):
    with CityServer(city, metrics=metrics) as server:
        wire = Wire(server, kiosk)
        bad = unknown(kiosk, kiosk.worker_body())
        good = kiosk.sent(kiosk.operation(kiosk.worker_body()))
        assert wire.send("POST", "/v1/push", encode(kiosk.request(bad, good)))[0] == 200
        assert wire.send("GET", "/v1/hello")[0] == 200
        assert wire.problem("GET", "/v1/pull?stream=dev/WH99")[1] == "stream"
        assert wire.problem("POST", "/v1/push", b"x" * 300_000)[1] == "too_large"
        found = numbers(metrics.page())
    assert found['gig_requests_total{route="/v1/push",code="ok"}'] == 1
    assert found['gig_requests_total{route="/v1/push",code="too_large"}'] == 1
    assert found['gig_requests_total{route="/v1/pull",code="stream"}'] == 1
    assert found['gig_push_operations_total{verdict="accepted"}'] == 1
    assert found['gig_push_operations_total{verdict="quarantined"}'] == 1
    assert found['gig_push_batch_seconds_bucket{le="+Inf"}'] == found["gig_push_batch_seconds_count"] == 1
    assert found['gig_quarantine_operations{reason="unknown_kind"}'] == 1
    assert found['gig_devices_last_push{age="5m"}'] == 1
    assert found['gig_devices{state="ok"}'] == 1
    assert found['gig_stream_head{stream="dev/WH01"}'] > 0
    assert found['gig_database_connections{state="most"}'] == 4
    assert found["gig_database_up"] == 1


def test_kiosks_by_standing_and_silence(city, kiosk, other, metrics):
    admin.revoke(city, "WH02")
    found = numbers(metrics.page())
    assert (found['gig_devices{state="revoked"}'], found['gig_devices_last_push{age="never"}']) == (1, 2)


def test_batches_that_do_not_follow_one_another_are_counted_by_kiosk(city, kiosk, other, metrics):
    kiosk.say(kiosk.worker_body())
    altered = kiosk.request(kiosk.sent(kiosk.operation(kiosk.worker_body("王二"))), previous="f" * 64)
    push(city, kiosk.device, altered, encode(altered))
    carried = kiosk.request(kiosk.sent(kiosk.operation(kiosk.worker_body("王三"))), previous="")
    push(city, kiosk.device, carried, encode(carried))
    found = numbers(metrics.page())
    assert found['gig_device_chain_breaks{kiosk="WH01"}'] == 1
    assert found['gig_device_chain_breaks{kiosk="WH02"}'] == 0
    said = []
    _devices(city, said.append)
    assert ["breaks   1" in line for line in said] == [True, False]


def test_a_database_that_is_gone_is_said_and_the_page_still_comes(city, metrics):
    city.store.close()
    from kiosk.city.store import StoreBusy

    def gone(_work):
        raise StoreBusy("no connection")

    object.__setattr__(
        metrics, "_city", type("City", (), {"store": type("S", (), {"run": staticmethod(gone)})})
    )
    assert numbers(metrics.page())["gig_database_up"] == 0


def test_the_page_has_a_port_of_its_own_and_the_kiosks_port_does_not_show_it(city, kiosk, metrics):
    server = MetricsServer(metrics)
    server.start()
    try:
        parts = urlsplit(server.url)
        assert parts.hostname == "127.0.0.1"
        connection = http.client.HTTPConnection(parts.netloc, timeout=5)
        connection.request("GET", "/metrics")
        answer = connection.getresponse()
        page = answer.read().decode()
        assert answer.status == 200
        assert answer.getheader("content-type").startswith("text/plain; version=0.0.4")
        assert "# TYPE gig_push_batch_seconds histogram" in page
        connection.request("GET", "/")
        assert connection.getresponse().status == 404
        connection.close()
    finally:
        server.stop()
    with CityServer(city, metrics=metrics) as gateway:
        assert Wire(gateway, kiosk).problem("GET", "/metrics") == (404, "not_found")
