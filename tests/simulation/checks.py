"""What has to be true at a kiosk: after every step, of every page that comes down the line, and when all is at rest."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from kiosk.city.projections import PUBLIC_LISTING
from kiosk.city.reading import streams_of
from kiosk.city.stored import REF, DeviceRow
from kiosk.domain.listings import LIVE
from kiosk.domain.presence import homes
from kiosk.domain.records import Placement
from kiosk.domain.release import MERGED
from kiosk.domain.values import HOLDING, PlacementStatus
from kiosk.protocol.codec import ENTITIES
from kiosk.protocol.messages import Item, PullResponse
from kiosk.storage.rows import KINDS, Key, lease_id
from tests.city.stage import items_of
from tests.simulation import telling
from tests.simulation.city import AREA
from tests.simulation.shadow import Violation
from tests.simulation.station import Station

if TYPE_CHECKING:
    from tests.simulation.world import World

_BLANK = {"source": "self", "findings": [], "review_reason": "", "reviewed_by": None}


def scope_of_page(world: "World", station: Station) -> Callable[[PullResponse], None]:
    """Looks at every item of every page that a kiosk is sent."""

    def look(page: PullResponse) -> None:
        _check_stream(station, page.stream)
        for item in page.items:
            if not item.deleted and item.entity in ENTITIES:
                body = msgspec.json.decode(item.body)
                _check_scope(world, station.code, item.entity, body, page.stream)

    return look


def _check_stream(station: Station, stream: str) -> None:
    """Its own stream, reference data, or the market of a district around."""
    district = stream.removeprefix("area/")
    around = {station.district, *station.near, AREA}
    if stream not in {REF, f"dev/{station.code}"} and district not in around:
        raise Violation(f"{station.code} in {station.district} is sent {stream}")


def _check_scope(world: "World", code: str, entity: str, body: dict[str, Any], where: str) -> None:
    match entity:
        case "lease":
            fine = body["home"] == code
        case "worker":
            fine = _knows(world, code, body["id"])
        case "slip":
            fine = body["home"] == code or _concerns(world, code, body["subject_id"])
        case "employer":
            fine = code in {body["home"], *(each["kiosk"] for each in body["also"])}
        case "wanted":
            fine = body["home"] == code or (body["status"] == "open" and body["worker_id"] is None)
        case "invitation":
            fine = code in {body["home"], body["worker_home"]}
        case "placement":
            fine = code in {body["home"], body["listing_home"]} or _knows(world, code, body["worker_id"])
        case "listing":
            fine = body["home"] == code or (
                body["status"] in LIVE
                and all(body[name] == _BLANK[name] for name in body if name not in PUBLIC_LISTING)
            )
        case _:
            fine = False
    if not fine:
        raise Violation(f"{code} is shown a {entity} that is none of its business ({where}): {body}")


def _knows(world: "World", code: str, worker_id: str) -> bool:
    """Whether the worker is registered there, or wishes to be remembered there."""
    worker = world.city.shadow.ledger.worker(UUID(worker_id))
    return worker is not None and code in homes(worker)


def _concerns(world: "World", code: str, placement_id: str) -> bool:
    placement = world.city.shadow.ledger.placement(UUID(placement_id))
    return placement is not None and (placement.home == code or _knows(world, code, str(placement.worker_id)))


def outbox(world: "World", station: Station) -> None:
    """Nothing that was done here has vanished, and what counts as settled is in the city."""
    kept = station.outbox()
    said = world.city.shadow.said
    for op_id in station.done:
        if op_id not in kept and op_id not in said:
            raise Violation(f"{station.code}: operation {op_id} has vanished")
    if not station.agreed:
        return  # the city may have been restored, or this disk: the kiosk does not know yet
    for op_id, (seq, state, outcome) in kept.items():
        if state == "unsent":
            continue
        if op_id not in said:
            raise Violation(
                f"{station.code}: operation {seq} {op_id} is {state} ({outcome}), the city has it not"
            )
        if said[op_id].outcome != outcome:
            raise Violation(
                f"{station.code}: operation {seq} {op_id} is {outcome}, the city said {said[op_id]}"
            )


def at_rest(world: "World") -> None:
    """Everything has been exchanged: all agree."""
    for station in world.stations:
        station.agreed = True
        outbox(world, station)
        _all_settled(world, station)
        _same_view(world, station)
    _known_everywhere(world)
    _promises(world)
    telling.check(world)


def _all_settled(world: "World", station: Station) -> None:
    if station.storage.outbox.counts().unsent:
        raise Violation(f"{station.code}: operations are unsent")
    for op_id in station.done:
        if op_id not in world.city.shadow.said:
            raise Violation(f"{station.code}: operation {op_id} never came to the city")


def _same_view(world: "World", station: Station) -> None:
    """What the kiosk holds is what the city shows it, and nothing else."""
    shown = _shown(world, station)
    apart = station.set_aside()
    held: dict[Key, bytes] = {}
    for entity in KINDS:
        for row_id, body in station.bodies(entity).items():
            held[Key(entity, row_id)] = body
            _check_scope(world, station.code, entity, msgspec.json.decode(body), "held")
            _check_names(world, station, entity, body)
    for key in sorted(shown.keys() | held.keys()):
        if key not in apart and _plain(shown.get(key)) != _plain(held.get(key)):
            raise Violation(
                f"{station.code} and the city differ about {key.entity} {key.id[:16].hex()}:\n"
                f"  city  {_text(shown.get(key))}\n  kiosk {_text(held.get(key))}"
            )


def _check_names(world: "World", station: Station, entity: str, body: bytes) -> None:
    """No row names a registration that is another employer's now, but the employer's own."""
    if entity not in {"worker", "slip"} and b'"status":"withdrawn"' not in body:
        for worker in world.city.shadow.ledger.workers.values():
            if worker.merged_into is not None and str(worker.id).encode() in body:
                raise Violation(
                    f"{station.code} holds a {entity} of {worker.id}, who is another: {body.decode()}"
                )
    if entity != "employer":
        for old in world.city.shadow.ledger.merged:
            if str(old).encode() in body:
                raise Violation(f"{station.code} holds a {entity} of {old}, who is no more: {body.decode()}")


def _known_everywhere(world: "World") -> None:
    """Where somebody is registered, or remembered, the kiosk holds their record, all their work and who they were."""
    ledger = world.city.shadow.ledger
    for station in world.stations:
        workers, work = station.bodies("worker"), station.bodies("placement")
        for worker in ledger.workers.values():
            person = ledger.worker(worker.id)
            if person is None or station.code not in homes(person):
                continue
            missing = [each for each in ledger.placements_of_worker(person.id) if each.id.bytes not in work]
            if worker.id.bytes not in workers or missing:
                raise Violation(f"{station.code} does not know {worker.id} or {missing}")


def _shown(world: "World", station: Station) -> dict[Key, bytes]:
    """All live records in the streams that the kiosk may read."""
    shown: dict[Key, bytes] = {}

    def read(tx: Any) -> None:
        for stream in streams_of(world.city.context, tx, _device(tx, station)):
            for item in items_of(tx.items(stream, 0, 1 << 30, station.code)):
                if not item.deleted and item.entity in KINDS:
                    shown[_key(item, station.code)] = bytes(item.body)

    world.city.context.store.run(read)
    return shown


def _device(tx: Any, station: Station) -> DeviceRow:
    return next(row for row in tx.devices() if row.kiosk == station.code)


def _key(item: Item, code: str) -> Key:
    return Key(item.entity, lease_id(item.id, code) if item.entity == "lease" else item.id.bytes)


def _plain(raw: bytes | None) -> Any:
    return None if raw is None else msgspec.json.decode(raw)


def _text(raw: bytes | None) -> str:
    return "-" if raw is None else raw.decode()


def _promises(world: "World") -> None:
    """Who holds a slip that says "confirmed" has the place, or there is one of the few reasons."""
    placements = world.city.shadow.ledger.placements
    for placement_id, code in world.people.told.confirmed.items():
        placement = placements.get(placement_id)
        if placement is not None and (placement.status in HOLDING or _own_wish(world, placement)):
            continue
        if placement is None and _withdrew(world, placement_id):
            continue
        if world.excuses:
            world.outcome.seen[f"promise changed after {' and '.join(sorted(world.excuses))}"] += 1
            continue
        status = "gone" if placement is None else placement.status
        raise Violation(f"{code} told somebody that {placement_id} is confirmed; it is {status}")
    for placement_id in world.people.told.waitlisted:
        placement = placements.get(placement_id)
        if placement is None or placement.reason in {MERGED, "consent_withdrawn"}:
            continue  # the wait goes on by the other application, or they have ended it
        if placement.status is PlacementStatus.CANCELLED and not world.excuses:
            raise Violation(f"{placement_id} was cancelled by nobody")


def _own_wish(world: "World", placement: Placement) -> bool:
    """They have withdrawn, wherever; or the place is theirs by another application, or was until they gave it up."""
    if placement.reason == "consent_withdrawn":
        return True
    if placement.reason != MERGED:
        return False
    theirs = world.city.shadow.ledger.placements_of_worker(placement.worker_id)
    twins = [each for each in theirs if each.listing_id == placement.listing_id and each.id != placement.id]
    return any(
        each.status in HOLDING or each.id in world.people.told.given_up or _own_wish(world, each)
        for each in twins
        if each.reason != MERGED
    )


def _withdrew(world: "World", placement_id: UUID) -> bool:
    """Refused, for they had withdrawn at another kiosk before."""
    worker = world.city.shadow.ledger.worker(world.people.told.whose[placement_id])
    return worker is not None and worker.consent.withdrawn_at is not None
