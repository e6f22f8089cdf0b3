"""The city once more, in the plainest way: each operation decided exactly once, in the order of the log, on a ledger.

What the real city wrote has to be the same; whatever is lost, doubled, or decided on too few loaded records shows.
"""

import copy
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from kiosk.city.lookup import KIND as LOOKUP
from kiosk.city.memory import key_of
from kiosk.city.store import CityStore, CityTransaction, StoreBusy
from kiosk.city.stored import CityOp, LoggedOp, Projected, Pushed
from kiosk.domain.city_slots import give_back, grant
from kiosk.domain.decide import decide
from kiosk.domain.ledger import Ledger
from kiosk.domain.operations import RegisterEmployer
from kiosk.domain.records import CentralSlots, Employer, Lease, Listing, Placement, Record, Registration
from kiosk.domain.refusal import Refusal
from kiosk.domain.rulebook import RuleBook
from kiosk.domain.values import HOLDING, Claim, PlacementStatus
from kiosk.protocol.codec import decode_operation
from kiosk.protocol.messages import Outcome

T = TypeVar("T")


class Violation(AssertionError):
    """Something that must never be has happened."""


@dataclass(frozen=True, slots=True)
class Said:
    """The city's word on an operation."""

    outcome: Outcome
    reason: str


class Shadow:
    """The ledger, what was said about each operation, and the checks on places."""

    def __init__(self, rules: RuleBook) -> None:
        self.ledger = Ledger()
        self.said: dict[UUID, Said] = {}
        self.touched: set[UUID] = set()
        #: who was the first with a credit code
        self.codes: dict[str, UUID] = {}
        #: operations that the city hears of for the first time just now
        self.news: set[UUID] = set()
        self.seen: Counter[str] = Counter()
        self._rules = rules

    def snapshot(self) -> "Shadow":
        twin = Shadow(self._rules)
        twin.said = dict(self.said)
        twin.seen = self.seen
        twin.codes = dict(self.codes)
        for name, table in vars(self.ledger).items():
            setattr(twin.ledger, name, copy.deepcopy(table) if name.startswith("_") else dict(table))
        return twin

    def take(self, pushed: Pushed) -> None:
        """Follow one committed batch, and compare."""
        changed: dict[Any, Record] = {}
        self.news = {logged.op_id for logged in pushed.log} - self.said.keys()
        for logged in pushed.log:
            self._follow(logged, changed)
        self._city_ops(pushed.city_ops, changed)
        self._compare(changed, pushed.records)

    def granted(self, ops: Sequence[CityOp], records: Sequence[Record]) -> None:
        """Follow what the city did outside a push."""
        self.news = set()
        changed: dict[Any, Record] = {}
        self._city_ops(ops, changed)
        self._compare(changed, records)

    def _follow(self, logged: LoggedOp, changed: dict[Any, Record]) -> None:
        said = Said(logged.outcome, logged.reason)
        before = self.said.setdefault(logged.op_id, said)
        if before is not said:
            if before != said:
                raise Violation(f"operation {logged.op_id}: first {before}, then {said}")
            return
        self.seen[f"{logged.kind} {logged.outcome} {logged.reason}".strip()] += 1
        if logged.reason == "quarantine.database":
            raise Violation(f"{logged.kind} {logged.op_id}: the rules let pass what the database refuses")
        if logged.outcome is Outcome.QUARANTINED or logged.reason == "refusal.other_kiosk":
            return
        op = decode_operation(logged.op)
        op = replace(op, at=logged.done_at or op.at)
        try:
            puts = decide(op, self.ledger, self._rules).puts
        except Refusal as refusal:
            mine = Said(Outcome.REJECTED, refusal.key)
            if mine != said:
                raise Violation(f"{op.kind} {op.op_id}: the city said {said}, it should be {mine}") from None
            return
        if isinstance(op.body, RegisterEmployer):
            puts = self._registered(op.body, puts, said)
        if logged.outcome is Outcome.REJECTED:
            raise Violation(f"{op.kind} {op.op_id}: rejected ({logged.reason}), and it need not be")
        self._put(puts, changed)

    def _registered(self, body: RegisterEmployer, puts: Sequence[Record], said: Said) -> Sequence[Record]:
        """One credit code is one employer: the first that was heard of."""
        made = next((each for each in puts if isinstance(each, Employer)), None)
        code = None if made is None else made.credit_code
        first = self.codes.setdefault(code, body.employer_id) if code else body.employer_id
        first = self.ledger.merged.get(body.employer_id, first)
        mine = Outcome.ACCEPTED if first == body.employer_id else Outcome.MERGED
        if said.outcome is not mine:
            raise Violation(f"registering {body.employer_id}: the city said {said}, it should be {mine}")
        if made is None or mine is Outcome.ACCEPTED:
            return puts
        self.ledger.merged[made.id] = first
        known = self.ledger.employers[first]
        another = Registration(
            id=made.id,
            kiosk=made.home,
            contact_name=made.contact_name,
            phone=made.phone,
            made_at=made.created_at,
        )
        return (replace(known, also=(*known.also, another)),)

    def _city_ops(self, ops: Sequence[CityOp], changed: dict[Any, Record]) -> None:
        for each in ops:
            if each.kind == "slots.grant/1":
                self.seen["city grants"] += 1
                body = msgspec.json.decode(each.op)
                self._check_grant(body)
                listing, home = UUID(body["listing_id"]), body["home"]
                central = self.ledger.central(listing)
                if central is None:
                    raise Violation(f"granted from a reserve that is not there: {listing}")
                self._put(grant(central, self.ledger.lease(listing, home), home, body["count"]), changed)
            elif each.kind == "slots.reclaim/1":
                self.seen["city takes places back"] += 1
                self._put(self._reclaimed(msgspec.json.decode(each.op)), changed)
            elif each.kind == LOOKUP:
                self.seen["visitors looked up"] += 1
            elif each.kind.startswith("worker.merge/"):
                self.seen["city merges"] += 1
                self._put(decide(decode_operation(each.op), self.ledger, self._rules).puts, changed)
            elif each.kind.startswith("placement.promote/"):
                self.seen["city promotes"] += 1
                self._put(decide(decode_operation(each.op), self.ledger, self._rules).puts, changed)
            elif each.kind.startswith("wanted.withdraw/"):
                self.seen["city withdraws an entry"] += 1
                self._put(decide(decode_operation(each.op), self.ledger, self._rules).puts, changed)
            else:
                raise Violation(f"the city did something unknown: {each.kind}")

    def _reclaimed(self, body: dict[str, Any]) -> Sequence[Record]:
        """All that the kiosk could still promise, and no more."""
        listing, home = UUID(body["listing_id"]), body["home"]
        central, lease = self.ledger.central(listing), self.ledger.lease(listing, home)
        if central is None or lease is None or lease.free != body["count"]:
            raise Violation(f"taken back what was not there: {body}, {lease}")
        return give_back(central, lease, body["count"])

    def _check_grant(self, body: dict[str, Any]) -> None:
        """Places are granted for a reason, and once for each."""
        if "held" in body:
            lease = self.ledger.lease(UUID(body["listing_id"]), body["home"])
            if lease is not None and lease.granted > body["held"]:
                raise Violation(f"granted to a kiosk that had been granted it before: {body}, {lease}")
            self.seen["grants while a worker waits"] += 1
            return
        because = UUID(body["because"])
        if because not in self.news:
            raise Violation(f"topped up twice, or for nothing: {body}")
        self.news.remove(because)
        self.seen["top-ups after a push"] += 1

    def _put(self, puts: Sequence[Record], changed: dict[Any, Record]) -> None:
        for record in puts:
            self.ledger.put(record)
            changed[key_of(record)] = record
            match record:
                case Lease() | CentralSlots() | Placement():
                    self.touched.add(record.listing_id)
                case Listing():
                    self.touched.add(record.id)

    def _compare(self, mine: Mapping[Any, Record], written: Sequence[Record]) -> None:
        theirs = {key_of(record): replace(record, version=0) for record in written}
        for key in mine.keys() | theirs.keys():
            ours = mine.get(key) or self._now(key)
            plain = None if ours is None else replace(ours, version=0)
            if plain != theirs.get(key, plain):
                raise Violation(f"the city wrote {theirs.get(key)}\n  applied exactly once it is {plain}")
            if key not in theirs:
                raise Violation(f"the city did not write {plain}")

    def _now(self, key: Any) -> Record | None:
        kind, record_id, home = key
        if kind is Lease:
            return self.ledger.lease(record_id, home)
        tables = {
            "Worker": self.ledger.workers,
            "Employer": self.ledger.employers,
            "Listing": self.ledger.listings,
            "Placement": self.ledger.placements,
            "Slip": self.ledger.slips,
            "JobWanted": self.ledger.wanteds,
            "Invitation": self.ledger.invitations,
            "CentralSlots": self.ledger.centrals,
        }
        return tables[kind.__name__].get(record_id)

    def check_places(self) -> None:
        """Escrow of every listing that was touched since the last time."""
        for listing_id in sorted(self.touched):
            self._check_listing(listing_id)
        self.touched.clear()

    def _check_listing(self, listing_id: UUID) -> None:
        ledger = self.ledger
        listing, central = ledger.listing(listing_id), ledger.central(listing_id)
        if listing is None or central is None:
            raise Violation(f"listing {listing_id} without its places")
        leases = [lease for (of, _), lease in ledger.leases.items() if of == listing_id]
        people = ledger.placements_of_listing(listing_id)
        holding = [each for each in people if each.status in HOLDING]
        out = sum(lease.granted - lease.returned for lease in leases)
        facts = f"{central}, {leases}, taken {listing.taken}, holding {len(holding)}"
        if (
            central.free + central.firm + out != listing.terms.headcount
            or min(central.free, central.firm) < 0
        ):
            raise Violation(f"lease identity of {listing_id}: {facts}")
        if any(lease.free < 0 or lease.spent < 0 for lease in leases):
            raise Violation(f"lease overspent of {listing_id}: {facts}")
        if len(holding) > listing.terms.headcount:
            raise Violation(f"oversold {listing_id}: {facts}")
        if listing.taken != len(holding):
            raise Violation(f"taken is not who holds a place of {listing_id}: {facts}")
        for lease in leases:
            mine = [p for p in people if p.claim is Claim.LEASE and p.claim_home == lease.home]
            if lease.spent != len(mine):
                raise Violation(f"lease of {lease.home} says {lease.spent}, {len(mine)} hold it: {facts}")
        if central.firm != sum(each.claim is Claim.CENTRAL for each in people):
            raise Violation(f"firm places of {listing_id}: {facts}")
        if any((each.claim is Claim.NONE) is (each.status in HOLDING) for each in people):
            raise Violation(f"a place without a claim, or a claim without a place: {listing_id}")
        self._check_closed(listing, people)

    @staticmethod
    def _check_closed(listing: Listing, people: Sequence[Placement]) -> None:
        if listing.status == "closed" and any(p.status is PlacementStatus.WAITLISTED for p in people):
            raise Violation(f"somebody waits for closed {listing.id}")


class WatchedStore:
    """A ``CityStore`` whose commits the shadow follows, and that can be busy before or after a commit."""

    def __init__(self, inner: CityStore, shadow: Shadow) -> None:
        self.inner = inner
        self.shadow = shadow
        self.trouble: Callable[[], str] = lambda: ""

    def run(self, work: Callable[[CityTransaction], T]) -> T:
        trouble = self.trouble()
        if trouble == "before":
            raise StoreBusy("simulated")
        journal: list[Callable[[], None]] = []

        def watched(tx: CityTransaction) -> T:
            journal.clear()
            return work(_Watched(tx, journal, self.shadow))

        result = self.inner.run(watched)
        for follow in journal:
            follow()
        if trouble == "after" and journal:
            raise StoreBusy("simulated")
        return result

    def read(self, work: Callable[[CityTransaction], T]) -> T:
        if self.trouble() == "before":
            raise StoreBusy("simulated")
        return self.inner.read(work)

    def close(self) -> None:
        self.inner.close()


class _Watched:
    """A transaction that remembers what it wrote."""

    def __init__(self, inner: CityTransaction, journal: list[Callable[[], None]], shadow: Shadow) -> None:
        self._inner = inner
        self._journal = journal
        self._shadow = shadow
        self._noted: list[CityOp] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def write(self, pushed: Pushed) -> None:
        self._inner.write(pushed)
        self._journal.append(lambda: self._shadow.take(pushed))

    def note(self, ops: Sequence[CityOp], at: datetime) -> None:
        self._inner.note(ops, at)
        self._noted.extend(ops)

    def publish(self, items: Sequence[Projected], records: Sequence[Record] = ()) -> None:
        self._inner.publish(items, records)
        ops = tuple(self._noted)
        self._noted.clear()
        self._journal.append(lambda: self._shadow.granted(ops, records))
