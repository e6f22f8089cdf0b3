"""Runs the gateway with uvicorn, in a thread of its own or until a signal."""

import gc
import logging
import os
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn

from kiosk.city.context import CityContext
from kiosk.city.gateway import build_app
from kiosk.city.metrics import Metrics
from kiosk.city.postgres import PostgresStore
from kiosk.city.sharing import Share, SharingServer, noted
from kiosk.domain.rulebook import RuleBook

log = logging.getLogger(__name__)
START_SECONDS = 10.0
STOP_SECONDS = 5
_KEEP_ALIVE_SECONDS = 90
_BACKLOG = 1024
_COLLECT_AFTER = 50_000


class ServerFailed(RuntimeError):
    """The gateway did not start."""


def open_city(dsn: str, rules: RuleBook, connections: int = 8) -> CityContext:
    """The city's handlers on a PostgreSQL database, with the real clock. Close its ``store`` in the end.

    Raises:
        StoreBusy: no database there.
    """
    store = PostgresStore(dsn, connections)
    store.open()
    return CityContext(store=store, rules=rules, now=lambda: datetime.now(UTC), random=os.urandom)


@dataclass(frozen=True, slots=True)
class Tls:
    """Certificate chain and private key, PEM files, for a gateway without a proxy in front."""

    certificate: Path
    key: Path


def _configuration(
    city: CityContext,
    threads: int,
    metrics: Metrics | None = None,
    tls: Tls | None = None,
    share: Share | None = None,
) -> uvicorn.Config:
    app = build_app(city, threads, metrics)
    return uvicorn.Config(
        app if share is None else noted(app, share),
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        # Nothing here asks where a request comes from.
        proxy_headers=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
        ws="none",
        ssl_certfile=None if tls is None else tls.certificate,
        ssl_keyfile=None if tls is None else tls.key,
    )


class CityServer:
    """The gateway in a background thread: for the demo and the tests.

    Args:
        city: the handlers' context; the server does not close its store.
        host: address to listen on.
        port: 0 = any free one, see ``url``.
        metrics: counts what is served, if anybody looks.
        tls: serves https by itself.
    """

    def __init__(
        self,
        city: CityContext,
        host: str = "127.0.0.1",
        port: int = 0,
        threads: int = 8,
        metrics: Metrics | None = None,
        tls: Tls | None = None,
    ) -> None:
        self._scheme = "http" if tls is None else "https"
        self._socket = _socket_for(host)
        self._address = (host, port)
        self._server = uvicorn.Server(_configuration(city, threads, metrics, tls))
        self._thread = threading.Thread(target=self._run, name="city-gateway", daemon=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Where it listens, ``http://host:port``."""
        return url_of(self._socket, self._scheme)

    def start(self) -> None:
        """Listen; returns when the first request may come (the kernel queues it until the loop runs).

        Raises:
            OSError: the address is taken.
            ServerFailed: it ended at once.
        """
        self._socket.bind(self._address)
        self._socket.listen(_BACKLOG)
        self._thread.start()

    def stop(self) -> None:
        """Answer what is being worked on, then end."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS + 5)
        self._socket.close()

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])


def _socket_for(host: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named TCP, so that asyncio turns Nagle off on what it accepts: 44 ms became 1 ms for a small answer.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return made


def listening(host: str, port: int) -> socket.socket:
    """A socket on which clients may already queue.

    Raises:
        OSError: the address is taken.
    """
    made = _socket_for(host)
    try:
        made.bind((host, port))
    except OSError:
        made.close()
        raise
    made.listen(_BACKLOG)
    return made


def url_of(listener: socket.socket, scheme: str = "http") -> str:
    """The address of a listening socket, ``http://host:port``."""
    host, port = listener.getsockname()[:2]
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def settle_memory() -> None:
    """Once everything is loaded: the collector no longer looks at what stays, and looks less often at what comes.

    A batch makes some 20,000 values, and none of them in circles: with Python's own thresholds a quarter of the time
    went into looking for some.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER, 20, 50)


def run_gateway(
    city: CityContext,
    listener: socket.socket,
    threads: int,
    until: Callable[[], None] | None = None,
    *,
    metrics: Metrics | None = None,
    tls: Tls | None = None,
    share: Share | None = None,
) -> None:
    """Serve on a listening socket in this thread, until a signal comes or ``until`` returns.

    With a ``share`` it is one of several gateways on this socket.
    """
    configuration = _configuration(city, threads, metrics, tls, share)
    server = uvicorn.Server(configuration) if share is None else SharingServer(configuration, share)

    def watch(wait: Callable[[], None]) -> None:
        wait()
        server.should_exit = True

    if until is not None:
        threading.Thread(target=watch, args=(until,), name="gateway-watch", daemon=True).start()
    server.run(sockets=[listener])
