"""How much of a stream one round reads: ten pages however slowly they come, and more as long as they come quickly."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest

from kiosk.protocol.messages import (
    DigestResponse,
    HelloResponse,
    Item,
    PullResponse,
    ServerState,
    SnapshotResponse,
)
from kiosk.protocol.signing import SigningKey
from kiosk.sync.client import Enrolled
from kiosk.sync.pump import PAGES_A_STREAM, PAGES_FOR_S, Pump
from tests.fakes import FakeClock
from tests.sync.fakes import FakeInbox, FakeOutbox

STREAM = "area/371002"
STATE = ServerState(epoch=UUID(int=1), server_time=datetime(2026, 3, 3, tzinfo=UTC))
PAGES = 4 * PAGES_A_STREAM


class City:
    """One stream of many pages; each takes its time."""

    me = Enrolled(device=UUID(int=2), incarnation=1, kiosk="WH01", key=SigningKey(bytes(32)))

    def __init__(self, clock, seconds):
        self.clock = clock
        self.seconds = seconds

    def hello(self):
        return HelloResponse(state=STATE, kiosk="WH01", incarnation=1, streams=(STREAM,))

    def _item(self, number):
        self.clock.advance(self.seconds)
        return Item(entity="listing", id=UUID(int=number), seq=number, ver=1, body=msgspec.Raw(b"{}"))

    def digest(self, stream):
        return DigestResponse(state=STATE, stream=stream, head=-1, count=0, digest="")  # it has moved again

    def snapshot(self, stream, after):
        number = 1 if after is None else after.id.int + 1
        item = self._item(number)
        return SnapshotResponse(state=STATE, stream=stream, items=(item,), head=PAGES, more=number < PAGES)

    def pull(self, stream, after, epoch):
        items = (self._item(after + 1),) if after < 2 * PAGES else ()
        return PullResponse(
            state=STATE, stream=stream, items=items, head=2 * PAGES, more=after + 1 < 2 * PAGES
        )


@pytest.mark.parametrize("seconds", [0.0, PAGES_FOR_S / 128, PAGES_FOR_S / 16, PAGES_FOR_S, 60.0])
def test_a_round_reads_ten_pages_and_more_while_they_come_quickly(seconds):
    clock = FakeClock()
    inbox, outbox = FakeInbox(), FakeOutbox()
    pump = Pump(City(clock, seconds), outbox, inbox, clock, "boot")
    assert pump.step().more  # it has heard which life of the city's database this is
    in_time = int(PAGES_FOR_S / seconds) if seconds else PAGES
    wanted = min(PAGES, max(PAGES_A_STREAM, in_time))
    # What has been held, then what has changed since: each as much as that.
    changed = wanted if wanted == PAGES else 0
    assert pump.step().pulled == wanted + changed
    rounds = 0
    while pump.step().more:
        rounds += 1
    assert rounds <= 2 * PAGES / PAGES_A_STREAM
    assert inbox.cursor(STREAM).seq == 2 * PAGES
    assert len(inbox.rows) == 2 * PAGES


def test_a_round_that_is_to_end_asks_for_no_further_page():
    clock = FakeClock()
    inbox, city = FakeInbox(), City(clock, 0.0)
    pump = Pump(city, FakeOutbox(), inbox, clock, "boot")
    pump.step()

    def bring(*args, **more):
        pump.end_soon()
        FakeInbox.apply_snapshot(inbox, *args, **more)

    inbox.apply_snapshot = bring
    assert pump.step().pulled <= 2  # the page, and the one that was asked for already
    assert inbox.cursor(STREAM).reading
