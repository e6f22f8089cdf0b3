"""What the city's engineer does: make a city, invite and revoke kiosks, look."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from kiosk.city import courier, enrolment
from kiosk.city.context import CityContext
from kiosk.city.reclaim import reclaim
from kiosk.city.store import CityTransaction
from kiosk.city.stored import CityRow, DeviceRow, area_stream
from kiosk.protocol import sealing
from kiosk.protocol.messages import MAX_REASON

TOKEN_LIFE = timedelta(days=2)
_TOKEN_BYTES = 10
_GROUP = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Founded:
    """A new city. ``sealing_private`` opens ID numbers: it belongs in a safe, not on the gateway's machine.

    Attributes:
        sealing_private: 32 bytes, or None when the city was there already and kept its key.
    """

    city: CityRow
    sealing_private: bytes | None


def create_city(city: CityContext, area: str, host: str, districts: Sequence[str]) -> Founded:
    """Make the city in an empty database; made again, it only takes the new host name and streams.

    Args:
        city: open on the database.
        area: region code of the city, such as 371000.
        host: host name (and port) in the addresses of QR codes.
        districts: region codes of its districts.
    """
    private = sealing.new_private()
    at = city.now()
    epoch = UUID(bytes=city.random(16), version=4)
    row = CityRow(area=area, epoch=epoch, host=host, sealing_key=sealing.public_of(private))
    areas = sorted({area_stream(code) for code in (area, *districts)})

    def work(tx: CityTransaction) -> CityRow:
        tx.found_city(row, areas, at)
        courier.keys(city, tx)
        return tx.city()

    founded = city.store.run(work)
    mine = founded.sealing_key == row.sealing_key
    return Founded(city=founded, sealing_private=private if mine else None)


def make_enroll_token(city: CityContext, kiosk: str, life: timedelta = TOKEN_LIFE) -> str:
    """A one-time token for one kiosk code, in groups of four letters to be typed at the kiosk.

    Raises:
        ValueError: not a kiosk code (4–8 of A–Z, 0–9).
    """
    if not enrolment.KIOSK_CODE.fullmatch(kiosk):
        raise ValueError("a kiosk code is 4-8 of A-Z and 0-9")
    letters = base64.b32encode(city.random(_TOKEN_BYTES)).decode("ascii")
    token = "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))
    now = city.now()
    city.store.run(lambda tx: tx.add_token(kiosk, enrolment.token_hash(token), now, now + life))
    return token


def revoke(city: CityContext, kiosk: str, reason: str = "") -> bool:
    """Shut a kiosk out for good (until it is enrolled anew), and take back the places it may still promise.

    False when there is none with this code. Called again it goes on where it was cut off.

    Args:
        city: whose kiosk it is.
        kiosk: its code.
        reason: one line that staff read on its screen, at most ``MAX_REASON`` characters.

    Raises:
        ValueError: the reason is too long, or holds characters that cannot be shown.
    """
    if len(reason) > MAX_REASON or not reason.isprintable():
        raise ValueError(f"a reason is one line of at most {MAX_REASON} characters")
    known = city.store.run(lambda tx: enrolment.revoke(city, tx, kiosk, reason))
    if known:
        reclaim(city, kiosk)
    return known


def devices(city: CityContext) -> Sequence[DeviceRow]:
    """All kiosks, with how far each has got."""
    return city.store.run(lambda tx: tx.devices())


def counts(city: CityContext) -> Mapping[str, int]:
    """How much the city holds."""
    return city.store.run(lambda tx: tx.counts())


def after_restore(city: CityContext) -> UUID:
    """Mint a new epoch: this database was restored from a backup.

    Every kiosk then rewinds its log to what the city has, and reads its streams anew.
    """
    at = city.now()
    epoch = UUID(bytes=city.random(16), version=4)
    city.store.run(lambda tx: tx.renew_epoch(epoch, at))
    return epoch
