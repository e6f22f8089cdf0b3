"""What every use case stands on: who this kiosk is, its ports, and how an operation is carried out."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from kiosk.domain import calendar
from kiosk.domain.decide import decide
from kiosk.domain.operations import KINDS, Actor, Body, Operation, Subject, subjects
from kiosk.domain.records import Record
from kiosk.domain.rulebook import RuleBook
from kiosk.domain.values import ActorKind
from kiosk.services.city_clock import off_of
from kiosk.services.fresh import new_id
from kiosk.services.ports import (
    AuditEntry,
    Clock,
    Entropy,
    ReadModel,
    Sealer,
    Signals,
    TokenIssuer,
    UnitOfWork,
    UnitOfWorkFactory,
    Words,
)

SELF = Actor(kind=ActorKind.SELF)


def staff_actor(staff_id: UUID) -> Actor:
    """The actor of what a member of staff does, in their own work or on behalf of somebody."""
    return Actor(kind=ActorKind.STAFF, staff_id=staff_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The ports of a configured kiosk, and its code (``home`` of all that is made here)."""

    kiosk: str
    unit_of_work: UnitOfWorkFactory
    read: ReadModel
    clock: Clock
    entropy: Entropy
    sealer: Sealer
    tokens: TokenIssuer
    rules: RuleBook
    words: Words
    signals: Signals

    def now(self) -> datetime:
        """Wall time, UTC."""
        return self.clock.now()

    def clock_off(self) -> timedelta | None:
        """How far the machine's clock is ahead of the city's, when that is too far; None when it is right."""
        return off_of(self.clock)

    def today(self) -> date:
        """The calendar date in Shanghai."""
        return calendar.local_date(self.clock.now())

    def new_id(self) -> UUID:
        """A fresh UUIDv7."""
        return new_id(self.clock, self.entropy)

    def perform(self, uow: UnitOfWork, body: Body, actor: Actor) -> tuple[Record, ...]:
        """Decide one operation inside a transaction: save what it changes, append it to the outbox, audit it.

        Raises:
            Refusal: the rules say no; the caller's transaction is rolled back with everything before it.
        """
        op = Operation(
            op_id=self.new_id(),
            kind=KINDS[type(body)],
            at=self.now(),
            kiosk=self.kiosk,
            actor=actor,
            body=body,
        )
        changes = decide(op, uow, self.rules)
        for record in changes.puts:
            uow.put(record)
        uow.append(op)
        uow.audit(_audit(op, subjects(body)[0]))
        return changes.puts

    def after_commit(self, *bodies: Body) -> None:
        """Tell the pump that there is something to send."""
        self.signals.committed(tuple(KINDS[type(body)] for body in bodies))


def _audit(op: Operation, main: Subject) -> AuditEntry:
    who = f"staff:{op.actor.staff_id}" if op.actor.staff_id is not None else op.actor.kind.value
    return AuditEntry(at=op.at, actor=who, action=op.kind, entity=main.entity, entity_id=main.id)


def slip_number(kiosk: str, number: int) -> str:
    """A number as people read it aloud: ``WHC1-0042``."""
    return f"{kiosk}-{number:04d}"
