"""Deliberate faults of the protocol. The simulation has to notice each of them, or it proves nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest import mock

import msgspec

from kiosk.city import projections, reading, reserve
from kiosk.city.memory import LoadedRecords
from kiosk.city.push import _Push, _verdict
from kiosk.domain import city_slots, one_person, placements, presence, release
from kiosk.domain.records import Lease, Listing
from kiosk.domain.upon import Upon
from kiosk.domain.values import Claim
from kiosk.protocol.codec import encode
from kiosk.protocol.messages import Outcome, PushResponse, Sent, ServerState, Verdict
from kiosk.services import news
from kiosk.services.placements import Placements
from kiosk.storage import meta
from kiosk.storage.inbox import SqlInbox
from kiosk.storage.outbox import SqlOutbox
from kiosk.storage.page import Page
from kiosk.sync.pump import Pump
from tests.simulation.store import MemoryTransaction
from tests.simulation.world import FIRMS, PEOPLE, RUSH, TIDE, Weather

Patches = Iterator[None]


@contextmanager
def no_dedup() -> Patches:
    """Whatever arrives is taken as new."""
    take = _Push.take

    def mutated(self: _Push, ops: tuple[Sent, ...], refused: Any = None) -> Any:
        row = self._tx.lock_cursor(self._caller.device)
        last = row.last_seq if row else 0
        moved = tuple(msgspec.structs.replace(sent, seq=last + place) for place, sent in enumerate(ops, 1))
        return take(self, moved, refused)

    with mock.patch.object(_Push, "take", mutated), mock.patch.object(_Push, "_known", return_value={}):
        yield


@contextmanager
def no_dedup_by_id() -> Patches:
    """What an earlier incarnation has brought is decided again."""
    with mock.patch.object(_Push, "_known", return_value={}):
        yield


@contextmanager
def no_epoch() -> Patches:
    """The kiosk does not look at the epoch."""
    observe = Pump._observe

    def mutated(self: Pump, state: ServerState) -> None:
        known = self._inbox.epoch()
        observe(self, state if known is None else msgspec.structs.replace(state, epoch=known))

    with mock.patch.object(Pump, "_observe", mutated):
        yield


@contextmanager
def cumulative_ack() -> Patches:
    """Everything up to the city's last number counts as accepted."""
    observe = Pump._observe

    def mutated(self: Pump, state: ServerState) -> None:
        observe(self, state)
        behind = [sent for sent in self._outbox.unsent(500) if sent.seq <= state.last_op_seq]
        self._outbox.settle(
            [Verdict(seq=sent.seq, op_id=sent.op_id, outcome=Outcome.ACCEPTED) for sent in behind]
        )

    with mock.patch.object(Pump, "_observe", mutated):
        yield


@contextmanager
def no_escrow() -> Patches:
    """A kiosk promises whatever it is asked for, and the city believes it."""

    def take(op: Any, claim: Claim, listing: Listing, records: Any) -> tuple[Claim, list[Any]]:
        return Claim.LEASE, []

    with (
        mock.patch.object(placements, "_take", take),
        mock.patch.object(Placements, "_claim", return_value=Claim.LEASE),
    ):
        yield


@contextmanager
def no_fork_check() -> Patches:
    """The same number is the same operation, whatever its id."""

    def mutated(self: _Push, row: Any, old: tuple[Sent, ...]) -> list[Verdict]:
        if not old:
            return []
        logged = self._tx.logged(row.device, row.incarnation, old[0].seq, old[-1].seq)
        return [
            msgspec.structs.replace(_verdict(logged[sent.seq]), op_id=sent.op_id)
            for sent in old
            if sent.seq in logged
        ]

    with mock.patch.object(_Push, "_repeat", mutated):
        yield


@contextmanager
def no_gap_check() -> Patches:
    """A batch that begins too far ahead is taken all the same."""
    take = _Push.take

    def mutated(self: _Push, ops: tuple[Sent, ...], refused: Any = None) -> Any:
        row = self._tx.lock_cursor(self._caller.device)
        if row is None or not ops or ops[0].seq <= row.last_seq + 1:
            return take(self, ops, refused)
        verdicts = self._decide(row, ops, self._known(row, ops), refused)
        after = self._tx.device(row.device)
        assert after is not None
        return PushResponse(
            state=self._city.state(self._tx.city(), after), acked=ops[-1].seq, verdicts=tuple(verdicts)
        )

    with mock.patch.object(_Push, "take", mutated):
        yield


@contextmanager
def no_rewind_on_push() -> Patches:
    """A restored city gets nothing again."""
    with mock.patch.object(SqlOutbox, "rewind"):
        yield


@contextmanager
def no_rewind_on_pull() -> Patches:
    """The kiosk reads on where it was, also from a restored city."""

    def mutated(self: SqlInbox, epoch: Any) -> None:
        with self._database.transaction() as connection:
            meta.put(connection, meta.EPOCH, epoch.bytes)

    with mock.patch.object(SqlInbox, "adopt_epoch", mutated):
        yield


@contextmanager
def no_replacing() -> Patches:
    """A stream read anew leaves what it no longer brings."""
    with mock.patch.object(Page, "drop_stale", return_value=0):
        yield


@contextmanager
def no_reapply() -> Patches:
    """The city's state is not followed by the operations it has not seen."""
    with mock.patch.object(Page, "reapply"):
        yield


@contextmanager
def no_check_of_returns() -> Patches:
    """As many places come back as somebody says."""

    def returned(lease: Lease, count: int) -> Lease:
        return replace(lease, returned=lease.returned + count)

    with mock.patch.object(city_slots, "returned", returned):
        yield


@contextmanager
def reserve_again() -> Patches:
    """A question for a place that comes twice is answered with two."""
    with mock.patch.object(reserve, "_knows_less", return_value=False):
        yield


@contextmanager
def leaking_projection() -> Patches:
    """The public sees the listing whole."""
    with mock.patch.object(projections, "public_listing", encode):
        yield


@contextmanager
def no_fence() -> Patches:
    """Deletions are forgotten, and nobody is told that they are."""
    purge = MemoryTransaction.purge

    def mutated(self: MemoryTransaction, stream: str, before: Any, limit: int) -> int:
        head, fence = self._data.heads.get(stream, (0, 0))
        count = purge(self, stream, before, limit)
        self._set(self._data.heads, stream, (head, fence))
        return count

    with mock.patch.object(MemoryTransaction, "purge", mutated):
        yield


@contextmanager
def late_head() -> Patches:
    """After a snapshot the kiosk reads on from where the stream stood at its end, not at its beginning."""
    apply = SqlInbox.apply_snapshot

    def applied(self: SqlInbox, stream: str, items: Any, head: int, after: Any, *, last: bool) -> None:
        apply(self, stream, items, head, after, last=last)
        with self._database.transaction() as connection:
            connection.execute("UPDATE stream SET seq = ? WHERE name = ?", (head, stream))

    with mock.patch.object(SqlInbox, "apply_snapshot", applied):
        yield


@contextmanager
def no_forgetting() -> Patches:
    """A kiosk that was set up elsewhere keeps the market of where it stood."""
    with mock.patch.object(SqlInbox, "forget"):
        yield


@contextmanager
def whole_city() -> Patches:
    """Every kiosk is sent the market of every district."""
    with mock.patch.object(reading, "_may_read_area", return_value=True):
        yield


@contextmanager
def no_translation() -> Patches:
    """Operations that name a registration which is another employer's now are about nobody."""

    def employer(self: LoadedRecords, employer_id: Any) -> Any:
        return self.employers.get(employer_id)

    with mock.patch.object(LoadedRecords, "employer", employer):
        yield


@contextmanager
def no_one_person() -> Patches:
    """An id that is no more is nobody's in the city: operations that name it are about an emptied record."""

    def worker(self: LoadedRecords, worker_id: Any) -> Any:
        return self.workers.get(worker_id)

    with mock.patch.object(LoadedRecords, "worker", worker):
        yield


@contextmanager
def counted_twice() -> Patches:
    """Of two places of one person for the same listing one is given up, and nobody gets it."""

    def as_one(op: Any, theirs: Any, changed: Any) -> None:
        wholly = Upon(changed)
        release.as_one(op, theirs, wholly)
        changed.put_all(wholly.placements())

    with mock.patch.object(one_person, "as_one", as_one), mock.patch.object(placements, "as_one", as_one):
        yield


@contextmanager
def known_at_one_kiosk() -> Patches:
    """Only the kiosk that merged two registrations hears of it."""
    with mock.patch.object(presence, "homes", lambda worker: frozenset((worker.home,))):
        yield


@contextmanager
def not_left() -> Patches:
    """A kiosk keeps who does not wish to be remembered there any more."""
    with mock.patch.object(projections, "_withdrawn_from", return_value=()):
        yield


@contextmanager
def guests_untold() -> Patches:
    """Whom the city refuses, and of whom the kiosk holds no record, nobody calls."""
    one = news._of_one_refused

    def nobody(read: Any, refused: Any, today: Any) -> Any:
        found = one(read, refused, today)
        return None if found is None else replace(found, guest=None)

    with mock.patch.object(news, "_of_one_refused", nobody):
        yield


#: The same few people at all kiosks, and hardly anybody else.
CROSSING = replace(PEOPLE, travel=0.9, roll_back=0.0, restore=0.0)
#: … and little goes wrong: most visits come to something.
CALM = replace(CROSSING, network=0.1, busy=0.0, crash=0.0, power_cut=0.0, purge=0.0)
#: … of a city that goes back to old backups all the time.
AWAY = replace(PEOPLE, travel=0.9, roll_back=0.0, restore=0.06)
#: Deliberate faults that show in other weather than a storm.
SHOWN_IN: dict[str, Weather] = {
    "no_fence": TIDE,
    "no_translation": FIRMS,
    "no_one_person": PEOPLE,
    "counted_twice": CALM,
    "known_at_one_kiosk": PEOPLE,
    "not_left": CROSSING,
    "guests_untold": AWAY,
    "no_replacing": TIDE,
    "no_forgetting": TIDE,
    "no_check_of_returns": RUSH,
    "reserve_again": RUSH,
}
MUTANTS: dict[str, Callable[[], Any]] = {
    mutant.__name__: mutant
    for mutant in (
        no_dedup,
        no_dedup_by_id,
        no_epoch,
        cumulative_ack,
        no_escrow,
        no_fork_check,
        no_gap_check,
        no_rewind_on_push,
        no_rewind_on_pull,
        no_replacing,
        no_reapply,
        no_check_of_returns,
        reserve_again,
        leaking_projection,
        no_translation,
        no_one_person,
        counted_twice,
        known_at_one_kiosk,
        not_left,
        guests_untold,
        no_fence,
        late_head,
        no_forgetting,
        whole_city,
    )
}
