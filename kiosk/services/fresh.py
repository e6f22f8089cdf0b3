"""Fresh ids, by the injected clock and dice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.ids import RANDOM_BYTES, uuid7

if TYPE_CHECKING:  # a visit begins before there are records
    from uuid import UUID

    from kiosk.services.ports import Clock, Entropy

MILLISECONDS = 1000


def new_id(clock: Clock, entropy: Entropy) -> UUID:
    """A fresh UUIDv7."""
    now = int(clock.now().timestamp() * MILLISECONDS)
    return uuid7(max(0, now), entropy.token_bytes(RANDOM_BYTES))
