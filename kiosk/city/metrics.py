"""What the gateway counts, in Prometheus' text format. No names, no ids: kiosk codes are the finest label.

Each gateway counts its own requests; what lies in the database (streams, devices, quarantine) is read when it is asked
for, so every gateway says the same of it. The page has a port of its own, on loopback, never the kiosks' port.
"""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from kiosk.city.context import CityContext
from kiosk.city.store import CityTransaction, NoCity, StoreBusy
from kiosk.protocol.messages import PROTOCOL, PushResponse

log = logging.getLogger(__name__)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
PATH = "/metrics"
BATCH_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
#: Kiosks by how long ago they last pushed.
AGES = (("5m", timedelta(minutes=5)), ("1h", timedelta(hours=1)), ("1d", timedelta(days=1)))
Labels = tuple[tuple[str, str], ...]


class Metrics:
    """Counts one gateway's work. Any thread.

    Args:
        city: for what lies in the database.
        pool: the store's connections: most, open, in use, waited for.
    """

    def __init__(self, city: CityContext, pool: Callable[[], Mapping[str, int]] = dict) -> None:
        self._city = city
        self._pool = pool
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str]] = Counter()
        self._seconds: Counter[str] = Counter()
        self._operations: Counter[str] = Counter()
        self._buckets: Counter[float] = Counter()
        self._batches = 0
        self._batch_seconds = 0.0

    def served(self, route: str, code: str, seconds: float) -> None:
        """A request was answered: ``ok``, or the problem's code."""
        with self._lock:
            self._requests[route, code] += 1
            self._seconds[route] += seconds  # type: ignore[assignment] # Counter is typed for int, and adds floats

    def pushed(self, answer: PushResponse, seconds: float) -> None:
        """A batch was decided, or answered from the log."""
        with self._lock:
            self._batches += 1
            self._batch_seconds += seconds
            for bucket in BATCH_BUCKETS:
                self._buckets[bucket] += seconds <= bucket
            self._operations.update(verdict.outcome.value for verdict in answer.verdicts)

    def page(self) -> str:
        """Everything, as Prometheus reads it."""
        lines = [*self._counted(), *self._held()]
        return "\n".join(lines) + "\n"

    def _counted(self) -> Iterator[str]:
        with self._lock:
            requests, seconds = dict(self._requests), dict(self._seconds)
            operations, buckets = dict(self._operations), dict(self._buckets)
            batches, spent = self._batches, self._batch_seconds
        yield from _metric(
            "gig_requests_total",
            "counter",
            "Requests by route and answer.",
            (((("route", route), ("code", code)), n) for (route, code), n in sorted(requests.items())),
        )
        yield from _metric(
            "gig_request_seconds_total",
            "counter",
            "Seconds spent on requests by route.",
            (((("route", route),), spent_on) for route, spent_on in sorted(seconds.items())),
        )
        yield from _metric(
            "gig_push_operations_total",
            "counter",
            "Operations answered in pushes, by verdict.",
            (((("verdict", word),), n) for word, n in sorted(operations.items())),
        )
        yield "# HELP gig_push_batch_seconds Seconds from a batch's arrival to its verdicts."
        yield "# TYPE gig_push_batch_seconds histogram"
        for bucket in BATCH_BUCKETS:
            yield f'gig_push_batch_seconds_bucket{{le="{bucket:g}"}} {buckets.get(bucket, 0)}'
        yield f'gig_push_batch_seconds_bucket{{le="+Inf"}} {batches}'
        yield f"gig_push_batch_seconds_sum {_number(spent)}"
        yield f"gig_push_batch_seconds_count {batches}"

    def _held(self) -> Iterator[str]:
        yield from _metric("gig_protocol", "gauge", "Newest protocol that is spoken here.", [((), PROTOCOL)])
        pool = [((("state", state),), n) for state, n in sorted(self._pool().items())]
        yield from _metric("gig_database_connections", "gauge", "Connections to the database.", pool)
        try:
            yield from self._city.store.run(self._stored)
            up = 1
        except (StoreBusy, NoCity):
            up = 0
        yield from _metric("gig_database_up", "gauge", "Whether the database answers.", [((), up)])

    def _stored(self, tx: CityTransaction) -> list[str]:
        now = self._city.now()
        ages: Counter[str] = Counter({name: 0 for name, _ in AGES} | {"older": 0, "never": 0})
        states: Counter[str] = Counter({"ok": 0, "fenced": 0, "revoked": 0})
        rows = tx.devices()
        for row in rows:
            states["revoked" if row.revoked_at else "fenced" if row.fenced_at else "ok"] += 1
            ages[_age(None if row.last_push_at is None else now - row.last_push_at)] += 1
        breaks = [((("kiosk", row.kiosk),), row.chain_breaks) for row in rows]
        waiting = Counter(row.reason.partition(".")[2] for row in tx.set_aside(limit=100_000))
        heads = [((("stream", stream),), head) for stream, head in sorted(tx.heads().items())]
        parts = (
            ("gig_devices", "Kiosks by standing.", _by("state", states)),
            ("gig_devices_last_push", "Kiosks by the time since their last push.", _by("age", ages)),
            ("gig_device_chain_breaks", "Batches that did not follow the one before, by kiosk.", breaks),
            (
                "gig_quarantine_operations",
                "Operations that wait in quarantine, by reason.",
                _by("reason", waiting),
            ),
            ("gig_stream_head", "Newest number of each stream.", heads),
        )
        return [line for name, text, values in parts for line in _metric(name, "gauge", text, values)]


def _by(label: str, counts: Mapping[str, int]) -> list[tuple[Labels, float]]:
    return [(((label, value),), n) for value, n in sorted(counts.items())]


def _age(since: timedelta | None) -> str:
    if since is None:
        return "never"
    return next((name for name, limit in AGES if since <= limit), "older")


def _metric(name: str, kind: str, text: str, values: Iterable[tuple[Labels, float]]) -> Iterator[str]:
    yield f"# HELP {name} {text}"
    yield f"# TYPE {name} {kind}"
    for labels, value in values:
        inside = ",".join(f'{label}="{_escaped(word)}"' for label, word in labels)
        said = _number(value)
        yield f"{name}{{{inside}}} {said}" if inside else f"{name} {said}"


def _number(value: float) -> str:
    """All its digits: rates are differences of counters that have grown large."""
    return str(int(value)) if value == int(value) else repr(float(value))


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def metrics_of(city: CityContext) -> Metrics:
    """Counters of a gateway that works with this city."""
    usage = getattr(city.store, "usage", dict)  # a store in memory has no connections
    return Metrics(city, usage)


def show_metrics(metrics: Metrics, port: int) -> "MetricsServer | None":
    """Show the page on loopback; none with port 0, and a port that is taken is logged and stops nobody."""
    if not port:
        return None
    try:
        server = MetricsServer(metrics, port=port)
    except OSError as error:
        log.warning("no metrics on port %d: %s", port, error.strerror)
        return None
    server.start()
    return server


class MetricsServer:
    """Shows the page on a port of its own.

    Args:
        metrics: what to show.
        host: loopback, unless the network behind it is the operators' own.
        port: 0 = any free one.

    Raises:
        OSError: the address is taken.
    """

    def __init__(self, metrics: Metrics, host: str = "127.0.0.1", port: int = 0) -> None:
        class Page(BaseHTTPRequestHandler):
            """One page."""

            timeout = 5

            def do_GET(self) -> None:
                """Prometheus asks."""
                found = self.path.partition("?")[0] == PATH
                body = metrics.page().encode() if found else b"see /metrics\n"
                self.send_response(200 if found else 404)
                self.send_header("content-type", CONTENT_TYPE)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:  # noqa: ANN401 - the base class's signature
                """Who asks each few seconds need not be written down."""

        self._server = ThreadingHTTPServer((host, port), Page)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, name="metrics", daemon=True)

    @property
    def url(self) -> str:
        """Where the page is."""
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}{PATH}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
