"""A bad line between kiosks and gateway: every connection gets a fate of its own from a seeded chance."""

import random
import selectors
import socket
import struct
import threading
from collections import Counter
from typing import Self

FATES = ("refuse", "cut request", "cut answer", "black hole", "slow")
_PIECE = 65_536
_DRIP = 700
#: Seconds between two pieces on a slow line; waited in the selector.
_DRIP_EVERY = 0.002
_RESET = struct.pack("ii", 1, 0)


class BadLine:
    """Listens on loopback and forwards to ``upstream``, or not.

    Args:
        upstream: port of the gateway on loopback.
        bad: share of connections that go wrong, 0–1; may be changed while it runs.
        seed: of the fates.

    Attributes:
        fates: how many connections met which fate, "good" among them.
    """

    def __init__(self, upstream: int, bad: float, seed: int) -> None:
        self.bad = bad
        self.fates: Counter[str] = Counter()
        self._upstream = upstream
        self._chance = random.Random(seed)
        self._ended = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._listener.settimeout(0.1)
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept, name="bad-line", daemon=True)

    def __enter__(self) -> Self:
        self._accepting.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        self._accepting.join(10)
        for thread in self._threads:
            thread.join(10)
        self._listener.close()

    @property
    def url(self) -> str:
        """Where kiosks connect to."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                client, _ = self._listener.accept()
            except TimeoutError:
                continue
            fate = self._chance.choice(FATES) if self._chance.random() < self.bad else "good"
            # Where a cut comes: in the first line, in the headers, or in the body.
            after = self._chance.choice((0, 10, 300, 900, 4000))
            self.fates[fate] += 1
            thread = threading.Thread(target=self._serve, args=(client, fate, after), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, client: socket.socket, fate: str, after: int) -> None:
        with client:
            if fate == "refuse":
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                return
            if fate == "black hole":
                self._swallow(client)
                return
            with socket.create_connection(("127.0.0.1", self._upstream)) as server:
                _Relay(client, server, fate, after).run(self._ended)

    def _swallow(self, client: socket.socket) -> None:
        client.settimeout(0.1)
        while not self._ended.is_set():
            try:
                if not client.recv(_PIECE):
                    return
            except TimeoutError:
                continue
            except OSError:
                return


class _Relay:
    """Both directions of one connection; counts what went through each."""

    def __init__(self, client: socket.socket, server: socket.socket, fate: str, after: int) -> None:
        self._client = client
        self._server = server
        self._slow = fate == "slow"
        self._left = {
            client: after if fate == "cut request" else None,
            server: after if fate == "cut answer" else None,
        }

    def run(self, ended: threading.Event) -> None:
        with selectors.DefaultSelector() as ready:
            ready.register(self._client, selectors.EVENT_READ, self._server)
            ready.register(self._server, selectors.EVENT_READ, self._client)
            while not ended.is_set():
                for key, _ in ready.select(0.1):
                    assert isinstance(key.fileobj, socket.socket)
                    if not self._pass(key.fileobj, key.data):
                        return
                if self._slow:
                    ended.wait(_DRIP_EVERY)

    def _pass(self, source: socket.socket, target: socket.socket) -> bool:
        """One piece onward; False when the connection has ended or is cut here."""
        try:
            piece = source.recv(_DRIP if self._slow else _PIECE)
            left = self._left[source]
            if left is not None:
                piece, self._left[source] = piece[:left], max(0, left - len(piece))
            target.sendall(piece)
        except OSError:
            return False
        return bool(piece) and self._left[source] != 0
