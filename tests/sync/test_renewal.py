"""A station changes its key: its log goes up once more, known by its ids; old slips stay good; cut off, it goes on."""

from datetime import timedelta

import pytest

from kiosk.sync.faults import CityRefused
from tests.fakes import FakeClock
from tests.sync.kiosks import WholeKiosk

pytestmark = pytest.mark.postgres


@pytest.fixture
def kiosk(tmp_path, market, city, server):
    made = WholeKiosk(tmp_path, "WHC1", FakeClock(market.now), city, server.url)
    made.settle()
    yield made
    made.close()


def test_a_new_key_and_nothing_done_twice(kiosk, city, market):
    worker = kiosk.worker()
    kiosk.settle()
    counts = city.store.run(lambda tx: tx.counts())
    before = kiosk.kiosk.secrets.signing.public
    scanned = kiosk.services.printing.of(worker)[0].content.qr
    market.now += timedelta(minutes=5)
    kiosk.clock.advance(300)
    renewed = kiosk.services.station.renew_key()
    assert renewed.enrolment.incarnation == 2
    kiosk.begin_anew()
    assert kiosk.kiosk.secrets.signing.public != before
    later = kiosk.worker()
    kiosk.settle()
    after = city.store.run(lambda tx: tx.counts())
    assert after["worker"] == counts["worker"] + 1
    assert city.store.run(lambda tx: tx.peek("worker", later)) is not None
    token = kiosk.services.context.tokens.read(scanned, kiosk.clock.now())
    assert token.subject_id == worker


def test_a_lost_answer_is_asked_for_again_with_the_same_key(kiosk, monkeypatch):
    from kiosk.storage.outbox import SqlOutbox

    kiosk.worker()
    enter = SqlOutbox.enter_city

    def cut(*_args, **_more):
        raise ConnectionError("power cut")

    monkeypatch.setattr(SqlOutbox, "enter_city", cut)
    with pytest.raises(ConnectionError):
        kiosk.services.station.renew_key()
    monkeypatch.setattr(SqlOutbox, "enter_city", enter)
    assert kiosk.services.station.renew_key().enrolment.incarnation == 2
    kiosk.begin_anew()
    kiosk.settle()
    assert kiosk.kiosk.storage.outbox.counts().unsent == 0


def test_a_station_that_was_shut_out_gets_no_new_key(kiosk, city):
    from kiosk.city import admin

    admin.revoke(city, "WHC1")
    with pytest.raises(CityRefused) as refused:
        kiosk.services.station.renew_key()
    assert refused.value.key == "sync.revoked"
    assert kiosk.services.station.config.enrolment.incarnation == 1
