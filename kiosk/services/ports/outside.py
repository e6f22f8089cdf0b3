"""Clock, keys, tokens, words, paper, and the city when it is asked at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from kiosk.domain.records import (
    Placement,
    Worker,
)
from kiosk.services.faults import DeviceFault
from kiosk.services.ports.writing import PrintState, SlipJob
from kiosk.services.slip_content import SlipContent


class Clock(Protocol):
    """Time from outside, so that a simulation can own it."""

    def now(self) -> datetime:
        """Wall time, aware, UTC."""

    def monotonic(self) -> float:
        """Seconds that never run backwards."""


class Entropy(Protocol):
    """Randomness from outside."""

    def token_bytes(self, count: int) -> bytes:
        """``count`` random bytes."""


class Sealer(Protocol):
    """Puts ID numbers out of reach of this kiosk, and finds them again without reading them."""

    def seal(self, secret: bytes) -> bytes:
        """Encrypt for the city's key (this station's own until it is enrolled)."""

    def lookup(self, secret: bytes) -> str:
        """Keyed hash under this kiosk's key, 64 hex digits."""


class TokenIssuer(Protocol):
    """Signs and reads the tokens in QR codes."""

    def issue(self, kind: str, subject_id: UUID, number: int, at: datetime) -> str:
        """A signed token (without the URL)."""

    def url(self, token: str) -> str:
        """The address that goes into the QR code."""

    def read(self, scanned: str, now: datetime) -> "ScannedToken":
        """Verify what a scanner read.

        Raises:
            Refusal: not ours, damaged, forged, unknown or revoked key, expired, of another city.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedToken:
    """A verified token: what kind of slip, about which record, from which kiosk. ``text``: as it is signed."""

    kind: str
    subject_id: UUID
    number: int
    kiosk: str
    issued_at: datetime
    text: str = ""


class Words(Protocol):
    """The catalogue, for finished words on paper (the screen has the same one)."""

    @property
    def language(self) -> str:
        """``zh_CN`` or ``en``."""

    def text(self, key: str, **params: str | int) -> str:
        """The sentence behind a key."""

    def yuan(self, fen: int) -> str:
        """An amount with the currency word."""

    def pay(self, fen: int, unit: str) -> str:
        """A wage with its unit."""

    def date(self, day: date) -> str:
        """A day with its weekday."""

    def time(self, moment: datetime) -> str:
        """Local time of day."""

    def hours(self, start_minute: int, end_minute: int) -> str:
        """A span of working time."""


class SlipPress(Protocol):
    """Paper: renders a slip and hands it to the printer of this station."""

    def print(self, job: SlipJob) -> "PressResult":
        """Print; blocks until the printer has answered. Never raises for a device: the result says it."""

    def preview(self, content: SlipContent) -> bytes:
        """The same slip as PNG bytes, for the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PressResult:
    """What the printer said: ``printed``, ``failed`` or ``unknown``, with the fault if there was one."""

    state: PrintState
    fault: DeviceFault | None = None


class Signals(Protocol):
    """What the use cases tell the rest of the kiosk after a commit."""

    def committed(self, op_kinds: tuple[str, ...]) -> None:
        """Operations are in the outbox: the pump may push."""

    def sync_wanted(self) -> None:
        """Staff want a full round now, whatever the backoff says."""

    def station_changed(self) -> None:
        """The station is enrolled (anew): everything that was made for the old one is to be made again. Any thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedUp:
    """What the city says about a slip and digits: ``found``, ``wrong`` (tries ``left``), ``locked``, ``unknown``."""

    outcome: str
    left: int
    worker: Worker | None = None
    placements: tuple[Placement, ...] = ()


class PersonLookup(Protocol):
    """Asks the city about a worker of another kiosk."""

    def look_up(self, token: str, tail: str) -> LookedUp | None:
        """Blocks for at most two seconds; never on the screen's thread. None when the city is not reached."""


class SlotReserver(Protocol):
    """Asks the city for places while a worker stands at the screen."""

    def reserve(self, listing_id: UUID) -> bool:
        """Get one or a few more places of a listing into this kiosk's lease.

        Blocks for at most two seconds in all; never called inside a transaction or on the screen's thread. False for
        whatever reason (none left, no network): then the worker waits. Never raises for the network.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceReport:
    """One line of the readiness report."""

    name: str
    ok: bool
    key: str
    params: Mapping[str, str | int] = field(default_factory=dict)
