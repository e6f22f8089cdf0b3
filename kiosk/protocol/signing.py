"""Ed25519 keys (RFC 8032) of stations and of the city, and the ring of public keys that a kiosk trusts.

Every signature is bound to a context, so that bytes signed as a slip can never pass as a push batch.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SEED_BYTES = 32
PUBLIC_BYTES = 32
SIGNATURE_BYTES = 64
KEY_ID_BYTES = 4


def key_id_of(public: bytes) -> bytes:
    """The short name of a public key: the first 4 bytes of its SHA-256."""
    return sha256(public).digest()[:KEY_ID_BYTES]


def _bound(context: bytes, message: bytes) -> bytes:
    """Context and message as one byte string that no other pair can spell."""
    return b"gig-kiosk\x00" + len(context).to_bytes(2, "big") + context + message


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key. It never shows itself in a log or a traceback.

    Attributes:
        seed: the 32 secret bytes.

    Raises:
        ValueError: the seed has another length.
    """

    seed: bytes = field(repr=False)
    _private: Ed25519PrivateKey = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_private", Ed25519PrivateKey.from_private_bytes(self.seed))

    @property
    def public(self) -> bytes:
        """The 32 public bytes that belong to this key."""
        return self._private.public_key().public_bytes_raw()

    @property
    def key_id(self) -> bytes:
        """The short name under which others keep the public key."""
        return key_id_of(self.public)

    def sign(self, context: bytes, message: bytes) -> bytes:
        """Sign ``message`` for one purpose only; 64 bytes."""
        return self._private.sign(_bound(context, message))


@lru_cache(maxsize=2048)
def _public_key(public: bytes) -> Ed25519PublicKey:
    """The key behind the bytes, checked once: a fifth of the cost of a verification."""
    return Ed25519PublicKey.from_public_bytes(public)


def verify(public: bytes, context: bytes, message: bytes, signature: bytes) -> bool:
    """Whether ``signature`` was made over ``message`` for this context with the key behind ``public``."""
    try:
        _public_key(public).verify(signature, _bound(context, message))
    except (InvalidSignature, ValueError):  # ValueError: bytes that are no point of the curve
        return False
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class RingKey:
    """A public key as the city's reference bundle lists it.

    Attributes:
        public: the 32 public bytes.
        station: the only station code that may sign with it, or None for a key of the city itself.
        valid_from: first instant (aware, UTC) that may stand in what it signed.
        valid_until: first instant that may not, or None while it is in use.
        revoked: the key was lost or stolen: nothing it ever signed is trusted any more.
    """

    public: bytes
    station: str | None
    valid_from: datetime
    valid_until: datetime | None = None
    revoked: bool = False

    def covers(self, instant: datetime) -> bool:
        """Whether something signed at ``instant`` lies within the key's life."""
        return self.valid_from <= instant and (self.valid_until is None or instant < self.valid_until)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Public keys by short name. Two keys with the same short name both stay and both are tried."""

    keys: tuple[RingKey, ...] = ()

    @classmethod
    def of(cls, keys: Iterable[RingKey]) -> "KeyRing":
        """A ring of these keys."""
        return cls(tuple(keys))

    def find(self, key_id: bytes) -> tuple[RingKey, ...]:
        """The keys with this short name: none, one, or (by bad luck) several."""
        return tuple(key for key in self.keys if key_id_of(key.public) == key_id)

    def with_key(self, key: RingKey) -> "KeyRing":
        """This ring and one more key; an older entry of the same public key is replaced."""
        return KeyRing((*(old for old in self.keys if old.public != key.public), key))
