"""Addresses as staff type them."""

import pytest

from kiosk.devices.lines import SerialLine, TcpLine
from kiosk.devices.printer_address import serial_line, tcp_line, usb_line
from kiosk.devices.usb_line import UsbLine


@pytest.mark.parametrize(
    ("line", "same_as"),
    [
        (tcp_line(" 192.168.1.50:9101 "), TcpLine("192.168.1.50", 9101)),
        (tcp_line("printer.local"), TcpLine("printer.local", 9100)),
        (serial_line("/dev/ttyUSB0"), SerialLine("/dev/ttyUSB0", 115_200)),
        (serial_line("COM3@9600"), SerialLine("COM3", 9600)),
        (usb_line(" "), UsbLine()),
        (usb_line("04b8:0E15"), UsbLine(0x04B8, 0x0E15)),
        (usb_line("what?"), UsbLine(-1, -1)),
    ],
)
def test_an_address_names_a_line(line: object, same_as: object) -> None:
    assert type(line) is type(same_as)
    assert vars(line) == vars(same_as)


@pytest.mark.parametrize("line", [tcp_line("127.0.0.1:99999"), serial_line("/dev/null@999999999999")])
def test_an_impossible_address_is_somebody_who_is_not_there(line: TcpLine | SerialLine) -> None:
    with pytest.raises(OSError, match=r"."):
        line.open()
