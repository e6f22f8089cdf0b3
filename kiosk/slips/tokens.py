"""The station's own tokens: binds the wire format to this station's key and to the keys that it trusts."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from kiosk.protocol import token as wire
from kiosk.protocol.signing import KeyRing, SigningKey
from kiosk.protocol.token import City, TokenKind
from kiosk.services.ports import ScannedToken


class StationTokens:
    """Implements ``kiosk.services.ports.TokenIssuer``.

    The ring is asked for at each reading: the city's reference bundle may have revoked a key a minute ago.
    """

    def __init__(self, key: SigningKey, station: str, city: City, ring: Callable[[], KeyRing]) -> None:
        self._key = key
        self._station = station
        self._city = city
        self._ring = ring

    def issue(self, kind: str, subject_id: UUID, number: int, at: datetime) -> str:
        """A signed token (without the URL).

        Raises:
            ValueError: ``kind`` is not a TokenKind, or ``wire.issue`` cannot spell the rest.
        """
        return wire.issue(
            kind=TokenKind(kind),
            subject=subject_id,
            number=number,
            station=self._station,
            issued_at=at,
            key=self._key,
            city=self._city,
        )

    def url(self, token: str) -> str:
        """The address that goes into the QR code."""
        return wire.url(token, self._city)

    def read(self, scanned: str, now: datetime) -> ScannedToken:
        """Verify what a scanner read.

        Raises:
            Refusal: see ``kiosk.protocol.token.read``.
        """
        token = wire.read(scanned, self._ring(), now, self._city)
        return ScannedToken(
            kind=token.kind.value,
            subject_id=token.subject,
            number=token.number,
            kiosk=token.station,
            issued_at=token.issued_at,
            text=wire.letters(scanned, self._city),
        )
