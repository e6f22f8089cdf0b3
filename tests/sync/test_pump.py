"""The exchange end to end: real pump, real HTTP, real PostgreSQL; only the kiosk's database is in memory."""

import os
import random

import msgspec
import psycopg
import pytest

from kiosk.city import admin
from kiosk.domain.operations import ReviewListing
from kiosk.domain.values import Claim
from kiosk.sync.faults import CityRefused
from kiosk.sync.ports import Answer
from kiosk.sync.pump import Scope
from tests.domain.samples import STAFF
from tests.sync.fakes import Network

pytestmark = pytest.mark.postgres


def posted(station, headcount=2):
    employer = station.maker.employer_body()
    post = station.maker.post_body(employer.employer_id, headcount)
    station.do(employer, post)
    station.do(ReviewListing(listing_id=post.listing_id, approve=True), actor=STAFF)
    return post.listing_id


def workers_in(city):
    return city.store.run(lambda tx: tx.counts())["worker"]


def test_what_is_done_here_reaches_the_city_and_the_other_kiosk(station, neighbour):
    listing = posted(station)
    station.settle()
    neighbour.settle()
    assert station.outbox.outcomes() == ["accepted"] * 3
    assert station.inbox.entities("listing")[listing]["reviewed_by"] is not None
    assert neighbour.inbox.entities("listing")[listing]["reviewed_by"] is None
    assert neighbour.inbox.entities("lease") == {}


def test_nothing_to_do_writes_nothing(station):
    posted(station)
    station.settle()
    pages = station.inbox.pages
    done = station.pump.step()
    assert (done.pushed, done.pulled, station.inbox.pages) == (0, 0, pages)


def test_the_last_place_is_not_promised_twice(station, neighbour):
    listing = posted(station, headcount=1)
    station.settle()
    neighbour.settle()
    for side, claim in ((station, Claim.LEASE), (neighbour, Claim.NONE)):
        worker = side.maker.worker_body()
        side.do(worker, side.maker.apply_body(listing, worker.worker_id, claim))
    station.settle()
    neighbour.settle()
    assert station.outbox.outcomes()[-1] == "accepted"
    assert neighbour.outbox.outcomes()[-1] == "waitlisted"
    (placed,) = neighbour.inbox.entities("placement").values()
    assert placed["status"] == "waitlisted"
    assert neighbour.inbox.entities("listing")[listing]["status"] == "full"


@pytest.mark.parametrize(
    ("fault", "key"),
    [
        ("refuse", "sync.unreachable"),
        ("lose answer", "sync.timeout"),
        ("cut answer", "sync.not_the_city"),
        (Network.HTML, "sync.captive_portal"),
        (Answer(200, {"content-type": "application/json"}, b'{"hello": 1}'), "sync.not_the_city"),
        (Answer(200, {"content-type": "application/json"}, b"\xff\xfe"), "sync.not_the_city"),
        (Answer(502, {"content-type": "text/html"}, b"bad gateway"), "sync.city_busy"),
        (Answer(302, {"content-type": "text/html", "location": "http://x"}, b""), "sync.captive_portal"),
        (Answer(400, {"content-type": "application/json"}, b"[]"), "sync.not_the_city"),
        (
            Answer(200, {"content-type": "application/json", "content-encoding": "zstd"}, b"xx"),
            "sync.not_the_city",
        ),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_fault_anywhere_in_a_round_loses_and_doubles_nothing(station, city, fault, key, place):
    station.do(*(station.maker.worker_body(f"王{n}") for n in "一二三"))
    station.pump.step()  # the first contact
    station.do(*(station.maker.worker_body(f"李{n}") for n in "一二三"))
    station.network.faults = [""] * place + [fault]
    done = station.pump.step()
    assert done.fault is not None
    assert done.fault.key == station.pump.state.fault == key
    station.settle()
    assert workers_in(city) == 6
    assert len(station.inbox.entities("worker")) == 6
    assert station.outbox.counts().unsent == 0
    assert station.pump.state.fault is None


def test_a_push_that_arrives_twice_counts_once(station, city):
    station.settle()
    station.do(station.maker.worker_body())
    station.network.faults = ["", "twice"]
    station.settle()
    assert workers_in(city) == 1


def test_a_stormy_morning_ends_as_if_the_sun_had_shone(station, neighbour, city):
    """Random faults on every request; every operation arrives exactly once."""
    chance = random.Random(20261122)
    faults = ["", "", "refuse", "lose answer", "twice", "cut answer", Network.HTML]
    listing = posted(station, headcount=6)
    station.settle()
    neighbour.settle()
    for n in range(30):
        side = (station, neighbour)[n % 2]
        worker = side.maker.worker_body("王" + "一二三四五"[n % 5])
        side.do(
            worker,
            side.maker.apply_body(listing, worker.worker_id, Claim.LEASE if n % 2 == 0 else Claim.NONE),
        )
        side.network.faults = [chance.choice(faults) for _ in range(6)]
        side.pump.step()
    for side in (station, neighbour):
        side.network.faults = []
        side.settle(rounds=20)
    assert station.outbox.counts().unsent == neighbour.outbox.counts().unsent == 0
    counts = city.store.run(lambda tx: tx.counts())
    assert (counts["worker"], counts["placement"], counts["operation"]) == (30, 30, 63)
    placements = station.inbox.entities("placement").values()
    assert len([each for each in placements if each["status"] == "confirmed"]) == 6


def test_after_a_restore_from_backup_the_kiosks_bring_back_what_the_city_lost(
    station, neighbour, city, cluster, database
):
    station.do(station.maker.worker_body("王一"))
    station.settle()
    with psycopg.connect(database.owner) as connection:
        saved = {
            table: connection.execute(f"SELECT * FROM {table}").fetchall()
            for table in ("worker", "op_batch", "sync_item", "stream_head", "device_cursor")
        }
    station.do(station.maker.worker_body("王二"), station.maker.worker_body("王三"))
    station.settle()
    assert workers_in(city) == 3
    with psycopg.connect(database.owner) as connection:  # the backup of a moment ago
        for table, rows in saved.items():
            connection.execute(f"DELETE FROM {table}")
            for row in rows:
                places = ", ".join(["%s"] * len(row))
                values = [psycopg.types.json.Jsonb(v) if isinstance(v, dict) else v for v in row]
                connection.execute(f"INSERT INTO {table} VALUES ({places})", values)
    admin.after_restore(city)
    station.settle()
    assert workers_in(city) == 3
    assert len(station.inbox.entities("worker")) == 3
    assert station.inbox.epoch() == city.store.run(lambda tx: tx.city()).epoch


def test_a_restore_without_a_new_epoch_is_mended_through_the_gap(station, city, database):
    for name in ("王一", "王二"):
        station.do(station.maker.worker_body(name))
        station.settle()
    with psycopg.connect(database.owner) as connection:
        connection.execute("UPDATE device_cursor SET last_seq = 1")
        connection.execute("DELETE FROM op_batch WHERE first_seq = 2")
        connection.execute("DELETE FROM worker")
    station.do(station.maker.worker_body("王三"))
    station.settle()
    assert station.outbox.counts().unsent == 0
    assert workers_in(city) == 2


def test_a_kiosk_restored_from_an_old_image_stops_and_asks_to_be_enrolled_anew(station, city):
    station.do(station.maker.worker_body("王一"), station.maker.worker_body("王二"))
    station.settle()
    del station.outbox.ops[2]
    station.start()
    done = station.pump.step()
    assert isinstance(done.fault, CityRefused)
    assert done.fault.key == "sync.re_enrol"
    # What is done now has the number of what was forgotten: sent, it would look like a second machine.
    station.do(station.maker.worker_body("王四"))
    assert station.pump.step().fault.key == "sync.re_enrol"
    # And it stays known over the nightly restart, however much is done here meanwhile.
    station.do(station.maker.worker_body("王五"))
    station.start()
    assert station.pump.step().fault.key == "sync.re_enrol"
    # Enrolled anew with another key, numbered anew: nothing is lost or doubled.
    station.outbox.renumber()
    station.inbox.restart("dev/WH01")
    station.maker.seed = os.urandom(32)
    station.enroll(city)
    station.settle()
    assert workers_in(city) == 4
    assert len(station.inbox.entities("worker")) == 4


def test_a_restored_city_that_went_on_with_another_image_of_the_disk_is_noticed(station, city, database):
    station.do(station.maker.worker_body("王一"))
    station.settle()
    first = dict(station.outbox.ops), dict(station.outbox.verdicts)
    station.do(station.maker.worker_body("王二"), station.maker.worker_body("王三"))
    station.settle()
    second, epoch = (dict(station.outbox.ops), dict(station.outbox.verdicts)), station.inbox.epoch()
    # The city loses the last two, and the kiosk its disk: from the first image it goes on differently.
    with psycopg.connect(database.owner) as connection:
        connection.execute("UPDATE device_cursor SET last_seq = 1")
        connection.execute("DELETE FROM op_batch WHERE first_seq > 1")
    admin.after_restore(city)
    station.outbox.ops, station.outbox.verdicts = map(dict, first)
    station.do(station.maker.worker_body("王四"))
    station.start()
    station.settle()
    # Then somebody finds the second image. Its second operation is settled there, and the city has another one.
    station.outbox.ops, station.outbox.verdicts = map(dict, second)
    station.inbox.known = epoch
    station.start()
    station.pump.step()
    assert station.pump.step().fault.key == "sync.fenced"


def test_a_revoked_kiosk_works_on_and_says_why_it_does_not_sync(station, city):
    admin.revoke(city, "WH01", "换了新机器")
    station.do(station.maker.worker_body())
    done = station.pump.step()
    assert done.fault.key == "sync.revoked"
    assert done.reason == "换了新机器"
    assert station.pump.state.unsent == 1


def test_a_stream_whose_tombstones_were_purged_is_read_anew_and_replaced(station, city, database):
    station.do(station.maker.worker_body("王一"), station.maker.worker_body("王二"))
    station.settle()
    gone = next(iter(station.inbox.entities("worker")))
    with psycopg.connect(database.owner) as connection:
        connection.execute("DELETE FROM sync_item WHERE id = %s", [gone])
        connection.execute(
            "UPDATE stream_head SET head = head + 1, fence = head + 1 WHERE stream = 'dev/WH01'"
        )
    station.settle()
    assert len(station.inbox.entities("worker")) == 1
    assert gone not in station.inbox.entities("worker")


def test_unreadable_bytes_in_the_outbox_are_set_aside_and_block_nothing(station):
    station.do(station.maker.worker_body("王一"), station.maker.worker_body("王二"))
    broken = station.outbox.ops[1]
    station.outbox.ops[1] = msgspec.structs.replace(broken, op=msgspec.Raw(b'{"op_id": nonsense'))
    station.settle()
    assert station.outbox.outcomes() == ["quarantined", "accepted"]


def test_a_round_after_a_commit_pulls_only_the_own_stream(station):
    station.settle()
    station.network.sent.clear()
    station.do(station.maker.worker_body())
    station.pump.step(Scope.OWN)
    assert station.network.sent == ["/v1/push", "/v1/pull"]
    assert len(station.inbox.entities("worker")) == 1


def test_a_large_backlog_goes_up_in_growing_batches(station, city):
    station.do(*(station.maker.worker_body() for _ in range(1500)))
    station.settle()
    assert workers_in(city) == 1500
    assert station.network.sent.count("/v1/push") == 5  # 100, 200, 400, 500, 300


@pytest.mark.parametrize(
    "fault",
    [
        "lose answer",
        Answer(413, {"content-type": "text/html"}, b"too large"),
        Answer(429, {"content-type": "text/html"}, b"too many"),
        Answer(503, {"content-type": "application/json"}, b'{"code":"busy"}'),
        Answer(502, {"content-type": "text/html"}, b"bad gateway"),
    ],
    ids=["timeout", "413", "429", "503", "502"],
)
def test_a_batch_that_does_not_get_through_is_halved_and_doubled_again(station, city, fault):
    station.settle()
    station.do(*(station.maker.worker_body() for _ in range(120)))
    sizes, push = [], station.pump._client.push

    def counted(request):
        sizes.append(len(request.ops))
        return push(request)

    station.pump._client.push = counted
    station.network.faults = ["", fault]
    assert station.pump.step().fault is not None
    station.settle()
    assert sizes == [100, 50, 70]
    assert workers_in(city) == 120


def test_the_citys_clock_and_ours_need_not_agree(station, city):
    station.clock.advance(-50 * 365 * 86400)
    station.do(station.maker.worker_body())
    station.settle()
    assert workers_in(city) == 1
