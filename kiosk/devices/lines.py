"""Byte lines to devices: TCP, serial and USB. Every failure is an OSError; nothing is opened before ``open``."""

import socket
from typing import Any, Protocol

CONNECT_SECONDS = 3.0
WRITE_SECONDS = 10.0
PART_BYTES = 1024


class Line(Protocol):
    """A line that bytes go down and answers come up."""

    def open(self) -> None:
        """Connect.

        Raises:
            OSError: nobody is there.
        """

    def write(self, data: bytes) -> None:
        """Send all of ``data``; blocks while the device takes it.

        Raises:
            OSError: the line broke, or the device takes nothing any more.
        """

    def read(self, seconds: float) -> bytes:
        """What has come, after waiting at most ``seconds`` for the first byte; b"" when nothing came.

        Raises:
            OSError: the line broke.
        """

    def close(self) -> None:
        """Let go; never fails."""


class TcpLine:
    """A network printer (port 9100 by habit)."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._socket: socket.socket | None = None

    def open(self) -> None:
        """Connect within 3 s."""
        try:
            self._socket = socket.create_connection(self._address, timeout=CONNECT_SECONDS)
        except OverflowError as error:  # a port beyond 65535
            raise OSError(str(error)) from error
        # A one-line status question must not wait for the acknowledgement of the picture before it (40 ms each).
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def write(self, data: bytes) -> None:
        """Send all, or fail after 10 s in which the device took nothing."""
        connection = self._connected()
        connection.settimeout(WRITE_SECONDS)
        connection.sendall(data)

    def read(self, seconds: float) -> bytes:
        """Wait for an answer."""
        connection = self._connected()
        connection.settimeout(seconds)
        try:
            data = connection.recv(4096)
        except TimeoutError:
            return b""
        if not data:
            raise ConnectionResetError("the device closed the line")
        return data

    def close(self) -> None:
        """Disconnect."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _connected(self) -> socket.socket:
        if self._socket is None:
            raise ConnectionError("the line is not open")
        return self._socket


class SerialLine:
    """A serial port: /dev/ttyUSB0, /dev/ttyS0, COM3."""

    def __init__(self, port: str, baud: int) -> None:
        self._port = port
        self._baud = baud
        self._serial: Any = None  # pyserial has no types of its own; loaded when first needed

    def open(self) -> None:
        """Open the port for us alone."""
        import serial

        try:
            self._serial = serial.Serial(self._port, self._baud, timeout=0, write_timeout=WRITE_SECONDS)
        except (ValueError, OverflowError) as error:  # a baud rate that the port does not have
            raise OSError(str(error)) from error

    def write(self, data: bytes) -> None:
        """Send all, in parts that even a slow line carries before the time-out."""
        port = self._connected()
        for start in range(0, len(data), PART_BYTES):
            port.write(data[start : start + PART_BYTES])

    def read(self, seconds: float) -> bytes:
        """Wait for the first byte, then take what is there."""
        port = self._connected()
        port.timeout = seconds
        first: bytes = port.read(1)
        if not first:
            return b""
        port.timeout = 0
        rest: bytes = port.read(4096)
        return first + rest

    def close(self) -> None:
        """Close the port."""
        if self._serial is not None:
            self._serial.close()
            self._serial = None

    def _connected(self) -> Any:  # noqa: ANN401 - pyserial's own object
        if self._serial is None:
            raise ConnectionError("the line is not open")
        return self._serial
