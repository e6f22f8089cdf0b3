"""This station's code scanner and card reader, as first set-up named them."""

from PySide6.QtCore import QObject, Signal

from kiosk.devices.card_watch import CardWatch
from kiosk.devices.id_card_reader import SdtCardReader
from kiosk.devices.printer_address import serial_line
from kiosk.devices.serial_scanner import SerialScanner
from kiosk.services.device_ports import DeviceFault, IdCard
from kiosk.services.station_config import StationConfig


def make_card_reader(config: StationConfig) -> SdtCardReader | None:
    """The driver for the configured card reader; nothing is opened yet. None when there is none."""
    return SdtCardReader(serial_line(config.card_reader)) if config.card_reader else None


def scanner_fault(config: StationConfig) -> DeviceFault | None:
    """Whether the configured scanner's line can be opened; for the doctor."""
    from kiosk.services.device_ports import Fault

    line = serial_line(config.scanner)
    try:
        line.open()
    except OSError as error:
        return DeviceFault(Fault.SCANNER_UNREACHABLE, type(error).__name__)
    finally:
        line.close()
    return None


class Readers(QObject):
    """Their threads, and what they say, brought to the screen's thread.

    Signals:
        code(str): the scanner has read a code.
        card(IdCard): a card was laid on the reader while one was wanted.
        fault(DeviceFault): one of them has failed; said once.
    """

    code = Signal(str)
    card = Signal(object)
    fault = Signal(object)

    def __init__(self, config: StationConfig, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scanner = SerialScanner(serial_line(config.scanner)) if config.scanner else None
        self._reader = make_card_reader(config)
        self._watch = CardWatch(self._reader) if self._reader is not None else None

    def start(self) -> None:
        """Begin to listen."""
        if self._scanner is not None:
            self._scanner.start(self._tell_code, self._tell_fault)
        if self._watch is not None:
            self._watch.start(self._tell_card, self._tell_fault)

    def want_card(self, *, wanted: bool) -> None:
        """Whether the screen has a use for a card."""
        if self._watch is not None:
            self._watch.want(wanted=wanted)

    def stop(self) -> None:
        """End the threads and let go of the lines."""
        if self._scanner is not None:
            self._scanner.stop()
        if self._watch is not None and self._reader is not None:
            self._watch.stop()
            self._reader.close()

    def _tell_code(self, code: str) -> None:
        self.code.emit(code)

    def _tell_card(self, card: IdCard) -> None:
        self.card.emit(card)

    def _tell_fault(self, fault: DeviceFault) -> None:
        self.fault.emit(fault)
