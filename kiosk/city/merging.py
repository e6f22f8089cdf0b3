"""Employers registered twice, by their Unified Social Credit Code: found out while a batch is taken in.

Operations are not rewritten. The ids that they name are looked up before anything is loaded, and from then on
``LoadedRecords.employer`` gives the employer for any of them.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from kiosk.city.batch import Arrived
from kiosk.city.memory import LoadedRecords
from kiosk.city.store import CityTransaction, Wanted
from kiosk.domain.change import replace
from kiosk.domain.credit_code import check_credit_code
from kiosk.domain.operations import RegisterEmployer
from kiosk.domain.refusal import Refusal

EMPLOYER = "employer"


def load(tx: CityTransaction, arrived: Iterable[Arrived], wanted: Wanted) -> LoadedRecords:
    """``CityTransaction.load``, with the employers that stand behind old ids and behind credit codes.

    A code stays locked until the transaction ends: of two first registrations at the same moment one is the second.
    """
    named = wanted.employers
    codes = _codes(arrived)
    merged = tx.aliases(EMPLOYER, named) if named else {}
    by_code = tx.lock_codes(codes) if codes else {}
    if merged or by_code:
        wanted = replace(wanted, employers=named | set(merged.values()) | set(by_code.values()))
    records = tx.load(wanted)
    records.merged.update(merged)
    records.by_code.update(by_code)
    return records


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
