"""One bounded round of the exchange: push what is unsent, pull what is new. Pure control flow over ports, no thread.

Rules (docs/sync.md): only what this request sent is settled by its answer; a changed epoch in any answer rewinds the
log and starts every stream anew; the city knowing more than was ever issued here means that this kiosk was rolled back.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from hashlib import sha256
from zlib import crc32

import msgspec

from kiosk.protocol.codec import Malformed, decode_shell, encode
from kiosk.protocol.messages import (
    MAX_OPS,
    PROTOCOL,
    PushRequest,
    Sent,
    ServerState,
    Verdict,
)
from kiosk.services.faults import DeviceFault
from kiosk.services.ports import Clock
from kiosk.sync.client import CityClient
from kiosk.sync.faults import CityRefused, NetworkFault, refused, rolled_back
from kiosk.sync.ports import Decisions, Housekeeping, Inbox, Outbox, TimeListener
from kiosk.sync.reader import Ahead, ChangePage, InPlace, SnapshotPage, StreamReader

log = logging.getLogger(__name__)
FIRST_BATCH = 100
#: Requests of each kind in one round; what is left is for the next round, so that a stop never waits long.
PUSHES_A_ROUND = 20
PAGES_A_STREAM = 10
#: … more pages, as long as they come so quickly: between two rounds nothing is fetched ahead.
PAGES_FOR_S = 3.0
#: Seconds between two comparisons of what is held with what the city says should be.
COMPARE_EVERY = 86_400.0
#: The first one after a start begins within these, each kiosk at a second of its own: all of them start at night.
COMPARE_FROM, COMPARE_WITHIN = 300, 3_300
#: … and so long after one that could not be finished.
COMPARE_AGAIN = 3_600.0
#: Streams of districts: the ones that may be for this kiosk today and not tomorrow.
AREA = "area/"


#: Answers to a decision that stop nothing else: the city lacks the operation for now, or is older than the endpoint.
UNPLACED = frozenset({"operation", "not_found"})


class Scope(Enum):
    """What to pull: this kiosk's own stream (after a push), or all of them."""

    OWN = "own"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What a round did.

    Attributes:
        pushed: operations settled; pulled: items applied.
        more: there is more to do at once.
        fault: what stopped the round, if anything did.
    """

    pushed: int
    pulled: int
    more: bool
    fault: DeviceFault | None = None

    @property
    def reason(self) -> str:
        """The city's own words for its fault, for staff to read; "" for none."""
        return self.fault.reason if isinstance(self.fault, CityRefused) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncState:
    """How the exchange stands, for the bar on the screen: last contact, unsent operations, key of the fault."""

    last_contact: datetime | None
    unsent: int
    fault: str | None


class _Restarted(Exception):
    """The city is another one now: this round begins again."""


class Pump:
    """Moves operations up and state down.

    Args:
        client: the city's endpoints.
        outbox: this kiosk's log.
        inbox: where state goes.
        clock: wall and monotonic time.
        boot_id: random name of this start of the program.
        decisions: what staff decided about operations set aside, if anybody can.
        keeper: what the kiosk does of its own accord, at the end of a full round that has brought everything.
        ahead: how the next page is fetched while one is written; when it is asked for, without it.
    """

    def __init__(
        self,
        client: CityClient,
        outbox: Outbox,
        inbox: Inbox,
        clock: Clock,
        boot_id: str,
        decisions: Decisions | None = None,
        keeper: Housekeeping | None = None,
        ahead: Ahead | None = None,
    ) -> None:
        self._client = client
        self._reader = StreamReader(client, inbox, ahead or InPlace())
        self._decisions = decisions
        self._outbox = outbox
        self._inbox = inbox
        self._clock = clock
        self._boot_id = boot_id
        self._keeper = keeper
        self._batch = FIRST_BATCH
        self._chain = ""
        self._streams: tuple[str, ...] = ()
        self._durable = 0
        self._issued = 0
        self._ending = False
        self._pushed = 0
        self._pulled = 0
        self._more = False
        self._began = clock.monotonic()
        self._compare_at: float | None = None
        self._last_contact: datetime | None = None
        self._fault: str | None = None

    @property
    def state(self) -> SyncState:
        """How the exchange stands."""
        return SyncState(
            last_contact=self._last_contact, unsent=self._outbox.counts().unsent, fault=self._fault
        )

    def step(self, scope: Scope = Scope.ALL) -> Round:
        """One round. Expected failures are in the answer, never raised; nothing is lost by any of them."""
        self._pushed = self._pulled = 0
        self._more = False
        fault: DeviceFault | None = None
        try:
            self._round(scope)
        except _Restarted:
            self._more = True
        except NetworkFault as error:
            fault = error
            if error.smaller:
                self._batch = max(1, self._batch // 2)
        except DeviceFault as error:
            fault = error
        self._fault = fault.key if fault else None
        return Round(pushed=self._pushed, pulled=self._pulled, more=self._more and fault is None, fault=fault)

    def end_soon(self) -> None:
        """Ask for no further page and send no further batch: the thread is to end. Any thread."""
        self._ending = True

    def _round(self, scope: Scope) -> None:
        if scope is Scope.ALL or not self._streams:
            hello = self._client.hello()
            if isinstance(self._clock, TimeListener):
                self._clock.heard(hello.state.server_time)
            self._observe(hello.state)
            self._streams = hello.streams
        try:
            self._push_all()
        except CityRefused as error:
            self._after_gap(error)
        if self._decisions is not None:
            self._tell_decisions(self._decisions)
        own = f"dev/{self._client.me.kiosk}"
        for stream in self._streams:
            if scope is Scope.ALL or stream == own:
                self._pull_stream(stream)
        if scope is Scope.ALL:
            self._at_rest()
        if self._last_contact is not None:
            self._outbox.heard(self._last_contact)

    def _at_rest(self) -> None:
        """Everything has been brought: what a kiosk does then, one thing a round if there is much of it."""
        if not self._more and self._keeper is not None and self._keeper.tend():
            self._more = True  # what was just done is for the next round, at once
        if not self._more:
            self._tidy()
        if not self._more:
            self._daily()

    def _push_all(self) -> None:
        for _ in range(PUSHES_A_ROUND):
            batch = self._outbox.unsent(self._batch)
            if not batch or self._ending:
                return
            self._push(batch)
        self._more = True

    def _push(self, batch: Sequence[Sent]) -> None:
        request = PushRequest(
            device=self._client.me.device,
            incarnation=self._client.me.incarnation,
            boot_id=self._boot_id,
            monotonic=self._clock.monotonic(),
            wall=self._clock.now(),
            previous=self._chain,
            ops=tuple(readable(sent, self._boot_id) for sent in batch),
        )
        answer = self._client.push(request)
        sent = {each.op_id for each in batch}
        settled = [verdict for verdict in answer.verdicts if verdict.op_id in sent]
        try:
            self._observe(answer.state)
        finally:
            # After the rewind, if there was one: these verdicts are the new city's own.
            self._outbox.settle(settled)
        self._pushed += len(settled)
        self._batch = min(MAX_OPS, self._batch * 2)
        if len(settled) < len(batch):
            # A city that leaves operations without a word would be asked for ever.
            raise NetworkFault("sync.not_the_city")

    def _tell_decisions(self, decisions: Decisions) -> None:
        """After the push: the city has to know the operation first. One that it cannot place is told again."""
        for request in decisions.pending():
            try:
                answer = self._client.settle(request)
            except CityRefused as error:
                if error.problem not in UNPLACED:
                    raise
                log.warning("decision about operation %s: %s", request.op_id, error.problem)
                continue
            self._outbox.settle(answer.verdicts)
            decisions.heard(request)
            self._observe(answer.state)

    def _after_gap(self, error: CityRefused) -> None:
        """The city lacks operations that we hold as settled: send them again. Anything else is a lasting fault."""
        if error.state is not None:
            self._observe(error.state)
        if error.problem != "op_gap" or error.expected is None:
            raise error
        log.warning("the city waits for operation %d", error.expected)
        self._outbox.rewind(error.expected - 1)
        first = self._outbox.unsent(1)
        if not first or first[0].seq != error.expected:
            raise rolled_back()
        raise _Restarted

    def _pull_stream(self, stream: str) -> None:
        """First what the stream holds, if it is to be read anew; then what has changed since."""
        began = self._clock.monotonic()

        def may_ask(asked: int) -> bool:
            in_time = asked < PAGES_A_STREAM or self._clock.monotonic() - began < PAGES_FOR_S
            return in_time and not self._ending

        if self._inbox.cursor(stream).reading:
            whole = False
            for page in self._reader.snapshot(stream, may_ask):
                self._observe(page.state)
                self._take_snapshot(stream, page)
                whole = not page.more
            if not whole:
                self._more = True
                return
        for change in self._reader.changes(stream, may_ask):
            self._observe(change.state)
            if change.lost:
                log.info("stream %s starts again", stream)
                self._inbox.restart(stream)
                break
            self._take_changes(stream, change)
            if not change.more:
                return
        self._more = True

    def _take_snapshot(self, stream: str, page: SnapshotPage) -> None:
        self._settle(page.verdicts)
        self._inbox.apply_snapshot(stream, page.items, page.head, page.after, last=not page.more)
        self._pulled += len(page.items)

    def _take_changes(self, stream: str, page: ChangePage) -> None:
        cursor = self._inbox.cursor(stream)
        if not page.items and not page.verdicts and page.to_seq == cursor.seq and not cursor.replacing:
            return
        self._settle(page.verdicts)
        self._inbox.apply(stream, page.items, page.to_seq, complete=not page.more)
        self._pulled += len(page.items)

    def _settle(self, verdicts: Sequence[Verdict]) -> None:
        if verdicts:
            self._outbox.settle(verdicts)

    def _tidy(self) -> None:
        """At rest: what is no more sent here goes, and what can only be browsed yet is made searchable."""
        for stream in self._inbox.streams():
            if stream.startswith(AREA) and stream not in self._streams:
                log.info("stream %s is not for this kiosk any more", stream)
                self._inbox.forget(stream)
        self._more = self._inbox.catch_up()

    def _daily(self) -> None:
        """Compare once a day. When that was stands in the database: the program starts anew each night."""
        now = self._clock.monotonic()
        if self._compare_at is None:
            self._compare_at = self._first_comparison()
        if now < self._compare_at:
            return
        self._compare_at = now + COMPARE_AGAIN
        if self._compare():
            self._compare_at = now + COMPARE_EVERY
            self._inbox.note_compared(self._clock.now())

    def _first_comparison(self) -> float:
        """When the first one of this run is due, by the clock that only runs forward.

        A day after the last one. A last one in the future was noted by a clock that was wrong, or is read by one.
        """
        own = COMPARE_FROM + crc32(self._client.me.kiosk.encode()) % COMPARE_WITHIN
        last = self._inbox.compared()
        ago = (self._clock.now() - last).total_seconds() if last is not None else COMPARE_EVERY
        left = COMPARE_EVERY - ago if ago >= 0 else 0.0
        return max(self._began + own, self._clock.monotonic() + left)

    def _compare(self) -> bool:
        """A stream of which something else is held than the city has is read anew; whether all could be compared."""
        if self._outbox.counts().unsent:
            return False  # own work stands on some of the records
        whole = True
        for stream in self._streams:
            theirs = self._client.digest(stream)
            self._observe(theirs.state)
            if theirs.head != self._inbox.cursor(stream).seq:
                whole = False  # it has moved since: nothing can be said now
                continue
            mine = self._inbox.digest(stream)
            if (mine.count, mine.digest) != (theirs.count, theirs.digest):
                log.warning("stream %s has drifted: %d held, %d there", stream, mine.count, theirs.count)
                self._inbox.restart(stream)
                self._more = True
        return whole

    def _observe(self, state: ServerState) -> None:
        """What every answer tells: contact, epoch, how much is durable, and whether we are who we were."""
        self._last_contact = self._clock.now()
        self._chain = state.chain
        if state.min_protocol > PROTOCOL:
            raise refused("protocol", state=state)
        if self._inbox.epoch() != state.epoch:
            log.info("the city's epoch is %s now", state.epoch)
            # In this order: cut off in between, the next round does both again. The last operation that the city has
            # goes once more: were it another one (two old images in between), the city notices by its id.
            self._outbox.rewind(max(0, state.last_op_seq - 1))
            self._inbox.adopt_epoch(state.epoch)
            self._streams = ()
            self._durable = 0
            raise _Restarted
        if state.last_op_seq > self._issued:
            self._issued = self._outbox.counts().issued
        # Once found out it stays so: what is done here since has numbers that stand for something else there.
        if state.last_op_seq > self._issued:
            self._outbox.note_rolled_back()
        if self._outbox.is_rolled_back():
            raise rolled_back()
        if state.durable_seq > self._durable:
            self._outbox.mark_durable(state.durable_seq)
            self._durable = state.durable_seq


def readable(sent: Sent, boot_id: str) -> Sent:
    """The operation as it goes into the batch; bytes that are no operation travel as text, to be set aside there."""
    if sent.boot == boot_id:
        sent = msgspec.structs.replace(sent, boot="")
    raw = bytes(sent.op)
    try:
        decode_shell(raw)
        raw.decode()
    except (Malformed, UnicodeDecodeError):
        return Sent(
            seq=sent.seq, op_id=sent.op_id, op=msgspec.Raw(encode({"sha256": sha256(raw).hexdigest()}))
        )
    return sent
