"""A whole kiosk whose machine stands in 1970: after the first round its day is the city's."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.domain.calendar import local_date
from kiosk.services.city_clock import CityClock
from tests.fakes import FakeClock
from tests.sync.kiosks import WholeKiosk

pytestmark = pytest.mark.postgres


def test_a_kiosk_from_1970_posts_for_tomorrow_after_one_round(tmp_path, city, server, market):
    clock = CityClock(FakeClock(datetime(1970, 1, 2, tzinfo=UTC)))
    kiosk = WholeKiosk(tmp_path, "WHC1", clock, city, server.url)
    kiosk.settle()
    assert kiosk.services.context.today() == local_date(market.now)
    assert kiosk.services.context.clock_off() < -timedelta(days=365)
    listing = kiosk.listing()
    kiosk.settle()
    assert kiosk.kiosk.storage.read.sync_counts().rejected == 0
    assert kiosk.services.placements is not None
    assert kiosk.kiosk.storage.read.listing(listing).published_at is not None
    assert kiosk.kiosk.city_time() == market.now
    kiosk.close()
