"""A station that began alone joins its city with all it has done; one that was shut out comes back."""

import os

import msgspec
import pytest

from kiosk.city import admin
from kiosk.city.context import CityContext
from kiosk.city.postgres import PostgresStore
from kiosk.city.server import CityServer
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import EmployerKind
from kiosk.protocol import sealing
from kiosk.protocol.codec import decode_operation
from kiosk.services.context import SELF
from kiosk.services.employers import EmployerForm
from kiosk.services.workers import WorkerForm
from kiosk.sync.faults import NetworkFault
from tests.city.stage import AREA, DISTRICTS, HOST
from tests.domain.samples import RULES
from tests.fakes import FakeClock
from tests.sync.kiosks import WholeKiosk

pytestmark = pytest.mark.postgres
NUMBER = "11010519491231002X"
OTHER = "371002198001011232"


@pytest.fixture
def founded(database, market):
    store = PostgresStore(database.gateway, 4)
    store.open()
    city = CityContext(store=store, rules=RULES, now=lambda: market.now, random=os.urandom)
    yield city, admin.create_city(city, AREA, HOST, DISTRICTS).sealing_private
    store.close()


@pytest.fixture
def city(founded):
    return founded[0]


@pytest.fixture
def private(founded):
    return founded[1]


@pytest.fixture
def server(city):
    with CityServer(city) as running:
        yield running


@pytest.fixture
def alone(tmp_path, market):
    made = WholeKiosk(tmp_path, "WHC1", FakeClock(market.now))
    yield made
    made.close()


def join(kiosk, city, url):
    told = []
    kiosk.kiosk.on_station_changed(lambda: told.append(True))
    kiosk.services.station.join_city(url, admin.make_enroll_token(city, "WHC1"))
    assert told == [True]
    kiosk.begin_anew()


def opened(box, private):
    return sealing.unseal(box, private).decode()


def test_what_was_done_alone_goes_up_and_is_sealed_for_the_city(alone, city, private, server):
    worker = alone.worker(id_number=NUMBER)
    employer = alone.services.employers.register(
        EmployerForm(kind=EmployerKind.HOUSEHOLD, name="鞠春生", phone="13812345678", id_number=OTHER), SELF
    )
    listing = alone.listing(headcount="1")
    placement = alone.apply(worker, listing).placement.id
    ids = [sent.op_id for sent in alone.kiosk.storage.outbox.unsent(100)]
    join(alone, city, server.url)
    assert [sent.op_id for sent in alone.kiosk.storage.outbox.unsent(100)] == ids
    held = alone.kiosk.storage.read.worker(worker).identity.sealed
    assert opened(held, private) == NUMBER
    assert opened(alone.kiosk.storage.read.employer(employer.id).identity.sealed, private) == OTHER
    alone.settle()
    counts = alone.kiosk.storage.outbox.counts()
    assert (counts.unsent, counts.rejected, counts.quarantined) == (0, 0, 0)
    there = city.store.run(lambda tx: tx.peek("worker", worker))
    assert opened(there.identity.sealed, private) == NUMBER
    assert city.store.run(lambda tx: tx.peek("placement", placement)).status == "confirmed"
    assert alone.kiosk.config.city_host == HOST


def test_no_byte_that_only_the_station_could_open_is_left(alone, city, private, server):
    worker = alone.worker(id_number=NUMBER)
    first = alone.kiosk.storage.read.worker(worker).identity.sealed
    form = WorkerForm(name="丛建国", phone="13900001111", id_number=NUMBER, consent=True)
    second = alone.services.workers.update(worker, form, SELF).identity.sealed
    join(alone, city, server.url)
    with alone.kiosk.storage.database.reader() as connection:
        rows = connection.execute(
            "SELECT body FROM worker UNION ALL SELECT body FROM outbox UNION ALL SELECT traces FROM outbox"
        ).fetchall()
    everything = b"".join(bytes(row[0]) for row in rows)
    for box in (first, second):
        assert msgspec.json.encode(box).strip(b'"') not in everything
    ops = [decode_operation(sent.op) for sent in alone.kiosk.storage.outbox.unsent(100)]
    boxes = [op.body.identity.sealed for op in ops if getattr(op.body, "identity", None)]
    assert [opened(box, private) for box in boxes] == [NUMBER, NUMBER]


def test_a_wrong_token_a_missing_one_and_no_city_change_nothing(alone, city, server):
    before = alone.kiosk.config
    station = alone.services.station
    with pytest.raises(Refusal, match="enrol_token"):
        station.join_city(server.url, "AAAA-BBBB-CCCC-DDDD")
    with pytest.raises(Refusal, match="enrol_token_missing"):
        station.join_city(server.url, " ")
    with pytest.raises(Refusal, match="city_url"):
        station.join_city("", "AAAA")
    with pytest.raises(NetworkFault):
        station.join_city("http://127.0.0.1:1", admin.make_enroll_token(city, "WHC1"))
    alone.begin_anew()
    assert alone.kiosk.config == before
    assert alone.pump is None


def test_the_city_of_another_region_is_refused(alone, database, market):
    store = PostgresStore(database.gateway, 2)
    store.open()
    city = CityContext(store=store, rules=RULES, now=lambda: market.now, random=os.urandom)
    admin.create_city(city, "370200", HOST, ("370202",))
    with CityServer(city) as server, pytest.raises(Refusal, match="other_city"):
        alone.services.station.join_city(server.url, admin.make_enroll_token(city, "WHC1"))
    store.close()
    assert alone.kiosk.config.enrolment is None


def test_a_kiosk_that_was_fenced_comes_back_under_another_key_and_loses_nothing(alone, city, server):
    join(alone, city, server.url)
    first = alone.worker()
    alone.settle()
    device = alone.kiosk.config.enrolment.device
    city.store.run(lambda tx: tx.fence(device, "clone", city.now()))
    second = alone.worker()
    assert alone.pump.step().fault.key == "sync.fenced"
    key = alone.kiosk.secrets.signing.public
    join(alone, city, server.url)
    assert alone.kiosk.config.enrolment.incarnation == 2
    assert alone.kiosk.secrets.signing.public != key
    alone.settle()
    for worker in (first, second):
        assert city.store.run(lambda tx, worker=worker: tx.peek("worker", worker)) is not None
    assert alone.kiosk.storage.outbox.counts().unsent == 0


def test_when_the_answer_to_a_new_enrolment_is_lost_the_same_key_tries_again(alone, city, server):
    join(alone, city, server.url)
    token = admin.make_enroll_token(city, "WHC1")
    city.store.run(lambda tx: tx.fence(alone.kiosk.config.enrolment.device, "clone", city.now()))
    outbox = alone.kiosk.storage.outbox
    full, outbox.enter_city = outbox.enter_city, _power_cut
    with pytest.raises(KeyboardInterrupt):
        alone.services.station.join_city(server.url, token)
    outbox.enter_city = full
    alone.services.station.join_city(server.url, token)
    alone.begin_anew()
    assert alone.kiosk.config.enrolment.incarnation == 2
    alone.settle()


def _power_cut(*args: object, **named: object) -> None:
    raise KeyboardInterrupt


def test_a_code_that_another_disk_used_before_begins_a_new_count(alone, tmp_path, city, server, market):
    gone = WholeKiosk(tmp_path / "old", "WHC1", FakeClock(market.now), city, server.url)
    gone.worker()
    gone.settle()
    gone.close()
    worker = alone.worker()
    join(alone, city, server.url)
    assert alone.kiosk.config.enrolment.incarnation == 2
    alone.settle()
    assert city.store.run(lambda tx: tx.peek("worker", worker)) is not None
