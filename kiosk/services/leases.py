"""The kiosk's own housekeeping: places that it holds and does not use go back, so that others can promise them."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kiosk.domain.leases import is_near, spare
from kiosk.domain.operations import Actor, ReturnPlaces
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import ActorKind
from kiosk.services.context import Context
from kiosk.services.ports import HeldPlaces

log = logging.getLogger(__name__)
ITSELF = Actor(kind=ActorKind.KIOSK)
#: Seconds of this run of the program without a place taken here, after which a lease counts as idle.
IDLE = 3 * 3600.0


@dataclass(frozen=True, slots=True)
class _Seen:
    """How a lease stood when it last moved, and when that was by the clock that only runs forward."""

    granted: int
    spent: int
    since: float


class LeaseKeeper:
    """Looks after the leases once a round, while the city can be reached; remembers only what it has seen itself.

    After a restart every lease counts as fresh: places are kept rather too long than given away too soon.

    Args:
        context: this kiosk.
        idle: seconds until a lease counts as idle; a simulation makes it shorter.
    """

    def __init__(self, context: Context, idle: float = IDLE) -> None:
        self._context = context
        self._idle = idle
        self._seen: dict[UUID, _Seen] = {}
        self._answered: dict[UUID, datetime] = {}

    def tend(self) -> int:
        """Give back what should be given back now; how many listings were touched. Any thread, outside transactions.

        Raises:
            DeviceFault: the database cannot be read or written.
        """
        context = self._context
        held = context.read.held_places(context.kiosk, context.today())
        now = context.clock.monotonic()
        self._seen = {each.lease.listing_id: self._look(each, now) for each in held}
        done = sum(self._give_back(each, now) for each in held)
        if done:
            context.after_commit()
        return done

    def _look(self, held: HeldPlaces, now: float) -> _Seen:
        lease = held.lease
        before = self._seen.get(lease.listing_id)
        if before is not None and (before.granted, before.spent) == (lease.granted, lease.spent):
            return before
        return _Seen(lease.granted, lease.spent, now)

    def _give_back(self, held: HeldPlaces, now: float) -> bool:
        context, listing_id = self._context, held.lease.listing_id
        asked_at = held.asked_at
        wanted = 0 if asked_at is None or self._answered.get(listing_id) == asked_at else held.wanted
        places = spare(
            held.lease,
            at_home=held.listing.home == context.kiosk,
            wanted=wanted,
            idle=now - self._seen[listing_id].since >= self._idle,
            near=is_near(held.listing.terms, context.now()),
        )
        if places <= 0:
            return False
        if asked_at is not None:
            self._answered[listing_id] = asked_at
        return self.give_back(listing_id, lambda free: min(free, places))

    def give_back(self, listing_id: UUID, how_many: Callable[[int], int]) -> bool:
        """Return ``how_many(places free now)`` of a listing; whether there was anything to return.

        The number is asked for inside the transaction: somebody may have taken a place a moment ago.
        """
        context = self._context
        with context.unit_of_work() as uow:
            lease = uow.lease(listing_id, context.kiosk)
            if lease is None or (places := how_many(lease.free)) <= 0:
                return False
            body = ReturnPlaces(listing_id=listing_id, returned=lease.returned + places)
            try:
                context.perform(uow, body, ITSELF)
            except Refusal as refusal:
                log.warning("places of %s not returned: %s", listing_id, refusal.key)
                return False
            uow.commit()
        log.info("%d places of listing %s go back to the city", places, listing_id)
        return True
