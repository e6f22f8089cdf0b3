"""What the station is, as it is kept: one setting, whole or not there."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from kiosk.services.ports import (
    ReadModel,
)

SETTING = "station"
#: Seconds without a touch until the warning: at least so many, for people who read slowly; what staff choose from.
IDLE_LEAST, IDLE_USUAL = 60, 120
IDLE_CHOICES = (60, 90, 120, 180, 300)


class PrinterKind(StrEnum):
    """Where slips go."""

    FOLDER = "folder"
    TCP = "tcp"
    SERIAL = "serial"
    USB = "usb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What the city gave this kiosk.

    Attributes:
        device: id of the device; incarnation counts its re-enrolments.
        key_id: its slip-signing key in tokens.
        sealing_key: the city's X25519 public key for ID numbers.
        streams: what it may pull.
        at: when, UTC.
        reference_key: Ed25519 public key that signs the city's reference data; empty: the first one that comes.
    """

    url: str
    device: UUID
    incarnation: int
    key_id: int
    sealing_key: bytes
    streams: tuple[str, ...]
    at: datetime
    reference_key: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class StationConfig:
    """What the station is. Saved as one setting, so that it is either whole or not there.

    Attributes:
        kiosk: code of this kiosk, 4–8 characters A–Z 0–9; stands in every number it gives out.
        city: region code of the city (6 digits), district likewise.
        city_host: host in the QR codes' address.
        panel_inch: diagonal of the screen, which turns millimetres into pixels.
        printer: where slips go; ``printer_address`` is host:port or a device path.
        scanner, card_reader: serial ports (``/dev/ttyUSB0``, ``COM3@9600``); "" when there is none, or when the scanner
            types like a keyboard.
        idle_seconds: without a touch until a visit's warning, at least ``IDLE_LEAST``.
        phone: of the station, at the foot of every slip; "" for none.
        enrolment: None until the city knows this kiosk.
    """

    kiosk: str
    name: str
    city: str
    district: str
    city_host: str
    panel_inch: float
    printer: PrinterKind
    printer_address: str = ""
    scanner: str = ""
    card_reader: str = ""
    paper_mm: int = 80
    idle_seconds: int = IDLE_USUAL
    phone: str = ""
    enrolment: Enrolment | None = None


def load_config(read: ReadModel) -> StationConfig | None:
    """The saved station, or None before first set-up."""
    raw = read.setting(SETTING)
    return None if raw is None else read_config(raw)


def read_config(raw: bytes) -> StationConfig:
    """A saved station; what somebody wrote into it by hand does not make the kiosk impatient."""
    config = msgspec.json.decode(raw, type=StationConfig)
    if config.idle_seconds >= IDLE_LEAST:
        return config
    return replace(config, idle_seconds=IDLE_LEAST)
