import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.ids import uuid7

TIMES = st.integers(0, 2**48 - 1)
RANDOM = st.binary(min_size=10, max_size=10)


@given(TIMES, RANDOM)
def test_it_is_a_uuid_of_version_7_that_tells_its_time(unix_ms, random):
    made = uuid7(unix_ms, random)
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert int.from_bytes(made.bytes[:6], "big") == unix_ms


@given(TIMES, TIMES, RANDOM, RANDOM)
def test_ids_sort_by_time(one, other, first, second):
    if one < other:
        assert uuid7(one, first) < uuid7(other, second)
        assert str(uuid7(one, first)) < str(uuid7(other, second))


@given(TIMES, RANDOM)
def test_the_same_time_and_randomness_make_the_same_id(unix_ms, random):
    assert uuid7(unix_ms, random) == uuid7(unix_ms, random)


def test_known_bytes():
    assert (
        str(uuid7(0x017F22E279B0, bytes.fromhex("0cc318c4dc0c0c07398f")))
        == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
    )


@pytest.mark.parametrize("random", [b"", b"123456789", b"12345678901"])
def test_another_number_of_random_bytes_is_an_error(random):
    with pytest.raises(ValueError, match="10 random bytes"):
        uuid7(0, random)


@pytest.mark.parametrize("unix_ms", [-1, 2**48])
def test_a_time_that_does_not_fit_is_an_error(unix_ms):
    with pytest.raises(OverflowError):
        uuid7(unix_ms, bytes(10))
