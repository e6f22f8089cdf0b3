"""The serial scanner over a pty."""

import queue
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.lines import SerialLine
from kiosk.devices.serial_scanner import MAX_CODE, CodeSplitter, SerialScanner
from kiosk.devices.silent_speaker import SilentSpeaker
from kiosk.services.device_ports import DeviceFault, Fault
from tests.devices.fakes import SerialDevice


class OpenedLine(SerialLine):
    """Says when it is open: what a device says before that is lost, as it is in life."""

    def __init__(self, port: str) -> None:
        super().__init__(port, 9600)
        self.opened = threading.Event()

    def open(self) -> None:
        super().open()
        self.opened.set()


@pytest.fixture
def device() -> Iterator[SerialDevice]:
    scanner = SerialDevice()
    yield scanner
    scanner.close()


def test_codes_come_in_whole_and_in_order(device: SerialDevice) -> None:
    codes: queue.Queue[str] = queue.Queue()
    faults: queue.Queue[DeviceFault] = queue.Queue()
    line = OpenedLine(device.port)
    scanner = SerialScanner(line)
    scanner.start(codes.put, faults.put)
    assert line.opened.wait(5)
    device.say(b"https://gig.example/s/AE")
    device.say(b"BA\r\nSECOND\r\r\n\nTHIRD\n")
    assert [codes.get(timeout=5) for _ in range(3)] == ["https://gig.example/s/AEBA", "SECOND", "THIRD"]
    device.say("零工".encode("gb18030") + b"\r")
    assert codes.get(timeout=5) == "零工"
    with pytest.raises(RuntimeError):
        scanner.start(codes.put, faults.put)
    scanner.stop()
    assert faults.empty()


def test_a_scanner_that_is_not_there_is_told_once() -> None:
    faults: queue.Queue[DeviceFault] = queue.Queue()
    scanner = SerialScanner(SerialLine("/dev/no-such-scanner", 9600), retry_seconds=0.001)
    scanner.start(lambda _code: None, faults.put)
    assert faults.get(timeout=5).key == "device.scanner_unreachable"
    scanner.stop()
    assert faults.empty()


def test_a_stopped_scanner_can_be_started_again(device: SerialDevice) -> None:
    codes: queue.Queue[str] = queue.Queue()
    line = OpenedLine(device.port)
    scanner = SerialScanner(line)
    for code in ("ONE", "TWO"):
        line.opened.clear()
        scanner.start(codes.put, lambda _fault: None)
        assert line.opened.wait(5)
        device.say(code.encode() + b"\r")
        assert codes.get(timeout=5) == code
        scanner.stop()
    scanner.stop()


def test_what_goes_on_without_end_is_dropped_up_to_its_end() -> None:
    splitter = CodeSplitter()
    assert splitter.feed(b"x" * (MAX_CODE + 1)) == []
    assert splitter.feed(b"yy\rNEXT\r") == ["NEXT"]
    assert splitter.feed(b"x" * MAX_CODE + b"\r") == ["x" * MAX_CODE]


@given(st.lists(st.binary(max_size=40), max_size=8))
def test_it_does_not_matter_how_the_bytes_arrive(parts: list[bytes]) -> None:
    whole, split = CodeSplitter(), CodeSplitter()
    apart = [code for part in parts for code in split.feed(part)]
    assert whole.feed(b"".join(parts)) == apart
    assert all(apart)


def test_a_machine_without_a_voice_says_so() -> None:
    speaker = SilentSpeaker()
    speaker.say("零工市场")
    speaker.stop()
    fault = speaker.status()
    assert fault is not None
    assert fault.fault is Fault.SPEECH_MISSING
