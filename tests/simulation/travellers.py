"""People who go from kiosk to kiosk: registered at several, recognised by their slip, merged, remembered, told."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.domain.operations import Actor
from kiosk.domain.presence import ids
from kiosk.domain.records import Worker
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import ActorKind
from kiosk.services.context import SELF
from kiosk.services.workers import WorkerForm
from tests.simulation.station import Station

if TYPE_CHECKING:
    from tests.simulation.people import Deed, People

STAFF = Actor(kind=ActorKind.STAFF, staff_id=UUID(int=7))
#: Those who are registered wherever they come.
KNOWN = (
    ("丛建国", "13900000001"),
    ("鞠春生", "13900000002"),
    ("毕淑芬", "13900000003"),
    ("于海洋", "13900000004"),
)


def sign_up(people: "People", station: Station) -> str:
    """They register here, too; nobody here knows that they are registered elsewhere."""
    name, phone = people._chance.choice(KNOWN)
    return str(station.use.workers.register(WorkerForm(name=name, phone=phone, consent=True), SELF).worker.id)


def come(people: "People", station: Station) -> str:
    """A worker of any kiosk shows a slip here, and does what they came for."""
    found = _slip(people, station)
    if found is None:
        return sign_up(people, station)
    token, tail = found
    with _at(station, token, tail) as worker_id:
        done = people._chance.choice((_work, _work, _merge, _merge, _stay))(people, station, worker_id)
    return f"{worker_id}: {done}"


def merge_two(people: "People", station: Station) -> str:
    """Staff find two registrations of one person; or believe that they are."""
    here = station.ids("worker")
    if len(here) < 2:
        return "-"
    pairs = [(one.id, other.id) for one, other in station.use.one_person.doubles()]
    if not pairs and people._chance.random() < 0.7:
        return "-"
    old, new = people._chance.choice(pairs) if pairs else people._chance.sample(here, 2)
    if people._chance.random() < 0.5:
        old, new = new, old
    station.use.one_person.sides(old, new)
    return f"{old} into {station.use.one_person.merge(old, new, STAFF).id}"


def go_away(people: "People", station: Station) -> str:
    """Who was remembered here does not wish it any more."""
    remembered = [
        each for each in _workers(station) if each.name and station.use.one_person.is_remembered(each)
    ]
    if not remembered:
        return "-"
    worker = people._chance.choice(remembered)
    station.use.one_person.leave(worker.id, SELF)
    return str(worker.id)


def hear(people: "People", station: Station) -> str:
    """Somebody is told what became of their applications, and takes the slip that is true now."""
    workers = [each for each in _workers(station) if each.name]
    if not workers:
        return "-"
    worker = people._chance.choice(workers)
    said = []
    for news in station.use.placements.news_for(worker.id):
        said.append(f"{news.kind} {news.placement_id}")
        if news.has_slip:
            slip = station.use.placements.true_slip(news.placement_id, SELF).slip
            with station.use.context.unit_of_work() as uow:
                job = uow.job(slip.slip_id)
            assert job is not None
            people.promise(job.subject_id, worker.id, station.code, slip.content.state)
        if news.ends_old_slip:
            people.told.forget(news.placement_id)
        station.use.placements.told(news, worker.id)
    return f"{worker.id}: {'; '.join(said) or '-'}"


def _work(people: "People", station: Station, worker_id: UUID) -> str:
    rows = people._market(station)
    if not rows:
        return people.post(station)
    return people._apply(station, worker_id, people._chance.choice(rows).id)


def _merge(people: "People", station: Station, worker_id: UUID) -> str:
    here = station.use.one_person.registered_here(worker_id)
    if here is None:
        return _work(people, station, worker_id)
    one = station.use.one_person.merge(worker_id, here.id, SELF)
    return f"merged into {one.id}; {_work(people, station, worker_id)}"


def _stay(people: "People", station: Station, worker_id: UUID) -> str:
    if not station.use.one_person.may_be_remembered(worker_id):
        return _work(people, station, worker_id)
    station.use.one_person.remember(worker_id, SELF)
    return "stays"


def _slip(people: "People", here: Station) -> tuple[str, str] | None:
    """A slip out of somebody's pocket, perhaps of a registration that is no more, and the last digits of the phone.

    Signed as it was printed today: what was printed before a kiosk was enrolled anew nobody else can check.
    """
    station = people._chance.choice([each for each in people.stations if each is not here])
    workers = [each for each in _workers(station) if each.name]
    known = [each for each in workers if (each.name, each.phone) in KNOWN]
    worker = people.one_of(known if people._chance.random() < 0.8 else workers)
    if worker is None:
        return None
    about = [("worker_card", each) for each in ids(worker)]
    theirs = sorted(each.id for each in station.use.placements.of_worker(worker.id))
    about += [("job_slip", each) for each in theirs]
    kind, subject = people._chance.choice(about)
    tokens = station.use.context.tokens
    token = tokens.url(tokens.issue(kind, subject, 1, station.clock.now()))
    return token, worker.phone[-4:] if people._chance.random() < 0.95 else "9999"


@contextmanager
def _at(station: Station, token: str, tail: str) -> Iterator[UUID]:
    """They stand at the screen, known by slip and digits, until they go."""
    identify = station.use.identify
    scanned = identify.scan(token)
    if scanned.away:
        visitor = identify.ask_city(scanned, tail)
        identify.welcome(visitor)
        worker_id = visitor.worker.id
    else:
        identify.confirm(scanned, tail)
        worker = scanned.worker
        if worker is None and scanned.placement is not None:
            worker = station.use.workers.get(scanned.placement.worker_id)
        if worker is None:
            raise Refusal("refusal.worker_unknown")
        worker_id = worker.id
    try:
        yield worker_id
    finally:
        identify.leave()


def _workers(station: Station) -> list[Worker]:
    found = (station.storage.read.worker(each) for each in station.ids("worker"))
    people = {each.id: each for each in found if each is not None}
    return [people[key] for key in sorted(people)]


def open_day(people: "People", station: Station) -> None:
    """Some of them have been registered for years."""
    for name, phone in KNOWN:
        with suppress(Refusal):  # who came while the line was slow has done it themselves
            if people._chance.random() < 0.6:
                station.use.workers.register(WorkerForm(name=name, phone=phone, consent=True), SELF)


DEEDS: "tuple[Deed, ...]" = (sign_up, come, come, come, come, come, merge_two, go_away, hear, hear)
