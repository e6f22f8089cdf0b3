"""The token in a slip's QR code: what a phone opens and what any kiosk can check without a network.

``https://<city host>/s/<token>``; the token is base32 (RFC 4648, without padding) of::

    version 1 · kind 1 · city 3 · subject id 16 · number varint · station 1+n · issued 4 · key id 4
    · signature 64 · crc 2        (bytes)

Base32 rather than base64url, because a scanner in keyboard mode with Caps Lock on, or one set to upper case,
destroys letters whose case matters; and its letters fit the QR code's alphanumeric mode (5.5 bits each), so
that the symbol is one version smaller than with base64url in byte mode (measured with a 29-character host
part: 49 modules instead of 53; base41 would be 49 too). The CRC tells a code that was scanned badly (try
again) from one that was made by somebody else (do not).
"""

import base64
import binascii
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from kiosk.domain.refusal import Refusal
from kiosk.protocol.signing import KEY_ID_BYTES, SIGNATURE_BYTES, KeyRing, RingKey, SigningKey, verify

VERSION = 1
CONTEXT = b"slip-token/1"
MAX_TEXT = 2048  # no QR code holds more than 4,296 letters; ours stay under 260
MAX_STATION = 16
MAX_NUMBER = 2**32 - 1
CRC_BYTES = 2
CITY_BYTES = 3
TIME_BYTES = 4
UUID_BYTES = 16
VARINT_BITS = 7

_URL = re.compile(r"https?://([a-z0-9.\-]{1,253}(?::[0-9]{1,5})?)/s/([^\s?#&]*)", re.IGNORECASE | re.ASCII)
_STATION = re.compile(r"[A-Z0-9\-]{1,16}")
#: What a Chinese input method makes of the ASCII keys of a URL, beyond what NFKC undoes: 。 、
_INPUT_METHOD = str.maketrans({"\u3002": ".", "\uff61": ".", "\u3001": "/"})


class TokenKind(StrEnum):
    """What a token stands for. The numbers in ``WIRE`` are for ever; add at the end."""

    WORKER_CARD = "worker_card"
    JOB_SLIP = "job_slip"
    HIRE_SHEET = "hire_sheet"
    POSTING_RECEIPT = "posting_receipt"
    WAGE_RECORD = "wage_record"
    COMPLAINT_RECEIPT = "complaint_receipt"
    QUEUE_NUMBER = "queue_number"
    POLICY_RESULT = "policy_result"
    AGREEMENT = "agreement"
    PARKING = "parking"
    STAFF_BADGE = "staff_badge"
    ENROL = "enrol"


WIRE = {
    TokenKind.WORKER_CARD: 1,
    TokenKind.JOB_SLIP: 2,
    TokenKind.HIRE_SHEET: 3,
    TokenKind.POSTING_RECEIPT: 4,
    TokenKind.WAGE_RECORD: 5,
    TokenKind.COMPLAINT_RECEIPT: 6,
    TokenKind.QUEUE_NUMBER: 7,
    TokenKind.POLICY_RESULT: 8,
    TokenKind.AGREEMENT: 9,
    TokenKind.PARKING: 10,
    TokenKind.STAFF_BADGE: 11,
    TokenKind.ENROL: 12,
}
KINDS = {code: kind for kind, code in WIRE.items()}

#: How long a token opens anything; kinds that are evidence (wage record, complaint, agreement) never end.
LIFETIME = {
    TokenKind.WORKER_CARD: timedelta(days=5 * 365),
    TokenKind.JOB_SLIP: timedelta(days=730),
    TokenKind.HIRE_SHEET: timedelta(days=730),
    TokenKind.POSTING_RECEIPT: timedelta(days=730),
    TokenKind.QUEUE_NUMBER: timedelta(days=1),
    TokenKind.POLICY_RESULT: timedelta(days=365),
    TokenKind.PARKING: timedelta(days=1),
    TokenKind.STAFF_BADGE: timedelta(days=400),
    TokenKind.ENROL: timedelta(days=1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """Whose tokens are at home here.

    Attributes:
        code: six-digit region code of the city, for example 371000.
        host: host (and port, if any) of the city's pages, lower case. A token stays good when the host moves.
    """

    code: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipToken:
    """What a token says, once its signature has been checked.

    Attributes:
        subject: id of the record that the slip is about.
        number: the slip's running number at its station.
        station: code of the station that issued it.
        issued_at: aware UTC, whole seconds, by the clock of that station (which may have been wrong).
    """

    kind: TokenKind
    city: str
    subject: UUID
    number: int
    station: str
    issued_at: datetime
    key_id: bytes


def issue(
    *,
    kind: TokenKind,
    subject: UUID,
    number: int,
    station: str,
    issued_at: datetime,
    key: SigningKey,
    city: City,
) -> str:
    """Make the token of a slip; ``url`` turns it into what goes into the QR code.

    Raises:
        ValueError: a number beyond 32 bits, a station code that is not 1–16 of A–Z, 0–9 and '-', a city code
            that is not six digits, or a time outside 1970–2106 (bugs of the caller, not of a person).
    """
    if not 0 <= number <= MAX_NUMBER:
        raise ValueError("slip number does not fit 32 bits")
    if not _STATION.fullmatch(station):
        raise ValueError("station code must be 1-16 of A-Z, 0-9 and '-'")
    if not re.fullmatch(r"[0-9]{6}", city.code):
        raise ValueError("city code must be six digits")
    seconds = int(issued_at.timestamp())
    if not 0 <= seconds < 1 << (8 * TIME_BYTES):
        raise ValueError("issue time outside 1970-2106")
    head = b"".join(
        (
            bytes((VERSION, WIRE[kind])),
            int(city.code).to_bytes(CITY_BYTES, "big"),
            subject.bytes,
            _varint(number),
            bytes((len(station),)),
            station.encode("ascii"),
            seconds.to_bytes(TIME_BYTES, "big"),
            key.key_id,
        )
    )
    return pack(head + key.sign(CONTEXT, head))


def url(token: str, city: City) -> str:
    """The address in the QR code: a phone that scans it opens the city's page for that slip."""
    return f"https://{city.host}/s/{token}"


def read(text: str, keyring: KeyRing, now: datetime, city: City) -> SlipToken:
    """Check a scanned text and say what slip it is, without any network.

    A token "from the future" is accepted: clocks of kiosks drift, and its signature is what counts.

    Args:
        text: as the scanner gave it: with line ends, prefixes, changed case, full-width characters.
        keyring: public keys of the city and its stations.
        now: aware UTC.
        city: the city that this kiosk belongs to.

    Raises:
        Refusal: refusal.qr_foreign, qr_damaged, qr_newer_version, qr_other_city (param ``city``),
            qr_unknown_key, qr_revoked_key, qr_forged or qr_expired (param ``days``), and nothing else.
    """
    token, signature, head = _parse(_token_bytes(text, city))
    if token.city != city.code:
        raise Refusal("refusal.qr_other_city", city=token.city)
    _check_signature(token, keyring.find(token.key_id), head, signature)
    life = LIFETIME.get(token.kind)
    if life is not None and now - token.issued_at > life:
        raise Refusal("refusal.qr_expired", days=life.days)
    return token


def letters(text: str, city: City) -> str:
    """The token alone, in its plain spelling, as it stands in what was scanned.

    Raises:
        Refusal: refusal.qr_foreign or qr_damaged.
    """
    return pack(_token_bytes(text, city))


def _token_bytes(text: str, city: City) -> bytes:
    """The bytes of the token in a scanned text, or a refusal when the text is not one of ours."""
    if len(text) > MAX_TEXT:
        raise Refusal("refusal.qr_foreign")
    plain = unicodedata.normalize("NFKC", text.translate(_INPUT_METHOD)).translate(_INPUT_METHOD)
    found = _URL.search("".join(char for char in plain if char.isprintable()))
    if found is None:
        raise Refusal("refusal.qr_foreign")
    host, letters = found.group(1).lower(), found.group(2).rstrip("/").upper()
    try:
        return unpack(letters)
    except ValueError:
        # Only a page of this city can be "ours, badly scanned"; any other site may use /s/ as it likes.
        at_home = host == city.host.lower()
        raise Refusal("refusal.qr_damaged" if at_home else "refusal.qr_foreign") from None


def pack(data: bytes) -> str:
    """Bytes with their checksum, as base32 without padding."""
    whole = data + _crc(data)
    return base64.b32encode(whole).decode("ascii").rstrip("=")


def unpack(letters: str) -> bytes:
    """Undo ``pack``; the answer is never empty.

    Raises:
        ValueError: no base32, not the one spelling of its bytes, or the checksum does not fit.
    """
    whole = base64.b32decode(letters + "=" * (-len(letters) % 8))
    data, crc = whole[:-CRC_BYTES], whole[-CRC_BYTES:]
    # Unused bits of the last letter must be zero, or one token would have several spellings.
    if not data or base64.b32encode(whole).decode("ascii").rstrip("=") != letters:
        raise ValueError("not the spelling that pack() makes")
    if _crc(data) != crc:
        raise ValueError("checksum does not fit")
    return data


def _crc(data: bytes) -> bytes:
    return binascii.crc_hqx(data, 0xFFFF).to_bytes(CRC_BYTES, "big")


def _parse(data: bytes) -> tuple[SlipToken, bytes, bytes]:
    """Split unpacked bytes into what they say, their signature, and the bytes that were signed."""
    if data[0] > VERSION:
        raise Refusal("refusal.qr_newer_version")
    head, signature = data[:-SIGNATURE_BYTES], data[-SIGNATURE_BYTES:]
    cursor = _Cursor(head)
    try:
        version, kind = cursor.take(2)
        code = int.from_bytes(cursor.take(CITY_BYTES), "big")
        subject = UUID(bytes=cursor.take(UUID_BYTES))
        number = cursor.varint()
        station = cursor.take(cursor.take(1)[0]).decode("ascii")
        issued = int.from_bytes(cursor.take(TIME_BYTES), "big")
        key_id = cursor.take(KEY_ID_BYTES)
    except ValueError:
        raise Refusal("refusal.qr_forged") from None
    # The checksum fitted, so the bytes are as somebody made them: whoever broke the form was not us.
    if version != VERSION or not cursor.empty or not _STATION.fullmatch(station):
        raise Refusal("refusal.qr_forged")
    if kind not in KINDS:
        raise Refusal("refusal.qr_newer_version")
    token = SlipToken(
        kind=KINDS[kind],
        city=f"{code:06d}",
        subject=subject,
        number=number,
        station=station,
        issued_at=datetime.fromtimestamp(issued, UTC),
        key_id=key_id,
    )
    return token, signature, head


def _check_signature(token: SlipToken, keys: tuple[RingKey, ...], head: bytes, signature: bytes) -> None:
    """Refuse unless a trusted key of this station, in use at the time of issue, signed these bytes."""
    if not keys:
        raise Refusal("refusal.qr_unknown_key")
    signers = [key for key in keys if verify(key.public, CONTEXT, head, signature)]
    if not signers:
        raise Refusal("refusal.qr_forged")
    trusted = [key for key in signers if not key.revoked and key.covers(token.issued_at)]
    if not trusted:
        raise Refusal("refusal.qr_revoked_key")
    if all(key.station not in (None, token.station) for key in trusted):
        raise Refusal("refusal.qr_forged")


def _varint(number: int) -> bytes:
    """LEB128: seven bits a byte, the lowest first, the high bit says that more follow."""
    out = bytearray()
    while number >> VARINT_BITS:
        out.append(number & 0x7F | 0x80)
        number >>= VARINT_BITS
    out.append(number)
    return bytes(out)


class _Cursor:
    """Reads a byte string from left to right; raises ValueError where it ends too early."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def empty(self) -> bool:
        return self._at == len(self._data)

    def take(self, count: int) -> bytes:
        part = self._data[self._at : self._at + count]
        if len(part) != count:
            raise ValueError("token ends too early")
        self._at += count
        return part

    def varint(self) -> int:
        value = 0
        for shift in range(0, 35, VARINT_BITS):
            byte = self.take(1)[0]
            value |= (byte & 0x7F) << shift
            if byte < 0x80:  # noqa: PLR2004 - the high bit, as in _varint
                if value > MAX_NUMBER or (shift and byte == 0):
                    raise ValueError("number has another spelling or is too large")
                return value
        raise ValueError("number is too long")
