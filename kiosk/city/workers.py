"""Several gateway processes behind one address, on one machine: one interpreter uses one core.

Each is a whole gateway with connections of its own; all accept from the same socket (``kiosk.city.sharing``). One that
dies is started again; when the parent is gone, however it went, they end too.
"""

import logging
import multiprocessing
import signal
import socket
import sys
import threading
from collections.abc import Callable, MutableSequence
from multiprocessing import connection
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Self

from kiosk.city.context import CityContext
from kiosk.city.metrics import metrics_of, show_metrics
from kiosk.city.server import Tls, listening, run_gateway, settle_memory, url_of
from kiosk.city.sharing import ABSENT, Share

log = logging.getLogger(__name__)
STOP_SECONDS = 15.0
_LOOK_SECONDS = 1.0


class GatewayProcesses:
    """Gateways in processes of their own.

    Args:
        open_city: makes the handlers' context in each process; a function that can be pickled.
        workers: how many.
        host: address to listen on.
        port: 0 = any free one, see ``url``.
        threads: requests that each works on at a time.
        tls: they serve https.
        metrics_port: each shows its counters on loopback, on the ports after this one; 0 = none does.
    """

    def __init__(
        self,
        open_city: Callable[[], CityContext],
        workers: int,
        host: str = "127.0.0.1",
        port: int = 0,
        threads: int = 8,
        *,
        tls: Tls | None = None,
        metrics_port: int = 0,
    ) -> None:
        self._tls = tls
        self._metrics_port = metrics_port
        self._open_city = open_city
        self._threads = threads
        self._address = (host, port)
        self._socket: socket.socket | None = None
        self._processes: list[SpawnProcess | None] = [None] * workers
        self._context = multiprocessing.get_context("spawn")
        self._loads = self._context.RawArray("q", [ABSENT] * workers)
        self._keeper = threading.Thread(target=self._keep, name="gateway-keeper", daemon=True)
        self._stopping = threading.Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Where they listen, ``http://host:port``.

        Raises:
            RuntimeError: before ``start``.
        """
        if self._socket is None:
            raise RuntimeError("not started")
        return url_of(self._socket, "http" if self._tls is None else "https")

    @property
    def pids(self) -> list[int]:
        """The processes that run now."""
        return [each.pid for each in self._processes if each is not None and each.pid is not None]

    @property
    def serving(self) -> int:
        """How many of them take connections by now (not known on Windows: 0)."""
        return sum(load != ABSENT for load in self._loads)

    def start(self) -> None:
        """Listen and start all; the kernel queues requests until one of them is ready.

        Raises:
            OSError: the address is taken.
        """
        self._socket = listening(*self._address)
        self._start_missing()
        self._keeper.start()

    def stop(self) -> None:
        """Let each finish what it works on, then end it."""
        self._stopping.set()
        self._keeper.join()
        running = [each for each in self._processes if each is not None]
        for process in running:
            process.terminate()
        for process in running:
            process.join(STOP_SECONDS)
            if process.is_alive():
                process.kill()
                process.join()
            process.close()
        self._processes = [None] * len(self._processes)
        if self._socket is not None:
            self._socket.close()

    def _keep(self) -> None:
        """Start again what has died, once a second at most."""
        while not self._stopping.wait(_LOOK_SECONDS):
            connection.wait([each.sentinel for each in self._processes if each is not None], timeout=0)
            self._start_missing()

    def _start_missing(self) -> None:
        for place, before in enumerate(self._processes):
            if before is not None and before.is_alive():
                continue
            if before is not None:
                log.error("gateway process %s ended with %s; starting another", before.pid, before.exitcode)
                before.close()
            self._loads[place] = ABSENT
            shown = self._metrics_port + 1 + place if self._metrics_port else 0
            load = (self._loads, place)
            work = (self._open_city, self._socket, self._threads, self._tls, shown, load)
            process = self._context.Process(target=_work, args=work, name=f"gateway-{place}")
            process.start()
            self._processes[place] = process


def _work(
    open_city: Callable[[], CityContext],
    listener: socket.socket,
    threads: int,
    tls: Tls | None,
    metrics_port: int,
    load: tuple[MutableSequence[int], int],
) -> None:
    """One gateway process: until it is told to stop, or its parent is gone."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl+C reaches the whole group: the parent stops us in order
    city = open_city()
    metrics = metrics_of(city)
    shown = show_metrics(metrics, metrics_port)
    settle_memory()
    try:
        # Windows' event loop cannot wait for a socket to accept from, only accept; there whoever wakes takes.
        share = None if sys.platform == "win32" else Share(*load)
        run_gateway(city, listener, threads, until=_parent_gone, metrics=metrics, tls=tls, share=share)
    finally:
        if shown is not None:
            shown.stop()
        city.store.close()


def _parent_gone() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
