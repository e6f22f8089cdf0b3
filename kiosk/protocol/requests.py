"""How a request is signed by its device: free of any clock, bound to method, target and body.

A push is safe against being played again by its op_seq, a reserve by its ``held``; the others only read.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from kiosk.protocol.signing import SIGNATURE_BYTES, SigningKey, verify

CONTEXT = b"request/1"
RENEW = b"renew/1"
DEVICE = "x-gig-device"
INCARNATION = "x-gig-incarnation"
SIGNATURE = "x-gig-signature"
PROTOCOL_HEADER = "x-gig-protocol"
#: What form the pages of streams may have, comma between them; the city says the one that it has chosen.
PAGES = "x-gig-pages"
LEAN = "lean-1"
JSON = "application/json"
_MAX_INCARNATION_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request says about its sender, not yet believed."""

    device: UUID
    incarnation: int
    signature: bytes


def message(method: str, target: str, body: bytes) -> bytes:
    """The signed bytes.

    Args:
        method: upper case.
        target: path and query exactly as they stand in the request line.
        body: as it travels (compressed, when it is).
    """
    return f"{method}\n{target}\n{sha256(body).hexdigest()}".encode()


def sign(key: SigningKey, method: str, target: str, body: bytes) -> str:
    """The value of the signature header."""
    return base64.b64encode(signature(key, method, target, body)).decode("ascii")


def signature(key: SigningKey, method: str, target: str, body: bytes) -> bytes:
    """The signature itself."""
    return key.sign(CONTEXT, message(method, target, body))


def checks(public: bytes, signature: bytes, method: str, target: str, body: bytes) -> bool:
    """Whether the holder of ``public`` signed exactly this request."""
    return verify(public, CONTEXT, message(method, target, body), signature)


def renewal(device: UUID, incarnation: int, old: bytes, new: bytes) -> bytes:
    """What a new key signs to take the place of an old one."""
    return device.bytes + incarnation.to_bytes(4) + old + new


def signature_of(headers: Mapping[str, str]) -> bytes | None:
    """The signature in the headers, or None when there is none of the right form."""
    try:
        signature = base64.b64decode(headers.get(SIGNATURE, ""), validate=True)
    except (binascii.Error, ValueError):
        return None
    return signature if len(signature) == SIGNATURE_BYTES else None


def credentials_of(headers: Mapping[str, str]) -> Credentials | None:
    """Device, incarnation and signature in the headers, or None when any of them is missing or malformed."""
    signature = signature_of(headers)
    incarnation = headers.get(INCARNATION, "")
    if signature is None or not (incarnation.isascii() and incarnation.isdigit()):
        return None
    if len(incarnation) > _MAX_INCARNATION_DIGITS:
        return None
    try:
        device = UUID(headers.get(DEVICE, ""))
    except ValueError:
        return None
    return Credentials(device, int(incarnation), signature)
