"""Rarer bad luck, each in a weather of its own: kiosks shut out, kiosks without a network, quarrels over one placement.

``Hard`` says how much of it there is; the world asks this module what follows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.protocol.messages import Outcome
from tests.simulation import against
from tests.simulation.shadow import Violation
from tests.simulation.station import Station
from tests.simulation.sticks import ByStick

if TYPE_CHECKING:
    from tests.simulation.world import World

#: What is lost at a kiosk when the digests are tried: entity, and the table that lists it in the market.
_LOSES = (("listing", "market"), ("worker", ""), ("placement", ""), ("employer", ""), ("slip", ""))
_ROUNDS = 40


@dataclass(frozen=True, slots=True)
class Hard:
    """How much.

    Attributes:
        revoke: chance a step that a kiosk is shut out, its places taken back, and staff given a new token.
        against: share of the visits that are about a placement which several kiosks may dispose of.
        sticks: of one kiosk the line is a stick, after its first contact.
        drift: in the end rows are lost at kiosks, and a day passes.
    """

    revoke: float = 0.0
    against: float = 0.0
    sticks: bool = False
    drift: bool = False


NONE = Hard()


def install(world: "World") -> None:
    """Before the first step."""
    hard = world.weather.hard
    if hard.against:
        world.people.more = ((hard.against, against.DEEDS),)
    if hard.sticks:
        station = world.stations[-1]
        station.sync = ByStick(world, station).round  # type: ignore[method-assign] # the same, by another way
        station.by_stick = True


def misfortunes(world: "World") -> tuple[tuple[float, str, Callable[[Station], None]], ...]:
    """What may happen at any step: chance, name, deed."""

    def revoke(station: Station) -> None:
        if world.city.revoke(station.code):
            world.excuses.add("revoked")

    return ((world.weather.hard.revoke, "kiosk shut out", revoke),)


def after_rest(world: "World") -> bool:
    """Rows are lost, and the digests of the next day find it; whether there is something to look at once more."""
    if not world.weather.hard.drift:
        return False
    for station in world.stations:
        if station.by_stick or _keeps_its_own_view(station):
            continue
        _compare(station)
        done = station.sync()
        if done.fault or done.pulled:
            raise Violation(f"{station.code}: read anew, and nothing had drifted")
        world.outcome.faults["rows lost"] += _lose(world, station)
        _compare(station)
        for _ in range(_ROUNDS):
            done = station.sync()
            if not done.more and not done.pulled:
                break
    return True


def _keeps_its_own_view(station: Station) -> bool:
    """What the city has set aside is shown as it is here: there the digests differ for good reason."""
    return any(outcome == Outcome.QUARANTINED for _, _, outcome in station.outbox().values())


def _compare(station: Station) -> None:
    """A day has passed."""
    assert station.pump is not None
    station.pump._compare_at = 0.0


def _lose(world: "World", station: Station) -> int:
    lost = 0
    with station.storage.database.transaction() as connection:
        for entity, listed in _LOSES:
            ids = [
                bytes(row[0]) for row in connection.execute(f"SELECT id FROM {entity} ORDER BY id").fetchall()
            ]
            if not ids or world.chance.random() < 0.4:
                continue
            row_id = world.chance.choice(ids)
            if listed:
                connection.execute(f"DELETE FROM {listed} WHERE listing_id = ?", (row_id,))
            connection.execute(f"DELETE FROM {entity} WHERE id = ?", (row_id,))
            lost += 1
    return lost
