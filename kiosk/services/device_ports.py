"""What the use cases need from devices: printer, scanner, ID-card reader, speaker. Drivers stand in ``devices/``.

A device never raises into a use case in the middle of a sentence: it answers with a state, or with a typed
``DeviceFault`` that has a sentence (string key ``device.<name>``) and what to do about it (``device.do.<name>``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from uuid import UUID

from kiosk.services import faults
from kiosk.services.slip_content import SlipContent

Param = str | int


class Fault(StrEnum):
    """The closed set of what may be wrong with a device. Each is a string key below ``device.``."""

    PAPER_OUT = "paper_out"
    PAPER_NEAR_END = "paper_near_end"
    COVER_OPEN = "cover_open"
    PRINTER_OFFLINE = "printer_offline"
    PRINTER_ERROR = "printer_error"
    PRINTER_UNREACHABLE = "printer_unreachable"
    PRINTER_SILENT = "printer_silent"
    PRINTED_ALREADY = "printed_already"
    SLIP_FOLDER = "slip_folder"
    PAPER_WIDTH = "paper_width"
    SCANNER_UNREACHABLE = "scanner_unreachable"
    CARD_READER_UNREACHABLE = "card_reader_unreachable"
    CARD_READER_NOISE = "card_reader_noise"
    CARD_UNREADABLE = "card_unreadable"
    CARD_KIND = "card_kind"
    SPEECH_MISSING = "speech_missing"


class DeviceFault(faults.DeviceFault):
    """A device cannot do its work.

    Attributes:
        fault: which of the closed set.
        detail: for the log and for staff (an errno, a status byte), never personal data.
    """

    def __init__(self, fault: Fault, detail: str = "") -> None:
        number = list(Fault).index(fault) + 1
        super().__init__(
            f"device.{fault.value}", what_to_do=f"device.do.{fault.value}", code=f"P-{number:02d}", retry=True
        )
        self.fault = fault
        self.detail = detail

    @property
    def do(self) -> str:
        """String key of what to do next."""
        return self.what_to_do


@dataclass(frozen=True, slots=True, kw_only=True)
class Raster:
    """Printer dots.

    Attributes:
        width_px: a multiple of 8 (384 on 58 mm rolls, 576 on 80 mm rolls at 203 dpi).
        bits: ``height_px`` rows of ``width_px // 8`` bytes, the highest bit leftmost, 1 is ink.

    Raises:
        ValueError: the sizes do not fit each other.
    """

    width_px: int
    height_px: int
    bits: bytes
    dpi: int = 203

    def __post_init__(self) -> None:
        if self.width_px % 8 or self.width_px <= 0 or self.height_px <= 0:
            raise ValueError("a raster is a positive multiple of 8 wide and at least one dot high")
        if len(self.bits) != self.width_px // 8 * self.height_px:
            raise ValueError("a raster's bits do not fit its size")


class SlipRenderer(Protocol):
    """Turns the words of a slip into dots."""

    def render(self, slip: SlipContent, width_px: int) -> Raster:
        """A pure function of its arguments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintJob:
    """One piece of paper to be made.

    Attributes:
        slip_id: the slip; together with ``copy`` it names this very piece of paper.
        number: as printed, used for file names.
        copy: 0 for the first print, n for the n-th reprint (the raster says so too).
    """

    slip_id: UUID
    number: str
    raster: Raster
    copy: int = 0


class PrintResult(StrEnum):
    """How a print ended. Only ``PRINTED`` may be told to the person as printed."""

    PRINTED = "printed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintOutcome:
    """What the printer said.

    Attributes:
        fault: why it failed or is unknown; a warning (paper near end) may accompany ``PRINTED``.
        partial: some of the slip may be on paper: a piece that must not be handed out.
        files: where a folder printer put it.
    """

    result: PrintResult
    fault: DeviceFault | None = None
    partial: bool = False
    files: tuple[Path, ...] = ()


class Printer(Protocol):
    """Makes paper. Called from a device thread, never from the screen's."""

    @property
    def width_px(self) -> int:
        """Printable dots."""

    def print(self, job: PrintJob) -> PrintOutcome:
        """Print and wait until the printer has said how it went. Never raises a DeviceFault."""

    def status(self) -> DeviceFault | None:
        """What is wrong now, or a warning (PAPER_NEAR_END); None when all is well."""


class Scanner(Protocol):
    """A code scanner with a line of its own (keyboard-wedge scanners come in through the screen's keys)."""

    def start(self, on_code: Callable[[str], None], on_fault: Callable[[DeviceFault], None]) -> None:
        """Deliver each scanned text, from the scanner's thread, until ``stop``."""

    def stop(self) -> None:
        """End the thread and let go of the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdCard:
    """What the work needs from a resident ID card. Photo, address, ethnicity and issuer are not even decoded.

    Attributes:
        valid_until: last day, or None for a card without end (长期).
    """

    name: str
    id_number: str
    valid_until: date | None

    def __repr__(self) -> str:
        return "IdCard(...)"


class IdCardReader(Protocol):
    """Reads second-generation resident ID cards. Called from a device thread."""

    def read(self) -> IdCard | None:
        """The card that lies on the reader, or None when there is none.

        Raises:
            DeviceFault: CARD_READER_UNREACHABLE, CARD_READER_NOISE, CARD_UNREADABLE or CARD_KIND.
        """

    def status(self) -> DeviceFault | None:
        """Self-test: None when the reader answers."""


class Speaker(Protocol):
    """Reads aloud. The real one lives with the screen (QtTextToSpeech)."""

    def say(self, text: str, *, words_per_minute: int = 125) -> None:
        """Start speaking; what was being said ends."""

    def stop(self) -> None:
        """Be silent at once."""

    def status(self) -> DeviceFault | None:
        """SPEECH_MISSING when no voice is installed."""
