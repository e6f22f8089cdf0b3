"""A kiosk without its screen: database, use cases, slips and the exchange with the city, put together."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

from kiosk.bootstrap.courier import courier_office
from kiosk.bootstrap.enroller import NetworkEnroller
from kiosk.bootstrap.entry import NetworkEntry
from kiosk.bootstrap.press import StationPress
from kiosk.bootstrap.printers import make_printer
from kiosk.bootstrap.reference import KEPT, Reference, choose
from kiosk.bootstrap.secrets_kept import KioskSecrets, StationSealer, load_secrets, ring_of
from kiosk.bootstrap.system import Outside
from kiosk.domain.decide import decide
from kiosk.domain.market_rules import MarketRules
from kiosk.domain.operations import Operation
from kiosk.domain.records import Record
from kiosk.domain.state import Records
from kiosk.protocol.reference_bundle import REFERENCE_ENTITY
from kiosk.protocol.token import City
from kiosk.services import app
from kiosk.services.app import Services
from kiosk.services.context import Context
from kiosk.services.faults import DeviceFault
from kiosk.services.leases import LeaseKeeper
from kiosk.services.ports import Words
from kiosk.services.setup import Setup
from kiosk.services.station_config import SETTING, StationConfig, load_config, read_config
from kiosk.settings import KeySource, Settings
from kiosk.slips.tokens import StationTokens
from kiosk.storage.faults import of_os
from kiosk.storage.keys import FileKeyStore, KeyringKeyStore, KeyStore, automatic
from kiosk.storage.peek import peek
from kiosk.storage.storage import FILE_NAME, Storage, prepare
from kiosk.storage.vocabulary import Vocabulary
from kiosk.sync.client import CityClient
from kiosk.sync.client import Enrolled as EnrolledDevice
from kiosk.sync.courier_office import CarryingPump, CourierOffice
from kiosk.sync.lookup import CityLookup
from kiosk.sync.pump import Pump, Round
from kiosk.sync.reader import InThreads
from kiosk.sync.reserver import CityReserver
from kiosk.sync.runner import Pace, SyncRunner
from kiosk.sync.transport import HttpTransport

__all__ = ["CommitSignal", "Kiosk", "Outside", "key_store"]

_MIB = 2**20


class CommitSignal:
    """Implements ``kiosk.services.ports.Signals``: wakes the pump once there is one."""

    def __init__(self) -> None:
        self.runner: SyncRunner | None = None
        self.told: Callable[[], None] | None = None
        self.changed: Callable[[], None] | None = None

    def committed(self, op_kinds: tuple[str, ...]) -> None:  # noqa: ARG002 - the pump sends all kinds alike
        """Operations are in the outbox."""
        if self.runner is not None:
            self.runner.committed()
        if self.told is not None:
            self.told()

    def sync_wanted(self) -> None:
        """A full round now."""
        if self.runner is not None:
            self.runner.now()

    def station_changed(self) -> None:
        """The station is another one now."""
        if self.changed is not None:
            self.changed()


def key_store(settings: Settings) -> KeyStore:
    """Where the database key is kept."""
    match settings.key_source:
        case KeySource.FILE:
            return FileKeyStore(settings.data_dir)
        case KeySource.KEYRING:
            return KeyringKeyStore(str(settings.data_dir.resolve()))
        case KeySource.AUTO:
            return automatic(settings.data_dir)


def vocabulary_of(rules: MarketRules) -> Vocabulary:
    """The words that listings are found by."""
    return Vocabulary.of(rules.reference, rules.wording.simplified)


class Kiosk:
    """The parts of one kiosk. ``open`` touches the disk, ``start_sync`` the network."""

    def __init__(self, settings: Settings, outside: Outside, words: Words) -> None:
        self.settings = settings
        self._outside = outside
        self._words = words
        self._signal = CommitSignal()
        self._runner: SyncRunner | None = None
        self._clients: list[CityClient] = []
        self._reservers: list[CityReserver] = []
        self._lookups: list[CityLookup] = []
        self._storage: Storage | None = None
        self._reference: Reference | None = None
        self._office: CourierOffice | None = None
        self.config: StationConfig | None = None

    @property
    def rules(self) -> MarketRules:
        """Reference data and market rules: the city's, or those that came with the program."""
        return self.reference.rules

    @property
    def reference(self) -> Reference:
        """The set of reference data in use until the program starts again."""
        assert self._reference is not None, "open() comes first"
        return self._reference

    @property
    def storage(self) -> Storage:
        """The open database."""
        assert self._storage is not None, "open() comes first"
        return self._storage

    def open(self) -> None:
        """Open the database, making it when there is none, and read what the station is.

        Raises:
            DeviceFault: the database or its key cannot be used; no file is overwritten.
        """
        try:
            self._open()
        except DeviceFault:
            self.close()  # so that it can be tried again
            raise
        except OSError as error:
            self.close()
            raise of_os(error) from error

    def _open(self) -> None:
        path = self.settings.data_dir / FILE_NAME
        key = prepare(path, key_store(self.settings))
        kept = self._choose_reference(path, key)
        self._storage = Storage(
            path,
            key,
            clock=self._outside.clock,
            vocabulary=vocabulary_of(self.rules),
            reapply=self._reapply,
            reserve_bytes=self.settings.reserve_mib * _MIB,
        )
        self._storage.open()
        self._keep_reference(kept)
        self.config = load_config(self._storage.read)

    def _choose_reference(self, path: Path, key: bytes) -> bytes | None:
        """Settle what this run of the program goes by; what earlier ones went by."""
        seen = peek(path, key, (KEPT, SETTING), REFERENCE_ENTITY)
        station = seen.settings[SETTING]
        enrolment = None if station is None else read_config(station).enrolment
        pinned = enrolment.reference_key if enrolment is not None else b""
        self._reference = choose(seen.settings[KEPT], seen.bodies, pinned or None)
        return seen.settings[KEPT]

    def _keep_reference(self, kept: bytes | None) -> None:
        """What the city has brought is used from now on, and search knows its words."""
        signed = self.reference.signed
        if signed is None or signed == kept:
            return
        before = choose(kept, (), None).rules
        if vocabulary_of(before) != vocabulary_of(self.rules):
            self.storage.rebuild_search()
        with self.storage.unit_of_work() as uow:
            uow.put_setting(KEPT, signed)
            uow.commit()

    def reload(self) -> None:
        """Read again what the station is (after first set-up, or when it has joined a city)."""
        self.__dict__.pop("secrets", None)  # a new enrolment brings a new key
        self.config = load_config(self.storage.read)

    @cached_property
    def secrets(self) -> KioskSecrets:
        """The kiosk's own keys."""
        return load_secrets(self.storage.unit_of_work, self._outside.entropy)

    def setup(self) -> Setup:
        """First set-up."""
        return Setup(
            self.storage.unit_of_work,
            self._outside.clock,
            self._outside.entropy,
            self.rules.reference,
            NetworkEnroller(self.secrets.signing, self._outside.clock),
        )

    def _context(self, config: StationConfig) -> Context:
        enrolment = config.enrolment
        return Context(
            kiosk=config.kiosk,
            unit_of_work=self.storage.unit_of_work,
            read=self.storage.read,
            clock=self._outside.clock,
            entropy=self._outside.entropy,
            sealer=StationSealer(self.secrets, enrolment.sealing_key if enrolment is not None else None),
            tokens=StationTokens(
                self.secrets.signing,
                config.kiosk,
                City(code=config.city, host=config.city_host),
                ring_of(self.storage.inbox, self.secrets, config.kiosk),
            ),
            rules=self.rules,
            words=self._words,
            signals=self._signal,
        )

    def services(self) -> Services:
        """The use cases of a station that has been set up."""
        config = self.config
        assert config is not None, "first set-up comes first"
        context = self._context(config)
        printer = make_printer(config, self.settings.slip_dir)
        press = StationPress(printer)
        entry = NetworkEntry(self.storage, self.secrets, self._outside.clock, self._outside.entropy)
        self._office = self._new_office()
        return app.build(
            context,
            config,
            self.rules.reference,
            press,
            self._reserver(),
            entry,
            lookup=self._lookup(),
            courier=self._office,
        )

    def _lookup(self) -> CityLookup | None:
        """Asks about people on a connection of its own, too."""
        client = self._new_client()
        if client is None:
            return None
        lookup = CityLookup(client)
        self._lookups.append(lookup)
        return lookup

    def _reserver(self) -> CityReserver | None:
        """Asks for places on a connection of its own: the pump's may be in the middle of a long answer."""
        client = self._new_client()
        if client is None:
            return None
        reserver = CityReserver(client, self.storage.inbox, self._outside.clock)
        self._reservers.append(reserver)
        return reserver

    def _new_office(self) -> CourierOffice | None:
        """The courier's desk, on a connection of its own; None while no city knows this kiosk."""
        client, config = self._new_client(), self.config
        if client is None or config is None:
            return None
        self._clients.append(client)
        clock, entropy = self._outside.clock, self._outside.entropy
        return courier_office(client, config, self.storage, self.secrets, self.settings, clock, entropy)

    def _new_client(self) -> CityClient | None:
        config = self.config
        if config is None or config.enrolment is None:
            return None
        enrolment = config.enrolment
        me = EnrolledDevice(
            device=enrolment.device,
            incarnation=enrolment.incarnation,
            kiosk=config.kiosk,
            key=self.secrets.signing,
        )
        return CityClient(HttpTransport(enrolment.url), me)

    def pump(self) -> Pump | None:
        """The exchange, one round at a time; None while no city knows this kiosk."""
        client = self._new_client()
        if client is None or self.config is None:
            return None
        self._clients.append(client)
        storage = self.storage
        clock, boot_id = self._outside.clock, storage.boot_id
        keeper = LeaseKeeper(self._context(self.config))
        ahead = InThreads()
        return Pump(client, storage.outbox, storage.inbox, clock, boot_id, storage.decisions, keeper, ahead)

    def city_time(self) -> datetime | None:
        """What time it is in the city now; None for a station that belongs to none.

        Raises:
            DeviceFault: the city is not reached, or does not know this kiosk.
        """
        client = self._new_client()
        if client is None:
            return None
        try:
            return client.hello().state.server_time
        finally:
            client.close()

    def on_commit(self, told: Callable[[], None]) -> None:
        """Call ``told`` after each commit, on the database lane's thread; it must return at once."""
        self._signal.told = told

    def on_station_changed(self, told: Callable[[], None]) -> None:
        """Call ``told`` when the station has joined a city, on the thread that did it; it must return at once."""
        self._signal.changed = told

    def start_sync(
        self, after_round: Callable[[Round], None] | None = None, pace: Pace | None = None
    ) -> SyncRunner | None:
        """Run the exchange in a thread of its own; None while no city knows this kiosk."""
        pump = self.pump()
        if pump is None:
            return None
        rounds = pump if self._office is None else CarryingPump(pump, self._office)
        self._runner = SyncRunner(rounds, pace, after_round)
        self._signal.runner = self._runner
        self._runner.start()
        return self._runner

    @property
    def exchanging(self) -> bool:
        """Whether a round of the exchange is under way."""
        return self._runner is not None and self._runner.in_round

    def stop_sync(self) -> None:
        """Stop the exchange after the request under way; what is in the outbox stays there."""
        self._signal.runner = None
        self._signal.told = None
        self._signal.changed = None
        if self._runner is not None:
            self._runner.stop()
            self._runner = None
        for client in self._clients:
            client.close()
        self._clients.clear()

    def close(self) -> None:
        """Stop the exchange and close the database."""
        self.stop_sync()
        for lookup in self._lookups:
            lookup.close()
        self._lookups.clear()
        for reserver in self._reservers:
            reserver.close()
        self._reservers.clear()
        if self._storage is not None:
            self._storage.close()

    def _reapply(self, op: Operation, records: Records) -> Sequence[Record]:
        return decide(op, records, self.rules).puts
