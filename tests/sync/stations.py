"""A kiosk as it is installed, without its screen: its encrypted database, its pump, people at its desk."""

import os
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.city import admin
from kiosk.city.context import CityContext
from kiosk.protocol.codec import decode_record
from kiosk.protocol.signing import SigningKey
from kiosk.storage.storage import FILE_NAME, Storage, create
from kiosk.sync.client import CityClient, Enrolled, Timeouts, enroll
from kiosk.sync.ports import Transport
from kiosk.sync.pump import Pump
from tests.city.stage import items_of
from tests.storage.desk import KEY, Desk, storage_at


def fresh_storage(folder: Path) -> Storage:
    """An open database of its own, new."""
    folder.mkdir(parents=True)
    create(folder / FILE_NAME, KEY)
    storage = storage_at(folder / FILE_NAME)
    storage.open()
    return storage


class RealStation:
    """Enrolled over ``introduction`` (the network in good weather), working over ``network``."""

    def __init__(
        self,
        city: CityContext,
        network: Transport,
        storage: Storage,
        code: str,
        seed: int,
        *,
        introduction: Transport | None = None,
        timeouts: Timeouts | None = None,
    ) -> None:
        self.city = city
        self.storage = storage
        self.desk = Desk(storage, seed, code)
        self.network = network
        self.seed = os.urandom(32)
        key = SigningKey(self.seed)
        answer = enroll(introduction or network, key, admin.make_enroll_token(city, code), code, code)
        self.me = Enrolled(device=answer.device, incarnation=answer.incarnation, kiosk=code, key=key)
        client = CityClient(network, self.me, timeouts)
        self.pump = Pump(client, storage.outbox, storage.inbox, storage.clock, storage.boot_id)

    def settle(self, rounds: int = 12) -> None:
        """Rounds of good weather until there is nothing left to do."""
        for _ in range(rounds):
            done = self.pump.step()
            if done.fault is None and not done.more:
                return
        pytest.fail(f"still busy: {done}")

    def logged(self) -> dict[int, UUID]:
        """What the city's log holds of this kiosk: operation by number."""
        last = self.storage.outbox.counts().issued
        me = self.me
        rows = self.city.store.run(lambda tx: tx.logged(me.device, me.incarnation, 1, last + 1000))
        return {seq: each.op_id for seq, each in rows.items()}

    def sent(self) -> dict[int, UUID]:
        """What this kiosk's own log holds: operation by number."""
        with self.storage.database.reader() as connection:
            rows = connection.execute("SELECT op_seq, op_id FROM outbox ORDER BY op_seq").fetchall()
        return {seq: UUID(bytes=bytes(op_id)) for seq, op_id in rows}

    def check(self) -> None:
        """All is settled, once; what the kiosk holds is what the city shows it."""
        assert self.storage.outbox.counts().unsent == 0
        assert self.logged() == self.sent()
        page = self.city.store.run(lambda tx: tx.items(f"dev/{self.me.kiosk}", 0, 10_000, self.me.kiosk))
        with self.storage.unit_of_work() as uow:
            for item in items_of(page):
                if item.entity in {"verdict", "lease", "demand"}:
                    continue
                held = getattr(uow, item.entity)(item.id)
                if item.deleted:
                    assert held is None
                else:
                    assert held == decode_record(item.entity, bytes(item.body))
            for item in items_of(page):
                if item.entity == "lease":
                    lease = decode_record("lease", bytes(item.body))
                    held = uow.lease(item.id, self.me.kiosk)
                    assert (held.granted, held.spent, held.returned) == (
                        lease.granted,
                        lease.spent,
                        lease.returned,
                    )
