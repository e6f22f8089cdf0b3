"""Operations of this kiosk that the city set aside or rejected: staff see them, send them again, or give them up.

A decision is kept in the database until the city has heard of it; it outlives a restart and a week without a network.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from kiosk.domain.operations import (
    Actor,
    Body,
    IssueSlip,
    RegisterEmployer,
    RegisterWorker,
    UpdateWorker,
    subjects,
)
from kiosk.domain.refusal import Refusal
from kiosk.services.context import Context, slip_number
from kiosk.services.ports import AsideOp, AuditEntry, ReadModel

RETRY, DISCARD = "retry", "discard"
MOST: Final = 200
REASON_MIN, REASON_MAX = 2, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """An operation that is not settled as it was meant, in plain words.

    Attributes:
        op_id: which one.
        kind: its name without version, such as ``worker.register``.
        whose: name of the person, employer or job that it is about; "" when nothing is known of it.
        number: the number that people know it by; "" without one.
        reason: string key of why.
        since: when the city said so.
        done_at: when it was done here.
        rejected: the city's rules said no, for good; else it waits in the city.
        decision: ``retry`` or ``discard`` on its way to the city, "" when nothing was decided.
    """

    op_id: UUID
    kind: str
    whose: str
    number: str
    reason: str
    since: datetime
    done_at: datetime
    rejected: bool
    decision: str


class AsideDesk:
    """What staff do about them."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def all(self) -> Sequence[Aside]:
        """Those that wait first, then those rejected, newest first; at most 200. Read lane."""
        read = self._context.read
        return [_described(read, op) for op in read.aside(MOST)]

    def retry(self, op_id: UUID, actor: Actor) -> None:
        """Ask the city to decide it once more. Database lane.

        Raises:
            Refusal: it does not wait any more.
        """
        self._decide(op_id, RETRY, "", actor)

    def discard(self, op_id: UUID, reason: str, actor: Actor) -> None:
        """Give it up: the city is told, and what was done here on top is decided again without it. Database lane.

        Raises:
            Refusal: no reason, or it does not wait any more.
        """
        words = " ".join(reason.split())[:REASON_MAX]
        if len(words) < REASON_MIN:
            raise Refusal("refusal.discard_reason", "reason")
        self._decide(op_id, DISCARD, words, actor)

    def _decide(self, op_id: UUID, action: str, reason: str, actor: Actor) -> None:
        context = self._context
        if not any(op.op_id == op_id and not op.rejected for op in context.read.aside(MOST)):
            raise Refusal("refusal.not_aside")
        who = f"staff:{actor.staff_id}" if actor.staff_id is not None else actor.kind.value
        with context.unit_of_work() as uow:
            uow.decide_aside(op_id, action, reason, who)
            uow.audit(
                AuditEntry(
                    at=context.now(),
                    actor=who,
                    action=f"quarantine.{action}",
                    entity="operation",
                    entity_id=op_id,
                )
            )
            uow.commit()
        context.signals.sync_wanted()


def _described(read: ReadModel, op: AsideOp) -> Aside:
    whose, number = _whose(read, op)
    return Aside(
        op_id=op.op_id,
        kind=op.kind.partition("/")[0],
        whose=whose,
        number=number,
        reason=op.reason,
        since=op.since,
        done_at=op.done_at,
        rejected=op.rejected,
        decision=op.decision,
    )


def _whose(read: ReadModel, op: AsideOp) -> tuple[str, str]:
    """Name and number of the main record: as it is held here, else as the operation itself says."""
    named = [(op.entity, op.entity_id), *_others(op.body)]
    if isinstance(op.body, IssueSlip):
        named += [(entity, op.body.subject_id) for entity in ("worker", "placement", "listing", "employer")]
    for entity, record_id in named:
        found = _name(read, entity, record_id)
        if found is not None:
            return found
    match op.body:
        case RegisterWorker() | UpdateWorker() | RegisterEmployer():
            return op.body.name, ""
        case _:
            return "", ""


def _others(body: Body | None) -> tuple[tuple[str, UUID], ...]:
    """What else the operation names: of an application that is gone, the worker rather than the job."""
    return () if body is None else tuple(reversed(subjects(body)[1:]))


def _name(read: ReadModel, entity: str, record_id: UUID) -> tuple[str, str] | None:
    match entity:
        case "worker":
            worker = read.worker(record_id)
            return None if worker is None else (worker.name, slip_number(worker.home, worker.number))
        case "employer":
            employer = read.employer(record_id)
            return None if employer is None else (employer.name, "")
        case "listing":
            listing = read.listing(record_id)
            return (
                None if listing is None else (listing.terms.title, slip_number(listing.home, listing.number))
            )
        case "placement":
            placement = read.placement(record_id)
            if placement is None:
                return None
            worker = read.worker(placement.worker_id)
            name = f"{worker.name}  {placement.terms.title}" if worker is not None else placement.terms.title
            return name, slip_number(placement.home, placement.number)
        case _:
            return None
