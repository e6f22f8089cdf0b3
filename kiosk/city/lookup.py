"""POST /v1/lookup: a worker of another kiosk stands at this one, with a slip and the last four digits of the phone.

The slip's signature says that it is ours, the digits that it is in the right hands. Wrong digits are counted for the
person and for the device, whoever asks and wherever: then staff must help. The kiosk may from then on make placements
for that worker, and gets nothing else: no stream shows it the worker's record.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from kiosk.city.batch import Arrived
from kiosk.city.context import CityContext
from kiosk.city.memory import LoadedRecords
from kiosk.city.pages import SLIP_PATH, person, ring_of
from kiosk.city.projections import bare
from kiosk.city.store import CityTransaction
from kiosk.city.stored import CityOp, DeviceRow, Tries
from kiosk.domain.calendar import local_date
from kiosk.domain.operations import Apply, Body
from kiosk.domain.person_operations import LeaveKiosk, MergeWorkers, RememberWorker
from kiosk.domain.presence import homes, ids
from kiosk.domain.records import Placement, Worker
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import OPEN
from kiosk.protocol.codec import encode
from kiosk.protocol.messages import LookupOutcome, LookupRequest, LookupResponse
from kiosk.protocol.token import City, TokenKind, read

#: Wrong digits for one person; for one device, whoever it asked about; and how long each is then shut out.
PERSON_TRIES, PERSON_PAUSE = 3, timedelta(minutes=15)
DEVICE_TRIES, DEVICE_PAUSE = 20, timedelta(hours=1)
TAIL = 4
KIND = "worker.lookup/1"


def lookup(
    city: CityContext, tx: CityTransaction, device: DeviceRow, request: LookupRequest
) -> LookupResponse:
    """Show a worker and their placements to the kiosk where they stand, if slip and digits fit."""
    now = city.now()
    state = city.state(tx.city(), device)
    worker = _worker_of(city, tx, request.token)
    if worker is None:
        return LookupResponse(state=state, outcome=LookupOutcome.UNKNOWN)
    person, asker = f"worker:{worker.id}", f"device:{device.device}"
    wrong = [_wrong(tx, person, PERSON_PAUSE, now), _wrong(tx, asker, DEVICE_PAUSE, now)]
    if wrong[0].wrong >= PERSON_TRIES or wrong[1].wrong >= DEVICE_TRIES:
        return LookupResponse(state=state, outcome=LookupOutcome.LOCKED)
    if request.tail != worker.phone[-TAIL:]:
        for each in wrong:
            tx.put_tries(Tries(what=each.what, wrong=each.wrong + 1, since=each.since))
        left = min(PERSON_TRIES - wrong[0].wrong, DEVICE_TRIES - wrong[1].wrong) - 1
        outcome = LookupOutcome.WRONG if left else LookupOutcome.LOCKED
        return LookupResponse(state=state, outcome=outcome, left=left)
    tx.put_tries(Tries(what=person, wrong=0, since=now))
    tx.note_visit(device.kiosk, worker.id, now)
    note = encode({"worker_id": worker.id, "kiosk": device.kiosk})
    tx.note([CityOp(subject=worker.id, op_id=city.new_id(now), kind=KIND, op=note)], now)
    placements = _shown(tx.placements_of(worker.id), now)
    return LookupResponse(
        state=state,
        outcome=LookupOutcome.FOUND,
        worker=msgspec.Raw(encode(bare(worker))),
        placements=tuple(msgspec.Raw(encode(each)) for each in placements),
    )


def guests(
    tx: CityTransaction, kiosk: str, arrived: Sequence[Arrived], records: LoadedRecords
) -> Mapping[UUID, datetime]:
    """Which of the other kiosks' workers that a batch names have shown their slip here, and when last; mostly none.

    They may have shown it as another registration of theirs, before that was merged; and who is remembered there when
    the batch begins, and leaves in it, may still have been served afterwards: their slip was seen.
    """
    foreign: dict[UUID, UUID] = {}
    leaving = {each.op.body.worker_id for each in arrived if each.op and isinstance(each.op.body, LeaveKiosk)}
    for each in arrived:
        named = _named(each.op.body) if each.op is not None else None
        worker = records.worker(named) if named is not None else None
        if worker is not None and (kiosk not in homes(worker) or leaving.intersection(ids(worker))):
            foreign.update(dict.fromkeys(ids(worker), worker.id))
    seen: dict[UUID, datetime] = {}
    for shown_as, at in (tx.visits(kiosk, foreign) if foreign else {}).items():
        known = foreign[shown_as]
        seen[known] = max(at, seen.get(known, at))
    return seen


def _named(body: Body) -> UUID | None:
    """The worker whom an operation is about that a kiosk may make for another's."""
    match body:
        case Apply() | RememberWorker() | LeaveKiosk():
            return body.worker_id
        case MergeWorkers():
            return body.old_id
        case _:
            return None


def _worker_of(city: CityContext, tx: CityTransaction, token: str) -> Worker | None:
    """The worker whom a genuine slip is about, as long as they want to be listed."""
    row = tx.city()
    try:
        slip = read(
            f"https://{row.host}{SLIP_PATH}{token}",
            ring_of(tx.station_keys()),
            city.now(),
            City(code=row.area, host=row.host),
        )
    except Refusal:
        return None
    worker_id = slip.subject
    if slip.kind is TokenKind.JOB_SLIP:
        placement = tx.peek("placement", slip.subject)
        if not isinstance(placement, Placement):
            return None
        worker_id = placement.worker_id
    elif slip.kind is not TokenKind.WORKER_CARD:
        return None
    worker = person(tx, worker_id)
    if worker is None or worker.consent.withdrawn_at is not None:
        return None
    return worker


def _wrong(tx: CityTransaction, what: str, pause: timedelta, now: datetime) -> Tries:
    """The wrong tries that still count."""
    kept = tx.tries(what, now)
    return kept if now - kept.since < pause else Tries(what=what, wrong=0, since=now)


def _shown(placements: Sequence[Placement], now: datetime) -> list[Placement]:
    """What still matters: open ones, and those whose work is not over."""
    today = local_date(now)
    return [each for each in placements if each.status in OPEN or each.terms.date_to >= today]
