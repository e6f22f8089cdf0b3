"""A market morning as operations, in the order in which people would have made them.

Every operation is run through ``decide`` while it is made, so that what comes out is what the rules let through.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from kiosk.demo.people import People, Person, Stuff, TradeStuff
from kiosk.domain import calendar
from kiosk.domain.decide import decide
from kiosk.domain.ids import RANDOM_BYTES, uuid7
from kiosk.domain.ledger import Ledger
from kiosk.domain.listings import LIVE
from kiosk.domain.operations import (
    KINDS,
    Actor,
    Apply,
    Body,
    MakeInvitation,
    Operation,
    PostListing,
    PostWanted,
    RegisterEmployer,
    RegisterWorker,
    ReviewListing,
    VerifyEmployer,
)
from kiosk.domain.records import (
    Consent,
    Employer,
    Identity,
    JobWanted,
    Listing,
    Offer,
    Terms,
    Worker,
    WorkerTrade,
)
from kiosk.domain.reference import Reference
from kiosk.domain.refusal import Refusal
from kiosk.domain.rulebook import RuleBook
from kiosk.domain.values import (
    ActorKind,
    Claim,
    DayPart,
    EmployerKind,
    ListingStatus,
    PayUnit,
    Settlement,
    Source,
    Strength,
)

#: Share of the listings that still wait for review when the doors open.
PENDING_SHARE = 0.04
#: Reviewing takes three minutes; nothing may be published after ``now``.
LATEST = timedelta(minutes=4)
#: Kinds of employer and how many of a hundred are of each.
KINDS_OF_EMPLOYER = {
    EmployerKind.HOUSEHOLD: 35,
    EmployerKind.ENTERPRISE: 35,
    EmployerKind.INDIVIDUAL: 18,
    EmployerKind.AGENCY: 8,
    EmployerKind.BROKER: 4,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many of each there are."""

    workers: int = 500
    employers: int = 200
    listings: int = 320
    applications: int = 160
    wanted: int = 60
    invitations: int = 12


class Morning:
    """Generates the operations of some kiosks of one city before ``now``.

    Args:
        seed: the same seed, time and kiosks give the same operations.
        reference: the city's reference data.
        rules: the market rules.
        city: region code of the city whose streets are used.
        kiosks: codes of the kiosks where people stood; the first one gets the largest share.
        now: when the morning is shown.
        seal: makes an ``Identity`` from an ID number for a kiosk.
    """

    def __init__(
        self,
        *,
        seed: int,
        stuff: Stuff,
        reference: Reference,
        rules: RuleBook,
        city: str,
        kiosks: Sequence[str],
        now: datetime,
        seal: Callable[[str, date], Identity],
    ) -> None:
        self._random = Random(seed)  # noqa: S311 - invented people need no secrets
        self._stuff = stuff
        self._reference = reference
        self._rules = rules
        self._kiosks = kiosks
        self._now = now
        self._seal = seal
        self._districts = [region.code for region in reference.children(city)]
        codes = [each.code for parent in reference.cities() for each in reference.children(parent.code)]
        self._people = People(self._random, stuff, codes, calendar.local_date(now))
        self._numbers: dict[tuple[str, str], int] = {}
        self._staff = {kiosk: self._new_id(now) for kiosk in kiosks}
        self.ledger = Ledger()
        self.operations: list[Operation] = []

    def run(self, size: Size) -> list[Operation]:
        """All operations, oldest first."""
        start = self._now - timedelta(hours=5)
        for n in range(size.workers):
            self._register_worker(start - timedelta(days=30) + timedelta(minutes=n))
        for n in range(size.employers):
            self._register_employer(start - timedelta(days=20) + timedelta(minutes=n))
        # The last ones have only just been published: a market is as fresh as its newest posting.
        step = (self._now - LATEST - start) / max(1, size.listings)
        posted = 0
        for n in range(size.listings * 3):
            posted += self._post(start + step * (n % size.listings))
            if posted == size.listings:
                break
        for n in range(size.applications):
            self._apply(self._now - timedelta(minutes=50) + timedelta(seconds=15 * n))
        for n in range(size.wanted):
            self._want(self._now - timedelta(minutes=45 * (size.wanted - n)))
        for n in range(size.invitations):
            self._invite(self._now - timedelta(minutes=2 * (size.invitations - n)))
        self.operations.sort(key=lambda op: op.at)
        return self.operations

    def _new_id(self, at: datetime) -> UUID:
        return uuid7(int(at.timestamp() * 1000), self._random.randbytes(RANDOM_BYTES))

    def _number(self, kiosk: str, series: str) -> int:
        self._numbers[kiosk, series] = self._numbers.get((kiosk, series), 0) + 1
        return self._numbers[kiosk, series]

    def _kiosk(self) -> str:
        weights = [3, *([1] * (len(self._kiosks) - 1))]
        return self._random.choices(self._kiosks, weights)[0]

    def _perform(self, body: Body, at: datetime, kiosk: str, *, staff: bool = False) -> bool:
        """Decide, keep and note one operation; False when the rules say no."""
        actor = (
            Actor(kind=ActorKind.STAFF, staff_id=self._staff[kiosk]) if staff else Actor(kind=ActorKind.SELF)
        )
        op = Operation(
            op_id=self._new_id(at), kind=KINDS[type(body)], at=at, kiosk=kiosk, actor=actor, body=body
        )
        try:
            changes = decide(op, self.ledger, self._rules)
        except Refusal:
            return False
        for record in changes.puts:
            self.ledger.put(record)
        self.operations.append(op)
        return True

    def _identity(self, person: Person) -> Identity:
        return self._seal(person.id_number, person.birth)

    def _register_worker(self, at: datetime) -> None:
        person, kiosk = self._people.person(), self._kiosk()
        chosen = self._random.sample(sorted(self._stuff.trades), self._random.randint(1, 4))
        wish = self._random.choice([None, 200, 220, 240, 260, 300])
        body = RegisterWorker(
            worker_id=self._new_id(at),
            name=person.name,
            phone=person.phone,
            identity=self._identity(person) if self._random.random() < 0.8 else None,  # noqa: PLR2004
            consent=Consent(text_version="2026-11", given_at=at),
            number=self._number(kiosk, "worker"),
            trades=tuple(WorkerTrade(trade=each, years=self._random.randint(0, 25)) for each in chosen),
            wage_wish_fen=None if wish is None else wish * 100,
            wage_wish_unit=PayUnit.DAY,
            districts=tuple(self._random.sample(self._districts, 2)),
            night_work=self._random.random() < 0.2,  # noqa: PLR2004
            own_tools=self._random.random() < 0.3,  # noqa: PLR2004
            wants_sms=self._random.random() < 0.5,  # noqa: PLR2004
        )
        self._perform(body, at, kiosk)

    def _register_employer(self, at: datetime) -> None:
        kind = self._random.choices(list(KINDS_OF_EMPLOYER), list(KINDS_OF_EMPLOYER.values()))[0]
        person, kiosk = self._people.person(), self._kiosk()
        organisation = kind not in (EmployerKind.HOUSEHOLD, EmployerKind.INDIVIDUAL)
        body = RegisterEmployer(
            employer_id=self._new_id(at),
            kind=kind,
            name=self._people.firm(kind.value) if organisation else person.name,
            contact_name=person.name,
            phone=person.phone,
            credit_code=self._people.credit_code() if organisation else None,
            identity=None if organisation else self._identity(person),
        )
        if self._perform(body, at, kiosk) and self._random.random() < 0.6:  # noqa: PLR2004
            seen = at + timedelta(minutes=5)
            self._perform(VerifyEmployer(employer_id=body.employer_id), seen, kiosk, staff=True)

    def _post(self, at: datetime) -> bool:
        employer = self._random.choice(list(self.ledger.employers.values()))
        trade = self._random.choice(sorted(self._stuff.trades))
        terms = self._terms(trade, self._stuff.trades[trade], employer, calendar.local_date(self._now))
        listing_id = self._new_id(at)
        body = PostListing(
            listing_id=listing_id,
            employer_id=employer.id,
            terms=terms,
            source=Source.SELF,
            number=self._number(employer.home, "listing"),
            valid_until=terms.date_to,
            identified=True,
        )
        if not self._perform(body, at, employer.home):
            return False
        if self.ledger.listings[listing_id].status is ListingStatus.PENDING:
            if self._random.random() < PENDING_SHARE * 2.5:
                return True
            review = ReviewListing(listing_id=listing_id, approve=True)
            self._perform(review, at + timedelta(minutes=3), employer.home, staff=True)
        return True

    def _terms(self, trade: str, stuff: TradeStuff, employer: Employer, today: date) -> Terms:
        random = self._random
        length, first, last = stuff.hours
        start = 60 * random.randint(first, last) + random.choice([0, 30])
        step = 10 if stuff.unit == "day" else 1
        pay = round(random.randint(*stuff.pay) / step) * step
        day = today + timedelta(days=random.choice([0, 0, 1, 1, 1, 2, 3]))
        more = random.choice([0, 0, 0, 1, 2, 4])
        streets = self._reference.children(random.choice(self._districts))
        settlement = random.choice([Settlement.SAME_DAY] * 4 + [Settlement.NEXT_DAY, Settlement.WEEK])
        places = self._stuff.places
        return Terms(
            trade=trade,
            title=random.choice(stuff.titles),
            headcount=random.choice([1, 1, 2, 2, 3, 4, 6, 10, 20]),
            pay_fen=pay * 100,
            pay_unit=PayUnit(stuff.unit),
            settlement=settlement,
            minutes_per_day=length * 60,
            date_from=day,
            date_to=day + timedelta(days=more),
            start_minute=start,
            end_minute=(start + 60 * length + (60 if length > 5 else 0)) % (24 * 60),  # noqa: PLR2004 - a lunch hour
            region=random.choice(streets).code if streets else self._districts[0],
            address=places["address"][0].format(
                road=random.choice(places["roads"]), number=random.randint(1, 268)
            ),
            meeting_place=random.choice(places["sites"]) if random.random() < 0.7 else "",  # noqa: PLR2004
            meals=random.random() < 0.5,  # noqa: PLR2004
            lodging=random.random() < 0.08,  # noqa: PLR2004
            transport=random.random() < 0.35,  # noqa: PLR2004
            own_tools=random.random() < 0.15,  # noqa: PLR2004
            strength=Strength(stuff.strength),
            contact_name=employer.contact_name,
            contact_phone=employer.phone,
        )

    def _apply(self, at: datetime) -> None:
        posted = [each for each in self.ledger.listings.values() if _published_by(each, at)]
        if not posted:
            return
        listing = self._random.choice(posted)
        workers = [each for each in self.ledger.workers.values() if each.home == listing.home]
        if not workers:
            return
        worker: Worker = self._random.choice(workers)
        self._perform(self._application(listing, worker, at), at, listing.home)

    def _application(self, listing: Listing, worker: Worker, at: datetime) -> Apply:
        lease = self.ledger.lease(listing.id, listing.home)
        return Apply(
            placement_id=self._new_id(at),
            listing_id=listing.id,
            worker_id=worker.id,
            claim=Claim.LEASE if lease is not None and lease.free > 0 else Claim.NONE,
            number=self._number(listing.home, "placement"),
        )

    def _want(self, at: datetime) -> None:
        """A worker of one of the kiosks says what they offer."""
        random = self._random
        worker: Worker = random.choice([each for each in self.ledger.workers.values() if each.trades])
        days = (tuple(range(1, 8)), tuple(range(1, 6)), (6, 7))
        parts = ((DayPart.MORNING, DayPart.AFTERNOON), (DayPart.MORNING,), tuple(DayPart))
        body = PostWanted(
            wanted_id=self._new_id(at),
            worker_id=worker.id,
            offer=Offer(
                trades=worker.trades,
                days=random.choices(days, (6, 2, 1))[0],
                parts=random.choices(parts, (6, 2, 1))[0],
                wage_wish_fen=worker.wage_wish_fen,
                wage_wish_unit=worker.wage_wish_unit,
                districts=worker.districts,
                own_tools=worker.own_tools,
                own_vehicle=random.random() < 0.3,  # noqa: PLR2004
                needs_lodging=worker.needs_lodging,
                note=random.choice(self._stuff.notes),
            ),
            number=self._number(worker.home, "wanted"),
            valid_until=calendar.local_date(at) + timedelta(days=15),
        )
        self._perform(body, at, worker.home)

    def _invite(self, at: datetime) -> None:
        """An employer asks for somebody who offers what they need."""
        entries = list(self.ledger.wanteds.values())
        pairs = [
            (entry, listing)
            for listing in self.ledger.listings.values()
            if listing.status in LIVE and listing.places_left and _published_by(listing, at)
            for entry in entries
            if _fits(entry, listing)
        ]
        if not pairs:
            return
        entry, listing = self._random.choice(pairs)
        body = MakeInvitation(
            invitation_id=self._new_id(at),
            wanted_id=entry.id,
            listing_id=listing.id,
            employer_id=listing.employer_id,
        )
        self._perform(body, at, listing.home)


def _published_by(listing: Listing, at: datetime) -> bool:
    return listing.published_at is not None and listing.published_at <= at


def _fits(entry: JobWanted, listing: Listing) -> bool:
    """At one kiosk: what the others show, a kiosk does not know before its first contact."""
    return entry.home == listing.home and listing.terms.trade in {each.trade for each in entry.offer.trades}
