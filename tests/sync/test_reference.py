"""Reference data that a city publishes reaches its kiosks, holds from their next start on, and nothing else does."""

from dataclasses import replace

import pytest

from kiosk.bootstrap.kiosk import Kiosk, Outside
from kiosk.bootstrap.reference import choose, shipped_files
from kiosk.bootstrap.system import SystemEntropy
from kiosk.city.reference import publish
from kiosk.city.server import CityServer
from kiosk.protocol.reference_bundle import Bundle, sign
from kiosk.protocol.signing import SigningKey
from kiosk.services.ports import ListingQuery
from kiosk.ui.strings import Strings
from tests.city.test_reference import KEY, with_trade
from tests.fakes import FakeClock
from tests.kiosk_fixture import settings_in
from tests.sync.kiosks import WholeKiosk

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
OTHER = SigningKey(bytes(range(32)))


def started_again(folder, clock):
    kiosk = Kiosk(settings_in(folder), Outside(clock=clock, entropy=SystemEntropy()), Strings(strict=True))
    kiosk.open()
    return kiosk


def test_a_published_set_holds_from_the_next_start_on(city, tmp_path):
    clock = FakeClock()
    city = replace(city, now=clock.now)
    with CityServer(city) as server:
        one = WholeKiosk(tmp_path, "WHHC01", clock, city, server.url)
        one.settle()
        assert one.kiosk.reference.version == 0
        publish(city, with_trade(), KEY)
        one.settle()
        assert not one.kiosk.rules.knows_trade("by-xin")  # a day is not changed while it runs
        one.close()
    again = started_again(tmp_path / "WHHC01", clock)
    assert again.reference.version == 1
    assert again.rules.knows_trade("by-xin")
    again.close()
    third = started_again(tmp_path / "WHHC01", clock)
    assert third.reference.version == 1
    third.close()


def test_a_new_search_word_finds_what_was_posted_before(city, tmp_path):
    clock = FakeClock()
    city = replace(city, now=clock.now)
    files = dict(shipped_files())
    assert "腾空" not in files["trades.csv"]
    rows = files["trades.csv"].splitlines()
    at = next(n for n, row in enumerate(rows) if row.startswith("by-banyun,"))
    words = rows[0].split(",").index("search_words")
    cells = rows[at].split(",")
    cells[words] += " 腾空"
    rows[at] = ",".join(cells)
    files["trades.csv"] = "\n".join(rows) + "\n"
    with CityServer(city) as server:
        one = WholeKiosk(tmp_path, "WHHC01", clock, city, server.url)
        listing = one.listing()
        publish(city, files, KEY)
        one.settle()
        one.close()
    again = started_again(tmp_path / "WHHC01", clock)
    found = again.storage.read.listings(ListingQuery(text="腾空"), clock.now(), None, 10)
    assert [each.id for each in found.rows] == [listing]
    again.close()


def bundle(key, version, files=None):
    made_at = FakeClock().now()
    return sign(key, Bundle(version=version, made_at=made_at, files=files or dict(shipped_files())))


def test_a_set_of_another_key_an_older_one_and_a_broken_one_change_nothing():
    kept = bundle(KEY, 3)
    assert choose(None, [], None).version == 0
    assert choose(kept, [bundle(KEY, 2)], None).signed == kept
    assert choose(kept, [bundle(OTHER, 9)], None).signed == kept
    assert choose(kept, [bundle(KEY, 4, {"trades.csv": "nonsense"})], None).signed == kept
    assert choose(kept, [b"nonsense"], None).signed == kept
    assert choose(kept, [bundle(KEY, 4)], None).version == 4
    assert choose(kept, [bundle(OTHER, 1)], OTHER.public).version == 1  # enrolled in another city since
