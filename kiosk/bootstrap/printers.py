"""This station's printer, as first set-up chose it."""

from pathlib import Path

from kiosk.devices.folder_printer import FolderPrinter
from kiosk.services.device_ports import Printer
from kiosk.services.station import PrinterKind, StationConfig

DOTS = {58: 384, 80: 576}


def make_printer(config: StationConfig, slip_dir: Path) -> Printer:
    """The driver for the configured printer; nothing is opened yet."""
    width = DOTS[config.paper_mm]
    match config.printer:
        case PrinterKind.FOLDER:
            return FolderPrinter(slip_dir, width)
        case _:
            raise AssertionError(config.printer)
