"""A USB printer without a driver of the system: bulk transfers through libusb."""

from collections.abc import Iterator
from typing import Any

PRINTER_CLASS = 7
WRITE_MS = 10_000


class UsbLine:
    """Implements ``kiosk.devices.lines.Line``.

    Args:
        vendor, product: USB ids, or None for the first printer that is found.
        bus: ``usb.core`` or something that finds devices like it; pyusb is loaded when it is first needed.
    """

    def __init__(self, vendor: int | None = None, product: int | None = None, *, bus: Any = None) -> None:  # noqa: ANN401 - pyusb has no types
        self._wanted = (vendor, product)
        self._bus = bus
        self._device: Any = None
        self._interface = 0
        self._out: Any = None
        self._in: Any = None

    def open(self) -> None:
        """Find the printer and take its interface from the system's own driver."""
        device, interface = self._find()
        number = interface.bInterfaceNumber
        try:
            if device.is_kernel_driver_active(number):
                device.detach_kernel_driver(number)
        except NotImplementedError:  # Windows: there is nothing to take it from
            pass
        self._device, self._interface = device, number
        for endpoint in interface:
            if endpoint.bEndpointAddress & 0x80:
                self._in = endpoint
            else:
                self._out = endpoint
        if self._out is None or self._in is None:
            self.close()
            raise OSError("the printer has no line back: it could never say that it has printed")

    def write(self, data: bytes) -> None:
        """Send all."""
        if self._out is None:
            raise ConnectionError("the line is not open")
        sent = self._out.write(data, WRITE_MS)
        if sent != len(data):
            raise OSError("the printer took only part")

    def read(self, seconds: float) -> bytes:
        """Wait for an answer; USB time-outs are no faults."""
        if self._in is None:
            raise ConnectionError("the line is not open")
        try:
            return bytes(self._in.read(64, max(1, round(seconds * 1000))))
        except OSError as error:  # pyusb's errors are OSErrors; some back ends give no errno for a time-out
            if "timed out" in str(error).lower() or "timeout" in str(error).lower():
                return b""
            raise

    def close(self) -> None:
        """Give the interface back."""
        if self._device is not None:
            self._core().util.dispose_resources(self._device)
        self._device = self._out = self._in = None

    def _core(self) -> Any:  # noqa: ANN401 - pyusb has no types
        if self._bus is None:
            import usb.core
            import usb.util

            self._bus = usb
        return self._bus

    def _find(self) -> tuple[Any, Any]:
        core = self._core().core
        try:
            devices = list(core.find(find_all=True) or ())
        except ValueError as error:  # NoBackendError: libusb is not installed
            raise OSError(str(error)) from error
        for device in devices:
            for interface in self._interfaces(device):
                return device, interface
        raise OSError("no USB printer is connected")

    def _interfaces(self, device: Any) -> Iterator[Any]:  # noqa: ANN401 - pyusb has no types
        vendor, product = self._wanted
        if vendor is not None and (device.idVendor, device.idProduct) != (vendor, product):
            return
        for configuration in device:
            for interface in configuration:
                if interface.bInterfaceClass == PRINTER_CLASS:
                    yield interface
