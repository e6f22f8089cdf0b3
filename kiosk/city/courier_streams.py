"""The streams of one kiosk as pages for a stick: what has changed since it last heard, or all that a stream holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from kiosk.city import reading
from kiosk.city.context import CityContext
from kiosk.city.store import CityTransaction
from kiosk.city.stored import BEFORE_ALL, DeviceRow, ItemKey
from kiosk.protocol.codec import decode, encode
from kiosk.protocol.messages import PullResponse, SnapshotResponse

PULL, SNAPSHOT = "/v1/pull", "/v1/snapshot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An answer to ``target``; ``after``: for a pull, the cursor that it follows. ``content`` is JSON."""

    target: str
    content: bytes
    after: int = 0


def changes(
    city: CityContext, device: UUID, page: PullResponse, after: int, limit: int, most: int
) -> Iterator[Page]:
    """A page of changes and those after it, up to about ``most`` bytes."""
    while True:
        content = encode(page)
        most -= len(content)
        yield Page(target=_pull(page.stream, after), content=content, after=after)
        if not page.more or page.snapshot_needed or not page.items or most <= 0:
            return
        after = page.items[-1].seq
        page = _pulled(city, device, page.stream, after, page.state.epoch, limit)


def holdings(
    city: CityContext, device: UUID, page: SnapshotResponse, start: ItemKey, limit: int, most: int
) -> Iterator[Page]:
    """A page of what a stream holds and those after it, up to about ``most`` bytes.

    From the very beginning the changes follow that came while the pages were read: then nothing is missing.
    """
    head, at, stream, epoch = page.head, start, page.stream, page.state.epoch
    while True:
        content = encode(page)
        most -= len(content)
        yield Page(target=_snapshot(stream, at), content=content)
        if not page.more or not page.items:
            break
        if most <= 0:
            return
        at = ItemKey(page.items[-1].entity, page.items[-1].id)
        page = _held(city, device, stream, at, limit)
    if start == BEFORE_ALL:
        first = _pulled(city, device, stream, head, epoch, limit)
        yield from changes(city, device, first, head, limit, most)


def everything(city: CityContext, device: DeviceRow, limit: int, most: int) -> Iterator[Page]:
    """All that the city shows a device, stream by stream: for a kiosk that has asked for nothing.

    Args:
        city: the handlers' context.
        device: for whom.
        limit: items of a page.
        most: bytes of a stream, about.
    """
    for stream in city.store.read(lambda tx: reading.streams_of(city, tx, device)):
        yield from whole(city, device.device, stream, limit, most)


def whole(city: CityContext, device: UUID, stream: str, limit: int, most: int) -> Iterator[Page]:
    """All of one stream."""
    first = _held(city, device, stream, BEFORE_ALL, limit)
    yield from holdings(city, device, first, BEFORE_ALL, limit, most)


def _pull(stream: str, after: int) -> str:
    return f"{PULL}?{urlencode({'stream': stream, 'after': after})}"


def _snapshot(stream: str, after: ItemKey) -> str:
    start = {} if after == BEFORE_ALL else {"entity": after.entity, "id": str(after.id)}
    return f"{SNAPSHOT}?{urlencode({'stream': stream, **start})}"


def _row(tx: CityTransaction, device: UUID) -> DeviceRow:
    row = tx.device(device)
    assert row is not None, "it has just been found"
    return row


def _pulled(
    city: CityContext, device: UUID, stream: str, after: int, epoch: UUID, limit: int
) -> PullResponse:
    def work(tx: CityTransaction) -> PullResponse:
        answer = reading.pull(city, tx, _row(tx, device), stream, after, epoch, limit)
        return decode(PullResponse, encode(answer))

    return city.store.read(work)


def _held(city: CityContext, device: UUID, stream: str, after: ItemKey, limit: int) -> SnapshotResponse:
    def work(tx: CityTransaction) -> SnapshotResponse:
        answer = reading.snapshot(city, tx, _row(tx, device), stream, after, limit)
        return decode(SnapshotResponse, encode(answer))

    return city.store.read(work)
