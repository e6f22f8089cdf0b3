"""A device changes its key: both sign, old slips stay good, and a lost answer can be asked for again."""

import os

import msgspec
import pytest

from kiosk.city import admin
from kiosk.city.server import CityServer
from kiosk.protocol import requests
from kiosk.protocol.codec import encode
from kiosk.protocol.messages import EnrollResponse, RenewRequest
from kiosk.protocol.signing import SigningKey
from tests.city.test_gateway import Wire

pytestmark = pytest.mark.postgres


@pytest.fixture
def wire(city, kiosk):
    with CityServer(city) as server:
        yield Wire(server, kiosk)


def asked(kiosk, new, signer=None):
    """The body of a renewal."""
    old = SigningKey(kiosk.seed).public
    proof = requests.renewal(kiosk.enrolled.device, kiosk.enrolled.incarnation, old, new.public)
    return encode(RenewRequest(public_key=new.public, proof=(signer or new).sign(requests.RENEW, proof)))


def test_both_keys_sign_and_the_old_one_ends_for_requests_and_not_for_slips(wire, kiosk):
    new = SigningKey(os.urandom(32))
    body = asked(kiosk, new)
    status, _, content = wire.send("POST", "/v1/renew", body)
    answer = msgspec.json.decode(content, type=EnrollResponse)
    assert (status, answer.incarnation, answer.device) == (200, 2, kiosk.enrolled.device)
    old = next(key for key in answer.keys if key.public_key == SigningKey(kiosk.seed).public)
    assert not old.revoked
    assert old.valid_until is not None
    # The answer was lost: the very same request is answered again; any other with the old key is not.
    status, _, content = wire.send("POST", "/v1/renew", body)
    assert (status, msgspec.json.decode(content)["incarnation"]) == (200, 2)
    assert wire.problem("GET", "/v1/hello") == (409, "old_incarnation")
    thief = asked(kiosk, SigningKey(os.urandom(32)))
    assert wire.problem("POST", "/v1/renew", thief) == (409, "old_incarnation")
    kiosk.seed, kiosk.enrolled = new.seed, answer
    assert wire.send("GET", "/v1/hello")[0] == 200


def test_a_key_that_has_not_signed_a_stranger_and_a_revoked_device_get_none(wire, kiosk, city):
    new = SigningKey(os.urandom(32))
    assert wire.problem("POST", "/v1/renew", asked(kiosk, new, SigningKey(kiosk.seed))) == (401, "signature")
    assert wire.problem("POST", "/v1/renew", asked(kiosk, SigningKey(kiosk.seed))) == (401, "signature")
    short = encode(RenewRequest(public_key=b"x", proof=b""))
    assert wire.problem("POST", "/v1/renew", short) == (400, "malformed")
    wrong = {requests.SIGNATURE: requests.sign(new, "POST", "/v1/renew", asked(kiosk, new))}
    assert wire.problem("POST", "/v1/renew", asked(kiosk, new), spoiled=wrong) == (401, "signature")
    admin.revoke(city, "WH01")
    assert wire.problem("POST", "/v1/renew", asked(kiosk, new)) == (403, "revoked")
    assert kiosk.device.incarnation == 1
