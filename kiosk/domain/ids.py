"""Identifiers: UUIDv7 (RFC 9562), so that ids sort by the time they were made."""

from uuid import UUID

RANDOM_BYTES = 10


def uuid7(unix_ms: int, random: bytes) -> UUID:
    """Build a UUIDv7 from outside time and randomness, so that a simulation can repeat it.

    Args:
        unix_ms: milliseconds since 1970-01-01 UTC, 0 ≤ unix_ms < 2**48.
        random: exactly 10 random bytes.

    Raises:
        ValueError: the time does not fit 48 bits or the random part has another length.
    """
    if len(random) != RANDOM_BYTES:
        raise ValueError("uuid7 needs 10 random bytes")
    value = bytearray(unix_ms.to_bytes(6, "big") + random)
    value[6] = (value[6] & 0x0F) | 0x70
    value[8] = (value[8] & 0x3F) | 0x80
    return UUID(bytes=bytes(value))
