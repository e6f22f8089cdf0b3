"""What runs in processes of their own that are killed: a kiosk at work, a gateway."""

import threading
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import UUID

from kiosk.city.context import CityContext
from kiosk.city.postgres import PostgresStore
from kiosk.city.server import CityServer
from kiosk.domain.refusal import Refusal
from kiosk.protocol.signing import SigningKey
from kiosk.sync.client import CityClient, Enrolled
from kiosk.sync.pump import Pump
from kiosk.sync.transport import HttpTransport
from tests.storage.desk import AnyRules, Desk, storage_at
from tests.storage.market import NOW


def kiosk(path: str, url: str, who: tuple[UUID, int, str, bytes], seed: int, say: Connection) -> None:
    """People come one after the other and the exchange runs beside them; says what was promised, until killed."""
    storage = storage_at(Path(path))
    storage.open()
    device, incarnation, code, key = who
    me = Enrolled(device=device, incarnation=incarnation, kiosk=code, key=SigningKey(key))
    client = CityClient(HttpTransport(url), me)
    pump = Pump(client, storage.outbox, storage.inbox, storage.clock, storage.boot_id)
    threading.Thread(target=exchange, args=(pump,), daemon=True).start()
    desk = Desk(storage, seed, code)
    while True:
        listing = desk.listing(headcount=3)
        for _ in range(4):
            try:
                promised = desk.apply(listing, desk.worker())
            except Refusal:  # the city has closed it in between: full
                break
            say.send(promised)


def exchange(pump: Pump) -> None:
    """Round after round."""
    while True:
        pump.step()


def gateway(dsn: str, port: int, say: Connection) -> None:
    """The gateway on a port, until killed."""
    store = PostgresStore(dsn, 4)
    store.open()
    city = CityContext(store=store, rules=AnyRules(), now=lambda: NOW, random=bytes)
    CityServer(city, port=port).start()
    say.send("ready")
    threading.Event().wait()
