"""What the city's handlers work with, handed in from outside so that a simulation can own it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kiosk.city.store import CityStore
from kiosk.city.stored import CityRow, DeviceRow
from kiosk.domain.ids import RANDOM_BYTES, uuid7
from kiosk.domain.rulebook import RuleBook
from kiosk.protocol.messages import ServerState


@dataclass(frozen=True, slots=True, kw_only=True)
class CityContext:
    """Store, rules, clock and randomness.

    Attributes:
        now: wall time, aware, UTC.
        random: that many random bytes, fit for secrets.
    """

    store: CityStore
    rules: RuleBook
    now: Callable[[], datetime]
    random: Callable[[int], bytes]

    def new_id(self, at: datetime) -> UUID:
        """A UUIDv7 of the city's own."""
        return uuid7(int(at.timestamp() * 1000), self.random(RANDOM_BYTES))

    def state(self, city: CityRow, device: DeviceRow | None) -> ServerState:
        """What every answer carries."""
        if device is None:
            return ServerState(epoch=city.epoch, server_time=self.now())
        return ServerState(
            epoch=city.epoch,
            server_time=self.now(),
            durable_seq=device.durable_seq,
            last_op_seq=device.last_seq,
            chain=device.chain,
        )
