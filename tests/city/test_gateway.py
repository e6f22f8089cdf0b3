"""Real HTTP on loopback: what the gateway answers, also to nonsense. Nothing refused leaves a trace."""

import base64
import http.client
import os
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import msgspec
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.city import admin
from kiosk.city.server import CityServer
from kiosk.city.stored import Projected
from kiosk.protocol import lean, requests
from kiosk.protocol.codec import encode
from kiosk.protocol.compression import pack, unpack
from kiosk.protocol.messages import (
    EnrollRequest,
    HelloResponse,
    Problem,
    PullResponse,
    PushResponse,
    ReserveRequest,
    SnapshotResponse,
)
from kiosk.protocol.signing import SigningKey
from tests.city.stage import Kiosk

pytestmark = pytest.mark.postgres


@pytest.fixture
def server(city):
    with CityServer(city) as running:
        yield running


class Wire:
    """Sends bytes exactly as told."""

    def __init__(self, server, kiosk):
        self.address = urlsplit(server.url).netloc
        self.kiosk = kiosk

    def send(self, method, target, body=b"", headers=None, *, signed=None, **changes):
        key = SigningKey(self.kiosk.seed)
        over = signed or (method, target, body)
        full = {
            requests.DEVICE: str(self.kiosk.enrolled.device),
            requests.INCARNATION: str(self.kiosk.enrolled.incarnation),
            requests.SIGNATURE: requests.sign(key, *over),
            **(headers or {}),
        }
        full |= changes.get("spoiled", {})
        connection = http.client.HTTPConnection(self.address, timeout=10)
        connection.request(
            method, target, body=body, headers={k: v for k, v in full.items() if v is not None}
        )
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, dict(answer.getheaders()), content

    def problem(self, *args, **kwargs):
        status, headers, content = self.send(*args, **kwargs)
        assert headers["content-type"] == "application/json"
        problem = msgspec.json.decode(content, type=Problem)
        assert problem.code
        return status, problem.code


@pytest.fixture
def wire(server, kiosk):
    return Wire(server, kiosk)


def counts(kiosk):
    return dict(kiosk.city.store.run(lambda tx: tx.counts()))


def test_hello_push_and_pull_over_the_wire(wire, kiosk):
    status, _, content = wire.send("GET", "/v1/hello")
    assert status == 200
    assert msgspec.json.decode(content, type=HelloResponse).kiosk == "WH01"
    batch = [kiosk.sent(kiosk.operation(kiosk.worker_body(f"王{n}"))) for n in "一二三四五六"]
    body = pack(encode(kiosk.request(*batch)))
    status, _, content = wire.send("POST", "/v1/push", body, {"content-encoding": "zstd"})
    answer = msgspec.json.decode(content, type=PushResponse)
    assert (status, answer.acked, answer.state.last_op_seq) == (200, 6, 6)
    target = "/v1/pull?" + urlencode({"stream": "dev/WH01", "after": 0})
    status, headers, content = wire.send("GET", target, headers={"accept-encoding": "zstd"})
    assert headers["content-encoding"] == "zstd"
    page = msgspec.json.decode(unpack(content, 1 << 20), type=PullResponse)
    assert [item.seq for item in page.items] == list(range(1, 7))


def test_pages_are_lean_for_who_can_read_them_and_hold_the_same_items(wire, kiosk):
    """One that pulls in the old way (an earlier program) gets what it knows; so does one that asks for what we lack."""
    batch = [kiosk.sent(kiosk.operation(kiosk.worker_body(f"王{n}"))) for n in "一二三"]
    wire.send("POST", "/v1/push", encode(kiosk.request(*batch)))
    kiosk.city.store.run(lambda tx: tx.publish(OTHERS))
    for path, whole, short, of in (
        ("/v1/pull", PullResponse, lean.LeanPull, lean.pull_of),
        ("/v1/snapshot", SnapshotResponse, lean.LeanSnapshot, lean.snapshot_of),
    ):
        target = f"{path}?{urlencode({'stream': 'dev/WH01'})}"
        for said in ({}, {requests.PAGES: "lean-99"}, {requests.PAGES: requests.LEAN + "0"}):
            _, headers, content = wire.send("GET", target, headers=said)
            assert requests.PAGES not in headers
            plain = msgspec.json.decode(content, type=whole)
        _, headers, content = wire.send("GET", target, headers={requests.PAGES: f"lean-99, {requests.LEAN}"})
        assert headers[requests.PAGES] == requests.LEAN
        answer = msgspec.json.decode(content, type=short)
        assert encode(of(answer).items) == encode(plain.items)
        # As the database puts it together, so do we.
        numbered = path == "/v1/pull"
        assert encode(answer.lean) == encode(lean.lean_of(plain.items, numbered=numbered))
        assert {item.entity for item in plain.items} >= {"worker", "verdict"}
        assert {bytes(row.body)[:1] for row in answer.lean.rows} >= {b"{", b"["}
        assert any(item.deleted for item in plain.items) == numbered


#: A deletion, and what does not begin with its id.
OTHERS = [
    Projected(stream="dev/WH01", entity="listing", id=uuid4(), ver=2, origin="", body=None),
    Projected(stream="dev/WH01", entity="verdict", id=uuid4(), ver=1, origin="", body=b'{"seq":1}'),
]


def test_a_wrong_or_missing_signature_is_refused(wire):
    assert wire.problem("GET", "/v1/hello", signed=("GET", "/v1/pull", b"")) == (401, "signature")
    assert wire.problem("GET", "/v1/hello", spoiled={requests.SIGNATURE: None}) == (401, "signature")
    assert wire.problem("GET", "/v1/hello", spoiled={requests.SIGNATURE: "!!"}) == (401, "signature")
    assert wire.problem("GET", "/v1/hello", spoiled={requests.INCARNATION: "-1"}) == (401, "signature")
    assert wire.problem("GET", "/v1/hello", spoiled={requests.INCARNATION: "\xb2"}) == (401, "signature")


def test_an_unknown_device_is_refused(wire):
    assert wire.problem("GET", "/v1/hello", spoiled={requests.DEVICE: str(uuid4())}) == (
        401,
        "unknown_device",
    )


def test_another_devices_request_cannot_be_sent_under_ones_own_name(wire, kiosk, other):
    batch = other.request(other.sent(other.operation(other.worker_body())))
    assert wire.problem("POST", "/v1/push", encode(batch)) == (403, "wrong_device")
    assert other.device.last_seq == 0


def test_a_revoked_device_gets_403_and_the_reason_and_nobody_else_does(wire, kiosk):
    admin.revoke(kiosk.city, "WH01", "机器被盗")
    assert wire.problem("GET", "/v1/hello") == (403, "revoked")
    _, _, body = wire.send("GET", "/v1/hello")
    assert msgspec.json.decode(body, type=Problem).detail == "机器被盗"
    # Who cannot sign with its key learns nothing, whichever incarnation is claimed.
    stranger = {"spoiled": {requests.SIGNATURE: base64.b64encode(bytes(64)).decode()}}
    for spoiled in (stranger["spoiled"], stranger["spoiled"] | {requests.INCARNATION: "7"}):
        _, _, body = wire.send("GET", "/v1/hello", spoiled=spoiled)
        assert "机器被盗" not in body.decode()


def test_a_reason_is_one_short_line_and_the_newer_one_counts(kiosk):
    for bad in ("x" * 201, "one\ntwo", "\x07"):
        with pytest.raises(ValueError, match="one line"):
            admin.revoke(kiosk.city, "WH01", bad)
    assert kiosk.device.revoked_at is None
    admin.revoke(kiosk.city, "WH01", "moved")
    at = kiosk.device.revoked_at
    admin.revoke(kiosk.city, "WH01", "stolen")
    assert (kiosk.device.revoked_at, kiosk.device.revoke_reason) == (at, "stolen")
    kiosk.enroll()
    assert (kiosk.device.revoked_at, kiosk.device.revoke_reason) == (None, "")


def test_a_replaced_incarnation_is_told_so(wire, kiosk):
    old = Wire.__new__(Wire)
    old.address = wire.address
    old.kiosk = Kiosk(kiosk.city, kiosk.market, "WH01", seed=kiosk.seed, enrolled=kiosk.enrolled)
    kiosk.seed = os.urandom(32)
    kiosk.enroll()
    assert old.problem("GET", "/v1/hello") == (409, "old_incarnation")


def test_enrolment_needs_a_fresh_token_and_may_be_repeated_with_the_same_key(wire, city, market):
    newcomer = Kiosk(city, market, "WH09")
    key = SigningKey(newcomer.seed)
    token = admin.make_enroll_token(city, "WH09")
    body = encode(
        EnrollRequest(token=token.lower().replace("-", " "), public_key=key.public, kiosk="WH09", name="x")
    )

    def ask(body, key):
        header = {requests.SIGNATURE: requests.sign(key, "POST", "/v1/enroll", body)}
        return wire.send("POST", "/v1/enroll", body, spoiled=header)

    first = ask(body, key)
    again = ask(body, key)
    assert first[0] == again[0] == 200
    devices = [msgspec.json.decode(content)["device"] for _, _, content in (first, again)]
    assert devices[0] == devices[1]
    thief = SigningKey(bytes(32))
    stolen = encode(EnrollRequest(token=token, public_key=thief.public, kiosk="WH09", name="x"))
    assert ask(stolen, thief)[0] == 403
    assert ask(stolen, key)[0] == 401
    wrong = encode(EnrollRequest(token="AAAA", public_key=thief.public, kiosk="WH10", name="x"))
    assert ask(wrong, thief)[0] == 403


def test_who_corrects_the_district_after_a_lost_answer_gets_the_streams_of_the_right_one(city, market):
    token, key = admin.make_enroll_token(city, "WH07"), SigningKey(bytes(range(32))).public
    from kiosk.city.enrolment import enroll

    def use(district, name):
        ask = EnrollRequest(token=token, public_key=key, kiosk="WH07", name=name, district=district)
        return city.store.run(lambda tx: enroll(city, tx, ask))

    def kept(answer):
        row = city.store.run(lambda tx: tx.device(answer.device))
        return row.district, row.name, row.incarnation, row.public_key

    first = use("371083", "乳山驿站")
    assert kept(first) == ("371083", "乳山驿站", 1, key)
    second = use("371002", "环翠驿站")
    assert kept(second) == ("371002", "环翠驿站", 1, key)
    assert (first.device, second.incarnation) == (second.device, 1)
    assert second.streams != first.streams
    assert "area/371002" in second.streams
    assert use("371002", "环翠驿站") == second
    # The first try, on its way for hours, moves no kiosk that is at work.
    at_work = Kiosk(city, market, "WH07", enrolled=second)
    at_work.say(at_work.worker_body())
    use("371083", "乳山驿站")
    assert kept(second) == ("371002", "环翠驿站", 1, key)


def test_a_token_is_for_one_kiosk_and_ends(city, market):
    token = admin.make_enroll_token(city, "WH09")
    other = Kiosk(city, market, "WH08")
    from kiosk.city.enrolment import enroll
    from kiosk.city.problems import Refused

    def use(kiosk):
        ask = EnrollRequest(token=token, public_key=SigningKey(other.seed).public, kiosk=kiosk, name="x")
        return city.store.run(lambda tx: enroll(city, tx, ask))

    with pytest.raises(Refused):
        use("WH08")
    market.now += admin.TOKEN_LIFE
    with pytest.raises(Refused):
        use("WH09")


@pytest.mark.parametrize(
    ("method", "target", "expected"),
    [
        ("GET", "/v1/nothing", (404, "not_found")),
        ("GET", "/", (404, "not_found")),
        ("GET", "/v1/push", (405, "method")),
        ("DELETE", "/v1/hello", (405, "method")),
        ("GET", "/v1/pull", (400, "malformed")),
        ("GET", "/v1/pull?stream=ref&after=-1", (400, "malformed")),
        ("GET", "/v1/pull?stream=ref&after=99999999999999999999", (400, "malformed")),
        ("GET", "/v1/pull?stream=ref&epoch=x", (400, "malformed")),
        ("GET", "/v1/pull?stream=dev%2FWH02", (403, "stream")),
        ("GET", "/v1/pull?stream=%00", (400, "malformed")),
    ],
)
def test_what_is_not_there_or_not_allowed_has_a_code(wire, method, target, expected):
    assert wire.problem(method, target) == expected


def test_a_zip_bomb_an_unknown_encoding_and_an_oversized_body_are_refused(wire, kiosk):
    bomb = zstandard.ZstdCompressor(level=19).compress(bytes(200 << 20))
    assert len(bomb) < 200_000
    zstd = {"content-encoding": "zstd"}
    assert wire.problem("POST", "/v1/push", bomb, zstd) == (413, "too_large")
    nameless = zstandard.ZstdCompressor(write_content_size=False).compress(b"{}")
    assert wire.problem("POST", "/v1/push", nameless, zstd) == (400, "malformed")
    assert wire.problem("POST", "/v1/push", b"{}", {"content-encoding": "gzip"}) == (415, "encoding")
    assert wire.problem("POST", "/v1/push", os.urandom(300_000)) == (413, "too_large")


def test_too_many_operations_or_a_broken_order_are_refused(wire, kiosk):
    many = [kiosk.sent(kiosk.operation(kiosk.worker_body())) for _ in range(501)]
    zstd = {"content-encoding": "zstd"}
    assert wire.problem("POST", "/v1/push", pack(encode(kiosk.request(*many))), zstd) == (413, "too_large")
    holes = encode(kiosk.request(many[0], many[2]))
    assert wire.problem("POST", "/v1/push", holes) == (400, "malformed")
    twice = encode(kiosk.request(many[0], msgspec.structs.replace(many[0], seq=2)))
    assert wire.problem("POST", "/v1/push", twice) == (400, "malformed")
    assert kiosk.device.last_seq == 0


FUZZ = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
    deadline=None,
)


@FUZZ
@given(
    how=st.sampled_from(["flip", "cut", "append", "double"]),
    place=st.floats(0, 1, exclude_max=True),
    bit=st.integers(0, 7),
    more=st.binary(min_size=1, max_size=20),
    signed_again=st.booleans(),
)
def test_a_changed_push_is_refused_and_nothing_is_written(wire, kiosk, how, place, bit, more, signed_again):
    """Flip, cut, repeat or lengthen anything in a signed request: a 4xx with a code, and no trace."""
    kiosk.seq = 0
    body = pack(encode(kiosk.request(kiosk.sent(kiosk.operation(kiosk.worker_body())))))
    before = counts(kiosk)
    at = int(place * len(body))
    changed = {
        "flip": body[:at] + bytes([body[at] ^ (1 << bit)]) + body[at + 1 :],
        "cut": body[:at],
        "append": body + more,
        "double": body + body,
    }[how]
    # Signed again by the device itself: a broken program, not an attacker. (A flip may then be good JSON again.)
    resigned = signed_again and how != "flip"
    signed = ("POST", "/v1/push", changed if resigned else body)
    status, code = wire.problem("POST", "/v1/push", changed, {"content-encoding": "zstd"}, signed=signed)
    assert 400 <= status < 500
    assert code in ({"malformed", "too_large"} if resigned else {"signature"})
    assert counts(kiosk) == before


@FUZZ
@given(body=st.binary(max_size=400), path=st.sampled_from(["/v1/push", "/v1/reserve", "/v1/enroll"]))
def test_random_bodies_are_refused(wire, kiosk, body, path):
    status, _ = wire.problem("POST", path, body)
    assert 400 <= status < 500


@FUZZ
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["device", "ops", "seq", "op", "op_id", "incarnation", "previous", "token"]),
                inner,
            )
        ),
        max_leaves=12,
    ),
    path=st.sampled_from(["/v1/push", "/v1/reserve", "/v1/enroll"]),
)
def test_json_of_another_shape_is_refused(wire, kiosk, value, path):
    status, code = wire.problem("POST", path, msgspec.json.encode(value))
    assert (status, code) in {(400, "malformed"), (401, "signature")}


@FUZZ
@given(
    header=st.sampled_from([requests.DEVICE, requests.INCARNATION, requests.SIGNATURE]),
    text=st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=120),
)
def test_random_credentials_are_refused(wire, kiosk, header, text):
    status, _ = wire.problem("GET", "/v1/hello", spoiled={header: text})
    assert status in {401, 409}


def test_a_replayed_push_is_answered_and_changes_nothing(wire, kiosk):
    body = encode(kiosk.request(kiosk.sent(kiosk.operation(kiosk.worker_body()))))
    first, again = (wire.send("POST", "/v1/push", body) for _ in range(2))
    assert first[0] == again[0] == 200
    verdicts = [msgspec.json.decode(content, type=PushResponse).verdicts for _, _, content in (first, again)]
    assert verdicts[0] == verdicts[1]
    assert counts(kiosk)["worker"] == 1


def test_reserve_for_a_listing_that_is_not_there_grants_nothing(wire, kiosk):
    ask = encode(ReserveRequest(listing_id=uuid4(), held=0))
    status, _, content = wire.send("POST", "/v1/reserve", ask)
    assert (status, msgspec.json.decode(content)["granted"]) == (200, False)


def test_a_database_that_goes_away_is_503_with_a_time_to_come_back(wire, kiosk, cluster):
    kiosk.city.store.close()
    status, headers, content = wire.send("GET", "/v1/hello")
    assert (status, headers["retry-after"]) == (503, "5")
    assert msgspec.json.decode(content, type=Problem).code == "busy"


def test_the_signature_binds_method_and_target(wire):
    signature = base64.b64encode(bytes(64)).decode()
    assert wire.problem("GET", "/v1/hello?x=1", signed=("GET", "/v1/hello", b"")) == (401, "signature")
    assert wire.problem("GET", "/v1/hello", spoiled={requests.SIGNATURE: signature}) == (401, "signature")
