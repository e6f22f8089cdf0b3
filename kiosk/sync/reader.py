"""Reads a stream page by page: a snapshot of what it holds, then what has changed. The next pages are fetched ahead.

While one page is written to the database, the next one is made ready in a second thread, and a third asks the city for
the one after it: there are never more than two pages on their way, and never more than one request on the connection.
"""

import itertools
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
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
#: Whether one more page may be asked for in this round, when so many were. Asked in whichever thread reads.
MayAsk = Callable[[int], bool]


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
        return self._done.pop()  # asked for once: a page is a few megabytes


class InThreads:
    """Implements ``Ahead``: every piece of work in a thread of its own. One may start another."""

    def __init__(self) -> None:
        self._jobs: list[threading.Thread] = []

    def start(self, work: Callable[[], T]) -> Callable[[], T]:
        """See ``Ahead``."""
        job = _Job(work)
        job.start()
        self._jobs.append(job)
        return job.result

    def settle(self) -> None:
        """See ``Ahead``."""
        # What has been started by one of them stands in the list when that one has ended.
        while self._jobs:
            self._jobs.pop().join()


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

    def snapshot(self, stream: str, may_ask: MayAsk) -> Iterator[SnapshotPage]:
        """The next pages of a snapshot, as long as ``may_ask`` allows."""

        def ask(after: SnapshotKey | None) -> SnapshotResponse:
            answer = self._client.snapshot(stream, after)
            if answer.more and not answer.items:
                raise NetworkFault("sync.not_the_city")
            return answer

        def behind(answer: SnapshotResponse) -> Callable[[], SnapshotResponse] | None:
            return partial(ask, _key_behind(answer)) if answer.more else None

        return self._pages(partial(ask, self._inbox.cursor(stream).after), behind, self.held, may_ask)

    def changes(self, stream: str, may_ask: MayAsk) -> Iterator[ChangePage]:
        """The next pages of changes, as long as ``may_ask`` allows."""
        epoch = self._inbox.epoch()

        def ask(after: int) -> tuple[PullResponse, int]:
            answer = self._client.pull(stream, after, epoch)
            if (answer.snapshot_needed and after == 0) or (answer.more and not answer.items):
                raise NetworkFault("sync.not_the_city")
            return answer, after

        def behind(asked: tuple[PullResponse, int]) -> Callable[[], tuple[PullResponse, int]] | None:
            answer, _ = asked
            return partial(ask, answer.items[-1].seq) if answer.more else None

        first = self._inbox.cursor(stream).seq
        return self._pages(partial(ask, first), behind, lambda asked: self.changed(*asked), may_ask)

    def held(self, answer: SnapshotResponse) -> SnapshotPage:
        """The answer to a question for a page of a snapshot."""
        items, verdicts = self._sorted(answer.items)
        return SnapshotPage(
            state=answer.state,
            items=items,
            verdicts=verdicts,
            head=answer.head,
            after=_key_behind(answer),
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
        self,
        first: Callable[[], T],
        behind: Callable[[T], Callable[[], T] | None],
        ready: Callable[[T], Page],
        may_ask: MayAsk,
    ) -> Iterator[Page]:
        """Pages in their order.

        Args:
            first: asks for the first answer.
            behind: how to ask for the answer behind another one; None when there is none.
            ready: makes a page of an answer.
            may_ask: whether to ask for another one.
        """

        def read(asked: Callable[[], T], count: int) -> tuple[Page, Callable[[], T] | None]:
            answer = asked()
            further = behind(answer) if may_ask(count) else None
            # Asked before this one is made ready: the city works meanwhile.
            coming = None if further is None else self._ahead.start(further)
            return ready(answer), coming

        self._ahead.settle()  # somebody may have stopped in the middle before
        coming = self._ahead.start(partial(read, self._ahead.start(first), 1))
        try:
            for count in itertools.count(2):
                page, further = coming()
                if further is None or not page.more:
                    yield page
                    return
                coming = self._ahead.start(partial(read, further, count))
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


def _key_behind(answer: SnapshotResponse) -> SnapshotKey | None:
    """The key of a page's last item, verdicts included."""
    last = answer.items[-1] if answer.items else None
    return None if last is None else SnapshotKey(last.entity, last.id)


def _verdict(item: Item) -> Verdict | None:
    try:
        return decode(Verdict, bytes(item.body))
    except Malformed:
        return None
