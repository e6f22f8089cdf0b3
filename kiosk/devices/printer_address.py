"""The addresses of printers as staff type them at first set-up.

``192.168.1.50:9100`` (TCP) · ``/dev/ttyUSB0``, ``COM3``, ``/dev/ttyS0@19200`` (serial) · nothing or ``04b8:0e15``
(USB).
A mistyped one is not refused here: the line cannot be opened, and the printer is told to be unreachable.
"""

import re

from kiosk.devices.lines import SerialLine, TcpLine
from kiosk.devices.usb_line import UsbLine

RAW_PORT = 9100
#: A slip is 130 KB: 12 s at this speed, more than two minutes at the 9,600 that some printers leave the factory with.
BAUD = 115_200
_USB_IDS = re.compile(r"([0-9a-f]{4}):([0-9a-f]{4})", re.IGNORECASE)
_NO_SUCH_DEVICE = -1


def tcp_line(address: str) -> TcpLine:
    """``host:port``; without a port 9100."""
    host, _, port = address.strip().partition(":")
    return TcpLine(host, int(port) if port.isdecimal() else RAW_PORT)


def serial_line(address: str) -> SerialLine:
    """``port`` or ``port@baud``."""
    port, _, baud = address.strip().partition("@")
    return SerialLine(port, int(baud) if baud.isdecimal() else BAUD)


def usb_line(address: str) -> UsbLine:
    """``vendor:product`` in hexadecimal digits, or nothing for the first printer."""
    plain = address.strip()
    if not plain:
        return UsbLine()
    ids = _USB_IDS.fullmatch(plain)
    if ids is None:
        return UsbLine(_NO_SUCH_DEVICE, _NO_SUCH_DEVICE)
    return UsbLine(int(ids[1], 16), int(ids[2], 16))
