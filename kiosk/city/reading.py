"""GET /v1/hello, /v1/pull, /v1/snapshot and /v1/digest: what a device may know."""

from uuid import UUID

import msgspec

from kiosk.city.context import CityContext
from kiosk.city.problems import Code, Refused
from kiosk.city.store import CityTransaction
from kiosk.city.stored import (
    CITY_DIGITS,
    NO_ITEMS,
    REF,
    CityRow,
    DeviceRow,
    ItemKey,
    area_stream,
    device_stream,
)
from kiosk.domain.rulebook import RuleBook
from kiosk.protocol.codec import decode, encode
from kiosk.protocol.lean import LeanPage, PullAnswer, SnapshotAnswer, items_of
from kiosk.protocol.messages import (
    PULL_LIMIT,
    VERDICT_ENTITY,
    DigestResponse,
    HelloResponse,
)
from kiosk.protocol.progress import digest_of


def streams_of(city: CityContext, tx: CityTransaction, device: DeviceRow) -> tuple[str, ...]:
    """What the device may pull: reference data, its own records, and the market of its district and the ones around.

    The whole city for a device that has not said where it stands.
    """
    row = tx.city()
    areas = [area for area in tx.areas() if _may_read_area(city.rules, row, device, area)]
    return (REF, device_stream(device.kiosk), *areas)


def _may_read_area(rules: RuleBook, city: CityRow, device: DeviceRow, stream: str) -> bool:
    if not stream.startswith(f"area/{city.area[:CITY_DIGITS]}"):
        return False  # a neighbour in another city has its streams there
    if not device.district:
        return True
    near = {area_stream(code) for code in (device.district, *rules.near(device.district))}
    # Of the whole city: what somebody posted without saying in which district.
    return stream in near or stream == area_stream(city.area)


def check_stream(city: CityContext, row: CityRow, device: DeviceRow, stream: str) -> None:
    """Refuse a stream that is not this device's business.

    Raises:
        Refused: stream.
    """
    mine = stream in {REF, device_stream(device.kiosk)}
    if not mine and not _may_read_area(city.rules, row, device, stream):
        raise Refused(Code.STREAM)


def hello(city: CityContext, tx: CityTransaction, device: DeviceRow) -> HelloResponse:
    """Who the city takes this device for."""
    return HelloResponse(
        state=city.state(tx.city(), device),
        kiosk=device.kiosk,
        incarnation=device.incarnation,
        streams=streams_of(city, tx, device),
    )


def _bounded(limit: int) -> int:
    return min(max(limit, 1), PULL_LIMIT)


def pull(
    city: CityContext,
    tx: CityTransaction,
    device: DeviceRow,
    stream: str,
    after: int,
    epoch: UUID | None,
    limit: int,
    *,
    lean: bool = False,
) -> PullAnswer:
    """A page of a stream after the cursor.

    Args:
        city: clock and rules.
        tx: one transaction for all of it.
        device: who asks.
        stream: which stream.
        after: seq of the last item the device has; 0 = from the beginning.
        epoch: the epoch that the cursor belongs to.
        limit: most items, 1–4,000.
        lean: in a page that packs small, for who can read it.

    Raises:
        Refused: stream.
    """
    row = tx.city()
    check_stream(city, row, device, stream)
    page = tx.items(stream, after, _bounded(limit), device.kiosk)
    head = max(page.head, page.last)
    # From 0 a kiosk that does not know snapshots reads everything anew: what it is not told, it drops.
    lost = after > 0 and (after < page.fence or after > head or epoch != row.epoch)
    items, told = _told(NO_ITEMS if lost else page.lean, lean=lean)
    return PullAnswer(
        state=city.state(row, device),
        stream=stream,
        items=items,
        lean=told,
        head=head,
        more=page.more and not lost,
        snapshot_needed=lost,
        fence=page.fence,
    )


def snapshot(
    city: CityContext,
    tx: CityTransaction,
    device: DeviceRow,
    stream: str,
    after: ItemKey,
    limit: int,
    *,
    lean: bool = False,
) -> SnapshotAnswer:
    """What a stream holds now, from a key on.

    Args:
        city: clock and rules.
        tx: one transaction for all of it.
        device: who asks.
        stream: which stream.
        after: the last item of the page before; ``BEFORE_ALL`` for the first page.
        limit: most items, 1–4,000.
        lean: see ``pull``.

    Raises:
        Refused: stream.
    """
    row = tx.city()
    check_stream(city, row, device, stream)
    page = tx.snapshot(stream, after, _bounded(limit), device.kiosk)
    items, told = _told(page.lean, lean=lean)
    return SnapshotAnswer(
        state=city.state(row, device), stream=stream, items=items, lean=told, head=page.head, more=page.more
    )


def _told(page: msgspec.Raw, *, lean: bool) -> tuple[msgspec.Raw | msgspec.UnsetType, ...]:
    """The page as items and as it is, one of them unset."""
    if lean:
        return msgspec.UNSET, page
    return msgspec.Raw(encode(items_of(decode(LeanPage, page)))), msgspec.UNSET


def digest(city: CityContext, tx: CityTransaction, device: DeviceRow, stream: str) -> DigestResponse:
    """Count and hash of what the device should hold of a stream. Verdicts are news, nobody holds them.

    Raises:
        Refused: stream.
    """
    head, rows = tx.live_versions(stream, device.kiosk)
    row = tx.city()
    check_stream(city, row, device, stream)
    held = [each for each in rows if each[0] != VERDICT_ENTITY]
    return DigestResponse(
        state=city.state(row, device), stream=stream, head=head, count=len(held), digest=digest_of(held)
    )
