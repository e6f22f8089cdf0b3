"""Reads a stream page by page: a snapshot of what it holds, then what has changed. The next page is fetched ahead.

While one page is written to the database, a second thread waits for the next one, unpacks it and makes it ready. There
is never more than one page on its way, and never more than one request on the connection.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from kiosk.protocol.codec import Malformed, decode
from kiosk.protocol.messages import (
    VERDICT_ENTITY,
    Item,
    PullResponse,
    ServerState,
    SnapshotResponse,
    Verdict,
)
from kiosk.protocol.progress import SnapshotKey
from kiosk.sync.client import CityClient
from kiosk.sync.faults import NetworkFault
from kiosk.sync.ports import Inbox

T = TypeVar("T")


class Ahead(Protocol):
    """How work is done ahead of time."""

    def start(self, work: Callable[[], T]) -> Callable[[], T]:
        """Begin; what comes back waits for the result, or raises what the work raised."""

    def settle(self) -> None:
        """Return when nothing is under way any more, whatever became of it."""


class InPlace:
    """Implements ``Ahead``: the work is done when its result is asked for."""

    def start(self, work: Callable[[], T]) -> Callable[[], T]:
        """See ``Ahead``."""
        return work

    def settle(self) -> None:
        """See ``Ahead``."""


class _Job(threading.Thread, Generic[T]):
    """One piece of work in a thread of its own."""

    def __init__(self, work: Callable[[], T]) -> None:
        super().__init__(name="sync-ahead", daemon=True)
        self._work = work
        self._done: list[T] = []
        self._failed: BaseException | None = None

    def run(self) -> None:
        try:
            self._done.append(self._work())
        except BaseException as error:  # noqa: BLE001 - raised again where the result is asked for
            self._failed = error

    def result(self) -> T:
        self.join()
        if self._failed is not None:
            raise self._failed
        return self._done[0]


class OneThread:
    """Implements ``Ahead``: at most one piece of work at a time, in a thread of its own."""

    def __init__(self) -> None:
        self._job: threading.Thread | None = None

    def start(self, work: Callable[[], T]) -> Callable[[], T]:
        """See ``Ahead``."""
        self.settle()
        job = _Job(work)
        self._job = job
        job.start()
        return job.result

    def settle(self) -> None:
        """See ``Ahead``."""
        if self._job is not None:
            self._job.join()
            self._job = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotPage:
    """Part of a snapshot. ``after`` is the key of its last item, None when it has none; ``head`` as in the answer."""

    state: ServerState
    items: Sequence[Item]
    verdicts: Sequence[Verdict]
    head: int
    after: SnapshotKey | None
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage:
    """Changes of a stream up to ``to_seq``. ``lost``: some are not told any more, it has to be read anew."""

    state: ServerState
    items: Sequence[Item]
    verdicts: Sequence[Verdict]
    to_seq: int
    more: bool
    lost: bool


Page = TypeVar("Page", SnapshotPage, ChangePage)


class StreamReader:
    """Fetches pages, one ahead. Every method raises ``NetworkFault`` or ``CityRefused``."""

    def __init__(self, client: CityClient, inbox: Inbox, ahead: Ahead) -> None:
        self._client = client
        self._inbox = inbox
        self._ahead = ahead

    def snapshot(self, stream: str, most: int) -> Iterator[SnapshotPage]:
        """The next pages of a snapshot, at most so many."""

        def fetch(after: SnapshotKey | None) -> SnapshotPage:
            answer = self._client.snapshot(stream, after)
            if answer.more and not answer.items:
                raise NetworkFault("sync.not_the_city")
            return self.held(answer)

        first = self._inbox.cursor(stream).after
        return self._pages(lambda: fetch(first), lambda page: lambda: fetch(page.after), most)

    def changes(self, stream: str, most: int) -> Iterator[ChangePage]:
        """The next pages of changes, at most so many."""
        epoch = self._inbox.epoch()

        def fetch(after: int) -> ChangePage:
            answer = self._client.pull(stream, after, epoch)
            if (answer.snapshot_needed and after == 0) or (answer.more and not answer.items):
                raise NetworkFault("sync.not_the_city")
            return self.changed(answer, after)

        first = self._inbox.cursor(stream).seq
        return self._pages(lambda: fetch(first), lambda page: lambda: fetch(page.to_seq), most)

    def held(self, answer: SnapshotResponse) -> SnapshotPage:
        """The answer to a question for a page of a snapshot."""
        items, verdicts = self._sorted(answer.items)
        last = answer.items[-1] if answer.items else None
        return SnapshotPage(
            state=answer.state,
            items=items,
            verdicts=verdicts,
            head=answer.head,
            after=None if last is None else SnapshotKey(last.entity, last.id),
            more=answer.more,
        )

    def changed(self, answer: PullResponse, after: int) -> ChangePage:
        """The answer to a pull from ``after`` on."""
        items, verdicts = self._sorted(answer.items)
        last = answer.items[-1].seq if answer.items else after
        # From the very beginning nothing is missed: what is not told is dropped in the end.
        whole = after == 0 and self._inbox.cursor(answer.stream).replacing
        lost = answer.snapshot_needed or (answer.fence > after and not whole)
        return ChangePage(
            state=answer.state,
            items=items,
            verdicts=verdicts,
            # Up to the head there is nothing else for us, also where items of our own were left out.
            to_seq=last if answer.more else max(last, answer.head),
            more=answer.more and not lost,
            lost=lost,
        )

    def _pages(
        self, first: Callable[[], Page], then: Callable[[Page], Callable[[], Page]], most: int
    ) -> Iterator[Page]:
        coming = self._ahead.start(first)
        try:
            for number in range(1, most + 1):
                page = coming()
                if not page.more or number == most:
                    yield page
                    return
                coming = self._ahead.start(then(page))
                yield page
        finally:
            # Whoever stops in the middle must not leave a request on the connection.
            self._ahead.settle()

    def _sorted(self, items: Sequence[Item]) -> tuple[Sequence[Item], Sequence[Verdict]]:
        said = [item for item in items if item.entity == VERDICT_ENTITY]
        if said:
            items = [item for item in items if item.entity != VERDICT_ENTITY]
        verdicts = [verdict for item in said if (verdict := _verdict(item)) is not None]
        return self._inbox.prepare(items), verdicts


def _verdict(item: Item) -> Verdict | None:
    try:
        return decode(Verdict, bytes(item.body))
    except Malformed:
        return None
