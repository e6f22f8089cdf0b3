"""GET /v1/hello, /v1/pull and /v1/digest: what a device may know."""

from uuid import UUID

from kiosk.city.context import CityContext
from kiosk.city.problems import Code, Refused
from kiosk.city.store import CITY_DIGITS, REF, CityRow, CityTransaction, DeviceRow, device_stream
from kiosk.protocol.messages import (
    PULL_LIMIT,
    VERDICT_ENTITY,
    DigestResponse,
    HelloResponse,
    PullResponse,
)
from kiosk.protocol.progress import digest_of


def streams_of(tx: CityTransaction, device: DeviceRow) -> tuple[str, ...]:
    """What the device may pull: reference data, its own records, and for now every district of the city."""
    return (REF, device_stream(device.kiosk), *tx.areas())


def check_stream(city: CityRow, device: DeviceRow, stream: str) -> None:
    """Refuse a stream that is not this device's business.

    Raises:
        Refused: stream.
    """
    own_area = f"area/{city.area[:CITY_DIGITS]}"
    if stream not in {REF, device_stream(device.kiosk)} and not stream.startswith(own_area):
        raise Refused(Code.STREAM)


def hello(city: CityContext, tx: CityTransaction, device: DeviceRow) -> HelloResponse:
    """Who the city takes this device for."""
    return HelloResponse(
        state=city.state(tx.city(), device),
        kiosk=device.kiosk,
        incarnation=device.incarnation,
        streams=streams_of(tx, device),
    )


def pull(
    city: CityContext,
    tx: CityTransaction,
    device: DeviceRow,
    stream: str,
    after: int,
    epoch: UUID | None,
    limit: int,
) -> PullResponse:
    """A page of a stream after the cursor.

    Args:
        city: clock.
        tx: one transaction for all of it.
        device: who asks.
        stream: which stream.
        after: seq of the last item the device has; 0 = from the beginning.
        epoch: the epoch that the cursor belongs to.
        limit: most items, 1–2,000.

    Raises:
        Refused: stream.
    """
    row = tx.city()
    check_stream(row, device, stream)
    page = tx.items(stream, after, min(max(limit, 1), PULL_LIMIT), device.kiosk)
    lost = after > 0 and (after < page.fence or after > page.head or epoch != row.epoch)
    return PullResponse(
        state=city.state(row, device),
        stream=stream,
        items=() if lost else page.items,
        head=page.head,
        more=page.more and not lost,
        snapshot_needed=lost,
    )


def digest(city: CityContext, tx: CityTransaction, device: DeviceRow, stream: str) -> DigestResponse:
    """Count and hash of what the device should hold of a stream. Verdicts are news, nobody holds them.

    Raises:
        Refused: stream.
    """
    head, rows = tx.live_versions(stream, device.kiosk)
    row = tx.city()
    check_stream(row, device, stream)
    held = [each for each in rows if each[0] != VERDICT_ENTITY]
    return DigestResponse(
        state=city.state(row, device), stream=stream, head=head, count=len(held), digest=digest_of(held)
    )
