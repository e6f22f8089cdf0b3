"""HTTP to the city over the standard library (importing httpx costs 0.2 s, this 0.04 s)."""

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

from kiosk.sync import certificates
from kiosk.sync.faults import NetworkFault
from kiosk.sync.ports import Answer

MAX_ANSWER_BYTES = 8 * 1024 * 1024
#: The whole answer has to be there after this many times the timeout, however steadily it drips.
PATIENCE = 4
_PIECE = 64 * 1024
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class PlainHttp(ValueError):
    """The city's address has to begin with https, except on this very machine."""


class HttpTransport:
    """Implements ``Transport``; one connection, kept open between requests.

    Args:
        url: the city's gateway, ``https://host[:port]``.
        context: TLS settings; the system's certificate authorities when None.

    Raises:
        PlainHttp: http to another machine.
        ValueError: not an address.
    """

    def __init__(self, url: str, context: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("the city's address has to be https://host")
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise PlainHttp(parts.hostname)
        parts.hostname.encode("idna")  # a name that cannot be one is said now, not when it is looked up
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname, parts.port
        self._context = context
        self._connection: http.client.HTTPConnection | None = None

    def send(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes, timeout: float
    ) -> Answer:
        """See ``Transport``."""
        reused = self._connection is not None
        try:
            return self._send(method, target, headers, body, timeout)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError) as error:
            self.close()
            if not reused:
                raise NetworkFault("sync.unreachable") from error
        except TimeoutError as error:
            self.close()
            raise NetworkFault("sync.timeout", smaller=True) from error
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise NetworkFault("sync.unreachable") from error
        # The city had closed an idle connection: once more on a new one (every request may be repeated).
        return self.send(method, target, headers, body, timeout)

    def close(self) -> None:
        """See ``Transport``."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _send(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes, timeout: float
    ) -> Answer:
        connection = self._connection or self._open(timeout)
        self._connection = connection
        if connection.sock is not None:
            connection.sock.settimeout(timeout)
        connection.request(method, target, body=body or None, headers=dict(headers))
        response = connection.getresponse()
        try:
            content = self._read(response, time.monotonic() + timeout * PATIENCE)
        finally:
            response.close()  # read to its end, it has closed itself; else its socket would stay open
        if response.will_close:
            self.close()
        return Answer(
            status=response.status,
            headers={name.lower(): value for name, value in response.getheaders()},
            body=content,
        )

    def _open(self, timeout: float) -> http.client.HTTPConnection:
        connection: http.client.HTTPConnection
        if self._secure:
            context = self._context or ssl.create_default_context()
            connection = certificates.connect(self._host, self._port, timeout, context)
        else:
            connection = http.client.HTTPConnection(self._host, self._port, timeout=timeout)
            connection.connect()
        # Small requests go out at once.
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def _read(self, response: http.client.HTTPResponse, deadline: float) -> bytes:
        parts: list[bytes] = []
        size = 0
        while piece := response.read1(_PIECE):
            parts.append(piece)
            size += len(piece)
            if size > MAX_ANSWER_BYTES:
                self.close()
                raise NetworkFault("sync.not_the_city")
            if time.monotonic() > deadline:
                raise TimeoutError
        if response.length:
            raise http.client.IncompleteRead(b"".join(parts), response.length)
        # read1() leaves the answer open at its end (Python 3.11), and the connection would take no other request.
        response.close()
        return b"".join(parts)
