"""Operations set aside: decided once more, or given up for good, by somebody's decision or after an upgrade.

An operation that is taken up again runs through the same code as a pushed one, together with those that wait behind it.
The log keeps what was said at the time; the row in quarantine holds the last word.
"""

import logging
from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from kiosk.city import merging
from kiosk.city.batch import Arrived, Decided, arrive, decide_all, items_of
from kiosk.city.clocks import DeviceTime
from kiosk.city.context import CityContext
from kiosk.city.lookup import guests
from kiosk.city.named import wanted_by
from kiosk.city.problems import Code, Refused
from kiosk.city.store import CityTransaction, StoreRejects
from kiosk.city.stored import CityOp, DeviceRow, SetAside, Wanted
from kiosk.domain.change import replace
from kiosk.protocol.codec import encode, knows
from kiosk.protocol.messages import Action, Outcome, Sent, SettleRequest, SettleResponse, Verdict

log = logging.getLogger(__name__)
#: Reason of an operation that was given up, at the kiosk or in the city.
DISCARDED = "refusal.discarded"
FOLLOWS = "quarantine.follows"
UNKNOWN = "quarantine.unknown_kind"
#: Who decided, where it was not a person.
UPGRADE = "upgrade"
MAX_TEXT = 200


class _Note(msgspec.Struct, frozen=True, kw_only=True):
    """What the city's own log says of a decision."""

    op_id: UUID
    by: str
    reason: str
    outcome: Outcome


def settle_for(
    city: CityContext, tx: CityTransaction, device: DeviceRow, request: SettleRequest
) -> SettleResponse:
    """POST /v1/settle: what a kiosk's staff decided about an operation of theirs.

    Raises:
        Refused: operation (the city has none with that id from this kiosk), malformed.
    """
    verdicts = settle(city, tx, device.device, request.op_id, request.action, request.reason, request.by)
    row = tx.device(device.device) or device
    return SettleResponse(state=city.state(tx.city(), row), verdicts=tuple(verdicts))


def settle(
    city: CityContext, tx: CityTransaction, device: UUID, op_id: UUID, action: Action, reason: str, by: str
) -> Sequence[Verdict]:
    """Take an operation up again, or give it up; those that waited behind it are decided with it.

    Called again for one that is settled it changes nothing and says the last word.

    Args:
        city: rules, clock.
        tx: one transaction.
        device: whose operation.
        op_id: which one.
        action: retry or discard.
        reason: why, in words; needed to discard.
        by: who decided, without a name: ``staff:<id>``, ``city``, ``upgrade``.

    Raises:
        Refused: operation, malformed.
    """
    if not reason.strip() and action is Action.DISCARD:
        raise Refused(Code.MALFORMED, "reason")
    tx.lock_cursor(device)
    waiting = tx.set_aside(device)
    place = next((at for at, row in enumerate(waiting) if row.op_id == op_id), None)
    if place is None:
        return [_word_of(tx, device, op_id)]
    work = _Settlement(city, tx, waiting, place)
    return work.run(action, reason.strip()[:MAX_TEXT], by[:MAX_TEXT])


def _word_of(tx: CityTransaction, device: UUID, op_id: UUID) -> Verdict:
    settled = tx.set_aside(device, op_id, waiting=False)
    row = settled[0] if settled else None
    if row is not None and row.outcome is not None:
        return Verdict(seq=row.seq, op_id=op_id, outcome=row.outcome, reason=row.settled_reason)
    logged = tx.logged_by_id(device, [op_id]).get(op_id)
    if logged is None:
        raise Refused(Code.OPERATION)
    return Verdict(seq=logged.seq, op_id=op_id, outcome=logged.outcome, reason=logged.reason)


class _Settlement:
    """One decision on one device's quarantine, inside a transaction that holds the device's cursor."""

    def __init__(
        self, city: CityContext, tx: CityTransaction, waiting: Sequence[SetAside], place: int
    ) -> None:
        self._city = city
        self._tx = tx
        self._at = city.now()
        self._earlier = waiting[:place]
        self._chosen = waiting[place]
        self._later = waiting[place + 1 :]

    def run(self, action: Action, reason: str, by: str) -> Sequence[Verdict]:
        """Decide, save, and say what became of every operation that is settled now."""
        discards = action is Action.DISCARD
        rows = self._later if discards else (self._chosen, *self._later)
        arrived = [self._arrive(row) for row in rows]
        given_up = self._arrive(self._chosen) if discards else None
        wanted = _with_subjects(wanted_by(arrived), given_up)
        blocked = frozenset(each for row in self._earlier for each in row.subjects)
        records = merging.load(self._tx, arrived, wanted)
        kiosk = next((each.op.kiosk for each in arrived if each.op is not None), "")
        records.guests = guests(self._tx, kiosk, arrived, records)
        decided = decide_all(self._city, arrived, records, blocked, self._at)
        words = {each.op_id: (each.outcome, each.reason) for each in decided.log}
        if given_up is not None:
            words[self._chosen.op_id] = (Outcome.REJECTED, DISCARDED)
            decided.touched.update(dict.fromkeys(given_up.subjects))
        settled = [self._settled(row, words[row.op_id], by) for row in (self._chosen, *self._later)]
        self._save(settled, decided, action, reason, by)
        return [_verdict(row) for row in settled if row.outcome is not None or row is settled[0]]

    def _arrive(self, row: SetAside) -> Arrived:
        """The operation as if it came now, at the time that it was done; what is not taken up keeps its reason."""
        sent = Sent(seq=row.seq, op_id=row.op_id, op=msgspec.Raw(row.op))
        time = DeviceTime(row.since, "", {}, row.since)
        again = arrive(sent, row.kiosk, time)
        if row is not self._chosen and row.reason != FOLLOWS:
            return Arrived(sent, row.kind, None, row.reason, again.subjects)
        if again.op is not None and row.done_at is not None:
            op = replace(again.op, at=row.done_at)
            return replace(again, op=op, done_at=row.done_at)
        return again

    def _settled(self, row: SetAside, word: tuple[Outcome, str], by: str) -> SetAside:
        outcome, reason = word
        if outcome is Outcome.QUARANTINED:
            return replace(row, reason=reason)
        return replace(row, outcome=outcome, settled_reason=reason, settled_at=self._at, settled_by=by)

    def _save(
        self, settled: Sequence[SetAside], decided: Decided, action: Action, reason: str, by: str
    ) -> None:
        chosen = settled[0]
        verdict = _verdict(chosen)
        note = _Note(op_id=chosen.op_id, by=by, reason=reason, outcome=verdict.outcome)
        subject = chosen.subjects[0] if chosen.subjects else chosen.op_id
        entry = CityOp(
            subject=subject,
            op_id=self._city.new_id(self._at),
            kind=f"quarantine.{action.value}/1",
            op=encode(note),
        )
        decided.notices = [_verdict(row) for row in settled if row.outcome is not None]
        changed = decided.records.changed()
        merging.keep(self._tx, decided.records, self._at)
        self._tx.settle_aside(settled)
        self._tx.note([*decided.city_ops, entry], self._at)
        self._tx.publish(items_of(decided, changed, chosen.kiosk), changed)


def _with_subjects(wanted: Wanted, given_up: Arrived | None) -> Wanted:
    """What is given up is shown to its kiosk as the city has it: those records are read too."""
    if given_up is None:
        return wanted
    ids: Mapping[str, set[UUID]] = {
        entity: {each for name, each in given_up.subjects if name == entity}
        for entity in ("worker", "employer", "listing", "placement", "slip")
    }
    return replace(
        wanted,
        workers=wanted.workers | ids["worker"],
        employers=wanted.employers | ids["employer"],
        listings=wanted.listings | ids["listing"],
        placements=wanted.placements | ids["placement"],
        slips=wanted.slips | ids["slip"],
    )


def _verdict(row: SetAside) -> Verdict:
    if row.outcome is None:
        return Verdict(seq=row.seq, op_id=row.op_id, outcome=Outcome.QUARANTINED, reason=row.reason)
    return Verdict(seq=row.seq, op_id=row.op_id, outcome=row.outcome, reason=row.settled_reason)


def retry(city: CityContext, row: SetAside, by: str) -> Verdict:
    """Take one operation up again in a transaction of its own; one that the database refuses stays where it is."""
    try:
        words = city.store.run(lambda tx: settle(city, tx, row.device, row.op_id, Action.RETRY, "", by))
    except StoreRejects:
        log.warning("the database still refuses operation %s", row.op_id)
        return _verdict(row)
    return words[0]


def retry_known(city: CityContext) -> int:
    """After an upgrade: take up again what was set aside because its kind was not known, and is now.

    Returns:
        How many operations have an answer now.
    """
    waiting = city.store.run(lambda tx: tx.set_aside())
    known = [row for row in waiting if row.reason == UNKNOWN and knows(row.kind)]
    words = [retry(city, row, UPGRADE) for row in known]
    settled = sum(word.outcome is not Outcome.QUARANTINED for word in words)
    if words:
        log.info("%d of %d operations of kinds known now are settled", settled, len(words))
    return settled
