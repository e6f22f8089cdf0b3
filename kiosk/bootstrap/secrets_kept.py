"""The kiosk's own secrets: signing key, lookup key, and the key it seals for until a city knows it.

They lie in the encrypted database, so that a copied file without the database key holds none of them.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from kiosk.protocol import sealing
from kiosk.protocol.codec import Malformed, decode
from kiosk.protocol.messages import STATION_KEY_ENTITY, StationKey
from kiosk.protocol.signing import KeyRing, RingKey, SigningKey
from kiosk.services.ports import Entropy, UnitOfWorkFactory
from kiosk.storage.inbox import SqlInbox

SEED_BYTES = 32
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class KioskSecrets:
    """Signing seed, lookup key and the X25519 private key of an unenrolled kiosk; 32 bytes each, never shown."""

    signing: SigningKey
    lookup: bytes
    escrow: bytes

    def __repr__(self) -> str:
        return "KioskSecrets(...)"


def load_secrets(unit_of_work: UnitOfWorkFactory, entropy: Entropy) -> KioskSecrets:
    """The secrets; made at the first start, in one transaction."""
    with unit_of_work() as uow:
        found = {}
        for name in ("signing_seed", "lookup_key", "escrow_key"):
            value = uow.setting(name)
            if value is None:
                value = sealing.new_private() if name == "escrow_key" else entropy.token_bytes(SEED_BYTES)
                uow.put_setting(name, value)
            found[name] = value
        uow.commit()
    return KioskSecrets(
        signing=SigningKey(found["signing_seed"]), lookup=found["lookup_key"], escrow=found["escrow_key"]
    )


class StationSealer:
    """Implements ``kiosk.services.ports.Sealer``: for the city's key, or for our own until there is one."""

    def __init__(self, secrets: KioskSecrets, city_key: bytes | None) -> None:
        self._recipient = city_key or sealing.public_of(secrets.escrow)
        self._lookup = secrets.lookup

    def seal(self, secret: bytes) -> bytes:
        """Encrypt for the recipient only."""
        return sealing.seal(secret, self._recipient)

    def lookup(self, secret: bytes) -> str:
        """Keyed hash, 64 hex digits."""
        return hmac.new(self._lookup, secret, hashlib.sha256).hexdigest()


def ring_of(inbox: SqlInbox, secrets: KioskSecrets, kiosk: str) -> Callable[[], KeyRing]:
    """Asks for the keys that slips may be signed with: what the city has sent, and our own."""

    def ring() -> KeyRing:
        keys = []
        for body in inbox.bodies(STATION_KEY_ENTITY):
            try:
                key = decode(StationKey, body)
            except Malformed:
                continue  # of a newer program; it will be understood after the upgrade
            keys.append(
                RingKey(
                    public=key.public_key,
                    station=key.kiosk,
                    valid_from=key.valid_from,
                    valid_until=key.valid_until,
                    revoked=key.revoked,
                )
            )
        own = RingKey(public=secrets.signing.public, station=kiosk, valid_from=LONG_AGO)
        known = {key.public for key in keys}
        return KeyRing.of(keys if own.public in known else [*keys, own])

    return ring
