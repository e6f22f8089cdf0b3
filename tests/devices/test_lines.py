"""Lines: what they do when nobody is there, and a USB printer on a simulated bus."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from kiosk.devices.lines import SerialLine, TcpLine
from kiosk.devices.usb_line import UsbLine
from tests.devices.fakes import SerialDevice


@dataclass
class Endpoint:
    bEndpointAddress: int  # noqa: N815 - pyusb's name
    answers: list[bytes | OSError] = field(default_factory=list)
    written: list[bytes] = field(default_factory=list)
    takes: int | None = None

    def write(self, data: bytes, _timeout: int) -> int:
        self.written.append(data)
        return len(data) if self.takes is None else self.takes

    def read(self, _size: int, _timeout: int) -> bytes:
        answer = self.answers.pop(0)
        if isinstance(answer, OSError):
            raise answer
        return answer


class Interface:
    bInterfaceNumber = 2  # noqa: N815 - pyusb's name

    def __init__(self, kind: int, endpoints: list[Endpoint]) -> None:
        self.bInterfaceClass = kind
        self.endpoints = endpoints

    def __iter__(self) -> Iterator[Endpoint]:
        return iter(self.endpoints)


class Device:
    idVendor, idProduct = 0x04B8, 0x0E15  # noqa: N815 - pyusb's names

    def __init__(self, interface: Interface, *, windows: bool = False) -> None:
        self.interface = interface
        self.windows = windows
        self.detached: list[int] = []

    def __iter__(self) -> Iterator[list[Interface]]:
        return iter([[self.interface]])

    def is_kernel_driver_active(self, _number: int) -> bool:
        if self.windows:
            raise NotImplementedError
        return True

    def detach_kernel_driver(self, number: int) -> None:
        self.detached.append(number)


class Bus:
    """Stands for the ``usb`` package: its core finds, its util disposes."""

    def __init__(self, *devices: Device, broken: bool = False) -> None:
        self.core = self.util = self
        self.devices = devices
        self.broken = broken
        self.disposed: list[Device] = []

    def find(self, *, find_all: bool) -> list[Device]:
        assert find_all
        if self.broken:
            raise ValueError("No backend available")
        return list(self.devices)

    def dispose_resources(self, device: Device) -> None:
        self.disposed.append(device)


def printer(*, windows: bool = False, both_ways: bool = True) -> tuple[Device, Endpoint, Endpoint]:
    out, back = Endpoint(0x01), Endpoint(0x82)
    return Device(Interface(7, [out, back] if both_ways else [out]), windows=windows), out, back


@pytest.mark.parametrize("windows", [False, True])
def test_a_usb_printer_is_found_and_spoken_to(windows: bool) -> None:
    device, out, back = printer(windows=windows)
    camera = Device(Interface(14, [Endpoint(0x01), Endpoint(0x81)]))
    bus = Bus(camera, device)
    line = UsbLine(bus=bus)
    line.open()
    line.write(b"hello")
    back.answers = [b"\x12", OSError("[Errno 110] Operation timed out")]
    assert (line.read(0.1), line.read(0.1)) == (b"\x12", b"")
    back.answers = [OSError("no such device")]
    with pytest.raises(OSError, match="no such device"):
        line.read(0.1)
    line.close()
    assert out.written == [b"hello"]
    assert device.detached == ([] if windows else [2])
    assert bus.disposed == [device]


def test_a_usb_printer_that_takes_only_part() -> None:
    device, out, _back = printer()
    out.takes = 2
    line = UsbLine(0x04B8, 0x0E15, bus=Bus(device))
    line.open()
    with pytest.raises(OSError, match="part"):
        line.write(b"hello")


@pytest.mark.parametrize(
    "line",
    [
        UsbLine(bus=Bus()),
        UsbLine(bus=Bus(broken=True)),
        UsbLine(1, 2, bus=Bus(printer()[0])),
        UsbLine(bus=Bus(printer(both_ways=False)[0])),
        SerialLine("/dev/no-such-port", 9600),
        TcpLine("127.0.0.1", 1),
    ],
)
def test_nobody_there_is_an_os_error(line: UsbLine | SerialLine | TcpLine) -> None:
    with pytest.raises(OSError, match=r"."):
        line.open()
    line.close()


@pytest.mark.parametrize("line", [UsbLine(), SerialLine("/dev/null", 9600), TcpLine("127.0.0.1", 1)])
def test_a_line_that_is_not_open_says_so(line: UsbLine | SerialLine | TcpLine) -> None:
    with pytest.raises(ConnectionError):
        line.write(b"x")
    with pytest.raises(ConnectionError):
        line.read(0.01)
    line.close()


def test_a_serial_line_carries_both_ways() -> None:
    device = SerialDevice()
    line = SerialLine(device.port, 9600)
    line.open()
    device.say(b"hello")
    heard = b""
    while len(heard) < 5:
        heard += line.read(5)
    assert heard == b"hello"
    assert line.read(0.01) == b""
    line.write(b"back")
    assert device.hear(4) == b"back"
    line.close()
    device.close()
