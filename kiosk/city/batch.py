"""One batch of operations against the records they touch: verdicts, changes and projections. No I/O."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import msgspec

from kiosk.city import demand, projections, rights
from kiosk.city.clocks import DeviceTime
from kiosk.city.context import CityContext
from kiosk.city.memory import LoadedRecords
from kiosk.city.stored import CityOp, LoggedOp, Projected, Quarantined
from kiosk.domain.city_waitlist import next_in_line
from kiosk.domain.decide import decide
from kiosk.domain.operations import (
    KINDS,
    Actor,
    Apply,
    Body,
    Operation,
    PromotePlacement,
    RegisterEmployer,
    subjects,
)
from kiosk.domain.person_operations import MergeWorkers
from kiosk.domain.records import CentralSlots, Employer, Lease, Listing, Placement, Record
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import ActorKind, Claim, PlacementStatus
from kiosk.protocol.codec import Malformed, UnknownKind, decode_operation, encode
from kiosk.protocol.messages import Outcome, Sent, Verdict

log = logging.getLogger(__name__)
CITY_KIOSK = "CITY"
#: PostgreSQL's jsonb cannot hold this character, in any spelling that JSON has for it.
_NUL = b"\\u0000"


class Arrived(msgspec.Struct, frozen=True, gc=False):
    """An operation as it came: decoded, or the reason why it cannot be."""

    sent: Sent
    kind: str
    op: Operation | None
    reason: str
    subjects: tuple[tuple[str, UUID], ...]
    #: The true time, when the device's clock was wrong; ``op.at`` is that time then.
    done_at: datetime | None = None


@dataclass(slots=True)
class Decided:
    """What a batch leads to."""

    records: LoadedRecords
    log: list[LoggedOp] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    city_ops: list[CityOp] = field(default_factory=list)
    touched: dict[tuple[str, UUID], None] = field(default_factory=dict)
    notices: list[Verdict] = field(default_factory=list)
    hints: list[Projected] = field(default_factory=list)
    #: people of whom the kiosk has to be shown everything once more
    people: dict[UUID, None] = field(default_factory=dict)


def arrive(sent: Sent, kiosk: str, time: DeviceTime) -> Arrived:
    """Decode one operation; whatever is wrong with it becomes a reason, never an exception."""
    raw = bytes(sent.op)
    try:
        raw.decode()
    except UnicodeDecodeError:
        # No text column can hold it: what is kept is that it came.
        hashed = msgspec.Raw(encode({"sha256": sha256(raw).hexdigest()}))
        unreadable = msgspec.structs.replace(sent, op=hashed)
        return Arrived(unreadable, "", None, "quarantine.malformed", ())
    try:
        op = decode_operation(raw)
    except UnknownKind as error:
        return Arrived(sent, str(error), None, "quarantine.unknown_kind", _guess_subjects(raw))
    except Malformed:
        return Arrived(sent, "", None, "quarantine.malformed", _guess_subjects(raw))
    named = tuple(subjects(op.body))
    if op.op_id != sent.op_id:
        return Arrived(sent, op.kind, None, "quarantine.malformed", named)
    if op.kiosk != kiosk or op.actor.kind is ActorKind.CITY:
        return Arrived(sent, op.kind, None, "quarantine.not_yours", named)
    if _NUL in raw:
        return Arrived(sent, op.kind, None, "quarantine.malformed", named)
    done_at = time.correct(sent, op.at)
    if done_at is not None:
        op = replace(op, at=done_at)
    return Arrived(sent, op.kind, op, "", named, done_at)


class _Shape(msgspec.Struct):
    kind: str
    body: dict[str, object]


def _guess_subjects(raw: bytes) -> tuple[tuple[str, UUID], ...]:
    """The main record of an operation that we cannot read: the id that its kind is named after."""
    try:
        shape = msgspec.json.decode(raw, type=_Shape)
        entity = shape.kind.partition(".")[0]
        return ((entity, UUID(str(shape.body[f"{entity}_id"]))),)
    except (msgspec.DecodeError, RecursionError, KeyError, ValueError):
        return ()


def decide_all(
    city: CityContext,
    arrived: Sequence[Arrived],
    records: LoadedRecords,
    blocked: frozenset[UUID],
    at: datetime,
) -> Decided:
    """Run the domain on each operation in turn, then give places that became free to who waits.

    Args:
        city: rules and randomness.
        arrived: in seq order.
        records: everything they touch; holds the new state afterwards.
        blocked: records of operations already in quarantine.
        at: the city's clock.
    """
    decided = Decided(records)
    held_back = set(blocked)
    for each in arrived:
        _decide_one(city, each, decided, held_back)
    promote_waiting(city, decided, at)
    _follow_demand(city, decided, [each.op for each in arrived if each.op is not None], at)
    return decided


def _follow_demand(city: CityContext, decided: Decided, ops: Sequence[Operation], at: datetime) -> None:
    """Grant places where they were missed, and ask for them where they lie idle."""
    if not ops:
        return
    decided.city_ops += demand.top_up(city, ops, decided.records, at)
    decided.hints += demand.hints(ops, decided.records, ops[0].kiosk, at)


def items_of(decided: Decided, changed: Sequence[Record], kiosk: str) -> list[Projected]:
    """The projections of everything that changed, and of what the kiosk has to be reminded of."""
    items: list[Projected] = []
    for record in changed:
        items.extend(projections.project(record, decided.records))
    for old, now in decided.records.joined.items():
        items.append(projections.alias(kiosk, "employer", old, now))
    reminded = decided.touched or decided.people or decided.records.known_before
    done = {(type(record), _id(record)) for record in changed} if reminded else set()
    items.extend(projections.homes_changed(decided.records, done))
    for worker_id in decided.people:
        items.extend(projections.all_of(kiosk, worker_id, decided.records, done))
    for entity, record_id in decided.touched:
        items.extend(_reminder(decided.records, entity, record_id, kiosk, done))
    items.extend(projections.verdict(kiosk, each) for each in decided.notices)
    items.extend(decided.hints)
    return items


def _id(record: Record) -> UUID:
    return record.listing_id if isinstance(record, Lease | CentralSlots) else record.id


def _decide_one(city: CityContext, each: Arrived, decided: Decided, held_back: set[UUID]) -> None:
    if each.op is None:
        _quarantine(decided, each, each.reason, held_back)
        return
    if held_back and any(record_id in held_back for _, record_id in each.subjects):
        _quarantine(decided, each, "quarantine.follows", held_back)
        return
    if not rights.may(each.op, decided.records):
        _settle(decided, each, Outcome.REJECTED, rights.OTHER_KIOSK)
        return
    try:
        changes = decide(each.op, decided.records, city.rules)
    except Refusal as refusal:
        _settle(decided, each, Outcome.REJECTED, refusal.key)
        return
    except Exception:  # a bug in a rule must stop one operation, not a kiosk
        log.exception("operation %s of kind %s breaks a rule's code", each.sent.op_id, each.kind)
        _quarantine(decided, each, "quarantine.bug", held_back)
        return
    puts, outcome = changes.puts, Outcome.ACCEPTED
    if isinstance(each.op.body, RegisterEmployer):
        puts, outcome = _registered(each.op.body, puts, decided.records)
    for record in puts:
        decided.records.put(record)
    _settle(decided, each, _said(each.op.body, outcome, decided), "")


def _said(body: Body, outcome: Outcome, decided: Decided) -> Outcome:
    """What the kiosk is told of an operation that was carried out."""
    match body:
        case MergeWorkers(new_id=one, old_id=other):
            # It may have merged them otherwise, knowing less, and written what the city had no reason to write.
            decided.people |= {one: None, other: None}
        case Apply(placement_id=made):
            placement = decided.records.placement(made)
            if placement is not None and placement.status is PlacementStatus.WAITLISTED:
                return Outcome.WAITLISTED
        case _:
            pass
    return outcome


def _registered(
    body: RegisterEmployer, puts: tuple[Record, ...], records: LoadedRecords
) -> tuple[tuple[Record, ...], Outcome]:
    """A new employer, or one more registration of somebody who has the same credit code."""
    if body.employer_id in records.merged:
        return (), Outcome.MERGED
    made = next((record for record in puts if isinstance(record, Employer)), None)
    known = None if made is None else records.join(made)
    return (puts, Outcome.ACCEPTED) if known is None else ((known,), Outcome.MERGED)


def _settle(decided: Decided, each: Arrived, outcome: Outcome, reason: str) -> None:
    sent = each.sent
    decided.log.append(
        LoggedOp(
            seq=sent.seq,
            op_id=sent.op_id,
            kind=each.kind,
            outcome=outcome,
            reason=reason,
            op=bytes(sent.op),
            done_at=each.done_at,
        )
    )
    if outcome is Outcome.ACCEPTED:
        return
    # The kiosk has already shown its own version of these records: it gets the city's, changed or not.
    for entity, record_id in each.subjects:
        decided.touched[entity, record_id] = None
        if each.op is not None and isinstance(each.op.body, MergeWorkers):
            decided.touched["registration", record_id] = None
        if entity == "placement":
            placement = decided.records.placement(record_id)
            if placement is not None:
                decided.touched["listing", placement.listing_id] = None
    if outcome is not Outcome.WAITLISTED:
        decided.notices.append(Verdict(seq=sent.seq, op_id=sent.op_id, outcome=outcome, reason=reason))


def _quarantine(decided: Decided, each: Arrived, reason: str, held_back: set[UUID]) -> None:
    own = each.subjects[:1]
    held_back.update(record_id for _, record_id in own)
    sent = each.sent
    decided.quarantined.append(
        Quarantined(
            seq=sent.seq,
            op_id=sent.op_id,
            reason=reason,
            subjects=tuple(record_id for _, record_id in own),
            kind=each.kind,
            op=bytes(sent.op),
            done_at=each.done_at,
        )
    )
    decided.log.append(
        LoggedOp(
            seq=sent.seq,
            op_id=sent.op_id,
            kind=each.kind,
            outcome=Outcome.QUARANTINED,
            reason=reason,
            op=bytes(sent.op),
            done_at=each.done_at,
        )
    )
    decided.notices.append(
        Verdict(seq=sent.seq, op_id=sent.op_id, outcome=Outcome.QUARANTINED, reason=reason)
    )


def _reminder(
    records: LoadedRecords,
    entity: str,
    record_id: UUID,
    kiosk: str,
    done: set[tuple[type[Record], UUID]],
) -> list[Projected]:
    """The present state of a record for one kiosk (and its public form); a tombstone when the city has none."""
    found: list[Record | None]
    match entity:
        case "worker":
            found = [records.worker(record_id)]
        case "registration":
            return _reminder_of_registration(records, record_id, kiosk)
        case "employer":
            if record_id in records.merged:
                gone = projections.gone(kiosk, entity, record_id)
                now = records.merged[record_id]
                return [gone, *_reminder(records, entity, now, kiosk, done)]
            found = [records.employer(record_id)]
        case "listing":
            found = [records.listing(record_id), records.lease(record_id, kiosk)]
        case "placement":
            found = [records.placement(record_id)]
        case "wanted":
            found = [records.wanted(record_id)]
        case "invitation":
            found = [records.invitation(record_id)]
        case _:
            found = [records.slip(record_id)]
    if found[0] is None:
        return [projections.gone(kiosk, entity, record_id)]
    return [
        item
        for record in found
        if record is not None and (type(record), record_id) not in done
        for item in projections.project(record, records)
        if item.stream == f"dev/{kiosk}" or item.stream.startswith("area/")
    ]


def _reminder_of_registration(records: LoadedRecords, worker_id: UUID, kiosk: str) -> list[Projected]:
    """What was to be merged, as it is; a tombstone where it is none of this kiosk's business, which emptied it."""
    found = records.registration(worker_id)
    items = projections.project(found, records) if found is not None else ()
    shown = [item for item in items if item.stream == f"dev/{kiosk}"]
    return shown or [projections.gone(kiosk, "worker", worker_id)]


def promote_waiting(city: CityContext, decided: Decided, at: datetime) -> None:
    """Give places that became free in the reserve to who waits longest."""
    for record in decided.records.dirty():
        if not isinstance(record, CentralSlots):
            continue
        while (listing := decided.records.listing(record.listing_id)) is not None:
            waiting = next_in_line(listing, decided.records, at)
            if waiting is None or not _promote(city, decided, waiting, listing, at):
                break


def _promote(city: CityContext, decided: Decided, waiting: Placement, listing: Listing, at: datetime) -> bool:
    body = PromotePlacement(placement_id=waiting.id, claim=Claim.CENTRAL)
    kind = KINDS[PromotePlacement]
    op = Operation(
        op_id=city.new_id(at),
        kind=kind,
        at=at,
        kiosk=CITY_KIOSK,
        actor=Actor(kind=ActorKind.CITY),
        body=body,
    )
    try:
        changes = decide(op, decided.records, city.rules)
    except Refusal as refusal:
        log.warning("promotion for listing %s refused: %s", listing.id, refusal.key)
        return False
    for record in changes.puts:
        decided.records.put(record)
    decided.city_ops.append(CityOp(subject=listing.id, op_id=op.op_id, kind=kind, op=encode(op)))
    return True
