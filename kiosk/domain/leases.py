"""What a kiosk does with places that it holds and does not use: the policy, and the transition that returns them."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from kiosk.domain import city_slots
from kiosk.domain.calendar import SHANGHAI
from kiosk.domain.operations import Operation, ReturnPlaces
from kiosk.domain.records import Lease, Record, Terms
from kiosk.domain.refusal import Refusal
from kiosk.domain.rulebook import RuleBook
from kiosk.domain.state import Records

#: Work that begins within so long will be decided the coming morning: who waits then cannot wait for tomorrow's return.
NEAR = timedelta(hours=36)


def give_back(op: Operation, body: ReturnPlaces, records: Records, rules: RuleBook) -> Sequence[Record]:
    """Unspent places leave the kiosk's own lease; in the city they come into the reserve. Never more than are free."""
    lease = records.lease(body.listing_id, op.kiosk)
    if lease is None:
        raise Refusal("refusal.no_place")
    places = body.returned - lease.returned
    if body.returned > 0 and places <= 0:
        return ()
    central = records.central(body.listing_id)
    if central is None:  # at the kiosk
        return (city_slots.returned(lease, places),)
    return city_slots.give_back(central, lease, places)


def is_near(terms: Terms, now: datetime) -> bool:
    """Whether the work begins within ``NEAR``. A clock that is far off says no, and nothing is returned."""
    midnight = datetime.combine(terms.date_from, time(), SHANGHAI)
    return timedelta(0) < midnight + timedelta(minutes=terms.start_minute) - now <= NEAR


def spare(lease: Lease, *, at_home: bool, wanted: int, idle: bool, near: bool) -> int:
    """How many places a kiosk should give back now; 0 for none.

    Args:
        lease: this kiosk's, as it stands here.
        at_home: the listing was posted at this kiosk: its workers mostly stand here.
        wanted: people who wait elsewhere and could come, as the city last said.
        idle: nobody has taken a place here for long.
        near: the work begins soon.

    Somebody who waits comes before somebody who may come: what is wanted goes at once. An idle kiosk keeps half of
    what it could still promise when the listing is its own, and nothing otherwise; said again it returns no more.
    """
    asked = min(lease.free, wanted)
    if not idle:
        return asked
    if not at_home:
        return lease.free
    half = (lease.granted - lease.spent) // 2 - lease.returned if near else 0
    return min(lease.free, max(asked, half))
