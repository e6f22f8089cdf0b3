"""A station that is at work enters a city: over the network first, then in one transaction of its database."""

from dataclasses import replace

import msgspec

from kiosk.bootstrap.enroller import NetworkEnroller
from kiosk.bootstrap.secrets_kept import SEED_BYTES, KioskSecrets
from kiosk.domain.refusal import Refusal
from kiosk.protocol import sealing
from kiosk.protocol.signing import SigningKey
from kiosk.services.ports import AuditEntry, Clock, Entropy
from kiosk.services.setup import Enrolled
from kiosk.services.station_config import SETTING, StationConfig
from kiosk.storage.joining import Reseal
from kiosk.storage.storage import Storage
from kiosk.sync.client import Enrolled as EnrolledDevice

#: The seed of a key that a city may already know, while the station still works with the old one.
NEXT_SEED = "next_seed"


class NetworkEntry:
    """Implements ``kiosk.services.station.CityEntry``."""

    def __init__(self, storage: Storage, secrets: KioskSecrets, clock: Clock, entropy: Entropy) -> None:
        self._storage = storage
        self._secrets = secrets
        self._clock = clock
        self._entropy = entropy

    def enter(self, url: str, token: str, config: StationConfig) -> StationConfig:
        """See ``CityEntry``."""
        again = config.enrolment is not None
        key = self._next_key() if again else self._secrets.signing
        enroller = NetworkEnroller(key, self._clock)
        answer = enroller.enroll(url, token, config.kiosk, config.name, config.district)
        if answer.city != config.city:
            raise Refusal("refusal.other_city", "enrol_token")
        return self._take(config, answer, key, again=again, action="station.join")

    def renew(self, config: StationConfig) -> StationConfig:
        """See ``CityEntry``."""
        old, key = config.enrolment, self._next_key()
        assert old is not None, "who has no city has no key to renew"
        me = EnrolledDevice(
            device=old.device, incarnation=old.incarnation, kiosk=config.kiosk, key=self._secrets.signing
        )
        answer = NetworkEnroller(key, self._clock).renew(me, old.url)
        return self._take(config, answer, key, again=True, action="station.renew")

    def _take(
        self, config: StationConfig, answer: Enrolled, key: SigningKey, *, again: bool, action: str
    ) -> StationConfig:
        """Save the station as the city knows it now, in one transaction with its log."""
        joined = replace(config, city_host=answer.city_host, enrolment=answer.enrolment)
        self._storage.outbox.enter_city(
            _for_city(self._secrets.escrow, answer.enrolment.sealing_key),
            {SETTING: msgspec.json.encode(joined), "signing_seed": key.seed, NEXT_SEED: None},
            renumber=again or answer.enrolment.incarnation > 1,
        )
        self._audit(action)
        return joined

    def _next_key(self) -> SigningKey:
        """A new key, kept before anybody hears of it: the city's answer may be lost, and the token is used up then."""
        with self._storage.unit_of_work() as uow:
            seed = uow.setting(NEXT_SEED) or self._entropy.token_bytes(SEED_BYTES)
            uow.put_setting(NEXT_SEED, seed)
            uow.commit()
        return SigningKey(seed)

    def _audit(self, action: str) -> None:
        with self._storage.unit_of_work() as uow:
            now = self._clock.now()
            uow.audit(AuditEntry(at=now, actor="staff", action=action, entity="station", entity_id=None))
            uow.commit()


def _for_city(escrow: bytes, city_key: bytes) -> Reseal:
    def reseal(box: bytes) -> bytes | None:
        try:
            return sealing.seal(sealing.unseal(box, escrow), city_key)
        except sealing.SealBroken:
            return None  # sealed for the city already

    return reseal
