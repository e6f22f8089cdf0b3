from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.protocol.reference_bundle import MAX_BUNDLE_BYTES, BadBundle, Bundle, opened, sign
from kiosk.protocol.signing import SigningKey

KEY = SigningKey(bytes(range(32)))
OTHER = SigningKey(bytes(range(1, 33)))
BUNDLE = Bundle(version=3, made_at=datetime(2026, 11, 20, tzinfo=UTC), files={"trades.csv": "code\n瓦工"})


def test_a_bundle_comes_back_as_it_was_signed():
    assert opened(sign(KEY, BUNDLE), KEY.public) == (BUNDLE, KEY.public)
    assert opened(sign(KEY, BUNDLE), None) == (BUNDLE, KEY.public)


def test_a_bundle_of_another_key_is_refused():
    with pytest.raises(BadBundle, match="key"):
        opened(sign(OTHER, BUNDLE), KEY.public)


def test_more_than_a_kiosk_takes_is_not_signed():
    with pytest.raises(ValueError, match="bytes"):
        sign(KEY, Bundle(version=1, made_at=BUNDLE.made_at, files={"a": "x" * MAX_BUNDLE_BYTES}))


def test_more_than_a_kiosk_takes_is_not_read():
    with pytest.raises(BadBundle, match="large"):
        opened(b" " * (2 * MAX_BUNDLE_BYTES + 1), None)


@given(st.data())
def test_one_changed_byte_is_never_taken_for_the_bundle(data):
    raw = bytearray(sign(KEY, BUNDLE))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    try:
        found = opened(bytes(raw), KEY.public)
    except BadBundle:
        return
    assert found == (BUNDLE, KEY.public)  # only base64's unused last bits, or space in the JSON


@given(st.binary(max_size=400))
def test_anything_else_is_a_bad_bundle(raw):
    with pytest.raises(BadBundle):
        opened(raw, None)
