"""A kiosk of the simulation: the real database file, use cases and pump; crashes, old images and full disks."""

import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import msgspec

from kiosk.bootstrap.secrets_kept import KioskSecrets, StationSealer, load_secrets, ring_of
from kiosk.domain.decide import decide
from kiosk.domain.market_rules import MarketRules
from kiosk.domain.operations import Operation
from kiosk.domain.records import Record
from kiosk.domain.state import Records
from kiosk.protocol.codec import Malformed
from kiosk.protocol.signing import SigningKey
from kiosk.protocol.token import City
from kiosk.services import app
from kiosk.services.context import Context
from kiosk.services.faults import DeviceFault
from kiosk.services.leases import LeaseKeeper
from kiosk.services.ports import LookedUp
from kiosk.services.station_config import SETTING, Enrolment, PrinterKind, StationConfig, load_config
from kiosk.slips.tokens import StationTokens
from kiosk.storage import rebase
from kiosk.storage.rows import Key
from kiosk.storage.sizes import USUAL, Sizes
from kiosk.storage.storage import FILE_NAME, Storage
from kiosk.storage.vocabulary import Vocabulary
from kiosk.sync.client import CityClient, Enrolled, enroll
from kiosk.sync.faults import CityRefused
from kiosk.sync.lookup import CityLookup, read_answer
from kiosk.sync.pump import Pump, Round, Scope
from kiosk.sync.reserver import CityReserver
from tests.simulation.city import AREA, HOST, SimCity, SimTime
from tests.simulation.network import Line

KEY = bytes(range(32))
#: Where kiosks stand: around the first one are all districts of ``REGIONS``, around the second only one of them.
STANDS = ("371002", "371083", "371082", "371002")
REGIONS = ("371002001", "371003001", "371082001", "371002002")
#: A kiosk to which a page of three items is a large one, as one of thousands is to others.
SMALL = Sizes(many=2, fold=1)
#: Items of a page: so few that snapshots are cut in the middle, and that many things happen while one is read.
PAGE = 6
_IMAGES = 3
#: A lease is idle after so long: a simulated market lasts an hour or two.
IDLE_SECONDS = 600.0
#: What only a new enrolment mends.
_TO_ENROL = frozenset({"rolled_back", "fenced", "old_incarnation", "unknown_device", "revoked"})


class Crash(BaseException):
    """The power is cut here."""


class SimClock:
    """A kiosk's clock: the true time, wrong by ``skew``."""

    def __init__(self, time: SimTime) -> None:
        self._time = time
        self._started = time.now
        self.skew = timedelta()

    def now(self) -> datetime:
        return self._time.now + self.skew

    def monotonic(self) -> float:
        return (self._time.now - self._started).total_seconds()


class SimEntropy:
    """Seeded randomness."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def token_bytes(self, count: int) -> bytes:
        return self._chance.randbytes(count)


class PlainWords:
    """Words for slips that nobody reads."""

    language = "zh_CN"

    def text(self, key: str, **params: str | int) -> str:
        return key

    def yuan(self, fen: int) -> str:
        return str(fen)

    def pay(self, fen: int, unit: str) -> str:
        return f"{fen}/{unit}"

    def date(self, day: Any) -> str:
        return day.isoformat()

    def time(self, moment: datetime) -> str:
        return moment.isoformat()

    def hours(self, start_minute: int, end_minute: int) -> str:
        return f"{start_minute}-{end_minute}"


class Quiet:
    """Signals that nobody hears: the simulation decides when to sync."""

    def committed(self, op_kinds: tuple[str, ...]) -> None:
        pass

    def sync_wanted(self) -> None:
        pass


class Brittle:
    """An outbox, inbox or unit of work: the power may be cut right before or right after any call."""

    def __init__(self, inner: Any, cut: Callable[[], bool]) -> None:
        self._inner = inner
        self._cut = cut

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._inner, name)

        def called(*args: Any, **named: Any) -> Any:
            if self._cut():
                raise Crash
            result = method(*args, **named)
            if self._cut():
                raise Crash
            return result

        return called


class AskingInPlace(CityReserver):
    """Asks the city for a place without a thread of its own."""

    def reserve(self, listing_id: UUID) -> bool:
        return self._ask(listing_id)


class LookingInPlace(CityLookup):
    """Asks the city about a visitor without a thread of its own."""

    def look_up(self, token: str, tail: str) -> LookedUp | None:
        try:
            return read_answer(self._client.look_up(token, tail))
        except (DeviceFault, Malformed):
            return None


class Station:
    """One kiosk. ``use`` are its use cases."""

    def __init__(
        self, code: str, folder: Path, rules: MarketRules, city: SimCity, chance: Random, sizes: Sizes = USUAL
    ) -> None:
        self.code = code
        #: how pages were written here
        self.seen: Counter[str] = Counter()
        self._sizes = sizes
        self.next_district = STANDS[int(code[-1]) - 1]
        self.chance = chance
        self.clock: SimClock
        self.storage: Storage
        self.config: StationConfig
        self.use: app.Services
        self.keeper: LeaseKeeper
        self.pump: Pump | None = None
        self._reserver: AskingInPlace | None = None
        self._lookup: LookingInPlace | None = None
        self.needs_enrolment = False
        #: whether it has no network: then nobody asks the city for a place either
        self.by_stick = False
        #: whether the last round came to its end
        self.agreed = False
        self.images: list[Path] = []
        #: operations that people have seen done here, and that are not allowed to vanish
        self.done: dict[UUID, int] = {}
        #: those of them that an old image of the disk has taken away here
        self.only_in_city: set[UUID] = set()
        self.inspect: Callable[[Any], None] = lambda page: None
        self.meanwhile: Callable[[], None] = lambda: None
        self.cut: Callable[[], bool] = lambda: False
        self._folder = folder
        self._count = 0
        self._taken = 0
        self._problem = ""
        self._rules = rules
        self._city = city
        self._entropy = SimEntropy(chance)
        self._secrets: KioskSecrets

    @property
    def district(self) -> str:
        """Where it stands, as its disk says: an old image has forgotten that it was moved."""
        return self.config.district

    @property
    def near(self) -> tuple[str, ...]:
        """Districts around."""
        return self._rules.near(self.district)

    @property
    def folder(self) -> Path:
        return self._folder

    @property
    def secrets(self) -> KioskSecrets:
        return self._secrets

    @property
    def path(self) -> Path:
        return self._folder / str(self._count) / FILE_NAME

    def install(self, pristine: bytes, time: SimTime) -> None:
        """First set-up, without a city for now."""
        self.clock = SimClock(time)
        self.path.parent.mkdir(parents=True)
        self.path.write_bytes(pristine)
        config = StationConfig(
            kiosk=self.code,
            name=self.code,
            city=AREA,
            district=self.next_district,
            city_host=HOST,
            panel_inch=21.5,
            printer=PrinterKind.FOLDER,
        )
        self._open()
        self._save(config)
        self.start()

    def _open(self) -> None:
        words = Vocabulary()
        self.storage = Storage(
            self.path, KEY, clock=self.clock, vocabulary=words, reapply=self._reapply, sizes=self._sizes
        )
        database = self.storage.database
        database.bulk = self._counted("bulk commit", database.bulk)  # type: ignore[method-assign]
        database.fold = self._counted("log folded", database.fold)  # type: ignore[method-assign]
        self.storage.open()

    def _counted(self, name: str, work: Callable[[], Any]) -> Callable[[], Any]:
        def counted() -> Any:
            self.seen[name] += 1
            return work()

        return counted

    def _reapply(self, op: Operation, records: Records) -> Sequence[Record]:
        return decide(op, records, self._rules).puts

    def _save(self, config: StationConfig, seed: bytes | None = None) -> None:
        with self.storage.unit_of_work() as uow:
            uow.put_setting(SETTING, msgspec.json.encode(config))
            if seed is not None:
                uow.put_setting("signing_seed", seed)
            uow.commit()

    def start(self) -> None:
        """Put the parts together, as after switching on."""
        config = load_config(self.storage.read)
        assert config is not None
        self.config = config
        self._secrets = load_secrets(self.storage.unit_of_work, self._entropy)
        context = Context(
            kiosk=self.code,
            unit_of_work=self._unit_of_work,
            read=self.storage.read,
            clock=self.clock,
            entropy=self._entropy,
            sealer=StationSealer(self._secrets, None),
            tokens=StationTokens(
                self._secrets.signing,
                self.code,
                City(code=config.city, host=config.city_host),
                ring_of(self.storage.inbox, self._secrets, self.code),
            ),
            rules=self._rules,
            words=PlainWords(),
            signals=Quiet(),
        )
        self.keeper = LeaseKeeper(context, IDLE_SECONDS)
        self._make_pump()
        self.use = app.build(
            context, config, self._rules.reference, _no_press(), self._reserver, lookup=self._lookup
        )

    def _unit_of_work(self) -> Any:
        uow = self.storage.unit_of_work()
        commit = uow.commit

        def brittle() -> None:
            if self.cut():
                raise Crash
            commit()
            if self.cut():
                raise Crash

        uow.commit = brittle  # type: ignore[method-assign]
        return uow

    def _make_pump(self) -> None:
        enrolment = self.config.enrolment
        if enrolment is None:
            self.pump = self._reserver = self._lookup = None
            return
        me = Enrolled(
            device=enrolment.device,
            incarnation=enrolment.incarnation,
            kiosk=self.code,
            key=self._secrets.signing,
        )
        outbox, inbox = Brittle(self.storage.outbox, self.cuts), Brittle(self.storage.inbox, self.cuts)
        client = CityClient(self.line(), me, page=PAGE)
        self.pump = Pump(client, outbox, inbox, self.clock, self.storage.boot_id, keeper=self.keeper)
        self._reserver = None if self.by_stick else AskingInPlace(client, inbox, self.clock)
        self._lookup = None if self.by_stick else LookingInPlace(client)

    def cuts(self) -> bool:
        return self.cut()

    def line(self) -> Line:
        # Every second kiosk has a program of before lean pages.
        older = int(self.code[-1]) % 2 == 0
        return Line(self._city.network, self.inspect, self.meanwhile, older=older)

    def enrol(self) -> None:
        """Staff type a token; a kiosk that was known before comes back with another key and new numbers.

        Raises:
            DeviceFault: the network fails; nothing has changed here.
        """
        again = self.config.enrolment is not None
        key = SigningKey(self._entropy.token_bytes(32))
        token = self._city.token(self.code)
        answer = enroll(self.line(), key, token, self.code, self.code, self.next_district)
        enrolment = Enrolment(
            url="",
            device=answer.device,
            incarnation=answer.incarnation,
            key_id=answer.key_id,
            sealing_key=answer.sealing_key,
            streams=answer.streams,
            at=self.clock.now(),
        )
        if again:
            self.storage.outbox.renumber()
        self._save(replace(self.config, district=self.next_district, enrolment=enrolment), key.seed)
        self.needs_enrolment = False
        self.start()

    def sync(self, scope: Scope = Scope.ALL) -> Round:
        """One round of the pump."""
        assert self.pump is not None
        done = self.pump.step(scope)
        problem = done.fault.problem if isinstance(done.fault, CityRefused) else ""
        # A signature may have been spoilt on the way; twice in a row it is the key.
        if problem in _TO_ENROL or (problem == self._problem == "signature"):
            self.needs_enrolment = True
        self._problem = problem
        return done

    def move(self) -> None:
        """Staff set it up somewhere else, where it enrols once more."""
        self.next_district = self.chance.choice(STANDS)
        self.needs_enrolment = True

    def crash(self) -> None:
        """The power was cut: the files as they are on disk, opened again."""
        before = self.path.parent
        self._count += 1
        shutil.copytree(before, self.path.parent)
        self.storage.close()
        shutil.rmtree(before)
        self._open()
        self.start()

    def take_image(self) -> None:
        """Somebody copies the disk."""
        self.storage.close()
        self._taken += 1
        image = self._folder / f"image-{self._taken}"
        shutil.copy(self.path, image)
        self.images = [*self.images, image][-_IMAGES:]

    def roll_back(self) -> None:
        """Somebody copies an old image onto the disk."""
        image = self.chance.choice(self.images[-2:])
        self.storage.close()
        self._count += 1
        self.path.parent.mkdir()
        shutil.copy(image, self.path)
        self._open()
        self.start()
        self.needs_enrolment = False

    def fill_disk(self) -> None:
        """No page more may be added to the file: SQLite says SQLITE_FULL by itself."""
        with self.storage.database.writer() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")

    def free_disk(self) -> None:
        with self.storage.database.writer() as connection:
            connection.execute("PRAGMA max_page_count = 1000000")

    def outbox(self) -> dict[UUID, tuple[int, str, str | None]]:
        """op_seq, state and outcome of every operation that is kept."""
        with self.storage.database.reader() as connection:
            rows = connection.execute("SELECT op_id, op_seq, state, outcome FROM outbox").fetchall()
        return {UUID(bytes=bytes(op_id)): (seq, state, outcome) for op_id, seq, state, outcome in rows}

    def operations(self) -> list[bytes]:
        """Every operation that is kept, as it was made; those of another program are not to be read here."""
        with self.storage.database.reader() as connection:
            rows = connection.execute("SELECT body FROM outbox WHERE kind NOT LIKE '%/9'").fetchall()
        return [bytes(row[0]) for row in rows]

    def set_aside(self) -> set[Key]:
        """At rest: records on which operations stand that wait in the city. The kiosk shows its own version."""
        with self.storage.database.reader() as connection:
            ops = rebase.open_ops(connection)
        return {key for op in ops for key in op.traces}

    def ids(self, entity: str) -> list[UUID]:
        """Ids of all records of an entity held here, in their order."""
        with self.storage.database.reader() as connection:
            rows = connection.execute(f"SELECT id FROM {entity} ORDER BY id").fetchall()
        return [UUID(bytes=bytes(row[0])) for row in rows]

    def bodies(self, entity: str) -> dict[bytes, bytes]:
        """Bodies of all records of an entity held here, by row id."""
        with self.storage.database.reader() as connection:
            rows = connection.execute(f"SELECT id, body FROM {entity}").fetchall()
        return {bytes(row_id): bytes(body) for row_id, body in rows}


def _no_press() -> Any:
    return None
