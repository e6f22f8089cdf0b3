"""The gateway's own description, and schemathesis against it: whatever fits or breaks it, nothing crashes."""

import msgspec
import pytest
import requests as http
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import openapi as schemas
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode

from kiosk.city import openapi
from kiosk.city.gateway import _handlers
from kiosk.city.server import CityServer
from kiosk.protocol import requests
from kiosk.protocol.messages import Problem
from kiosk.protocol.signing import SigningKey
from tests.city.test_gateway import Wire

DOCUMENT = msgspec.json.decode(openapi.document())
SCHEMA = schemas.from_dict(DOCUMENT)
#: 401 and others are documented for every way; undocumented are those that any HTTP server gives.
ALWAYS = {404, 405}


def test_every_endpoint_is_described_and_nothing_else():
    described = {(method.upper(), path) for path, ways in DOCUMENT["paths"].items() for method in ways}
    assert described == set(_handlers())


@pytest.mark.postgres
def test_the_description_is_served(city, kiosk):
    with CityServer(city) as server:
        status, headers, content = Wire(server, kiosk).send("GET", "/openapi.json")
    assert (status, headers["content-type"]) == (200, "application/json")
    assert msgspec.json.decode(content)["openapi"] == "3.1.0"


class Signed(http.auth.AuthBase):
    """Signs whatever is sent, as the kiosk would."""

    def __init__(self, kiosk):
        self.kiosk = kiosk

    def __call__(self, request):
        body = request.body or b""
        body = body.encode() if isinstance(body, str) else body
        request.headers[requests.DEVICE] = str(self.kiosk.enrolled.device)
        request.headers[requests.INCARNATION] = str(self.kiosk.enrolled.incarnation)
        key = SigningKey(self.kiosk.seed)
        request.headers[requests.SIGNATURE] = requests.sign(key, request.method, request.path_url, body)
        return request


@pytest.fixture
def server(city):
    with CityServer(city) as running:
        yield running


WAYS = [(method.upper(), path) for path, ways in DOCUMENT["paths"].items() for method in ways]


@pytest.mark.postgres
@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize(("method", "path"), WAYS)
def test_no_made_up_request_crashes_or_writes(server, kiosk, method, path, signed):
    operation = SCHEMA[path][method]
    modes = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]
    before = kiosk.city.store.run(lambda tx: tx.counts())
    session = http.Session()

    @settings(max_examples=12, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=st.one_of(modes))
    def ask(case):
        auth = Signed(kiosk) if signed else None
        response = case.call(base_url=server.url, session=session, auth=auth)
        case.validate_response(response, checks=[not_a_server_error])
        if response.status_code != 200:
            documented = {int(code) for code in DOCUMENT["paths"][path][method.lower()]["responses"]}
            assert response.status_code in documented | ALWAYS
            assert msgspec.json.decode(response.content, type=Problem).code

    ask()
    session.close()
    after = kiosk.city.store.run(lambda tx: tx.counts())
    assert after["device"] == before["device"]
    assert {name: after[name] for name in ("worker", "listing", "placement")} == {
        name: before[name] for name in ("worker", "listing", "placement")
    }
    assert kiosk.device.revoked_at is None
    assert kiosk.device.fenced_at is None
