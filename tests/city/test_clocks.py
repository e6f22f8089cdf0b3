"""Kiosks whose clocks are wrong: they sync all the same, and the city judges by the true day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from kiosk.city.clocks import EARLIEST, DeviceTime
from kiosk.city.push import push
from kiosk.domain.operations import ReviewListing
from kiosk.protocol.codec import encode
from kiosk.protocol.messages import Sent
from tests.domain.samples import NOW, STAFF
from tests.fakes import FakeClock

pytestmark = pytest.mark.postgres
Y1970 = datetime(1970, 1, 1, 3, tzinfo=UTC)
Y2050 = datetime(2050, 6, 1, tzinfo=UTC)


def at(kiosk, body, when, *, mono=None, boot="", actor=None):
    """An operation that the kiosk's clock dates ``when``."""
    op = kiosk.operation(body) if actor is None else kiosk.operation(body, actor)
    sent = kiosk.sent(replace(op, at=when))
    return msgspec.structs.replace(sent, mono=mono, boot=boot)


def send(kiosk, *batch, **changes):
    request = kiosk.request(*batch, **changes)
    answer = push(kiosk.city, kiosk.device, request, encode(request))
    return [(str(verdict.outcome), verdict.reason) for verdict in answer.verdicts]


@pytest.mark.parametrize("wrong", [Y1970, Y2050])
def test_a_posting_of_a_kiosk_with_a_wrong_clock_is_judged_by_the_true_day(kiosk, wrong):
    employer = kiosk.employer_body()
    post = kiosk.post_body(employer.employer_id)
    batch = [
        at(kiosk, employer, wrong, mono=100.0),
        at(kiosk, post, wrong, mono=200.0),
        at(kiosk, ReviewListing(listing_id=post.listing_id, approve=True), wrong, mono=260.0, actor=STAFF),
    ]
    now = kiosk.market.now
    assert send(kiosk, *batch, monotonic=3860.0, wall=wrong) == [("accepted", "")] * 3
    listing = kiosk.own()["listing", post.listing_id]
    assert datetime.fromisoformat(listing["posted_at"]) == now - timedelta(seconds=3660)
    assert datetime.fromisoformat(listing["published_at"]) == now - timedelta(hours=1)


def test_a_clock_that_was_set_right_before_the_push_hides_nothing(kiosk):
    worker = kiosk.worker_body()
    assert send(kiosk, at(kiosk, worker, Y1970, mono=60.0), monotonic=120.0) == [("accepted", "")]
    created = kiosk.own()["worker", worker.worker_id]["created_at"]
    assert datetime.fromisoformat(created) == kiosk.market.now - timedelta(seconds=60)


def test_what_was_done_before_a_restart_is_dated_by_what_the_city_knows_of_that_run(kiosk):
    send(kiosk, at(kiosk, kiosk.worker_body("王一"), Y1970, mono=10.0), boot_id="one", monotonic=20.0)
    met = kiosk.market.now
    kiosk.market.now += timedelta(hours=5)
    worker = kiosk.worker_body("王二")
    late = at(kiosk, worker, Y1970, mono=80.0, boot="one")
    assert send(kiosk, late, boot_id="two", monotonic=5.0) == [("accepted", "")]
    created = datetime.fromisoformat(kiosk.own()["worker", worker.worker_id]["created_at"])
    assert abs(created - (met + timedelta(seconds=60))) < timedelta(seconds=5)


def test_small_differences_stay_as_the_slip_says_them(kiosk):
    worker = kiosk.worker_body()
    mine = kiosk.market.now - timedelta(minutes=7)
    send(kiosk, at(kiosk, worker, mine, mono=10.0), monotonic=20.0)
    assert datetime.fromisoformat(kiosk.own()["worker", worker.worker_id]["created_at"]) == mine


def test_the_log_keeps_the_bytes_and_the_true_time(kiosk):
    sent = at(kiosk, kiosk.worker_body(), Y1970, mono=10.0)
    send(kiosk, sent, monotonic=20.0)
    logged = kiosk.city.store.run(lambda tx: tx.logged(kiosk.device.device, 1, 1, 1))[1]
    assert logged.op == bytes(sent.op)
    assert logged.done_at == kiosk.market.now - timedelta(seconds=10)


@pytest.mark.parametrize("boot_id", ["", "x" * 65, "zero\x00", "今天"])
@pytest.mark.parametrize("monotonic", [-1.0, 1e300])
def test_what_no_clock_can_say_is_ignored(kiosk, boot_id, monotonic):
    odd = at(kiosk, kiosk.worker_body(), kiosk.market.now, mono=monotonic, boot=boot_id)
    assert send(kiosk, odd, boot_id=boot_id, monotonic=monotonic) == [("accepted", "")]


def a_time(last_seen=None, **began):
    return DeviceTime(NOW, "now", began, last_seen)


def sent(mono=None, boot=""):
    return Sent(seq=1, op_id=UUID(int=1), op=msgspec.Raw(b"{}"), mono=mono, boot=boot)


def test_an_unknown_run_with_an_impossible_clock_lies_between_the_last_contact_and_now():
    last = NOW - timedelta(days=3)
    assert a_time(last).correct(sent(5.0, "lost"), Y1970) == last
    assert a_time().correct(sent(5.0, "lost"), Y1970) == NOW
    assert a_time(last).correct(sent(5.0, "lost"), Y2050) == NOW
    weeks_ago = NOW - timedelta(days=40)
    assert a_time(last).correct(sent(5.0, "lost"), weeks_ago) is None


def test_a_measured_time_is_never_in_the_future_or_before_there_were_kiosks():
    assert a_time(now=NOW).correct(sent(86_400.0), NOW) is None
    assert a_time(now=EARLIEST - timedelta(days=1)).correct(sent(60.0), NOW) is None


def test_a_whole_kiosk_in_1970_syncs(tmp_path, city, market):
    from kiosk.city.server import CityServer
    from tests.sync.kiosks import WholeKiosk

    clock = FakeClock(Y1970)
    with CityServer(city) as server:
        made = WholeKiosk(tmp_path, "WHC1", clock, city, server.url)
        worker = made.worker()
        clock.advance(600)
        made.settle()
        assert made.kiosk.storage.outbox.counts().rejected == 0
        held = made.kiosk.storage.read.worker(worker)
        assert held.version == 1
        assert held.created_at == market.now - timedelta(seconds=600)
        made.close()
