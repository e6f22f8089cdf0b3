"""One person, several registrations: which of them stands for all, where they are known, and what moves to it.

The old record stays, emptied, and says who it is now (``Worker.merged_into``): so whatever names the old id, on paper
or in operations that come for weeks, is looked up and means the person. ``Records.worker`` does that.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from kiosk.domain import wanted
from kiosk.domain.change import replace
from kiosk.domain.operations import Operation
from kiosk.domain.person_operations import LeaveKiosk, MergeWorkers, RememberWorker, as_worker
from kiosk.domain.presence import homes, ids, not_remembered
from kiosk.domain.records import Identity, JobWanted, Placement, Presence, Record, Worker
from kiosk.domain.refusal import Refusal
from kiosk.domain.release import as_one, release
from kiosk.domain.rulebook import RuleBook
from kiosk.domain.state import Records
from kiosk.domain.upon import Upon
from kiosk.domain.values import OPEN, ActorKind, WantedStatus


def merge(op: Operation, body: MergeWorkers, records: Records, rules: RuleBook) -> Sequence[Record]:
    """One record stands for both from now on; what hangs on the other moves to it. Seen again, it changes nothing.

    Withdrawn consent on either side wins: whoever does not want to be listed is not listed under another number.
    """
    if body.new_id == body.old_id:
        raise Refusal("refusal.merge_itself")
    new, old = records.worker(body.new_id), _other(op, body, records)
    if new is None or old is None:
        raise Refusal("refusal.worker_unknown")
    if new.id == old.id or (body.old_id in ids(new) and records.registration(body.old_id) is None):
        return ()  # so it is already; the second where the old record was never held
    _check_same_person(op, body, old, new)
    one = _joined(op, old, new)
    withdrawn = one.consent.withdrawn_at is not None
    changed = Upon(records)
    changed.put(one)
    moved = _moved(op, old, one, records)
    changed.put_all(moved)
    work = [*moved, *records.placements_of_worker(one.id)]
    as_one(op, work, changed)
    if withdrawn:
        _cancel_all(op, work, changed)
    changed.put_all(_entries(op, old, one, records, keep=not withdrawn))
    # The old ones last: who reads them in this order knows the person by then.
    changed.put_all(_emptied(op, old, one, records))
    return changed.puts()


def _cancel_all(op: Operation, work: Sequence[Placement], changed: Upon) -> None:
    now = {each.id: each for each in changed.placements()}
    for each in work:
        placement = now.get(each.id, each)
        if placement.status in OPEN:
            changed.put_all(release(op, placement, "consent_withdrawn", changed))


def remember(op: Operation, body: RememberWorker, records: Records, rules: RuleBook) -> Sequence[Record]:
    """The kiosk comes to know a worker of another one. There nothing changes until the city has heard of it."""
    if not body.agreed:
        raise Refusal("refusal.consent_missing", "consent")
    worker = records.worker(body.worker_id)
    if worker is None or op.kiosk in homes(worker):
        return ()
    if worker.consent.withdrawn_at is not None:
        raise Refusal("refusal.consent_withdrawn")
    known = Presence(kiosk=op.kiosk, since=op.at, consent_text=body.agreed)
    return (replace(worker, also=(*worker.also, known), changed_at=op.at),)


def leave(op: Operation, body: LeaveKiosk, records: Records, rules: RuleBook) -> Sequence[Record]:
    """Remembered here no more; where the person is registered they stay known."""
    worker = records.worker(body.worker_id)
    if worker is None:
        return ()
    kept = tuple(each for each in worker.also if each.kiosk != op.kiosk or each.id is not None)
    return (replace(worker, also=kept, changed_at=op.at),) if kept != worker.also else ()


def emptied_for_good(op: Operation, worker: Worker, records: Records) -> list[Record]:
    """Also what would find an erased person by their ID card, in the registrations that are no more."""
    found = (records.registration(each) for each in ids(worker)[1:])
    return [replace(each, identity=None, changed_at=op.at) for each in found if each and each.identity]


def _other(op: Operation, body: MergeWorkers, records: Records) -> Worker | None:
    """The old registration: the record, or at a kiosk that does not hold it what the city has just shown of it."""
    worker = records.worker(body.old_id)
    return worker if worker is not None or body.guest is None else as_worker(body.old_id, body.guest, op.at)


def _check_same_person(op: Operation, body: MergeWorkers, old: Worker, new: Worker) -> None:
    """Refuse what cannot be one person, or what the person has not agreed to.

    Raises:
        Refusal: by themselves people merge only what has the same name and phone; another birth date or ID number is
            another person; and what one kiosk knows is shown to another only where they agreed.
    """
    if not (old.name and new.name):
        raise Refusal("refusal.worker_unknown")  # erased: nobody is left to be merged
    if op.actor.kind is ActorKind.SELF and (old.name, old.phone) != (new.name, new.phone):
        raise Refusal("refusal.merge_differs")
    one, other = old.identity, new.identity
    if one is not None and other is not None:
        masked = one.masked and other.masked and one.masked != other.masked
        if one.birth_date != other.birth_date or masked:
            raise Refusal("refusal.merge_other_person")
    if homes(old) != homes(new) and not body.agreed and op.actor.kind is not ActorKind.CITY:
        raise Refusal("refusal.consent_missing", "consent")


def _joined(op: Operation, old: Worker, new: Worker) -> Worker:
    """The surviving record: what it does not say, the other one says."""
    there = Presence(kiosk=old.home, since=old.created_at, id=old.id, number=old.number)
    own = {each.kiosk for each in (*new.also, there, *old.also) if each.id is not None} | {new.home}
    also = [*new.also, there, *old.also]
    also = [each for each in also if each.id is not None or each.kiosk not in own]
    withdrawn = new.consent.withdrawn_at or old.consent.withdrawn_at
    joined = replace(
        new,
        identity=_fuller(new.identity, old.identity),
        consent=replace(new.consent, withdrawn_at=withdrawn),
        also=_once(also),
        changed_at=op.at,
    )
    if withdrawn is not None:
        return without_wishes(op, joined)
    if new.trades or not old.trades:
        return joined
    return replace(
        joined,
        trades=old.trades,
        wage_wish_fen=old.wage_wish_fen,
        wage_wish_unit=old.wage_wish_unit,
        districts=old.districts,
        night_work=old.night_work,
        needs_lodging=old.needs_lodging,
        own_tools=old.own_tools,
        own_vehicle=old.own_vehicle,
    )


def _fuller(one: Identity | None, other: Identity | None) -> Identity | None:
    """The ID card of one of them; a visitor's has no number in it."""
    return one if one is not None and (one.sealed or other is None) else other or one


def _once(also: Iterable[Presence]) -> tuple[Presence, ...]:
    """Each registration once, and each kiosk that only remembers once."""
    found: dict[tuple[str, UUID | None], Presence] = {}
    for each in also:
        found.setdefault((each.kiosk, each.id), each)
    return tuple(found.values())


def without_wishes(op: Operation, worker: Worker) -> Worker:
    """Nobody looks for work for them any more: what was only for that is erased at once, and nobody remembers them."""
    withdrawn = worker.consent.withdrawn_at or op.at
    return replace(
        worker,
        consent=replace(worker.consent, withdrawn_at=withdrawn),
        trades=(),
        wage_wish_fen=None,
        districts=(),
        night_work=False,
        needs_lodging=False,
        own_tools=False,
        own_vehicle=False,
        wants_sms=False,
        also=not_remembered(worker),
        changed_at=op.at,
    )


def _moved(op: Operation, old: Worker, one: Worker, records: Records) -> list[Placement]:
    """The old registration's work under the new id, open ones with today's name and phone."""
    work = []
    for each in records.placements_of_worker(old.id):
        moved = replace(each, worker_id=one.id, changed_at=op.at)
        if each.status in OPEN:
            moved = replace(moved, worker_name=one.name, worker_phone=one.phone)
        work.append(moved)
    return work


def _entries(op: Operation, old: Worker, one: Worker, records: Records, *, keep: bool) -> list[Record]:
    """Open job-wanted entries under the new id; only the one posted last stays open."""
    own = _open_entries(one, records)
    moved = [replace(each, worker_id=one.id, changed_at=op.at) for each in _open_entries(old, records)]
    theirs = sorted((*moved, *own), key=lambda each: (each.posted_at, each.id))
    newest = theirs.pop() if theirs and keep else None
    found = [wanted.down(op, each) for each in theirs]
    if newest is not None:
        found.append(wanted.shown_as(newest, one.name, one.phone))
    return [each for each in found if each not in own]


def _open_entries(worker: Worker, records: Records) -> list[JobWanted]:
    return [each for each in records.wanted_of_worker(worker.id) if each.status is WantedStatus.OPEN]


def _emptied(op: Operation, old: Worker, one: Worker, records: Records) -> list[Worker]:
    """What is left of the old registration, and of those that had been merged into it: no chain has two links."""
    earlier = (records.registration(each) for each in ids(old)[1:])
    moved = [replace(each, merged_into=one.id, changed_at=op.at) for each in earlier if each is not None]
    # At a kiosk that does not hold the record nothing is made up: the city sends what is left of it.
    held = records.registration(old.id) is not None
    return [*moved, _empty(op, old, one)] if held else moved


def _empty(op: Operation, old: Worker, one: Worker) -> Worker:
    """Only the keyed hash stays, by which the old kiosk finds the person when their card lies on its reader."""
    identity = old.identity
    if identity is not None:
        identity = replace(identity, sealed=b"", masked="") if identity.lookup else None
    return replace(
        without_wishes(op, old),
        name="",
        phone="",
        identity=identity,
        consent=old.consent,
        also=(),
        merged_into=one.id,
    )
