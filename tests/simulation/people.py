"""What people do at a kiosk, by chance, through the real use cases."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

from kiosk.domain.calendar import local_date
from kiosk.domain.listings import LIVE
from kiosk.domain.operations import KINDS, Actor, Body, Operation, ReturnPlaces, UpdateWorker
from kiosk.domain.placements import states_on
from kiosk.domain.records import Lease, Listing, Placement, WorkerTrade
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import (
    ActorKind,
    DayPart,
    EmployerKind,
    InvitationStatus,
    ListingStatus,
    PlacementStatus,
)
from kiosk.protocol.codec import decode_record
from kiosk.services.context import SELF
from kiosk.services.employers import EmployerForm
from kiosk.services.faults import DeviceFault
from kiosk.services.leases import ITSELF
from kiosk.services.listings import ListingForm
from kiosk.services.ports import ListingQuery, WantedQuery
from kiosk.services.wanted import WantedForm
from kiosk.services.workers import WorkerForm
from tests.simulation.station import REGIONS, Crash, Station

STAFF = Actor(kind=ActorKind.STAFF, staff_id=UUID(int=7))
FIRMS = ("91110000600037341L", "91371000MA3C00001Q")
#: Every so many placements a finger slips: the mark is taken back at once.
_SLIPS = 4
#: More places than any lease of the simulation was ever granted.
_NEVER_HAD = 1000
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴", "伟芳娜敏静丽强磊军洋"


@dataclass
class Told:
    """What the slips in people's hands say: placements promised, and by which kiosk."""

    confirmed: dict[UUID, str] = field(default_factory=dict)
    waitlisted: set[UUID] = field(default_factory=set)
    #: whose they are
    whose: dict[UUID, UUID] = field(default_factory=dict)
    given_up: set[UUID] = field(default_factory=set)

    def forget(self, placement_id: UUID) -> None:
        """The people themselves have changed it since, or have been told that it is otherwise."""
        self.given_up.add(placement_id)
        self.confirmed.pop(placement_id, None)
        self.waitlisted.discard(placement_id)


T = TypeVar("T")
Deed = Callable[["People", Station], str]


class People:
    """Everybody who comes to the kiosks."""

    def __init__(self, chance: Random, rush: float = 0.0, firms: float = 0.0) -> None:
        """``rush``: share of the visits that are about the same few jobs, which then have many places.

        ``firms``: share of those by a few firms that hire at every kiosk, and are registered at each.
        """
        self.stations: Sequence[Station] = ()
        self._firms = firms
        self._chance = chance
        self._rush = rush
        self._headcounts = (8, 16, 24) if rush else (1, 1, 2, 3, 4, 4, 6, 8, 16)
        self.told = Told()
        #: shares of the visits that are about something else, and what
        self.more: Sequence[tuple[float, Sequence[Deed]]] = ()

    def open_market(self, station: Station) -> None:
        """The first people of the day."""
        for _ in range(self._chance.randint(2, 5)):
            self.register(station)
        self.open_business(station)
        for _ in range(self._chance.randint(0, 2)):
            self.post(station)

    def act(self, station: Station) -> str:
        """One visit; what was done, for the trace.

        Raises:
            Refusal: a rule says no.
            DeviceFault: the disk is full.
        """
        deed = self._chance.choices(list(_DEEDS), list(_DEEDS.values()))[0]
        if self._rush and self._chance.random() < self._rush:
            deed = self._chance.choice(_RUSH)
        if self._firms and self._chance.random() < self._firms:
            deed = self._chance.choice(_OF_FIRMS)
        for share, deeds in self.more:
            if self._chance.random() < share:
                deed = self._chance.choice(deeds)
        return f"{deed.__name__} {deed(self, station)}"

    def register(self, station: Station) -> str:
        form = WorkerForm(name=self._name(), phone=self._phone(), consent=True)
        return str(station.use.workers.register(form, SELF).worker.id)

    def open_business(self, station: Station) -> str:
        form = EmployerForm(kind=EmployerKind.HOUSEHOLD, name=self._name(), phone=self._phone())
        employer = station.use.employers.register(form, SELF)
        if self._chance.random() < 0.7:
            station.use.employers.verify(employer.id, STAFF)
        return str(employer.id)

    def open_firm(self, station: Station) -> str:
        """One of a few firms, that also hires at other kiosks; whose licence staff may have seen."""
        code = self._chance.choice(FIRMS)
        form = EmployerForm(
            kind=EmployerKind.ENTERPRISE,
            name=f"威海{code[8:16]}物流有限公司",
            contact_name=self._name(),
            phone=self._phone(),
            credit_code=code,
        )
        employer = station.use.employers.register(form, self._chance.choice((SELF, STAFF)))
        if self._chance.random() < 0.5:
            station.use.employers.verify(employer.id, STAFF)
        return f"{code} {employer.id}"

    def firm_posts(self, station: Station) -> str:
        """A firm hires, and nobody else: it may be registered elsewhere, and nobody here knows."""
        firms = [each for each in station.use.employers.find("威海") if each.credit_code]
        if not firms:
            return self.open_firm(station)
        return self._post(station, self._chance.choice(firms).id, self._chance.choice((SELF, STAFF)))

    def post(self, station: Station) -> str:
        employer = self._one(station, "employer")
        if employer is None:
            return self.open_business(station)
        return self._post(station, employer, SELF)

    def _post(self, station: Station, employer: UUID, actor: Actor) -> str:
        chance = self._chance
        first = local_date(station.clock.now()) + timedelta(days=chance.choice((0, 0, 1, 2)))
        start = chance.choice((360, 480, 720, 960))
        form = ListingForm(
            trade="by-zhuangxie",
            title="卸货",
            headcount=str(chance.choice(self._headcounts)),
            pay="200",
            hours_per_day="4",
            date_from=first,
            start_minute=start,
            end_minute=start + 240,
            region=chance.choice(REGIONS),
            address="新威路1号",
            contact_name="王伟",
            contact_phone="13800000000",
        )
        return str(station.use.listings.post(employer, form, actor).listing.id)

    def review(self, station: Station) -> str:
        queue = station.use.listings.review_queue().rows
        if not queue:
            return "-"
        listing = self._chance.choice(queue)
        approve = self._chance.random() < 0.9
        station.use.listings.review(listing.id, approve=approve, reason="不合规", actor=STAFF)
        return f"{listing.id} {approve}"

    def apply(self, station: Station) -> str:
        worker, rows = self._one(station, "worker"), self._market(station)
        if worker is None:
            return self.register(station)
        if not rows:
            return self.post(station)
        # People come for the same few jobs.
        listing = self._chance.choice(rows[-3:] if self._chance.random() < 0.7 else rows)
        return self._apply(station, worker, listing.id)

    def crowd(self, station: Station) -> str:
        """A bus has come: one after the other wants the same work, mostly another kiosk's."""
        rows = self._market(station)
        away = [listing for listing in rows if listing.home != station.code]
        if not rows:
            return self.post(station)
        listing = self._chance.choice((away or rows)[-2:])
        said = []
        for _ in range(self._chance.randint(3, 6)):
            try:
                said.append(self._apply(station, UUID(self.register(station)), listing.id))
            except Refusal as refusal:
                said.append(refusal.key)
                break
        return "; ".join(said)

    @staticmethod
    def _market(station: Station) -> Sequence[Listing]:
        return station.use.listings.search(ListingQuery(), limit=30).rows

    def _apply(self, station: Station, worker: UUID, listing: UUID) -> str:
        applied = station.use.placements.apply(worker, listing, SELF)
        placement = applied.placement.id
        self.promise(placement, worker, station.code, applied.slip.content.state)
        return f"{placement} by {worker} to {listing}: {applied.slip.content.state}"

    def promise(self, placement: UUID, worker: UUID, kiosk: str, state: str) -> None:
        """Somebody holds a slip that says so."""
        self.told.whose[placement] = worker
        self.told.given_up.discard(placement)
        if state == "confirmed":
            self.told.confirmed[placement] = kiosk
            self.told.waitlisted.discard(placement)
        else:
            self.told.waitlisted.add(placement)
            self.told.confirmed.pop(placement, None)

    def cancel(self, station: Station) -> str:
        open_now = [p for p in self._placements(station) if p.home == station.code]
        open_now = [
            p for p in open_now if p.status in {PlacementStatus.CONFIRMED, PlacementStatus.WAITLISTED}
        ]
        if not open_now:
            return "-"
        placement = self._chance.choice(open_now)
        with self._their_own_wish(placement.id):
            station.use.placements.cancel(placement.id, "", SELF)
        return str(placement.id)

    def mark(self, station: Station) -> str:
        mine = [p for p in self._placements(station) if p.listing_home == station.code]
        today = local_date(station.clock.now())
        mine = [p for p in mine if states_on(p, today)]
        if not mine:
            return "-"
        placement = self._chance.choice(mine)
        status = self._chance.choice(sorted(states_on(placement, today)))
        if status is not PlacementStatus.NO_SHOW:
            station.use.placements.mark(placement.id, status, "", STAFF)
        else:
            with self._their_own_wish(placement.id):
                station.use.placements.mark(placement.id, status, "", STAFF)
        if status is not PlacementStatus.NO_SHOW and placement.id.int % _SLIPS == 0:
            station.use.placements.take_back(placement.id, status, placement.status, STAFF)
            return f"{placement.id} {status}, taken back"
        return f"{placement.id} {status}"

    def close(self, station: Station) -> str:
        mine = self._own_listings(station)
        if not mine:
            return "-"
        listing = self._chance.choice(mine)
        station.use.listings.close(listing.id, "", STAFF)
        return str(listing.id)

    def renew(self, station: Station) -> str:
        mine = [each for each in self._own_listings(station) if each.status in LIVE]
        if not mine:
            return "-"
        listing = self._chance.choice(mine)
        station.use.listings.renew(listing.id, SELF)
        return str(listing.id)

    def give_back(self, station: Station) -> str:
        """The kiosk returns some places, also while nobody hears it, as a keeper would that is a little mad."""
        mine = [decode_record("lease", body) for _, body in sorted(station.bodies("lease").items())]
        mine = [lease for lease in mine if isinstance(lease, Lease) and lease.free > 0]
        if not mine:
            return "-"
        lease = self._chance.choice(mine)
        places = self._chance.randint(1, 2)
        station.keeper.give_back(lease.listing_id, lambda free: min(free, places))
        return f"{lease.listing_id} {places}"

    def give_back_too_much(self, station: Station) -> str:
        """A kiosk that has lost its mind returns places that it never had; it does not heed it itself."""
        mine = [each.id for each in self._own_listings(station)]
        if not mine:
            return "-"
        listing = self._chance.choice(mine)
        self._append(
            station,
            ReturnPlaces(listing_id=listing, returned=_NEVER_HAD + self._chance.randint(1, 40)),
            ITSELF,
        )
        return str(listing)

    def withdraw(self, station: Station) -> str:
        worker = self._one(station, "worker")
        if worker is None:
            return "-"
        theirs = [p.id for p in station.use.placements.of_worker(worker)]
        with self._their_own_wish(*theirs):
            station.use.workers.withdraw_consent(worker, SELF)
        return str(worker)

    def night(self, station: Station) -> str:
        """Who has withdrawn and never worked is erased."""
        return str(station.use.forgetting.run())

    def update(self, station: Station) -> str:
        worker = self._one(station, "worker")
        if worker is None:
            return "-"
        form = WorkerForm(name=self._name(), phone=self._phone())
        station.use.workers.update(worker, form, SELF)
        return str(worker)

    def want(self, station: Station) -> str:
        worker = self._one(station, "worker")
        if worker is None:
            return self.register(station)
        form = WantedForm(
            trades=(WorkerTrade(trade="by-zhuangxie"),),
            parts=(DayPart.MORNING,),
            districts=tuple(self._chance.sample([code[:6] for code in REGIONS[:3]], 2)),
            note=self._chance.choice(("", "能早起")),
        )
        return str(station.use.wanted.post(worker, form, SELF).id)

    def want_on(self, station: Station) -> str:
        """Renew an entry, or take it down."""
        entry = self._one(station, "wanted")
        if entry is None:
            return "-"
        if self._chance.random() < 0.5:
            return f"renew {station.use.wanted.renew(entry, SELF).id}"
        return f"withdraw {station.use.wanted.withdraw(entry, SELF).id}"

    def invite(self, station: Station) -> str:
        mine = [each for each in self._own_listings(station) if each.status in LIVE]
        shown = station.use.wanted.browse(WantedQuery(), limit=20).rows
        if not mine or not shown:
            return "-"
        entry, listing = self._chance.choice(shown), self._chance.choice(mine)
        return str(station.use.wanted.invite(entry.id, listing.id, SELF).id)

    def answer(self, station: Station) -> str:
        asked = station.use.wanted.to_call()
        if not asked:
            return "-"
        said = self._chance.choice((InvitationStatus.ACCEPTED, InvitationStatus.DECLINED))
        return str(station.use.wanted.answer(self._chance.choice(asked).invitation.id, said, SELF).id)

    def hire_sheet(self, station: Station) -> str:
        mine = self._own_listings(station)
        if not mine:
            return "-"
        return station.use.listings.hire_sheet(self._chance.choice(mine).id, STAFF).number

    def from_the_future(self, station: Station) -> str:
        """A newer program ran here for a day: an operation that the city does not know yet."""
        worker_id = self._one(station, "worker")
        if worker_id is None:
            return "-"
        worker = station.use.workers.get(worker_id)
        body = UpdateWorker(
            **{name: getattr(worker, name) for name in UpdateWorker.__slots__ if name != "worker_id"},
            worker_id=worker_id,
        )
        self._append(station, body, SELF, KINDS[UpdateWorker].replace("/1", "/9"))
        return str(worker_id)

    @staticmethod
    def _append(station: Station, body: Body, actor: Actor, kind: str = "") -> None:
        """An operation that no rule of this kiosk was asked about."""
        context = station.use.context
        op = Operation(
            op_id=context.new_id(),
            kind=kind or KINDS[type(body)],
            at=context.now(),
            kiosk=station.code,
            actor=actor,
            body=body,
        )
        with context.unit_of_work() as uow:
            uow.append(op)
            uow.commit()

    @contextmanager
    def _their_own_wish(self, *placements: UUID) -> Iterator[None]:
        """What was promised holds no more, by their own wish; unless it was refused. A power cut leaves it open."""
        try:
            yield
        except (Refusal, DeviceFault):
            raise
        except Crash:
            self._forget(placements)
            raise
        self._forget(placements)

    def _forget(self, placements: tuple[UUID, ...]) -> None:
        for placement in placements:
            self.told.forget(placement)

    def _name(self) -> str:
        return self._chance.choice(_SURNAMES) + "".join(self._chance.choices(_GIVEN, k=2))

    def _phone(self) -> str:
        return f"139{self._chance.randrange(10**8):08d}"

    def one_of(self, some: Sequence[T]) -> T | None:
        """One of them, if there are any."""
        return self._chance.choice(some) if some else None

    def _one(self, station: Station, entity: str) -> UUID | None:
        ids = station.ids(entity)
        return self._chance.choice(ids) if ids else None

    @staticmethod
    def _placements(station: Station) -> list[Placement]:
        found = station.bodies("placement")
        records = (decode_record("placement", found[key]) for key in sorted(found))
        return [record for record in records if isinstance(record, Placement)]

    @staticmethod
    def _own_listings(station: Station) -> list[Listing]:
        found = station.bodies("listing")
        records = (decode_record("listing", found[key]) for key in sorted(found))
        open_now = {*LIVE, ListingStatus.PENDING}
        return [
            record
            for record in records
            if isinstance(record, Listing) and record.home == station.code and record.status in open_now
        ]


_DEEDS: dict[Deed, int] = {
    People.register: 8,
    People.open_business: 1,
    People.post: 3,
    People.review: 5,
    People.apply: 45,
    People.crowd: 6,
    People.cancel: 14,
    People.mark: 8,
    People.close: 6,
    People.renew: 1,
    People.withdraw: 2,
    People.give_back: 3,
    People.give_back_too_much: 1,
    People.update: 2,
    People.hire_sheet: 1,
    People.night: 1,
    People.want: 2,
    People.want_on: 1,
    People.invite: 2,
    People.answer: 1,
}
_OF_FIRMS: tuple[Deed, ...] = (People.open_firm, People.firm_posts, People.firm_posts)
_RUSH: tuple[Deed, ...] = (
    People.crowd,
    People.crowd,
    People.crowd,
    People.cancel,
    People.give_back,
    People.give_back_too_much,
)
