"""The city of a simulation: the real gateway and handlers on a store that can be backed up and restored."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Protocol
from uuid import UUID

from kiosk.city import admin
from kiosk.city.context import CityContext
from kiosk.city.gateway import build_app
from kiosk.city.purge import expire, forget, withdraw
from kiosk.city.store import CityStore
from kiosk.domain.calendar import local_date
from kiosk.domain.rulebook import RuleBook
from kiosk.domain.wanted import VALID_DAYS
from tests.simulation.network import Network
from tests.simulation.shadow import Shadow, WatchedStore

AREA, HOST = "371000", "lgsc.example.cn"
DISTRICTS = ("371002", "371003", "371082", "371083")
_KEPT = 3


class SimTime:
    """The true time. Kiosks have clocks of their own."""

    def __init__(self, now: datetime) -> None:
        self.now = now


class BackedUp(CityStore, Protocol):
    """A store with backups."""

    def backup(self) -> Any:
        """Everything, as it is now."""

    def restore(self, backup: Any) -> None:
        """Everything, as it was then."""

    def verified(self, backup: Any) -> None:
        """The backup has been read back: what is in it is durable."""


@dataclass
class Backup:
    """A backup and what the shadow knew then."""

    data: Any
    shadow: Shadow


class SimCity:
    """One city; ``shadow`` is what it has to be."""

    def __init__(
        self, store: BackedUp, rules: RuleBook, time: SimTime, chance: Random, counted: Counter[str]
    ) -> None:
        self._inner = store
        self._rules = rules
        self._chance = chance
        self._counted = counted
        self.store = WatchedStore(store, Shadow(rules))
        self.context = CityContext(
            store=self.store, rules=rules, now=lambda: time.now, random=chance.randbytes
        )
        admin.create_city(self.context, AREA, HOST, DISTRICTS)
        self.network = Network(build_app(self.context), Random(chance.random()), counted)
        self.busy_rate = 0.0
        self.store.trouble = self._trouble
        self._backups: list[Backup] = []

    @property
    def shadow(self) -> Shadow:
        return self.store.shadow

    @property
    def epoch(self) -> UUID:
        return self._calmly(lambda: self.store.run(lambda tx: tx.city().epoch))

    def token(self, kiosk: str) -> str:
        """What the city's engineer tells the staff over the telephone."""
        return self._calmly(lambda: admin.make_enroll_token(self.context, kiosk))

    def _trouble(self) -> str:
        if self._chance.random() >= self.busy_rate:
            return ""
        kind = self._chance.choice(("before", "after"))
        self._counted[f"database busy {kind} commit"] += 1
        return kind

    def _calmly(self, work: Any) -> Any:
        trouble, self.store.trouble = self.store.trouble, lambda: ""
        try:
            return work()
        finally:
            self.store.trouble = trouble

    def purge(self) -> None:
        """All deletions are forgotten at once; what has expired leaves the streams, and entries before their time."""
        now = self.context.now()
        self._calmly(lambda: expire(self.context, local_date(now), chunk=3))
        self._calmly(
            lambda: withdraw(self.context, local_date(now) + timedelta(days=VALID_DAYS + 1), chunk=3)
        )
        self._calmly(lambda: forget(self.context, datetime(2100, 1, 1, tzinfo=UTC), chunk=3))

    def revoke(self, code: str) -> bool:
        """The engineer shuts a kiosk out; its unspent places come back."""
        return bool(self._calmly(lambda: admin.revoke(self.context, code, "x")))

    def take_backup(self) -> None:
        self._backups = [*self._backups, Backup(self._inner.backup(), self.shadow.snapshot())][-_KEPT:]

    def verify_backup(self) -> None:
        """Read the newest backup back. Older ones will not be used any more."""
        self._backups = self._backups[-1:]
        self._inner.verified(self._backups[0].data)

    def restore(self) -> None:
        """The database is lost: an older one takes its place, with a new epoch."""
        backup = self._chance.choice(self._backups)
        self._backups = self._backups[: self._backups.index(backup) + 1]
        self._inner.restore(backup.data)
        self.store.shadow = backup.shadow.snapshot()
        self._calmly(lambda: admin.after_restore(self.context))
