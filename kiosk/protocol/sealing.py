"""The sealed box: bytes that only the city can read (ID numbers, complaint texts).

``1 | ephemeral X25519 public key (32) | ChaCha20-Poly1305(key, nonce = 0, plaintext)``, key = HKDF-SHA256 over the
shared secret, with both public keys in the info. The key is used once, so the nonce can stand still.
"""

from hashlib import sha512

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = 1
KEY_BYTES = 32
_NONCE = bytes(12)
#: The field of Curve25519.
_P = 2**255 - 19


class SealBroken(ValueError):
    """Not a box of ours, not for this key, or changed on the way."""


def public_of(private: bytes) -> bytes:
    """The 32 public bytes that belong to a 32-byte private key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def new_private() -> bytes:
    """A fresh private key, 32 bytes."""
    return X25519PrivateKey.generate().private_bytes_raw()


def private_of_device(seed: bytes) -> bytes:
    """The X25519 private key that belongs to an Ed25519 key, as RFC 8032 makes its scalar from the seed."""
    return sha512(seed).digest()[:KEY_BYTES]


def public_of_device(public: bytes) -> bytes:
    """The X25519 public key that belongs to an Ed25519 one: whoever can sign as this device can open the box.

    The birational map of RFC 7748, section 4.1: u = (1 + y) / (1 − y). Only public numbers are computed with.

    Raises:
        ValueError: not 32 bytes, or the neutral element, which is nobody's key.
    """
    if len(public) != KEY_BYTES:
        raise ValueError("key length")
    y = (int.from_bytes(public, "little") & (2**255 - 1)) % _P
    if y == 1:
        raise ValueError("neutral element")
    return ((1 + y) * pow(1 - y, -1, _P) % _P).to_bytes(KEY_BYTES, "little")


def _box(shared: bytes, ephemeral: bytes, recipient: bytes) -> ChaCha20Poly1305:
    info = b"gig-kiosk/sealed-box/1" + ephemeral + recipient
    return ChaCha20Poly1305(HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(shared))


def seal(secret: bytes, recipient: bytes) -> bytes:
    """Encrypt for the holder of the private key behind ``recipient``; 49 bytes longer than ``secret``.

    Raises:
        ValueError: ``recipient`` is no public key.
    """
    once = X25519PrivateKey.generate()
    ephemeral = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(recipient))
    return bytes((VERSION,)) + ephemeral + _box(shared, ephemeral, recipient).encrypt(_NONCE, secret, None)


def unseal(box: bytes, private: bytes) -> bytes:
    """Read a box with the private key.

    Raises:
        SealBroken: see the class.
    """
    if len(box) <= 1 + KEY_BYTES or box[0] != VERSION:
        raise SealBroken("form")
    ephemeral, ciphertext = box[1 : 1 + KEY_BYTES], box[1 + KEY_BYTES :]
    key = X25519PrivateKey.from_private_bytes(private)
    try:
        shared = key.exchange(X25519PublicKey.from_public_bytes(ephemeral))
        return _box(shared, ephemeral, key.public_key().public_bytes_raw()).decrypt(_NONCE, ciphertext, None)
    except (InvalidTag, ValueError) as error:
        raise SealBroken("seal") from error
