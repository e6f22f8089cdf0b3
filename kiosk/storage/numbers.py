"""What number comes next, on a disk that was put back: people must not be given a card or slip that somebody has.

The series of an old image end where they did on its day. What this kiosk numbered since comes back from the city in its
own stream, and shows how far they had got.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from kiosk.storage.connection import Connection
from kiosk.storage.incoming import Arrived

#: Entities whose records are numbered by their kiosk; each is the name of its series, too.
NUMBERED: Final = ("worker", "listing", "placement", "wanted", "slip")
_RAISE: Final = (
    "INSERT INTO number_series (name, last) VALUES (?, ?) "
    "ON CONFLICT DO UPDATE SET last = excluded.last WHERE excluded.last > last"
)


class _Elsewhere(msgspec.Struct, gc=False):
    kiosk: str = ""
    number: int = 0


class _Numbered(msgspec.Struct, gc=False):
    """The part of a record that matters here; a merged worker keeps the number of the other registration's card."""

    home: str
    number: int
    also: tuple[_Elsewhere, ...] = ()


_READ: Final = msgspec.json.Decoder(_Numbered).decode


def raise_series(connection: Connection, home: str, records: Mapping[str, Mapping[bytes, Arrived]]) -> None:
    """Begin each series of ``home`` after the highest number among its records that have arrived."""
    for entity in NUMBERED:
        if entity in records:
            last = max(_given_out(home, records[entity]), default=0)
            if last:
                connection.execute(_RAISE, (entity, last))


def _given_out(home: str, arrived: Mapping[bytes, Arrived]) -> Iterator[int]:
    for each in arrived.values():
        record = _READ(each.body)
        if record.home == home:
            yield record.number
        yield from (other.number for other in record.also if other.kiosk == home)
