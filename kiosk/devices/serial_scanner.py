"""A code scanner on a serial line: text ended by a carriage return, a line feed or both."""

import logging
import threading
from collections.abc import Callable

from kiosk.devices.lines import Line
from kiosk.services.device_ports import DeviceFault, Fault

LOG = logging.getLogger(__name__)
#: No code that we print is longer; what goes on without an end is noise.
MAX_CODE = 4096
POLL_SECONDS = 0.25
RETRY_SECONDS = 5.0


class SerialScanner:
    """Implements ``kiosk.services.device_ports.Scanner``. Its thread begins with ``start``.

    Args:
        line: opened by the thread, and opened anew after a fault.
        retry_seconds: pause before a lost scanner is looked for again.
    """

    def __init__(self, line: Line, *, retry_seconds: float = RETRY_SECONDS) -> None:
        self._line = line
        self._retry_seconds = retry_seconds
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, on_code: Callable[[str], None], on_fault: Callable[[DeviceFault], None]) -> None:
        """Deliver codes from the scanner's thread; a fault is told once, until the scanner is back."""
        if self._thread is not None:
            raise RuntimeError("the scanner is already started")
        self._ended.clear()
        self._thread = threading.Thread(
            target=self._run, args=(on_code, on_fault), name="serial-scanner", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self, on_code: Callable[[str], None], on_fault: Callable[[DeviceFault], None]) -> None:
        told = False
        while not self._ended.is_set():
            try:
                self._line.open()
                told = False
                self._listen(on_code)
            except OSError as error:
                if not told:
                    on_fault(DeviceFault(Fault.SCANNER_UNREACHABLE, type(error).__name__))
                    told = True
                self._ended.wait(self._retry_seconds)
            finally:
                self._line.close()

    def _listen(self, on_code: Callable[[str], None]) -> None:
        codes = CodeSplitter()
        while not self._ended.is_set():
            for code in codes.feed(self._line.read(POLL_SECONDS)):
                on_code(code)


class CodeSplitter:
    """Cuts a stream of bytes into scanned texts. What is longer than any code is dropped up to its end."""

    def __init__(self) -> None:
        self._pending = bytearray()
        self._overlong = False

    def feed(self, data: bytes) -> list[str]:
        """The texts that are complete now."""
        codes = []
        for byte in data:
            if byte in b"\r\n":
                if self._pending and not self._overlong:
                    codes.append(_text(bytes(self._pending)))
                self._pending.clear()
                self._overlong = False
            elif len(self._pending) < MAX_CODE:
                self._pending.append(byte)
            else:
                self._overlong = True
        return codes


def _text(data: bytes) -> str:
    """Scanners send UTF-8 or, set up for China, GB 18030."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")
