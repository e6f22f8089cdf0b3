"""Signed requests: every part is bound, and headers of any form are only refused."""

import base64

from hypothesis import given
from hypothesis import strategies as st

from kiosk.protocol.requests import DEVICE, INCARNATION, SIGNATURE, checks, credentials_of, sign, signature_of
from kiosk.protocol.signing import SigningKey

KEY = SigningKey(bytes(range(32)))
PARTS = ("POST", "/v1/push?a=1", b"body")


def test_each_part_of_a_request_is_signed():
    signature = base64.b64decode(sign(KEY, *PARTS))
    assert checks(KEY.public, signature, *PARTS)
    for other in (("GET", *PARTS[1:]), ("POST", "/v1/push?a=2", b"body"), ("POST", PARTS[1], b"bodx")):
        assert not checks(KEY.public, signature, *other)
    assert not checks(SigningKey(bytes(32)).public, signature, *PARTS)


@given(st.dictionaries(st.sampled_from([DEVICE, INCARNATION, SIGNATURE]), st.text(max_size=100)))
def test_any_headers_give_credentials_or_none(headers):
    assert credentials_of(headers) is None or signature_of(headers) is not None


def test_whole_credentials_are_read():
    headers = {
        DEVICE: "0192f0c1-2222-7000-8000-000000000001",
        INCARNATION: "3",
        SIGNATURE: sign(KEY, *PARTS),
    }
    found = credentials_of(headers)
    assert found is not None
    assert (found.incarnation, len(found.signature)) == (3, 64)
    for name in headers:
        assert credentials_of({key: value for key, value in headers.items() if key != name}) is None
