"""A kiosk whose line is a stick: the real courier desk, the city's tools, and files that are lost, old, read twice."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.bootstrap.city_courier import export_courier, import_courier
from kiosk.city.store import StoreBusy
from kiosk.domain.refusal import Refusal
from kiosk.protocol.messages import COURIER_KEY_ENTITY, PullResponse, SnapshotResponse
from kiosk.protocol.progress import SnapshotKey
from kiosk.services.courier_ports import CourierFile, Stick, TakenIn
from kiosk.sync.carried_pages import CarriedPages
from kiosk.sync.client import CityClient, Enrolled
from kiosk.sync.courier_office import CourierOffice, OfficePorts, key_from
from kiosk.sync.faults import NetworkFault, refused
from kiosk.sync.pump import Round, Scope
from tests.simulation.city import AREA
from tests.simulation.station import Brittle, Station

if TYPE_CHECKING:
    from tests.simulation.world import World

#: What the answers say when only a new enrolment helps, and the code of it.
_SHUT = {
    "sync.fenced": "fenced",
    "sync.revoked": "revoked",
    "sync.unknown_device": "unknown_device",
    "sync.re_enrol": "fenced",
}
#: Refusals of a file that is no good any more; the next one may be.
_OLD = frozenset({"refusal.courier_other_life", "refusal.courier_earlier_key", "refusal.courier_damaged"})


class _Inspected(CarriedPages):
    """Shows every page to the checks before it is taken."""

    def __init__(self, station: Station, *parts: Any) -> None:
        super().__init__(*parts)
        self._station = station

    def changes(self, answer: PullResponse, after: int) -> int:
        self._station.inspect(answer)
        return super().changes(answer, after)

    def held(self, answer: SnapshotResponse, start: SnapshotKey | None, *, anew: bool) -> int:
        self._station.inspect(answer)
        return super().held(answer, start, anew=anew)


class ByStick:
    """Takes the place of a station's ``sync``."""

    def __init__(self, world: "World", station: Station) -> None:
        self._world = world
        self._station = station
        self._by_network = station.sync
        self._kept: list[Path] = []
        self._folder = station.folder / "stick"
        self._folder.mkdir(parents=True, exist_ok=True)

    def round(self, scope: Scope = Scope.ALL) -> Round:
        """One journey, or part of one. The first contact is by network: it brings the city's key."""
        world, station = self._world, self._station
        if not station.storage.inbox.bodies(COURIER_KEY_ENTITY):
            return self._by_network(scope)
        chance = world.chance.random()
        try:
            if world.resting or chance < 0.6:
                return self._there_and_back()
            if chance < 0.8:
                return self._taken(self._unasked(), sure=False)
            if chance < 0.9 and self._kept:
                return self._taken(world.chance.choice(self._kept), sure=False)
            self._written()  # and the stick is lost
        except StoreBusy:
            pass
        return _nothing()

    def _there_and_back(self) -> Round:
        up = self._written()
        before = set(self._folder.iterdir())
        said: list[str] = []
        world = self._world
        if import_courier(world.city.context, up, self._folder, said.append) != 0:
            return _nothing()
        (answers,) = set(self._folder.iterdir()) - before
        self._keep(answers)
        if not world.resting and world.chance.random() < 0.3:
            import_courier(world.city.context, up, None, said.append)  # the same file once more
        self._station.meanwhile()
        return self._taken(answers, sure=True)

    def _written(self) -> Path:
        anew = self._world.chance.random() < 0.1
        exported = self._office().export(self._stick(), _no_progress, anew=anew)
        return self._folder / exported.name

    def _unasked(self) -> Path:
        before = set(self._folder.iterdir())
        said: list[str] = []
        if export_courier(self._world.city.context, self._station.code, self._folder, said.append) != 0:
            raise StoreBusy("shut out")
        (made,) = set(self._folder.iterdir()) - before
        self._keep(made)
        return made

    def _keep(self, path: Path) -> None:
        self._kept = [*self._kept, path][-4:]

    def _taken(self, path: Path, *, sure: bool) -> Round:
        """``sure``: the answers of just now. What an older file says of the city may be long past."""
        office = self._office()
        file = next(each for each in office.files(self._stick()) if each.path == path)
        try:
            taken = self._take(office, file)
        except Refusal as refusal:
            if refusal.key not in _OLD:
                raise
            self._world.outcome.seen[f"stick {refusal.key}"] += 1
            return _nothing()
        self._world.outcome.seen[f"stick {taken.problem or 'good'}"] += 1
        if taken.problem in _SHUT:
            if sure:
                self._station.needs_enrolment = True
            fault = refused(_SHUT[taken.problem])
            return Round(pushed=taken.settled, pulled=taken.pulled, more=False, fault=fault)
        return Round(pushed=taken.settled, pulled=taken.pulled, more=not sure or bool(taken.problem))

    @staticmethod
    def _take(office: CourierOffice, file: CourierFile) -> TakenIn:
        return office.take_in(file, _no_progress)

    def _stick(self) -> Stick:
        return Stick(path=self._folder, name="STICK", free=1, writable=True)

    def _office(self) -> CourierOffice:
        """As the station stands now: after a crash it is another one."""
        station = self._station
        enrolment, storage = station.config.enrolment, station.storage
        assert enrolment is not None
        me = Enrolled(
            device=enrolment.device,
            incarnation=enrolment.incarnation,
            kiosk=station.code,
            key=station.secrets.signing,
        )
        outbox, inbox = Brittle(storage.outbox, station.cuts), Brittle(storage.inbox, station.cuts)
        client = CityClient(station.line(), me)
        ports = OfficePorts(
            client=client,
            pages=_Inspected(station, client, outbox, inbox),
            outbox=outbox,
            inbox=inbox,
            decisions=storage.decisions,
            clock=station.clock,
            boot_id=storage.boot_id,
            private=station.secrets.escrow,
            city_key=lambda: key_from(storage.inbox.bodies(COURIER_KEY_ENTITY)),
            streams=lambda: _streams(station),
            random=station.chance.randbytes,
            folder=station.path.parent / "courier",
            sticks=lambda: (),
            city=AREA,
        )
        return CourierOffice(ports)


def _streams(station: Station) -> Sequence[str]:
    assert station.config.enrolment is not None
    return station.config.enrolment.streams


def _no_progress(done: int, total: int) -> None:
    pass


def _nothing() -> Round:
    return Round(pushed=0, pulled=0, more=True, fault=NetworkFault("sync.unreachable"))
