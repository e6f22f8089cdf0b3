"""POST /v1/enroll: a one-time token makes a kiosk known, or known anew."""

import re
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from uuid import NAMESPACE_URL, UUID, uuid5

from kiosk.city.context import CityContext
from kiosk.city.problems import Code, Refused, check_protocol
from kiosk.city.reading import streams_of
from kiosk.city.store import CityTransaction
from kiosk.city.stored import CITY_DIGITS, DISTRICT_DIGITS, REF, CityRow, DeviceRow, KeyRow, Projected
from kiosk.protocol import requests
from kiosk.protocol.codec import encode
from kiosk.protocol.messages import (
    STATION_KEY_ENTITY,
    EnrollRequest,
    EnrollResponse,
    RenewRequest,
    StationKey,
)
from kiosk.protocol.reference_bundle import opened
from kiosk.protocol.signing import PUBLIC_BYTES, key_id_of, verify

KIOSK_CODE = re.compile(r"[A-Z0-9]{4,8}")
MAX_NAME = 60


def token_hash(token: str) -> bytes:
    """What the database keeps of a token: case, spaces and dashes do not matter when it is typed."""
    plain = "".join(letter for letter in token.upper() if letter.isalnum())
    return sha256(b"gig-kiosk/enrol\x00" + plain.encode()).digest()


def device_id(area: str, kiosk: str) -> UUID:
    """A kiosk code has one device id in its city, however often it enrols."""
    return uuid5(NAMESPACE_URL, f"gig-kiosk:device:{area}:{kiosk}")


def key_number(public_key: bytes) -> int:
    """The key id of ``signing`` as the number that ``StationKey`` carries."""
    return int.from_bytes(key_id_of(public_key), "big")


def enroll(city: CityContext, tx: CityTransaction, request: EnrollRequest) -> EnrollResponse:
    """Use up the token and make the device's next incarnation. The caller has checked that it holds the key.

    Raises:
        Refused: malformed, protocol, district (of another city), or token (unknown, used, too old, or made for
            another kiosk).
    """
    check_protocol(request.protocol)
    if not KIOSK_CODE.fullmatch(request.kiosk) or len(request.public_key) != PUBLIC_BYTES:
        raise Refused(Code.MALFORMED)
    at = city.now()
    row = tx.city()
    if not _is_district(row, request.district):
        raise Refused(Code.DISTRICT)
    device = _already(tx, row, request)
    if device is None and tx.take_token(request.kiosk, token_hash(request.token), at):
        before = tx.lock_cursor(device_id(row.area, request.kiosk))
        device = _enrolled(tx, row, request, before, at)
    elif device is None:
        device = _already(tx, row, request)  # sent twice: the other one was first, a moment ago
    if device is None:
        raise Refused(Code.TOKEN)
    return _answer(city, tx, row, device)


def renew(city: CityContext, tx: CityTransaction, before: DeviceRow, request: RenewRequest) -> EnrollResponse:
    """Give a device another key: its next incarnation. Slips signed with the old key stay good.

    The caller has checked that the request is signed with the old key. Repeated, when the answer was lost, it is
    answered again: the new key is the present one then.

    Raises:
        Refused: malformed, or signature (the new key has not signed).
    """
    if len(request.public_key) != PUBLIC_BYTES:
        raise Refused(Code.MALFORMED, "public_key")
    proof = requests.renewal(before.device, before.incarnation, before.public_key, request.public_key)
    if request.public_key == before.public_key or not verify(
        request.public_key, requests.RENEW, proof, request.proof
    ):
        raise Refused(Code.SIGNATURE)
    row = tx.city()
    tx.lock_cursor(before.device)
    device = replace(
        before,
        incarnation=before.incarnation + 1,
        public_key=request.public_key,
        enrolled_at=city.now(),
        last_seq=0,
        durable_seq=0,
        chain="",
        chain_breaks=0,
        last_push_at=None,
    )
    tx.enroll(device)
    return _answer(city, tx, row, device)


def answer_again(
    city: CityContext, tx: CityTransaction, device: DeviceRow, request: RenewRequest
) -> EnrollResponse:
    """The answer to a renewal that has been made already."""
    if request.public_key != device.public_key:
        raise Refused(Code.OLD_INCARNATION)
    return _answer(city, tx, tx.city(), device)


def _answer(city: CityContext, tx: CityTransaction, row: CityRow, device: DeviceRow) -> EnrollResponse:
    keys = tx.station_keys()
    tx.publish([_key_item(key) for key in keys if key.kiosk == device.kiosk])
    return EnrollResponse(
        state=city.state(row, device),
        device=device.device,
        incarnation=device.incarnation,
        key_id=key_number(device.public_key),
        sealing_key=row.sealing_key,
        city=row.area,
        city_host=row.host,
        streams=streams_of(city, tx, device),
        keys=tuple(station_key(key) for key in keys),
        reference_key=_reference_key(tx),
    )


def _already(tx: CityTransaction, city: CityRow, request: EnrollRequest) -> DeviceRow | None:
    """The device, if it was enrolled with this key and the answer was lost: the token is used up, the key proves it."""
    before = tx.lock_cursor(device_id(city.area, request.kiosk))
    if before is None or before.public_key != request.public_key or before.revoked_at is not None:
        return None
    return _as_it_says_now(tx, before, request)


def _as_it_says_now(tx: CityTransaction, before: DeviceRow, request: EnrollRequest) -> DeviceRow:
    """Where it stands and what it is called: staff may have corrected that before they tried again.

    Only as long as it has sent nothing: a first try that comes late moves no kiosk that is at work.
    """
    now = replace(before, name=request.name[:MAX_NAME], district=request.district)
    if now == before or before.last_push_at is not None:
        return before
    tx.describe(now)
    return now


def _reference_key(tx: CityTransaction) -> bytes:
    published = tx.reference()
    return b"" if published is None else opened(published.body, None)[1]


def _is_district(city: CityRow, code: str) -> bool:
    """A district of this city, or none: from a kiosk that does not say."""
    return not code or (
        len(code) == DISTRICT_DIGITS and code.isdigit() and code.startswith(city.area[:CITY_DIGITS])
    )


def _enrolled(
    tx: CityTransaction, row: CityRow, request: EnrollRequest, before: DeviceRow | None, at: datetime
) -> DeviceRow:
    device = DeviceRow(
        device=device_id(row.area, request.kiosk),
        kiosk=request.kiosk,
        name=request.name[:MAX_NAME],
        district=request.district,
        incarnation=before.incarnation + 1 if before else 1,
        public_key=request.public_key,
        enrolled_at=at,
    )
    tx.enroll(device)
    return device


def station_key(key: KeyRow) -> StationKey:
    """A key as kiosks learn it."""
    return StationKey(
        key_id=key_number(key.public_key),
        public_key=key.public_key,
        kiosk=key.kiosk,
        valid_from=key.valid_from,
        valid_until=key.valid_until,
        revoked=key.revoked,
    )


def _key_item(key: KeyRow) -> Projected:
    return Projected(
        stream=REF,
        entity=STATION_KEY_ENTITY,
        id=uuid5(NAMESPACE_URL, f"gig-kiosk:key:{key.public_key.hex()}"),
        ver=1,
        origin="",
        body=encode(station_key(key)),
    )


def revoke(city: CityContext, tx: CityTransaction, kiosk: str, reason: str) -> bool:
    """Shut a device out, with a reason for its staff; tell every kiosk not to trust its slips. False: no such kiosk."""
    device = device_id(tx.city().area, kiosk)
    if tx.device(device) is None:
        return False
    tx.revoke(device, reason, city.now())
    tx.publish([_key_item(key) for key in tx.station_keys() if key.kiosk == kiosk])
    return True
