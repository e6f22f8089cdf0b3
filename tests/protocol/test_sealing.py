"""Sealed boxes and bounded zstd."""

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from kiosk.protocol.codec import Malformed
from kiosk.protocol.compression import TooLarge, pack, unpack
from kiosk.protocol.sealing import (
    SealBroken,
    new_private,
    private_of_device,
    public_of,
    public_of_device,
    seal,
    unseal,
)
from kiosk.protocol.signing import SigningKey

PRIVATE = bytes(range(32))
PUBLIC = public_of(PRIVATE)


@given(st.binary(max_size=200))
def test_only_the_city_reads_what_was_sealed_for_it(secret):
    box = seal(secret, PUBLIC)
    assert unseal(box, PRIVATE) == secret
    assert len(box) == len(secret) + 49
    with pytest.raises(SealBroken):
        unseal(box, bytes(31) + b"\x01")


@given(st.binary(min_size=32, max_size=32))
def test_who_can_sign_as_a_device_can_open_what_is_sealed_for_it(seed):
    """OpenSSL makes one of the two public keys from the private one; the other is computed from what all may know."""
    public = SigningKey(seed).public
    assert public_of(private_of_device(seed)) == public_of_device(public)
    assert unseal(seal(b"x", public_of_device(public)), private_of_device(seed)) == b"x"


def test_what_is_no_key_of_a_device():
    for bad in (b"", bytes(31), (1).to_bytes(32, "little")):
        with pytest.raises(ValueError, match=r"key length|neutral"):
            public_of_device(bad)


def test_two_boxes_of_the_same_secret_have_nothing_in_common():
    assert seal(b"371002199001011234", PUBLIC)[1:33] != seal(b"371002199001011234", PUBLIC)[1:33]
    assert new_private() != new_private()


@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_changed_box_does_not_open(place, bit):
    box = bytearray(seal(b"371002199001011234", PUBLIC))
    box[int(place * len(box))] ^= 1 << bit
    try:
        # The top bit of the ephemeral key is not part of the number it stands for (RFC 7748), but it is in the info.
        opened = unseal(bytes(box), PRIVATE)
    except SealBroken:
        return
    pytest.fail(f"opened: {opened!r}")


@pytest.mark.parametrize("box", [b"", b"\x01", b"\x01" * 33, b"\x02" + bytes(60), b"\x01" + bytes(60)])
def test_what_is_no_box_is_refused(box):
    with pytest.raises(SealBroken):
        unseal(box, PRIVATE)


@given(st.binary(max_size=5000))
def test_zstd_there_and_back(data):
    assert unpack(pack(data), len(data)) == data


@given(st.binary(min_size=1, max_size=5000))
def test_one_byte_too_many_is_too_large(data):
    with pytest.raises(TooLarge):
        unpack(pack(data), len(data) - 1)


@given(st.binary(max_size=300))
def test_random_bytes_are_malformed(data):
    with pytest.raises((Malformed, TooLarge)):
        unpack(data, 1000)


def test_two_frames_or_a_tail_are_malformed():
    frame = pack(b"abc")
    for packed in (frame + frame, frame + b"x", frame[:-1]):
        with pytest.raises(Malformed):
            unpack(packed, 1000)


def test_a_bomb_is_refused_before_it_grows():
    bomb = zstandard.ZstdCompressor(level=19).compress(bytes(100 << 20))
    with pytest.raises(TooLarge):
        unpack(bomb, 4 << 20)
