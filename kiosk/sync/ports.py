"""What the exchange needs of the kiosk's database and of the network. Storage implements the first two.

Every method is one transaction of its own: when it returns, what it did survives a power cut. None of them is called
while another one runs (the pump is one thread), but use cases write to the same database in between.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable
from uuid import UUID

from kiosk.protocol.messages import Item, Sent, SettleRequest, Verdict
from kiosk.protocol.progress import OutboxCounts, SnapshotKey, StreamCursor, StreamDigest


class Outbox(Protocol):
    """The kiosk's ordered log of operations."""

    def unsent(self, limit: int, after: int = 0) -> Sequence[Sent]:
        """The first operations after a number that have no verdict, by op_seq, contiguous, in their canonical bytes."""

    def settle(self, verdicts: Sequence[Verdict]) -> None:
        """Note the city's word on operations, by op_id. Said twice it changes nothing; unknown ids are ignored.

        A verdict replaces an earlier one (a quarantined operation that staff let through is accepted in the end).
        """

    def mark_durable(self, to_seq: int) -> None:
        """Operations up to here are in a verified backup of the city: they may be pruned seven days from now."""

    def rewind(self, to_seq: int) -> None:
        """The city holds nothing after ``to_seq`` (it was restored): operations beyond it have no verdict any more."""

    def renumber(self) -> None:
        """A new enrolment: every operation that is kept gets op_seq 1, 2, 3 … in order, ids and bytes unchanged.

        None of them has a verdict any more: this city may be one restored from a backup that lacks what was settled.
        """

    def counts(self) -> OutboxCounts:
        """Where this kiosk stands."""

    def heard(self, at: datetime) -> None:
        """The city has answered: when that was, for the bar on the screen."""

    def is_rolled_back(self) -> bool:
        """Whether the city was found to have operations that were never made here."""

    def note_rolled_back(self) -> None:
        """This disk is an old image: nothing is sent any more until a new enrolment, or another life of the city."""


class Decisions(Protocol):
    """What staff decided about operations that the city has set aside, until the city has heard of it."""

    def pending(self) -> Sequence[SettleRequest]:
        """Decisions that the city has not heard of."""

    def heard(self, request: SettleRequest) -> None:
        """The city has answered this one; one that has been changed meanwhile stays."""


class Inbox(Protocol):
    """Where the city's state goes."""

    def epoch(self) -> UUID | None:
        """The life of the city's database that the cursors belong to; None before the first contact."""

    def adopt_epoch(self, epoch: UUID) -> None:
        """The city is (another) one from now on: every stream is read anew, replacing what it brought before."""

    def cursor(self, stream: str) -> StreamCursor:
        """How far a stream is applied; for one never seen, that a snapshot is to be read."""

    def restart(self, stream: str) -> None:
        """The stream is read anew and replaces: its cursor had fallen behind what the city still keeps."""

    def digest(self, stream: str) -> StreamDigest:
        """What is held of what the stream brought, for a comparison with the city's."""

    def compared(self) -> datetime | None:
        """When all streams were compared with the city's last; None when they never were."""

    def note_compared(self, at: datetime) -> None:
        """They have just been."""

    def prepare(self, items: Sequence[Item]) -> Sequence[Item]:
        """Do with a page what can be done while others are written, in any thread; the same items come back."""

    def streams(self) -> Sequence[str]:
        """All streams that have brought anything."""

    def forget(self, stream: str) -> None:
        """This kiosk is not sent the stream any more: what only it brought is deleted, in short transactions."""

    def catch_up(self) -> bool:
        """Make some of the listings searchable that can only be browsed yet; whether there are more."""

    def apply_snapshot(
        self, stream: str, items: Sequence[Item], head: int, after: SnapshotKey | None, *, last: bool
    ) -> None:
        """Save one page of a snapshot and where it stands, and re-apply unsettled operations on top.

        Args:
            stream: one that is being read (``StreamCursor.reading``).
            items: as in ``apply``.
            head: the stream's newest seq before this page was read. That of the first page is the cursor from which
                to pull on after the last one; only then, when a pull is complete, replacing ends.
            after: key of the page's last item, verdicts included; None for an empty page.
            last: nothing comes after it.
        """

    def apply(self, stream: str, items: Sequence[Item], to_seq: int, *, complete: bool) -> None:
        """Save one page of state, move the cursor to ``to_seq``, and re-apply unsettled operations on top.

        An item is the whole present state of a record and replaces what is held (``deleted``: gone from this stream).
        No state of a record reaches a kiosk by two streams: the city leaves a kiosk's own listings out of its area
        streams. The same public state may: it goes when the last stream that holds it says so.
        Unknown entities are kept aside for a newer program.
        While the stream is replacing and ``complete`` says that this was its last page, rows that the stream brought
        earlier and did not bring again are deleted (unless another stream holds them) and replacing ends. The
        outbox is never touched.

        Args:
            stream: ``ref``, ``area/<code>`` or ``dev/<kiosk>``.
            items: in seq order; entities ``worker``, ``employer``, ``listing``, ``placement``, ``slip``, ``lease``
                (its id is the listing's id), ``station_key``. Never ``verdict``: the pump gives those to the outbox.
            to_seq: the cursor after this page.
            complete: nothing more is in the stream now.
        """


class Leases(Protocol):
    """This kiosk's leases, for a place that the city grants while a worker waits."""

    def held(self, listing_id: UUID, home: str) -> int:
        """Places ever granted, as the city last said; 0 without a lease."""

    def adopt_lease(self, stream: str, item: Item, epoch: UUID, heard_to: int) -> bool:
        """Save a lease that came as an answer as if ``stream`` had brought it; its cursor stays where it is.

        False, with nothing saved, when the answer is of another life of the city's database; or when the city has heard
        operations (up to ``heard_to``) whose verdict is still on its way here, and that gave places of this lease back:
        done again on top of what it says, they would give them back twice. The stream brings it a moment later.
        """


@runtime_checkable
class TimeListener(Protocol):
    """A clock that wants to know what time it is in the city."""

    def heard(self, city_time: datetime) -> None:
        """The city has just said what time it is."""


class Housekeeping(Protocol):
    """What a kiosk does of its own accord while the city can be reached."""

    def tend(self) -> int:
        """Make the operations that are due now; how many things were done. May raise a DeviceFault."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer, read whole and bounded; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport(Protocol):
    """One HTTP request at a time to the city."""

    def send(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes, timeout: float
    ) -> Answer:
        """Send and wait for the whole answer, ``timeout`` seconds for each step.

        Raises:
            NetworkFault: no connection, no answer in time, broken off, or an answer beyond all bounds.
        """

    def close(self) -> None:
        """Drop the connection; the next ``send`` opens one."""
