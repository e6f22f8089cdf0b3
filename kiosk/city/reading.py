"""GET /v1/hello, /v1/pull, /v1/snapshot and /v1/digest: what a device may know."""

from uuid import UUID

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
from kiosk.protocol.messages import (
    PULL_LIMIT,
    VERDICT_ENTITY,
    DigestResponse,
    HelloResponse,
    PullAnswer,
    SnapshotAnswer,
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

    Raises:
        Refused: stream.
    """
    row = tx.city()
    check_stream(city, row, device, stream)
    page = tx.items(stream, after, _bounded(limit), device.kiosk)
    head = max(page.head, page.last)
    # From 0 a kiosk that does not know snapshots reads everything anew: what it is not told, it drops.
    lost = after > 0 and (after < page.fence or after > head or epoch != row.epoch)
    return PullAnswer(
        state=city.state(row, device),
        stream=stream,
        items=NO_ITEMS if lost else page.items,
        head=head,
        more=page.more and not lost,
        snapshot_needed=lost,
        fence=page.fence,
    )


def snapshot(
    city: CityContext, tx: CityTransaction, device: DeviceRow, stream: str, after: ItemKey, limit: int
) -> SnapshotAnswer:
    """What a stream holds now, from a key on.

    Args:
        city: clock and rules.
        tx: one transaction for all of it.
        device: who asks.
        stream: which stream.
        after: the last item of the page before; ``BEFORE_ALL`` for the first page.
        limit: most items, 1–4,000.

    Raises:
        Refused: stream.
    """
    row = tx.city()
    check_stream(city, row, device, stream)
    page = tx.snapshot(stream, after, _bounded(limit), device.kiosk)
    return SnapshotAnswer(
        state=city.state(row, device), stream=stream, items=page.items, head=page.head, more=page.more
    )


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
