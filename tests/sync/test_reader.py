"""Pages that are fetched ahead: in their order, one question at a time, and none left behind."""

import threading
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest

from kiosk.protocol.messages import Item, PullResponse, ServerState, SnapshotResponse
from kiosk.protocol.progress import SnapshotKey, StreamCursor
from kiosk.sync.faults import NetworkFault
from kiosk.sync.reader import InPlace, InThreads, StreamReader

STREAM = "area/371002"
STATE = ServerState(epoch=UUID(int=1), server_time=datetime(2026, 3, 3, tzinfo=UTC))
PAGES, SIZE = 5, 3


class City:
    """Answers page after page; tells when two questions are under way at once, and what was asked."""

    def __init__(self, broken_at=None):
        self.asked = []
        self.broken_at = broken_at
        self._busy = threading.Lock()

    def _answer(self, number):
        assert self._busy.acquire(blocking=False), "two questions at once"
        try:
            self.asked.append(number)
            if number == self.broken_at:
                raise NetworkFault("sync.unreachable")
            first = number * SIZE + 1
            return tuple(
                Item(entity="listing", id=UUID(int=seq), seq=seq, ver=1, body=msgspec.Raw(b"{}"))
                for seq in range(first, first + SIZE)
            )
        finally:
            self._busy.release()

    def snapshot(self, stream, after):
        number = 0 if after is None else after.id.int // SIZE
        items = self._answer(number)
        return SnapshotResponse(state=STATE, stream=stream, items=items, head=99, more=number < PAGES - 1)

    def pull(self, stream, after, epoch):
        items = self._answer(after // SIZE)
        more = after // SIZE < PAGES - 1
        return PullResponse(state=STATE, stream=stream, items=items, head=PAGES * SIZE, more=more)


class Nothing:
    """An inbox without a database."""

    def cursor(self, stream):
        return StreamCursor(seq=0, replacing=True, reading=True)

    def epoch(self):
        return STATE.epoch

    def prepare(self, items):
        return items


@pytest.fixture(params=[InPlace, InThreads])
def ahead(request):
    return request.param()


def always(asked):
    return True


def keys(pages):
    return [item.id.int for page in pages for item in page.items]


@pytest.mark.parametrize("kind", ["snapshot", "changes"])
def test_all_pages_come_in_their_order(ahead, kind):
    city = City()
    pages = list(getattr(StreamReader(city, Nothing(), ahead), kind)(STREAM, always))
    assert keys(pages) == list(range(1, PAGES * SIZE + 1))
    assert [page.more for page in pages] == [True] * (PAGES - 1) + [False]
    assert city.asked == list(range(PAGES))


def test_no_more_is_asked_than_was_wanted(ahead):
    city = City()
    pages = list(StreamReader(city, Nothing(), ahead).snapshot(STREAM, lambda asked: asked < 2))
    assert pages[-1].after == SnapshotKey("listing", UUID(int=2 * SIZE))
    assert city.asked == [0, 1]


def test_the_pages_before_a_fault_come(ahead):
    city = City(broken_at=3)
    taken = []
    pages = StreamReader(city, Nothing(), ahead).snapshot(STREAM, always)
    with pytest.raises(NetworkFault):
        taken.extend(pages)
    assert keys(taken) == list(range(1, 3 * SIZE + 1))


def test_whoever_stops_leaves_no_question_on_the_line(ahead):
    city = City()
    reader = StreamReader(city, Nothing(), ahead)
    pages = reader.changes(STREAM, always)
    assert next(pages).to_seq == SIZE
    pages.close()
    alive = [each for each in threading.enumerate() if each.name == "sync-ahead"]
    assert alive == []
    asked = len(city.asked)
    assert asked <= 3  # the page, and two ahead of it
    assert keys(reader.changes(STREAM, always)) == list(range(1, PAGES * SIZE + 1))


def test_a_stream_that_lost_something_ends_there(ahead):
    class Purged(City):
        def pull(self, stream, after, epoch):
            return msgspec.structs.replace(super().pull(stream, after, epoch), fence=4)

    class Behind(Nothing):
        def cursor(self, stream):
            return replace(super().cursor(stream), seq=SIZE, replacing=False, reading=False)

    (page,) = StreamReader(Purged(), Behind(), ahead).changes(STREAM, always)
    assert page.lost
    assert not page.more
