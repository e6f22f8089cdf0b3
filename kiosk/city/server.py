"""Runs the gateway with uvicorn, in a thread of its own or until a signal."""

import logging
import os
import socket
import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import uvicorn

from kiosk.city.context import CityContext
from kiosk.city.gateway import build_app
from kiosk.city.postgres import PostgresStore
from kiosk.domain.rulebook import RuleBook

log = logging.getLogger(__name__)
START_SECONDS = 10.0
STOP_SECONDS = 5
_KEEP_ALIVE_SECONDS = 90


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


def _configuration(city: CityContext, threads: int) -> uvicorn.Config:
    return uvicorn.Config(
        build_app(city, threads),
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
        ws="none",
    )


class CityServer:
    """The gateway in a background thread: for the demo and the tests.

    Args:
        city: the handlers' context; the server does not close its store.
        host: address to listen on.
        port: 0 = any free one, see ``url``.
    """

    def __init__(self, city: CityContext, host: str = "127.0.0.1", port: int = 0, threads: int = 8) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # Named TCP, so that asyncio turns Nagle off on what it accepts: 44 ms became 1 ms for a small answer.
        self._socket = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._address = (host, port)
        self._server = uvicorn.Server(_configuration(city, threads))
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
        host, port = self._socket.getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def start(self) -> None:
        """Listen; returns when the first request may come (the kernel queues it until the loop runs).

        Raises:
            OSError: the address is taken.
            ServerFailed: it ended at once.
        """
        self._socket.bind(self._address)
        self._socket.listen(128)
        self._thread.start()

    def stop(self) -> None:
        """Answer what is being worked on, then end."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS + 5)
        self._socket.close()

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])


def serve(dsn: str, rules: RuleBook, host: str = "127.0.0.1", port: int = 8600, connections: int = 8) -> None:
    """Run the gateway until SIGINT or SIGTERM: ``gig-kiosk city serve``.

    Raises:
        StoreBusy: no database there.
    """
    city = open_city(dsn, rules, connections)
    try:
        configuration = _configuration(city, connections)
        configuration.host, configuration.port = host, port
        log.info("the city's gateway listens on http://%s:%d", host, port)
        uvicorn.Server(configuration).run()
    finally:
        city.store.close()
