"""Who holds paper that is not true any more is told: news at a kiosk, or a call."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.domain.calendar import is_over, local_date
from kiosk.domain.operations import Apply
from kiosk.domain.values import HOLDING, PlacementStatus
from kiosk.protocol.codec import decode_operation
from kiosk.services.news import OWN_REASONS
from tests.simulation.shadow import Violation

if TYPE_CHECKING:
    from tests.simulation.world import World


def check(world: "World") -> None:
    """Somebody, at some kiosk, tells them.

    Raises:
        Violation: nobody does.
    """
    told = world.people.told
    papers = dict.fromkeys(told.waitlisted, "waitlisted") | dict.fromkeys(told.confirmed, "confirmed")
    # What the city has set aside is not decided yet: staff have it on their list of what to settle.
    open_yet = {key.id for station in world.stations for key in station.set_aside()}
    papers = {each: said for each, said in papers.items() if each.bytes not in open_yet}
    wrong = [(each, said) for each, said in sorted(papers.items()) if not _true(world, each, said)]
    if not wrong:
        return
    said_by = _said(world)
    for placement_id, said in wrong:
        if placement_id in said_by:
            world.outcome.seen["wrong paper, and somebody tells"] += 1
            continue
        placement = world.city.shadow.ledger.placement(placement_id)
        why = _nobody_can(world, placement_id) if placement is None else ""
        if why:
            world.outcome.seen[why] += 1
            continue
        status = "gone" if placement is None else f"{placement.status} {placement.reason}"
        holder = told.whose[placement_id]
        raise Violation(
            f"{holder} was told that {placement_id} is {said}; it is {status}, and nobody tells them otherwise"
        )


def _nobody_can(world: "World", placement_id: UUID) -> str:
    """Why nobody can tell them of a refused application, if so."""
    if "rollback" in world.excuses and placement_id not in _applications(world):
        return "paper that an old image has forgotten"
    made = datetime.fromtimestamp((placement_id.int >> 80) / 1000, UTC)
    if "clock" in world.excuses and made < world.time.now - timedelta(days=365):
        return "paper that says a day long past"
    return ""


def _applications(world: "World") -> set[UUID]:
    """Applications that some kiosk still knows to have been made."""
    bodies = (decode_operation(raw).body for station in world.stations for raw in station.operations())
    return {body.placement_id for body in bodies if isinstance(body, Apply)}


def _true(world: "World", placement_id: UUID, said: str) -> bool:
    """Whether it is as the paper says, or otherwise by their own wish."""
    ledger, today = world.city.shadow.ledger, local_date(world.time.now)
    placement, worker = ledger.placement(placement_id), ledger.worker(world.people.told.whose[placement_id])
    if worker is not None and worker.consent.withdrawn_at is not None:
        return True
    if placement is None:
        return False
    if placement.terms.date_to < today or is_over(placement.terms, world.time.now):
        return True
    if placement.status is PlacementStatus.CANCELLED:
        return placement.reason in OWN_REASONS
    if said == "confirmed":
        return placement.status in HOLDING
    # Who came to work has heard of it.
    return placement.status not in {PlacementStatus.CONFIRMED, PlacementStatus.DECLINED}


def _said(world: "World") -> set[UUID]:
    """Applications that some kiosk has something to say about: when they come, or by telephone."""
    said: set[UUID] = set()
    for station in world.stations:
        said |= {call.news.placement_id for call in station.use.calls.all()}
        for worker_id in station.ids("worker"):
            said |= {each.placement_id for each in station.use.placements.news_for(worker_id)}
    return said
