"""What a batch of operations touches: ids for the store, which adds what hangs on them."""

from collections.abc import Iterable
from uuid import UUID

from kiosk.city.batch import Arrived
from kiosk.city.stored import Wanted
from kiosk.domain.operations import (
    Apply,
    Body,
    ForgetWorker,
    IssueSlip,
    MakeInvitation,
    PostWanted,
    UpdateWorker,
    WithdrawConsent,
)
from kiosk.domain.person_operations import LeaveKiosk, MergeWorkers, RememberWorker
from kiosk.domain.slips import SLIP_SUBJECTS


class _Ids(dict[str, set[UUID]]):
    """Sets by name, made when asked for."""

    def __missing__(self, name: str) -> set[UUID]:
        made = self[name] = set()
        return made


def wanted_by(arrived: Iterable[Arrived]) -> Wanted:
    """Ids of all records that the operations name."""
    ids = _Ids()
    for each in arrived:
        if each.op is not None:
            for entity, record_id in each.subjects:
                ids[entity].add(record_id)
            _add(ids, each.op.body)
    return Wanted(
        workers=frozenset(ids["worker"]),
        employers=frozenset(ids["employer"]),
        listings=frozenset(ids["listing"]),
        placements=frozenset(ids["placement"]),
        slips=frozenset(ids["slip"]),
        applying=frozenset(ids["applying"]),
        leaving=frozenset(ids["leaving"] | ids["proven"]),
        proven=frozenset(ids["proven"]),
        wanted=frozenset(ids["wanted"]),
        invitations=frozenset(ids["invitation"]),
        advertising=frozenset(ids["advertising"]),
        inviting=frozenset(ids["inviting"]),
    )


def _add(ids: _Ids, body: Body) -> None:
    """What a rule reads beside the records that the operation names."""
    match body:
        case Apply(worker_id=worker_id):
            ids["applying"].add(worker_id)
        case ForgetWorker(worker_id=worker_id):
            ids["leaving"].add(worker_id)
        case UpdateWorker(worker_id=worker_id):
            ids["leaving"].add(worker_id)
            ids["advertising"].add(worker_id)
        case WithdrawConsent(worker_id=worker_id):
            ids["proven"].add(worker_id)
            ids["advertising"].add(worker_id)
        case MergeWorkers(new_id=one, old_id=other):
            ids["proven"] |= {one, other}
            ids["advertising"] |= {one, other}
        case RememberWorker(worker_id=worker_id) | LeaveKiosk(worker_id=worker_id):
            ids["proven"].add(worker_id)
        case PostWanted(worker_id=worker_id):
            ids["advertising"].add(worker_id)
        case MakeInvitation(listing_id=listing_id):
            ids["inviting"].add(listing_id)
        case IssueSlip(kind=kind, subject_id=subject_id):
            ids[SLIP_SUBJECTS[kind]].add(subject_id)
        case _:
            pass
