"""What Prometheus is told to ask and to warn of exists on the gateway's page; its own tool looks where it is there."""

import re
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from kiosk.city.metrics import Metrics
from kiosk.city.server import CityServer
from kiosk.protocol.codec import encode
from kiosk.settings import Settings
from tests.city.stage import city, cluster, database, kiosk, market
from tests.city.test_gateway import Wire
from tests.city.test_quarantine import unknown

__all__ = ["city", "cluster", "database", "kiosk", "market"]
ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy" / "prometheus"
ALARMS = (FOLDER / "gig-kiosk-alarms.yml").read_text(encoding="utf-8")
promtool = pytest.mark.skipif(shutil.which("promtool") is None, reason="no promtool here")


@pytest.fixture
def page(city, kiosk):
    metrics = Metrics(city, city.store.usage)
    with CityServer(city, metrics=metrics) as server:
        bad = unknown(kiosk, kiosk.worker_body())
        assert Wire(server, kiosk).send("POST", "/v1/push", encode(kiosk.request(bad)))[0] == 200
    return metrics.page()


def series(text):
    """Names of series, without what a histogram adds."""
    return {re.sub(r"_(bucket|sum|count)$", "", each) for each in re.findall(r"\bgig_[a-z_]+", text)}


@pytest.mark.postgres
def test_every_series_that_is_asked_for_is_there(page):
    docs = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    table = docs[docs.index("### Watching") : docs.index("### Several gateways")]
    there = series(page)
    assert series(ALARMS) <= there
    assert series(table) <= there
    for label in re.findall(r'\b(state|age)="(\w+)"', ALARMS):
        assert f'{label[0]}="{label[1]}"' in page


@pytest.mark.postgres
@promtool
def test_promtool_finds_nothing_wrong(page):
    done = subprocess.run(
        ["promtool", "check", "metrics"], input=page, text=True, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    subprocess.run(["promtool", "check", "config", str(FOLDER / "prometheus.yml")], check=True)


def test_the_ports_are_those_of_the_settings():
    text = (FOLDER / "prometheus.yml").read_text(encoding="utf-8")
    ports = [int(each) for each in re.findall(r"127\.0\.0\.1:(\d+)", text)]
    first = next(each.default for each in fields(Settings) if each.name == "city_metrics_port")
    assert ports == [first + at for at in range(5)]


@pytest.mark.postgres
def test_a_counter_that_has_grown_large_keeps_its_last_digit(city):
    metrics = Metrics(city, city.store.usage)
    for route, seconds in (("/v1/pull", 1_234_567.0), ("/v1/push", 1_234_567.25)):
        metrics.served(route, "ok", seconds)
    page = metrics.page()
    assert 'gig_request_seconds_total{route="/v1/pull"} 1234567\n' in page
    assert 'gig_request_seconds_total{route="/v1/push"} 1234567.25\n' in page
