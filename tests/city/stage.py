"""A real PostgreSQL, a city in it, and kiosks that push by hand. Import the fixtures into a conftest."""

import itertools
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from kiosk.city import admin
from kiosk.city.context import CityContext
from kiosk.city.embedded import GATEWAY, OWNER, Databases, EmbeddedPostgres
from kiosk.city.enrolment import enroll
from kiosk.city.postgres import PostgresStore
from kiosk.city.push import push
from kiosk.city.reading import pull
from kiosk.city.stored import DeviceRow, Wanted
from kiosk.domain.calendar import local_date
from kiosk.domain.operations import Actor, Apply, Body, Operation
from kiosk.domain.values import Claim
from kiosk.protocol import lean
from kiosk.protocol.codec import decode, encode
from kiosk.protocol.messages import (
    EnrollRequest,
    EnrollResponse,
    Item,
    PushRequest,
    PushResponse,
    Sent,
)
from kiosk.protocol.signing import SigningKey
from tests.domain.samples import RULES, SELF, TERMS, Market
from tests.fakes import FakeClock

AREA = "371000"
HOST = "lgsc.example.cn"
DISTRICTS = ("371002", "371003", "371082")
_numbers = itertools.count(1)


@dataclass
class Cluster:
    """The server of this test session and the database that new ones are copied from."""

    postgres: EmbeddedPostgres
    template: Databases

    def fresh(self) -> Databases:
        """An empty database with the schema."""
        name = f"city_{next(_numbers)}"
        self._say(f"CREATE DATABASE {name} TEMPLATE template_city OWNER {OWNER}")
        return Databases(
            owner=self.template.owner.replace("template_city", name),
            gateway=self.template.gateway.replace("template_city", name),
        )

    def drop(self, database: Databases) -> None:
        """Files of a thousand databases take a minute to delete at the end; one that is still in memory takes none."""
        self._say(f"DROP DATABASE {conninfo_to_dict(database.owner)['dbname']} WITH (FORCE)")

    def _say(self, statement: str) -> None:
        superuser = self.template.owner.replace(f"{OWNER}@/template_city", "postgres@/postgres")
        with psycopg.connect(superuser, autocommit=True) as connection:
            connection.execute(statement)


def items_of(page) -> list[Item]:
    """The items of a page of the city's, or of an answer with one."""
    told = getattr(page, "items", msgspec.UNSET)
    if told is not msgspec.UNSET:
        return msgspec.json.decode(told, type=list[Item])
    return list(lean.items_of(decode(lean.LeanPage, page.lean)))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """PostgreSQL for this session, without fsync.

    Not in pytest's own folder: each pytest that starts closes that folder to other users, and as root PostgreSQL runs
    as another user.
    """
    with (
        tempfile.TemporaryDirectory(prefix="gig-cluster-") as folder,
        EmbeddedPostgres(Path(folder) / "data", durable=False) as postgres,
    ):
        yield Cluster(postgres, postgres.create("template_city"))


@pytest.fixture
def database(cluster: Cluster) -> Iterator[Databases]:
    """An empty database with the city's schema."""
    made = cluster.fresh()
    yield made
    cluster.drop(made)


@pytest.fixture
def market() -> Market:
    """Makes operations, six in the morning."""
    return Market()


@pytest.fixture
def city(database: Databases, market: Market) -> Iterator[CityContext]:
    """The city's handlers on the gateway's role, at the market's time."""
    store = PostgresStore(database.gateway, 4)
    store.open()
    context = CityContext(store=store, rules=RULES, now=lambda: market.now, random=os.urandom)
    admin.create_city(context, AREA, HOST, DISTRICTS)
    yield context
    store.close()


@dataclass
class Kiosk:
    """A kiosk that talks to the handlers directly."""

    city: CityContext
    market: Market
    code: str
    seed: bytes = field(default_factory=lambda: os.urandom(32))
    district: str = ""
    enrolled: EnrollResponse | None = None
    seq: int = 0
    log: list[Sent] = field(default_factory=list)

    def enroll(self) -> "Kiosk":
        token = admin.make_enroll_token(self.city, self.code)
        request = EnrollRequest(
            token=token,
            public_key=SigningKey(self.seed).public,
            kiosk=self.code,
            name="驿站",
            district=self.district,
        )
        self.enrolled = self.city.store.run(lambda tx: enroll(self.city, tx, request))
        return self

    @property
    def device(self) -> DeviceRow:
        row = self.city.store.run(lambda tx: tx.device(self.enrolled.device))
        assert row is not None
        return row

    def operation(self, body: Body, actor: Actor = SELF) -> Operation:
        return self.market.operation(body, actor, self.code)

    def sent(self, op: Operation) -> Sent:
        self.seq += 1
        sent = Sent(seq=self.seq, op_id=op.op_id, op=msgspec.Raw(encode(op)))
        self.log.append(sent)
        return sent

    def request(self, *batch: Sent, **changes: object) -> PushRequest:
        request = PushRequest(
            device=self.enrolled.device,
            incarnation=self.enrolled.incarnation,
            boot_id="boot",
            monotonic=1.0,
            wall=self.market.now,
            previous=self.device.chain,
            ops=batch,
        )
        return msgspec.structs.replace(request, **changes)

    def push(self, *batch: Sent) -> PushResponse:
        request = self.request(*batch)
        return push(self.city, self.device, request, encode(request))

    def say(self, *bodies: Body, actor: Actor = SELF) -> list[tuple[str, str]]:
        """Push these and return (outcome, reason) of each."""
        answer = self.push(*(self.sent(self.operation(body, actor)) for body in bodies))
        return [(str(verdict.outcome), verdict.reason) for verdict in answer.verdicts]

    def sees(self, stream: str) -> dict[tuple[str, UUID], Item]:
        """Everything in a stream that this kiosk may see, tombstones too."""
        page = self.city.store.run(lambda tx: pull(self.city, tx, self.device, stream, 0, None, 2000))
        assert not page.more
        return {(item.entity, item.id): item for item in items_of(page)}

    def own(self) -> dict[tuple[str, UUID], dict]:
        """Live records in its own stream, decoded."""
        return {
            key: msgspec.json.decode(item.body)
            for key, item in self.sees(f"dev/{self.code}").items()
            if not item.deleted
        }

    def employer_body(self) -> Body:
        return _captured(self.market, lambda market: market.employer())

    def worker_body(self, name: str = "李大海") -> Body:
        return _captured(self.market, lambda market: market.worker(name))

    def post_body(self, employer_id: UUID, headcount: int = 2, **terms: object) -> Body:
        body = self.market.post_body(employer_id, replace(TERMS, headcount=headcount, **terms))
        return replace(body, valid_until=local_date(self.market.now) + timedelta(days=1))

    def apply_body(self, listing_id: UUID, worker_id: UUID, claim: Claim = Claim.LEASE) -> Apply:
        return Apply(
            placement_id=self.market.new_id(),
            listing_id=listing_id,
            worker_id=worker_id,
            claim=claim,
            number=1,
        )


def _captured(market: Market, make) -> Body:
    """The body that a maker of the sample market would run, without running it."""
    caught: list[Body] = []
    run, market.run = market.run, lambda body, *rest, **more: caught.append(body)
    try:
        make(market)
    finally:
        market.run = run
    return caught[0]


@pytest.fixture
def kiosk(city: CityContext, market: Market) -> Kiosk:
    """Kiosk WH01, enrolled."""
    return Kiosk(city, market, "WH01").enroll()


@pytest.fixture
def other(city: CityContext, market: Market) -> Kiosk:
    """Kiosk WH02, enrolled."""
    return Kiosk(city, market, "WH02").enroll()


__all__ = [
    "GATEWAY",
    "Cluster",
    "FakeClock",
    "Kiosk",
    "city",
    "cluster",
    "database",
    "kiosk",
    "market",
    "other",
]


def escrow(city, listing):
    """The reserve and the leases of a listing, once their sum is its headcount."""
    records = city.store.run(lambda tx: tx.load(Wanted(listings=frozenset({listing}))))
    central, leases = records.central(listing), list(records.leases.values())
    assert (
        central.free + central.firm + sum(each.granted - each.returned for each in leases)
        == central.headcount
    )
    return central, leases
