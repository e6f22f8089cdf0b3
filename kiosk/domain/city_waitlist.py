"""Who gets a place that has become free in the city's reserve."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from kiosk.domain.listings import is_offered
from kiosk.domain.own_time import at_once
from kiosk.domain.records import Listing, Placement
from kiosk.domain.state import Records
from kiosk.domain.values import OPEN, PlacementStatus


def next_in_line(listing: Listing, records: Records, at: datetime) -> Placement | None:
    """The longest-waiting worker who can take a central place now, or None.

    Somebody who has meanwhile been confirmed elsewhere at the same time is passed over and goes on waiting.
    """
    central = records.central(listing.id)
    if central is None or central.free <= 0:
        return None
    return next(could_come(listing, records, at), None)


def could_come(listing: Listing, records: Records, at: datetime) -> Iterator[Placement]:
    """Who waits for a place and could take one now, longest waiting first; nobody once the work is over."""
    if not is_offered(listing, at):
        return
    for waiting in records.waiting_for(listing.id):
        if not _busy(waiting, records.placements_of_worker(waiting.worker_id)):
            yield waiting


def _busy(waiting: Placement, others: Sequence[Placement]) -> bool:
    return any(
        other.id != waiting.id
        and other.status in OPEN
        and other.status is not PlacementStatus.WAITLISTED
        and at_once(other, waiting)
        for other in others
    )
