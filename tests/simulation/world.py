"""One simulated market: some kiosks, a city, a bad network and much bad luck, all from one seed."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from itertools import cycle
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from traceback import format_exc

from kiosk.bootstrap.reference import load_rules
from kiosk.domain.market_rules import MarketRules
from kiosk.domain.refusal import Refusal
from kiosk.services.faults import DeviceFault
from kiosk.storage.sizes import USUAL, Sizes
from kiosk.storage.storage import FILE_NAME, create
from kiosk.sync.pump import Scope
from tests.simulation import checks, travellers
from tests.simulation.city import BackedUp, SimCity, SimTime
from tests.simulation.hard import NONE as NO_MORE
from tests.simulation.hard import Hard, after_rest, install, misfortunes
from tests.simulation.network import FAULTS
from tests.simulation.people import People
from tests.simulation.shadow import Violation
from tests.simulation.station import KEY, SMALL, Crash, Station
from tests.simulation.store import MemoryStore

MORNING = datetime(2026, 11, 21, 21, 30, tzinfo=UTC)
SHM = Path("/dev/shm")
ROUNDS = 60
CODES = ("WHA1", "WHB2", "WHC3", "WHD4")


@dataclass(frozen=True, slots=True)
class Weather:
    """How bad a seed's luck is: chances a step, and share of requests that meet a fault."""

    network: float = 0.0
    outage: float = 0.0
    busy: float = 0.0
    crash: float = 0.0
    power_cut: float = 0.0
    roll_back: float = 0.0
    restore: float = 0.0
    purge: float = 0.0
    move: float = 0.0
    disk_full: float = 0.0
    clock: float = 0.0
    skew: float = 0.0
    weeks: float = 0.0
    between: float = 0.1
    rush: float = 0.0
    firms: float = 0.0
    hard: Hard = NO_MORE
    travel: float = 0.0
    kinds: tuple[str, ...] = ()

    @classmethod
    def of(cls, chance: Random) -> "Weather":
        """Each kind of bad luck in some seeds only: together they hide one another."""

        def some(share: float, rate: float) -> float:
            return rate * chance.uniform(0.3, 1.0) if chance.random() < share else 0.0

        return cls(
            network=some(0.7, 0.6),
            outage=some(0.4, 0.04),
            busy=some(0.3, 0.3),
            crash=some(0.4, 0.06),
            power_cut=some(0.4, 0.06),
            roll_back=some(0.35, 0.03),
            restore=some(0.35, 0.03),
            disk_full=some(0.25, 0.04),
            clock=some(0.25, 0.03),
            skew=some(0.2, 0.02),
            weeks=some(0.1, 0.01),
            purge=some(0.4, 0.06),
            move=some(0.2, 0.02),
        )


#: Everything that can go wrong, all the time: what a deliberate fault is shown in soonest.
STORM = Weather(
    network=0.25,
    busy=0.05,
    crash=0.02,
    power_cut=0.04,
    roll_back=0.05,
    restore=0.05,
    purge=0.1,
    move=0.01,
    between=0.4,
    kinds=("request lost", "response lost", "response lost", "duplicated", "delayed", "echoed later"),
)


#: All want the same few jobs, over a line on which every third request meets a fault: for faults of the escrow.
RUSH = Weather(
    network=0.35,
    between=0.3,
    crash=0.01,
    rush=0.4,
    kinds=("response lost", "duplicated", "duplicated", "echoed later"),
)

#: A quiet city that forgets soon, and kiosks that are moved about: what faults in forgetting are shown in soonest.
TIDE = Weather(
    network=0.1,
    purge=0.25,
    move=0.06,
    between=0.2,
    kinds=("request lost", "response lost"),
)


#: A few firms hire at every kiosk, none of which knows of the others: what is merged, and what names it afterwards.
FIRMS = Weather(
    network=0.3,
    busy=0.05,
    crash=0.02,
    power_cut=0.02,
    roll_back=0.02,
    restore=0.03,
    purge=0.1,
    firms=0.25,
    kinds=("request lost", "response lost", "duplicated", "delayed", "echoed later"),
)


#: People who are registered at several kiosks, come with the slip of another one, are merged, remembered and told.
PEOPLE = Weather(
    network=0.3,
    busy=0.05,
    crash=0.02,
    power_cut=0.02,
    roll_back=0.01,
    restore=0.01,
    purge=0.1,
    travel=0.45,
    hard=Hard(drift=True),
    kinds=("request lost", "response lost", "duplicated", "delayed", "echoed later"),
)


@dataclass
class Outcome:
    """What a seed did."""

    seed: int
    operations: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    violation: str = ""
    trace: list[str] = field(default_factory=list)


@cache
def rules() -> MarketRules:
    """The shipped reference data; never changed."""
    return load_rules()


@cache
def _pristine() -> bytes:
    """A fresh database, made once: a new kiosk costs a copy."""
    with _folder() as folder:
        path = folder / FILE_NAME
        create(path, KEY)
        return path.read_bytes()


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder in memory, where syncing costs nothing."""
    with TemporaryDirectory(prefix="gig-sim-", dir=SHM if SHM.is_dir() else None) as name:
        yield Path(name)


def sizes_of(seed: int) -> tuple[Sizes, Sizes]:
    """Of the first and third kiosk, and of the others."""
    return (USUAL, SMALL) if seed % 2 else (SMALL, USUAL)


class World:
    """Everything, and what happens next."""

    def __init__(self, seed: int, folder: Path, store: BackedUp, weather: Weather | None = None) -> None:
        self.chance = Random(seed)
        self.weather = weather or Weather.of(self.chance)
        self.outcome = Outcome(seed)
        self.time = SimTime(MORNING)
        self.city = SimCity(store, rules(), self.time, Random(self.chance.random()), self.outcome.faults)
        self.people = People(Random(self.chance.random()), self.weather.rush, self.weather.firms)
        #: why a promise may have been broken: an old image, or a city that forgot
        self.excuses: set[str] = set()
        some = tuple(self.chance.sample(FAULTS, self.chance.randint(2, len(FAULTS))))
        self.city.network.kinds = self.weather.kinds or some
        self._meeting, self._resting = False, False
        self.stations = [
            # Small and large pages are written in different ways: of two neighbours one has each of them, by seed.
            Station(code, folder / code, rules(), self.city, Random(self.chance.random()), sizes)
            for code, sizes in zip(CODES[: self.chance.randint(2, 4)], cycle(sizes_of(seed)), strict=False)
        ]
        self.people.stations = self.stations
        for station in self.stations:
            station.inspect = checks.scope_of_page(self, station)
            station.meanwhile = partial(self._meanwhile, station)
            station.install(_pristine(), self.time)
        install(self)
        if self.weather.travel:
            self.people.more = (*self.people.more, (self.weather.travel, travellers.DEEDS))

    @property
    def resting(self) -> bool:
        """The weather has cleared."""
        return self._resting

    def close(self) -> None:
        for station in self.stations:
            station.storage.close()

    def say(self, text: str) -> None:
        self.outcome.trace.append(text)

    def run(self, steps: int) -> None:
        """Live through it, then let everything come to rest.

        Raises:
            Violation: something that must never be.
        """
        for station in self.stations:
            if self.weather.travel or self.chance.random() < 0.8:  # others open before the city knows them
                station.enrol()
            self.people.open_market(station)
            if self.weather.travel:
                travellers.open_day(self.people, station)
            self._note_done(station)
            if station.pump is not None and self.chance.random() < 0.8:
                station.sync()
            if self.weather.roll_back:
                station.take_image()
        for station in self.stations if self.weather.travel else ():
            station.sync()  # each knows the keys of all slips
        self.city.take_backup()
        self.city.network.rate = self.weather.network
        self.city.busy_rate = self.weather.busy
        for number in range(steps):
            self.time.now += timedelta(seconds=self.chance.choice((1, 20, 60, 300)))
            self.say(f"--- {number}")
            self._step()
            self.city.shadow.check_places()
        self._rest()

    def _step(self) -> None:
        station = self.chance.choice(self.stations)
        self._misfortune(station)
        draw = self.chance.random()
        if draw < 0.62:
            self._visit(station)
        elif draw < 0.95:
            self._sync(station)
        else:
            self.city.network.deliver_late()
            self.say("a late request arrives")

    def _misfortune(self, station: Station) -> None:
        weather = self.weather
        deeds: tuple[tuple[float, str, Callable[[Station], None]], ...] = (
            (weather.outage, "outage", self._outage),
            (weather.crash, "kiosk crash", Station.crash),
            (0.15 if weather.roll_back else 0.0, "", Station.take_image),
            (weather.roll_back, "kiosk image rollback", self._roll_back),
            (0.15 if weather.restore else 0.0, "", lambda _: self.city.take_backup()),
            (0.02 if weather.restore else 0.0, "", lambda _: self.city.verify_backup()),
            (weather.restore, "city restore", self._restore),
            (weather.purge, "streams purged", lambda _: self.city.purge()),
            (weather.move, "kiosk moved", Station.move),
            (weather.disk_full, "disk full", self._disk),
            (weather.clock, "clock jump", self._clock),
            (weather.skew, "version skew", self._skew),
            (weather.weeks, "eight days pass", self._weeks),
            *misfortunes(self),
        )
        for rate, name, deed in deeds:
            if rate and self.chance.random() < rate:
                self.say(f"{station.code}: {name or 'a copy is made'}")
                if name:
                    self.outcome.faults[name] += 1
                deed(station)

    def _outage(self, _station: Station) -> None:
        self.city.network.down = not self.city.network.down

    def _roll_back(self, station: Station) -> None:
        if station.images:
            station.roll_back()
            station.only_in_city |= station.done.keys() - station.outbox().keys()
            self._forget_lost()
            self.excuses.add("rollback")

    def _forget_lost(self) -> None:
        """What an old image has lost, and no city holds, nobody can bring back."""
        for station in self.stations:
            lost = station.only_in_city - self.city.shadow.said.keys()
            for op_id in lost:
                station.done.pop(op_id, None)

    def _restore(self, _station: Station) -> None:
        self.city.restore()
        self._forget_lost()
        self.excuses.add("restore")

    def _disk(self, station: Station) -> None:
        if self.chance.random() < 0.6:
            station.fill_disk()
        else:
            station.free_disk()

    def _clock(self, station: Station) -> None:
        far = (
            timedelta(),
            datetime(1970, 1, 2, tzinfo=UTC) - self.time.now,
            timedelta(days=400),
            -timedelta(hours=3),
        )
        station.clock.skew = self.chance.choice(far)
        self.excuses.add("clock")

    def _skew(self, station: Station) -> None:
        try:
            self.say(f"{station.code}: from the future {self.people.from_the_future(station)}")
            self.excuses.add("quarantine")
        except (Refusal, DeviceFault) as error:
            self.say(f"{station.code}: {error!r}")
        self._note_done(station)

    def _weeks(self, _station: Station) -> None:
        self.time.now += timedelta(days=8)

    def _visit(self, station: Station) -> None:
        station.cut = self._cut(3)
        self._meeting = True
        network, before = self.city.network, self.city.network.down
        if self.weather.rush and self.chance.random() < 0.15:
            network.down = True  # just now, when all stand there
        try:
            self.say(f"{station.code}: {self.people.act(station)}")
        except (Refusal, DeviceFault) as error:
            self.say(f"{station.code}: {error!r}")
        except Crash:
            self._power_cut(station)
        network.down = before
        self._meeting = False
        station.cut = _never
        self._note_done(station)

    def _meanwhile(self, station: Station) -> None:
        """Somebody stands at the screen while the pump waits for an answer."""
        if self._meeting or self._resting or self.chance.random() >= self.weather.between:
            return
        self._meeting = True
        try:
            self.say(f"{station.code}, meanwhile: {self.people.act(station)}")
        except (Refusal, DeviceFault) as error:
            self.say(f"{station.code}, meanwhile: {error!r}")
        finally:
            self._meeting = False
        self._note_done(station)

    def _sync(self, station: Station) -> None:
        station.cut = self._cut(40)
        station.agreed = False
        try:
            self._one_round(station)
        except Crash:
            self._power_cut(station)
        station.cut = _never
        checks.outbox(self, station)

    def _one_round(self, station: Station) -> None:
        if station.pump is None or (station.needs_enrolment and self.chance.random() < 0.5):
            try:
                station.enrol()
                self.say(f"{station.code}: enrolled")
            except DeviceFault as fault:
                self.say(f"{station.code}: not enrolled: {fault.key}")
            return
        scope = self.chance.choice((Scope.ALL, Scope.ALL, Scope.OWN))
        done = station.sync(scope)
        station.agreed = done.fault is None and not done.more
        fault = done.fault.key if done.fault else ""
        self.outcome.seen[f"sync {fault or 'good'}"] += 1
        self.say(f"{station.code}: sync {scope} pushed {done.pushed} pulled {done.pulled} {fault}")

    def _cut(self, calls: int) -> Callable[[], bool]:
        """The power is cut at one of the next calls, or not at all."""
        if self.chance.random() >= self.weather.power_cut:
            return _never
        left = iter(range(self.chance.randrange(calls), -1, -1))
        return lambda: next(left, 1) == 0

    def _power_cut(self, station: Station) -> None:
        self.say(f"{station.code}: the power is cut")
        self.outcome.faults["power cut"] += 1
        station.cut = _never
        station.crash()

    def _note_done(self, station: Station) -> None:
        for op_id, (seq, _, _) in station.outbox().items():
            if op_id not in station.done:
                station.done[op_id] = seq
                station.only_in_city.discard(op_id)
                self.outcome.operations += 1

    def _rest(self) -> None:
        """The weather clears. Everything has to come to an agreement by itself (and staff type tokens)."""
        self._resting = True
        network = self.city.network
        self.say("--- the weather clears")
        network.rate, network.down, self.city.busy_rate = 0.0, False, 0.0
        for station in self.stations:
            station.free_disk()
            station.clock.skew = timedelta()
        while network.late:
            network.deliver_late()
        for _ in range(ROUNDS):
            busy = [self._busy(station) for station in self.stations]
            if not any(busy):
                break
        else:
            raise Violation("no rest: somebody is busy for ever")
        self.city.shadow.check_places()
        checks.at_rest(self)
        if after_rest(self):
            checks.at_rest(self)

    def _busy(self, station: Station) -> bool:
        self.time.now += timedelta(seconds=30)
        if station.pump is None or station.needs_enrolment:
            station.enrol()
            return True
        done = station.sync()
        fault = done.fault.key if done.fault else ""
        self.outcome.seen[f"rest {fault or 'good'}"] += 1
        self.say(f"{station.code}: rest, pushed {done.pushed} pulled {done.pulled} {fault}")
        return bool(done.fault or done.more or done.pushed or done.pulled)


def _never() -> bool:
    return False


def simulate(
    seed: int, steps: int = 80, store: Callable[[], BackedUp] = MemoryStore, weather: Weather | None = None
) -> Outcome:
    """Run one seed; a violation is in the outcome, with its trace."""
    with _folder() as folder:
        world = World(seed, folder, store(), weather)
        try:
            world.run(steps)
        except Violation as violation:
            world.outcome.violation = str(violation)
        except Exception as error:  # noqa: BLE001 - a bug that nobody expected belongs to its seed as well
            world.outcome.violation = f"{type(error).__name__}: {error}"
            world.say(format_exc())
        finally:
            world.close()
    world.outcome.seen += world.city.shadow.seen
    for station in world.stations:
        world.outcome.seen += station.seen
    world.outcome.faults += Counter()
    return world.outcome
