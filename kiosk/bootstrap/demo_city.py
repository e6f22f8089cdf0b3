"""The demo's city: PostgreSQL, the gateway, and a market morning that some kiosks have already sent."""

import json
import logging
import sys
import tomllib
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from kiosk.assets import asset_path
from kiosk.bootstrap.reference import load_rules
from kiosk.city import admin
from kiosk.city.context import CityContext
from kiosk.city.embedded import EmbeddedPostgres
from kiosk.city.server import CityServer, open_city
from kiosk.demo.market import Morning, Size
from kiosk.demo.people import Stuff
from kiosk.domain.market_rules import MarketRules
from kiosk.domain.operations import Operation
from kiosk.domain.records import Identity
from kiosk.domain.resident_id import mask_resident_id
from kiosk.protocol import sealing
from kiosk.protocol.codec import encode
from kiosk.protocol.messages import MAX_OPS, PushRequest, Sent
from kiosk.protocol.signing import SigningKey
from kiosk.services.ports import Clock, Entropy
from kiosk.sync.client import CityClient, Enrolled, enroll
from kiosk.sync.transport import HttpTransport

log = logging.getLogger(__name__)
AREA = "371000"
DISTRICT = "371002"
#: The demo's own kiosk, and two others of the city that have opened before it.
KIOSK = "WHC1"
OTHERS = ("WHG1", "WHR1")


def load_stuff() -> Stuff:
    """The material of the invented morning."""
    text = asset_path("demo", "market.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Stuff)


def morning_of(
    seed: int, now: datetime, rules: MarketRules, seal: Callable[[str, date], Identity]
) -> list[Operation]:
    """The operations of all kiosks of the demo; the same for the same seed and time."""
    morning = Morning(
        seed=seed,
        stuff=load_stuff(),
        reference=rules.reference,
        rules=rules,
        city=AREA,
        kiosks=(KIOSK, *OTHERS),
        now=now,
        seal=seal,
    )
    return morning.run(Size())


class DemoCity:
    """A city in a folder. ``start`` makes it when it is new; ``send_morning`` fills it.

    Attributes:
        dsn: connection string of the gateway's role, once started.
        context: the handlers' context; server: the gateway.
    """

    def __init__(self, folder: Path, clock: Clock, entropy: Entropy, *, durable: bool = True) -> None:
        self._postgres = EmbeddedPostgres(folder / "postgres", durable=durable)
        self._folder = folder
        self._clock = clock
        self._entropy = entropy
        self.rules = load_rules()
        self.dsn = ""
        self.context: CityContext | None = None
        self.server: CityServer | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Start PostgreSQL and the gateway.

        Returns:
            The gateway's address.

        Raises:
            NoPostgres: the server does not start.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        self._postgres.start()
        databases = self._postgres.create("city")
        self.dsn = databases.gateway
        self.context = open_city(self.dsn, self.rules)
        self.server = CityServer(self.context, host, port)
        self.server.start()
        name = self.server.url.removeprefix("http://")
        districts = [region.code for region in self.rules.reference.children(AREA)]
        admin.create_city(self.context, AREA, name, districts)
        return self.server.url

    def token(self, kiosk: str = KIOSK) -> str:
        """A one-time token for a kiosk."""
        assert self.context is not None, "start() comes first"
        return admin.make_enroll_token(self.context, kiosk)

    def send_morning(self, operations: Sequence[Operation]) -> int:
        """Let the other kiosks enrol and send what happened there; how many operations."""
        sent = 0
        for kiosk in OTHERS:
            mine = [op for op in operations if op.kiosk == kiosk]
            sent += self._send(kiosk, mine)
        return sent

    def stop(self) -> None:
        """Stop the gateway, then PostgreSQL."""
        if self.server is not None:
            self.server.stop()
        if self.context is not None:
            self.context.store.close()
        self._postgres.stop()

    def _send(self, kiosk: str, operations: Sequence[Operation]) -> int:
        assert self.server is not None, "start() comes first"
        key = SigningKey(self._entropy.token_bytes(32))
        transport = HttpTransport(self.server.url)
        answer = enroll(transport, key, self.token(kiosk), kiosk, kiosk)
        me = Enrolled(device=answer.device, incarnation=answer.incarnation, kiosk=kiosk, key=key)
        client = CityClient(transport, me)
        chain = ""
        for first in range(0, len(operations), MAX_OPS // 2):
            batch = operations[first : first + MAX_OPS // 2]
            request = PushRequest(
                device=me.device,
                incarnation=me.incarnation,
                boot_id="demo",
                monotonic=self._clock.monotonic(),
                wall=self._clock.now(),
                previous=chain,
                ops=tuple(
                    Sent(seq=first + at + 1, op_id=op.op_id, op=msgspec.Raw(encode(op)))
                    for at, op in enumerate(batch)
                ),
            )
            chain = client.push(request).state.chain
        client.close()
        return len(operations)


def city_seal(recipient: bytes) -> Callable[[str, date], Identity]:
    """Seals the ID numbers of people at other kiosks for the city's key."""

    def seal(number: str, birth: date) -> Identity:
        box = sealing.seal(number.encode("ascii"), recipient)
        return Identity(sealed=box, lookup="", birth_date=birth, masked=mask_resident_id(number))

    return seal


def serve_demo(folder: Path, seed: int, now: datetime, clock: Clock, entropy: Entropy) -> int:
    """The demo's city as a process of its own: says where it is in one line of JSON, ends with its standard input."""
    with DemoCity(folder, clock, entropy) as city:
        url = city.start()
        assert city.context is not None, "start() opened it"
        counted = admin.counts(city.context)
        if not counted.get("listing"):
            recipient = city.context.store.run(lambda tx: tx.city()).sealing_key
            city.send_morning(morning_of(seed, now, city.rules, city_seal(recipient)))
        sys.stdout.write(json.dumps({"url": url, "token": city.token()}) + "\n")
        sys.stdout.flush()
        sys.stdin.read()
    return 0
