"""A kiosk forgets operations seven days after a verified backup has them, and not before."""

from datetime import timedelta

import pytest

from kiosk.city.backup import backup
from kiosk.city.embedded import superuser_of
from kiosk.domain.calendar import local_date
from tests.sync.kiosks import WholeKiosk

pytestmark = pytest.mark.postgres
DAY = 86_400


@pytest.fixture
def kiosk(tmp_path, clock, city, server):
    made = WholeKiosk(tmp_path, "WHC1", clock, city, server.url)
    yield made
    made.close()


def kept(kiosk):
    with kiosk.kiosk.storage.database.reader() as connection:
        return connection.execute("SELECT count(*) FROM outbox").fetchone()[0]


def night(kiosk, days):
    kiosk.clock.advance(days * DAY)
    kiosk.kiosk.storage.maintain(local_date(kiosk.clock.now()))


def test_operations_go_after_seven_days_in_a_verified_backup(kiosk, city, database, tmp_path):
    for _ in range(3):
        kiosk.worker()
    made = kept(kiosk)
    kiosk.settle()
    night(kiosk, 30)
    assert kept(kiosk) == made  # accepted is not durable
    backup(city, superuser_of(database.gateway), tmp_path / "city.dump")
    kiosk.settle()
    night(kiosk, 6)
    assert kept(kiosk) == made
    kiosk.worker()
    unsent = kiosk.kiosk.storage.outbox.counts().unsent
    assert unsent > 0
    night(kiosk, 2)
    assert kept(kiosk) == unsent
    kiosk.settle()
    assert kiosk.kiosk.storage.outbox.counts().unsent == 0
    assert timedelta(days=7) < kiosk.clock.now() - city.now()
