"""A city's reference data on its way to the kiosks: dated, numbered, signed by the city's reference key.

The key is not the gateway's: who breaks into the gateway cannot change the minimum wage at a kiosk.
"""

from datetime import datetime
from typing import Final

import msgspec

from kiosk.protocol.codec import Malformed, decode, encode
from kiosk.protocol.signing import PUBLIC_BYTES, SigningKey, verify

#: Entity of the ``ref`` stream's item.
REFERENCE_ENTITY: Final = "reference"
_CONTEXT: Final = b"reference bundle"
#: The files of a province would fit several times.
MAX_BUNDLE_BYTES: Final = 4 * 2**20


class BadBundle(ValueError):
    """Not a bundle, or not signed by the key that it ought to be signed by."""


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """A set of reference data.

    Attributes:
        version: counts up; a kiosk never goes back.
        made_at: when it was signed, UTC.
        files: text by file name (``kiosk.domain.rule_files.RULE_FILES``).
    """

    version: int
    made_at: datetime
    files: dict[str, str]


class SignedBundle(msgspec.Struct, frozen=True, kw_only=True):
    """What travels and is kept: the bundle's very bytes and what proves them."""

    bundle: bytes
    public_key: bytes
    signature: bytes


def sign(key: SigningKey, bundle: Bundle) -> bytes:
    """The signed bundle's bytes.

    Raises:
        ValueError: larger than a kiosk would take.
    """
    raw = encode(bundle)
    if len(raw) > MAX_BUNDLE_BYTES:
        raise ValueError(f"{len(raw)} bytes of reference data; at most {MAX_BUNDLE_BYTES}")
    return encode(SignedBundle(bundle=raw, public_key=key.public, signature=key.sign(_CONTEXT, raw)))


def opened(raw: bytes, pinned: bytes | None) -> tuple[Bundle, bytes]:
    """Read a signed bundle.

    Args:
        raw: bytes from outside.
        pinned: the only public key that is trusted; None where none is known yet.

    Returns:
        The bundle and the public key that signed it.

    Raises:
        BadBundle: malformed, too large, another key, or a signature that does not fit.
    """
    if len(raw) > 2 * MAX_BUNDLE_BYTES:
        raise BadBundle("too large")
    try:
        signed = decode(SignedBundle, raw)
        if len(signed.public_key) != PUBLIC_BYTES or (pinned is not None and signed.public_key != pinned):
            raise BadBundle("not the city's key")
        if not verify(signed.public_key, _CONTEXT, signed.bundle, signed.signature):
            raise BadBundle("the signature does not fit")
        return decode(Bundle, signed.bundle), signed.public_key
    except Malformed as error:
        raise BadBundle("malformed") from error
