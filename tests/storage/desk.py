"""People at a kiosk, without a screen: operations decided, saved and appended as the use cases do it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from uuid import UUID

from kiosk.domain.decide import decide
from kiosk.domain.ids import uuid7
from kiosk.domain.operations import (
    KINDS,
    Actor,
    Apply,
    Body,
    CancelPlacement,
    Operation,
    PostListing,
    RegisterEmployer,
    RegisterWorker,
    ReviewListing,
    subjects,
)
from kiosk.domain.records import Finding, Record, Terms
from kiosk.domain.state import Records
from kiosk.domain.values import ActorKind, Claim, EmployerKind, Source
from kiosk.services.ports import AuditEntry, UnitOfWork
from kiosk.storage.storage import Storage
from kiosk.storage.vocabulary import Vocabulary
from tests.storage.market import HOME, NOW, TODAY, Market

STAFF = Actor(kind=ActorKind.STAFF, staff_id=UUID(int=7))
SELF = Actor(kind=ActorKind.SELF)
KEY = bytes(range(32))


class Clock:
    """Time that stands still until it is set."""

    def __init__(self, now: datetime = NOW) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return (self.time - datetime(2026, 1, 1, tzinfo=UTC)).total_seconds()


class AnyRules:
    """Rules that find nothing wrong."""

    def check_terms(self, terms: Terms, kind: EmployerKind, today: date) -> tuple[Finding, ...]:
        return ()

    def check_words(self, text: str, field: str) -> tuple[Finding, ...]:
        return ()

    def gives_contact(self, text: str) -> bool:
        return False

    def knows_trade(self, code: str) -> bool:
        return True

    def knows_region(self, code: str) -> bool:
        return True

    def adults_only(self, code: str) -> bool:
        return False


def reapply(op: Operation, records: Records) -> Sequence[Record]:
    return decide(op, records, AnyRules()).puts


def storage_at(path: Path, key: bytes = KEY, vocabulary: Vocabulary | None = None) -> Storage:
    return Storage(path, key, clock=Clock(), vocabulary=vocabulary or Vocabulary(), reapply=reapply)


class Desk:
    """Does things at one kiosk; each call is one transaction."""

    def __init__(self, storage: Storage, seed: int = 3, home: str = HOME) -> None:
        self.storage = storage
        self.home = home
        self.random = Random(seed)
        self.market = Market(seed)

    def new_id(self) -> UUID:
        return uuid7(int(NOW.timestamp() * 1000), self.random.randbytes(10))

    def operation(self, body: Body, actor: Actor = SELF, at: datetime = NOW) -> Operation:
        return Operation(
            op_id=self.new_id(), kind=KINDS[type(body)], at=at, kiosk=self.home, actor=actor, body=body
        )

    def perform(self, uow: UnitOfWork, body: Body, actor: Actor = SELF) -> Operation:
        op = self.operation(body, actor)
        for record in decide(op, uow, AnyRules()).puts:
            uow.put(record)
        uow.append(op)
        main = subjects(body)[0]
        uow.audit(AuditEntry(at=op.at, actor="self", action=op.kind, entity=main.entity, entity_id=main.id))
        return op

    def do(self, body: Body, actor: Actor = SELF) -> Operation:
        with self.storage.unit_of_work() as uow:
            op = self.perform(uow, body, actor)
            uow.commit()
        return op

    def worker(self) -> UUID:
        person = self.market.worker()
        body = RegisterWorker(
            worker_id=person.id,
            name=person.name,
            phone=person.phone,
            identity=None,
            consent=person.consent,
            number=1,
            trades=person.trades,
        )
        self.do(body)
        return person.id

    def listing(self, headcount: int = 2) -> UUID:
        """A published listing of a new employer."""
        employer = self.market.employer(1)
        self.do(
            RegisterEmployer(
                employer_id=employer.id,
                kind=employer.kind,
                name=employer.name,
                contact_name=employer.contact_name,
                phone=employer.phone,
                credit_code=None,
                identity=None,
            )
        )
        listing = self.market.listing()
        terms = replace(listing.terms, headcount=headcount)
        self.do(
            PostListing(
                listing_id=listing.id,
                employer_id=employer.id,
                terms=terms,
                source=Source.SELF,
                number=1,
                valid_until=TODAY,
            )
        )
        self.do(ReviewListing(listing_id=listing.id, approve=True), STAFF)
        return listing.id

    def apply(self, listing_id: UUID, worker_id: UUID) -> UUID:
        placement_id = self.new_id()
        with self.storage.unit_of_work() as uow:
            lease = uow.lease(listing_id, self.home)
            claim = Claim.LEASE if lease is not None and lease.free > 0 else Claim.NONE
            body = Apply(
                placement_id=placement_id,
                listing_id=listing_id,
                worker_id=worker_id,
                claim=claim,
                number=uow.next_number("placement"),
            )
            self.perform(uow, body)
            uow.commit()
        return placement_id

    def cancel(self, placement_id: UUID) -> Operation:
        return self.do(CancelPlacement(placement_id=placement_id))
