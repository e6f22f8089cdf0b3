"""Several gateway processes behind one address: they serve, one that dies is replaced, none is left behind."""

import contextlib
import os
import signal
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from kiosk.city import admin
from kiosk.city.server import open_city
from kiosk.city.workers import GatewayProcesses
from kiosk.protocol.signing import SigningKey
from kiosk.sync.client import CityClient, Enrolled, enroll
from kiosk.sync.faults import NetworkFault
from kiosk.sync.transport import HttpTransport
from tests.domain.samples import NOW, RULES

pytestmark = pytest.mark.postgres
PATIENCE_SECONDS = 60


def open_here(dsn):
    return replace(open_city(dsn, RULES, 2), now=same_morning)


def same_morning():
    return NOW


def answered(ask):
    """What a gateway answers, as soon as there is one: until then requests wait in the socket's queue."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(NetworkFault):
            return ask()
    raise AssertionError("no gateway answers")


@pytest.mark.timeout(120)
def test_a_gateway_process_that_dies_is_replaced_and_all_end_together(database, city):
    with GatewayProcesses(partial(open_here, database.gateway), 2, threads=2) as gateways:
        key = SigningKey(os.urandom(32))
        token = admin.make_enroll_token(city, "WH01")
        transport = HttpTransport(gateways.url)
        answer = answered(lambda: enroll(transport, key, token, "WH01", "x"))
        me = Enrolled(device=answer.device, incarnation=1, kiosk="WH01", key=key)
        before = gateways.pids
        assert len(before) == 2
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        assert answered(CityClient(transport, me).hello).kiosk == "WH01"
        fresh = gateways.pids
        assert not set(fresh) & set(before)
        transport.close()
    assert not [pid for pid in (*before, *fresh) if Path(f"/proc/{pid}").exists()]
