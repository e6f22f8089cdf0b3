"""This station's printer, as first set-up chose it."""

from pathlib import Path

from kiosk.devices.escpos_printer import EscposPrinter
from kiosk.devices.folder_printer import FolderPrinter
from kiosk.devices.print_once import PrintOnce
from kiosk.devices.printer_address import serial_line, tcp_line, usb_line
from kiosk.services.device_ports import Printer
from kiosk.services.station_config import PrinterKind, StationConfig

DOTS = {58: 384, 80: 576}


def make_printer(config: StationConfig, slip_dir: Path) -> Printer:
    """The driver for the configured printer; nothing is opened yet."""
    width = DOTS[config.paper_mm]
    match config.printer:
        case PrinterKind.FOLDER:
            return FolderPrinter(slip_dir, width)
        case PrinterKind.TCP:
            return PrintOnce(EscposPrinter(tcp_line(config.printer_address), width))
        case PrinterKind.SERIAL:
            return PrintOnce(EscposPrinter(serial_line(config.printer_address), width))
        case PrinterKind.USB:
            return PrintOnce(EscposPrinter(usb_line(config.printer_address), width))
