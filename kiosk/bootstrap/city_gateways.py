"""The gateway as a service: in this process, or in several processes beside it."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from kiosk.bootstrap.reference import load_rules
from kiosk.city.context import CityContext
from kiosk.city.metrics import Metrics
from kiosk.city.reference import LivingRules
from kiosk.city.server import CityServer, Tls, open_city, settle_memory
from kiosk.city.store import StoreBusy
from kiosk.city.workers import GatewayProcesses

log = logging.getLogger(__name__)
#: Seconds between two looks for newly published reference data.
RULES_EVERY = 30.0


@dataclass(frozen=True, slots=True)
class Looks:
    """What a gateway has beside its handlers: its counters, its https, and where the counters of processes begin."""

    metrics: Metrics | None = None
    tls: Tls | None = None
    metrics_port: int = 0


@contextmanager
def served(
    city: CityContext, dsn: str, host: str, port: int, workers: int, looks: Looks | None = None
) -> Iterator[str]:
    """Serve while the context lasts.

    Args:
        city: the handlers' context when they run in this process.
        dsn: the database, for gateways in processes of their own.
        host: address to listen on.
        port: 0 = any free one.
        workers: gateway processes; 1 = this one.
        looks: counters and https. Processes show theirs on the ports after ``metrics_port``, one each.

    Yields:
        The address, ``http://host:port``.

    Raises:
        OSError: the address is taken.
    """
    looks = looks or Looks()
    if workers <= 1:
        settle_memory()
        with CityServer(city, host, port, metrics=looks.metrics, tls=looks.tls) as server:
            yield server.url
        return
    with GatewayProcesses(
        partial(_gateway, dsn), workers, host, port, tls=looks.tls, metrics_port=looks.metrics_port
    ) as gateways:
        yield gateways.url


def _gateway(dsn: str) -> CityContext:
    """What the handlers of one gateway process work with; its rules follow the published ones."""
    rules = LivingRules(load_rules())
    city = open_city(dsn, rules)
    rules.refresh(city.store)
    threading.Thread(target=_follow, args=(city, rules), name="rules", daemon=True).start()
    return city


def _follow(city: CityContext, rules: LivingRules) -> None:
    never = threading.Event()
    while not never.wait(RULES_EVERY):
        try:
            rules.refresh(city.store)
        except StoreBusy as error:
            log.warning("rules are not looked for: %s", error)
