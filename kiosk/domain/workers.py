"""Transitions of workers."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from kiosk.domain import calendar, one_person, wanted
from kiosk.domain.change import changed, replace
from kiosk.domain.names import check_person_name
from kiosk.domain.operations import (
    ForgetWorker,
    Operation,
    RegisterWorker,
    UpdateWorker,
    WithdrawConsent,
)
from kiosk.domain.phone import check_phone
from kiosk.domain.records import Identity, Placement, Record, Worker, WorkerTrade
from kiosk.domain.refusal import Refusal
from kiosk.domain.release import release
from kiosk.domain.rulebook import RuleBook
from kiosk.domain.state import Records
from kiosk.domain.values import HOLDING, OPEN

#: Nobody younger may be placed at all (禁止使用童工规定 art. 2).
MINIMUM_AGE = 16
MAX_TRADES = 12
#: The record of work that was done has to be kept so long (人力资源市场暂行条例 art. 33: two years).
KEPT = timedelta(days=731)


def _check_trades(trades: tuple[WorkerTrade, ...], rules: RuleBook) -> None:
    if len(trades) > MAX_TRADES:
        raise Refusal("refusal.too_many_trades", "trades", limit=MAX_TRADES)
    for each in trades:
        if not rules.knows_trade(each.trade):
            raise Refusal("refusal.unknown_trade", "trades")


def check_birth_date(birth: date, today: date) -> None:
    """Refuse a person under 16."""
    if calendar.age_on(birth, today) < MINIMUM_AGE:
        raise Refusal("refusal.under_age", "id_number", minimum=MINIMUM_AGE)


def check_age(identity: Identity | None, today: date) -> None:
    """Refuse a person under 16, by the birth date in the ID number."""
    if identity is not None:
        check_birth_date(identity.birth_date, today)


def register(op: Operation, body: RegisterWorker, records: Records, rules: RuleBook) -> Sequence[Record]:
    """A new worker. The same operation seen again changes nothing."""
    if records.worker(body.worker_id) is not None:
        return ()
    name, phone = check_person_name(body.name, "name"), check_phone(body.phone, "phone")
    check_age(body.identity, calendar.local_date(op.at))
    _check_trades(body.trades, rules)
    return (
        Worker(
            id=body.worker_id,
            name=name,
            phone=phone,
            trades=body.trades,
            wage_wish_fen=body.wage_wish_fen,
            wage_wish_unit=body.wage_wish_unit,
            districts=body.districts,
            identity=body.identity,
            consent=body.consent,
            number=body.number,
            home=op.kiosk,
            night_work=body.night_work,
            needs_lodging=body.needs_lodging,
            own_tools=body.own_tools,
            own_vehicle=body.own_vehicle,
            wants_sms=body.wants_sms,
            created_at=op.at,
            changed_at=op.at,
        ),
    )


def update(op: Operation, body: UpdateWorker, records: Records, rules: RuleBook) -> Sequence[Record]:
    """The editable part of a worker is replaced; identity once given is not taken away by leaving it out.

    Open placements carry name and phone for the employer's list: they change too. Paper in people's hands stays true.
    """
    worker = records.worker(body.worker_id)
    if worker is None:
        raise Refusal("refusal.worker_unknown")
    if worker.id != body.worker_id:
        raise Refusal("refusal.merged")  # typed before the other record was known
    name, phone = check_person_name(body.name, "name"), check_phone(body.phone, "phone")
    check_age(body.identity, calendar.local_date(op.at))
    _check_trades(body.trades, rules)
    after = changed(
        worker,
        op.at,
        name=name,
        phone=phone,
        trades=body.trades,
        wage_wish_fen=body.wage_wish_fen,
        wage_wish_unit=body.wage_wish_unit,
        districts=body.districts,
        identity=body.identity or worker.identity,
        night_work=body.night_work,
        needs_lodging=body.needs_lodging,
        own_tools=body.own_tools,
        own_vehicle=body.own_vehicle,
        wants_sms=body.wants_sms,
    )
    renamed = wanted.renamed(op, worker.id, name, phone, records)
    return (*renamed, *after, *(_reachable(op, worker, after[0], records) if after else ()))


def _reachable(op: Operation, before: Worker, after: Worker, records: Records) -> Iterator[Placement]:
    """Open placements with the new name and number: the employer calls the phone that is carried today."""
    if (before.name, before.phone) == (after.name, after.phone):
        return
    for placement in records.placements_of_worker(after.id):
        if placement.status in OPEN:
            yield replace(placement, worker_name=after.name, worker_phone=after.phone, changed_at=op.at)


def withdraw_consent(
    op: Operation, body: WithdrawConsent, records: Records, rules: RuleBook
) -> Sequence[Record]:
    """Consent ends now; open placements are cancelled, their places given back, job-wanted entries taken down."""
    worker = records.worker(body.worker_id)
    if worker is None:
        raise Refusal("refusal.worker_unknown")
    if worker.consent.withdrawn_at is not None:
        return ()
    changes: list[Record] = [one_person.without_wishes(op, worker)]
    # One listing can be open only once for a worker, so these releases never touch the same lease twice.
    for placement in records.placements_of_worker(worker.id):
        if placement.status in OPEN:
            changes += release(op, placement, "consent_withdrawn", records)
    return [*changes, *wanted.taken_down(op, worker.id, records)]


def forget(op: Operation, body: ForgetWorker, records: Records, rules: RuleBook) -> Sequence[Record]:
    """Name, phone and ID number are erased, in the worker's record and in those of their work.

    The day after consent was withdrawn, if they never held a place; else two years after their last day of work.
    """
    worker = records.worker(body.worker_id)
    if worker is None:
        raise Refusal("refusal.worker_unknown")
    if worker.consent.withdrawn_at is None:
        raise Refusal("refusal.not_withdrawn")
    if not worker.name:
        return ()
    theirs, today = records.placements_of_worker(worker.id), calendar.local_date(op.at)
    last = max((each.terms.date_to for each in theirs if each.status in HOLDING), default=None)
    free_from = last + KEPT if last is not None else calendar.local_date(worker.consent.withdrawn_at)
    if today <= free_from:
        raise Refusal("refusal.kept_by_law")
    return [
        replace(worker, name="", phone="", identity=None, changed_at=op.at),
        *one_person.emptied_for_good(op, worker, records),
        *(replace(each, worker_name="", worker_phone="", changed_at=op.at) for each in theirs),
    ]
