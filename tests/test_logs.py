"""The log of a busy day: lines that machines read, and nobody in them."""

import io
import json
import logging
import re
from dataclasses import replace
from uuid import uuid4

import msgspec
import pytest

from kiosk.city import admin
from kiosk.city.problems import Refused
from kiosk.city.quarantine import retry_known
from kiosk.city.server import CityServer
from kiosk.logs import JsonFormatter, SafeFormatter, set_up
from kiosk.protocol.codec import encode
from kiosk.protocol.messages import Sent
from tests.city.stage import city, database, kiosk, market, other
from tests.city.test_gateway import Wire
from tests.city.test_push import published

__all__ = ["city", "database", "kiosk", "market", "other"]
#: Chinese, phone and ID numbers, and mail addresses are people.
PEOPLE = re.compile(r"[一-鿿]|1[3-9]\d{9}|\d{17}[\dXx]|@")


@pytest.fixture(params=[JsonFormatter, SafeFormatter])
def lines(request):
    """Everything that is logged, as it is written."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(request.param())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


class Broken:
    """Rules with a bug that quotes what it was given."""

    def __init__(self, rules):
        self._rules = rules

    def __getattr__(self, name):
        raise RuntimeError(f"{name} of 丛建国 13906311234 370602198001011234")


@pytest.mark.postgres
def test_nobody_stands_in_the_log_of_a_busy_gateway(city, kiosk, other, lines):
    broken = replace(city, rules=Broken(city.rules))
    published(kiosk)
    worker, employer = kiosk.worker_body("丛建国"), kiosk.employer_body()
    kiosk.say(employer)
    with CityServer(city) as server, CityServer(broken) as bad:
        wire = Wire(server, kiosk)
        wire.send("POST", "/v1/push", encode(kiosk.request(kiosk.sent(kiosk.operation(worker)))))
        # A bug in a rule, a body that cannot be read, one in another's name, a number that another stands under.
        ops = [kiosk.sent(kiosk.operation(kiosk.post_body(employer.employer_id)))]
        Wire(bad, kiosk).send("POST", "/v1/push", encode(kiosk.request(*ops)))
        raw = msgspec.Raw(b'{"kind":"worker.register/1","body":{"name":"\\u4e1b 13906311234"}}')
        wire.send("POST", "/v1/push", encode(kiosk.request(Sent(seq=kiosk.seq + 1, op_id=uuid4(), op=raw))))
        wire.send("POST", "/v1/push", b'{"name":"13906311234"')
        wire.send("GET", "/v1/pull?stream=13906311234")
        wire.send("GET", "/s/13906311234")
        Wire(bad, other).send("POST", "/v1/push", encode(other.request(other.sent(other.operation(worker)))))
    retry_known(city)
    admin.revoke(city, "WH02")
    with pytest.raises(Refused):
        other.push(*other.log)
    said = lines.getvalue()
    assert len(said.splitlines()) > 4
    assert "RuntimeError at" in said
    assert PEOPLE.findall(said) == []


def test_json_lines_are_objects_with_the_place_of_an_exception():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    log = logging.getLogger("kiosk.test")
    log.addHandler(handler)
    log.propagate = False
    try:
        try:
            try:
                {}["13906311234"]
            except KeyError as error:
                raise ValueError("丛建国") from error
        except ValueError:
            log.exception("line one\nline two")
    finally:
        log.removeHandler(handler)
        log.propagate = True
    (line,) = stream.getvalue().splitlines()
    told = json.loads(line)
    assert (told["level"], told["logger"], told["message"]) == ("error", "kiosk.test", "line one\nline two")
    assert re.fullmatch(r"ValueError at .*test_logs.*; from KeyError at .*", told["exception"])
    assert told["at"].endswith("+00:00")
    assert PEOPLE.findall(line) == []


def test_the_settings_choose_the_form(monkeypatch):
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    set_up("info", as_json=True)
    assert isinstance(root.handlers[0].formatter, JsonFormatter)
