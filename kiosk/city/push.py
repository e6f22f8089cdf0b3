"""POST /v1/push: one batch of a device's log, in one transaction."""

import logging
from hashlib import sha256
from uuid import UUID

from kiosk.city import merging
from kiosk.city.batch import Arrived, Decided, arrive, decide_all, items_of
from kiosk.city.clocks import Boot, DeviceTime, boot_of, earlier_boots
from kiosk.city.context import CityContext
from kiosk.city.lookup import guests
from kiosk.city.named import wanted_by
from kiosk.city.problems import Code, Refused, check_protocol
from kiosk.city.store import CityTransaction, StoreRejects
from kiosk.city.stored import DeviceRow, LoggedOp, Pushed
from kiosk.domain.change import replace
from kiosk.protocol.messages import (
    MAX_OPS,
    Outcome,
    PushRequest,
    PushResponse,
    Sent,
    Verdict,
)

log = logging.getLogger(__name__)


def push(city: CityContext, device: DeviceRow, request: PushRequest, body: bytes) -> PushResponse:
    """Take a batch.

    Args:
        city: store, rules, clock.
        device: who signed the request.
        request: the decoded body.
        body: its bytes before decoding, for the chain of hashes.

    Raises:
        Refused: malformed, wrong_device, protocol, old_incarnation, revoked, fenced, op_gap. Except for a fence
            (which is kept) nothing is written.
        StoreBusy: try again later.
    """
    _check_form(device, request)
    return _push_part(city, device, request, request.ops, sha256(body).hexdigest())


def _check_form(device: DeviceRow, request: PushRequest) -> None:
    if request.device != device.device:
        raise Refused(Code.WRONG_DEVICE)
    check_protocol(request.protocol)
    if len(request.ops) > MAX_OPS:
        raise Refused(Code.TOO_LARGE, f"at most {MAX_OPS} operations")
    seqs = [sent.seq for sent in request.ops]
    if seqs and (seqs[0] < 1 or seqs != list(range(seqs[0], seqs[0] + len(seqs)))):
        raise Refused(Code.MALFORMED, "op_seq not contiguous")
    if len({sent.op_id for sent in request.ops}) != len(seqs):
        raise Refused(Code.MALFORMED, "op_id twice")


def _push_part(
    city: CityContext, device: DeviceRow, request: PushRequest, ops: tuple[Sent, ...], chain: str
) -> PushResponse:
    """Push ``ops``; if the database itself refuses something in them, halve until the one is found and set aside."""
    try:
        answer = city.store.run(lambda tx: _Push(city, tx, device, request, chain).take(ops))
    except StoreRejects:
        log.exception("the database refuses something in a batch of %d", len(ops))
        if len(ops) == 1:
            answer = city.store.run(
                lambda tx: _Push(city, tx, device, request, chain).take(ops, refused=ops[0].op_id)
            )
        else:
            half = len(ops) // 2
            first = _push_part(city, device, request, ops[:half], chain)
            second = _push_part(city, device, request, ops[half:], chain)
            return PushResponse(
                state=second.state, acked=second.acked, verdicts=first.verdicts + second.verdicts
            )
    if isinstance(answer, Refused):
        raise answer
    return answer


class _Push:
    """The work of one transaction. Refusals are returned where what was written must stay (a fence)."""

    def __init__(
        self, city: CityContext, tx: CityTransaction, device: DeviceRow, request: PushRequest, chain: str
    ) -> None:
        self._city = city
        self._tx = tx
        self._caller = device
        self._request = request
        self._chain = chain
        self._at = city.now()

    def take(self, ops: tuple[Sent, ...], refused: UUID | None = None) -> PushResponse | Refused:
        """Lock, tell old from new, decide what is new, write it."""
        row = self._tx.lock_cursor(self._caller.device)
        if row is None:
            raise Refused(Code.UNKNOWN_DEVICE)
        state = self._city.state(self._tx.city(), row)
        check_standing(row, self._request.incarnation)
        old = tuple(sent for sent in ops if sent.seq <= row.last_seq)
        fresh = ops[len(old) :]
        verdicts = self._repeat(row, old)
        if verdicts is None:
            self._tx.fence(row.device, "other operation under the same number", self._at)
            return Refused(Code.FENCED, "op_id differs", state=state)
        if fresh and fresh[0].seq != row.last_seq + 1:
            return Refused(Code.OP_GAP, expected=row.last_seq + 1, state=state)
        if fresh:
            known = self._known(row, fresh)
            verdicts += self._decide(row, fresh, known, refused)
            state = self._city.state(self._tx.city(), replace(row, last_seq=fresh[-1].seq, chain=self._chain))
        acked = ops[-1].seq if ops else 0
        return PushResponse(state=state, acked=acked, verdicts=tuple(verdicts))

    def _repeat(self, row: DeviceRow, old: tuple[Sent, ...]) -> list[Verdict] | None:
        """The verdicts given before, or None when another operation stands under one of the numbers."""
        if not old:
            return []
        logged = self._tx.logged(row.device, row.incarnation, old[0].seq, old[-1].seq)
        if any(sent.seq not in logged or logged[sent.seq].op_id != sent.op_id for sent in old):
            return None
        return self._verdicts(row, [logged[sent.seq] for sent in old])

    def _verdicts(self, row: DeviceRow, entries: list[LoggedOp]) -> list[Verdict]:
        """What the log says, or the last word where an operation was set aside and settled since."""
        waited = [each.op_id for each in entries if each.outcome is Outcome.QUARANTINED]
        words = self._tx.last_words(row.device, waited) if waited else {}
        return [_verdict(each, *words.get(each.op_id, ())) for each in entries]

    def _known(self, row: DeviceRow, fresh: tuple[Sent, ...]) -> dict[UUID, LoggedOp]:
        """Operations that an earlier incarnation of this kiosk has already brought."""
        if row.incarnation == 1:
            return {}
        return dict(self._tx.logged_by_id(row.device, [sent.op_id for sent in fresh]))

    def _decide(
        self, row: DeviceRow, fresh: tuple[Sent, ...], known: dict[UUID, LoggedOp], refused: UUID | None
    ) -> list[Verdict]:
        boot, time = self._time(row)
        arrived = [arrive(sent, row.kiosk, time) for sent in fresh if sent.op_id not in known]
        if refused is not None:
            arrived = [
                Arrived(each.sent, each.kind, None, "quarantine.database", each.subjects) for each in arrived
            ]
        records = merging.load(self._tx, arrived, wanted_by(arrived))
        records.guests = guests(self._tx, row.kiosk, arrived, records)
        blocked = self._tx.blocked_subjects(row.device)
        decided = decide_all(self._city, arrived, records, blocked, self._at)
        merging.keep(self._tx, records, self._at)
        log_entries = _in_order(fresh, decided, known)
        changed = decided.records.changed()
        previous = self._request.previous
        self._tx.write(
            Pushed(
                device=row.device,
                incarnation=row.incarnation,
                received_at=self._at,
                last_seq=fresh[-1].seq,
                chain=self._chain,
                chain_broken=previous not in {"", row.chain, self._chain},  # a stick knows no batch before
                log=log_entries,
                quarantined=decided.quarantined,
                city_ops=decided.city_ops,
                records=changed,
                items=items_of(decided, changed, row.kiosk),
                boot=boot,
            )
        )
        return self._verdicts(row, log_entries)

    def _time(self, row: DeviceRow) -> tuple[Boot | None, DeviceTime]:
        """What is known of the device's clocks."""
        boot, earlier = boot_of(self._request, self._at), earlier_boots(self._request)
        began = dict(self._tx.boots(row.device, earlier)) if earlier else {}
        if boot is not None:
            began[boot.name] = boot.began_at
        return boot, DeviceTime(self._at, self._request.boot_id, began, row.last_push_at)


def check_standing(row: DeviceRow, incarnation: int) -> None:
    """Refuse a device that may not talk to the city any more.

    Raises:
        Refused: revoked, fenced, or an incarnation that has been replaced.
    """
    if row.revoked_at is not None:
        # Only who signed with the key that was shut out hears why.
        raise Refused(Code.REVOKED, row.revoke_reason if incarnation == row.incarnation else "")
    if row.fenced_at is not None:
        raise Refused(Code.FENCED, row.fence_reason)
    if incarnation != row.incarnation:
        raise Refused(Code.OLD_INCARNATION)


def _in_order(fresh: tuple[Sent, ...], decided: Decided, known: dict[UUID, LoggedOp]) -> list[LoggedOp]:
    """One log entry for each operation, also for those that an earlier incarnation had brought."""
    if not known:
        return decided.log
    by_id = {each.op_id: each for each in decided.log}
    entries = []
    for sent in fresh:
        entry = by_id.get(sent.op_id)
        if entry is None:
            before = known[sent.op_id]
            entry = LoggedOp(
                seq=sent.seq,
                op_id=sent.op_id,
                kind=before.kind,
                outcome=before.outcome,
                reason=before.reason,
                op=bytes(sent.op),
                done_at=before.done_at,
            )
        entries.append(entry)
    return entries


def _verdict(logged: LoggedOp, outcome: Outcome | None = None, reason: str = "") -> Verdict:
    if outcome is not None:
        return Verdict(seq=logged.seq, op_id=logged.op_id, outcome=outcome, reason=reason)
    return Verdict(seq=logged.seq, op_id=logged.op_id, outcome=logged.outcome, reason=logged.reason)
