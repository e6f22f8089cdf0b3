"""Who was registered twice: what a batch names is loaded together with who that is now.

Operations are not rewritten. Employers are found out to be one by their Unified Social Credit Code while a batch is
taken in; the ids that it names are looked up before anything is loaded, and from then on ``LoadedRecords.employer``
gives the employer for any of them. Workers are made one by an operation (``kiosk.domain.one_person``); an old record
says itself who it is now, and ``LoadedRecords.worker`` follows.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from kiosk.city.batch import Arrived
from kiosk.city.memory import LoadedRecords
from kiosk.city.store import CityTransaction
from kiosk.city.stored import Wanted
from kiosk.domain.change import replace
from kiosk.domain.credit_code import check_credit_code
from kiosk.domain.operations import RegisterEmployer
from kiosk.domain.presence import ids
from kiosk.domain.refusal import Refusal

EMPLOYER = "employer"
#: An old id, the person, and their other old ids.
_ROUNDS = 3


def load(tx: CityTransaction, arrived: Iterable[Arrived], wanted: Wanted) -> LoadedRecords:
    """``CityTransaction.load``, with the people and employers that stand behind old ids and behind credit codes.

    A code stays locked until the transaction ends: of two first registrations at the same moment one is the second.
    """
    named = wanted.employers
    codes = _codes(arrived)
    merged = tx.aliases(EMPLOYER, named) if named else {}
    by_code = tx.lock_codes(codes) if codes else {}
    if merged or by_code:
        wanted = replace(wanted, employers=named | set(merged.values()) | set(by_code.values()))
    records = load_people(tx, wanted)
    records.merged.update(merged)
    records.by_code.update(by_code)
    return records


def load_people(tx: CityTransaction, wanted: Wanted) -> LoadedRecords:
    """``CityTransaction.load``, with the workers who stand behind old ids.

    Such ids are few, so nobody looks for them beforehand: where one turns up, the same is loaded once more with the
    other. That takes locks out of their order; should two transactions embrace, one of them runs again.
    """
    records = tx.load(wanted)
    for _ in range(_ROUNDS):
        more = _with_people(wanted, records)
        if more == wanted:
            break
        wanted, records = more, tx.load(more)
    return records


def _with_people(wanted: Wanted, records: LoadedRecords) -> Wanted:
    """The same, and who these workers are now; of those who are merged, moved or erased all former ids, too."""
    now = {old: each.merged_into for old, each in records.workers.items() if each.merged_into is not None}
    former = frozenset(
        each
        for worker in records.workers.values()
        if worker.also and worker.id in wanted.leaving
        for each in ids(worker)
    )
    if not (now or former):
        return wanted

    def both(some: frozenset[UUID]) -> frozenset[UUID]:
        return some | {now[each] for each in some if each in now}

    return replace(
        wanted,
        workers=both(wanted.workers) | former,
        applying=both(wanted.applying),
        leaving=both(wanted.leaving),
        advertising=both(wanted.advertising),
        proven=both(wanted.proven),
    )


def _codes(arrived: Iterable[Arrived]) -> frozenset[str]:
    """The credit codes that are registered, as the rules will write them; wrong ones are the rules' affair."""
    codes = set()
    for each in arrived:
        if each.op is not None and isinstance(each.op.body, RegisterEmployer) and each.op.body.credit_code:
            with suppress(Refusal):
                codes.add(check_credit_code(each.op.body.credit_code, "credit_code"))
    return frozenset(codes)


def keep(tx: CityTransaction, records: LoadedRecords, at: datetime) -> None:
    """Write down who turned out to be whom."""
    if records.joined:
        tx.put_aliases(EMPLOYER, records.joined, at)
