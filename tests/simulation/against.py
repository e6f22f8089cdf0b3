"""Two kiosks dispose of one placement against each other, and promise its place to a third person."""

from uuid import UUID

from kiosk.domain.calendar import local_date
from kiosk.domain.placements import states_on
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import PlacementStatus
from tests.simulation.people import STAFF, Deed, People
from tests.simulation.station import Station

_OFFERS = 2


def dispose(people: People, station: Station) -> str:
    """Whoever holds a placement here cancels or marks it; and the place goes to somebody who stands here, at once."""
    open_now = [
        each
        for each in people._placements(station)
        if each.status is PlacementStatus.CONFIRMED and not _only_here(each, station)
    ]
    if not open_now:
        return hire_away(people, station)
    placement = people._chance.choice(open_now[-2:])
    today = local_date(station.clock.now())
    possible = sorted(states_on(placement, today))
    status = people._chance.choice([None, None, None, *possible])
    if status is PlacementStatus.ARRIVED:
        station.use.placements.mark(placement.id, status, "", STAFF)
    else:
        with people._their_own_wish(placement.id):
            if status is None:
                station.use.placements.cancel(placement.id, "", STAFF)
            else:
                station.use.placements.mark(placement.id, status, "", STAFF)
    said = f"{placement.id} {status or 'cancelled'}"
    try:
        return f"{said}; {people._apply(station, UUID(people.register(station)), placement.listing_id)}"
    except Refusal as refusal:
        return f"{said}; {refusal.key}"


def _only_here(placement: object, station: Station) -> bool:
    homes = {getattr(placement, "home", ""), getattr(placement, "listing_home", "")}
    return homes == {station.code}


def hire_away(people: People, station: Station) -> str:
    """Somebody here wants the work of another kiosk: a placement of two kiosks comes of it."""
    away = [each for each in people._market(station) if each.home != station.code]
    if not away:
        return (
            offer(people, station) if len(people._own_listings(station)) < _OFFERS else people.apply(station)
        )
    listing = people._chance.choice(away[-2:])
    return people._apply(station, UUID(people.register(station)), listing.id)


def offer(people: People, station: Station) -> str:
    """There is always some work of this kiosk's, and not much: all want the same."""
    if len(people._own_listings(station)) < _OFFERS:
        return f"{people.post(station)}; {people.review(station)}"
    return dispose(people, station)


DEEDS: tuple[Deed, ...] = (dispose, dispose, dispose, hire_away, hire_away, offer)
