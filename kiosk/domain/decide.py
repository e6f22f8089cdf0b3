"""One operation on the present records: what changes, or why not. Run at the kiosk, in the city, and on re-apply."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from kiosk.domain import (
    employers,
    invitations,
    leases,
    listings,
    one_person,
    placements,
    slips,
    wanted,
    workers,
)
from kiosk.domain.operations import (
    AnswerInvitation,
    Apply,
    Body,
    CancelPlacement,
    CloseListing,
    ForgetWorker,
    IssueSlip,
    MakeInvitation,
    MarkPlacement,
    Operation,
    PostListing,
    PostWanted,
    PromotePlacement,
    RegisterEmployer,
    RegisterWorker,
    RenewListing,
    RenewWanted,
    ReturnPlaces,
    ReviewListing,
    SetStanding,
    UpdateWorker,
    VerifyEmployer,
    WithdrawConsent,
    WithdrawWanted,
)
from kiosk.domain.person_operations import LeaveKiosk, MergeWorkers, RememberWorker
from kiosk.domain.records import Record
from kiosk.domain.rulebook import RuleBook
from kiosk.domain.state import Records


@dataclass(frozen=True, slots=True)
class Changes:
    """New values of the records that the operation changes, in the order to save them."""

    puts: tuple[Record, ...]


class _Transition(Protocol):
    def __call__(
        self,
        op: Operation,
        body: Any,  # noqa: ANN401 - each transition takes its own body
        records: Records,
        rules: RuleBook,
    ) -> Sequence[Record]: ...


_TRANSITIONS: dict[type[Body], _Transition] = {
    RegisterWorker: workers.register,
    UpdateWorker: workers.update,
    WithdrawConsent: workers.withdraw_consent,
    ForgetWorker: workers.forget,
    MergeWorkers: one_person.merge,
    RememberWorker: one_person.remember,
    LeaveKiosk: one_person.leave,
    RegisterEmployer: employers.register,
    VerifyEmployer: employers.verify,
    SetStanding: employers.set_standing,
    PostListing: listings.post,
    ReviewListing: listings.review,
    CloseListing: listings.close,
    RenewListing: listings.renew,
    Apply: placements.apply,
    CancelPlacement: placements.cancel,
    PromotePlacement: placements.promote,
    MarkPlacement: placements.mark,
    PostWanted: wanted.post,
    RenewWanted: wanted.renew,
    WithdrawWanted: wanted.withdraw,
    MakeInvitation: invitations.make,
    AnswerInvitation: invitations.answer,
    ReturnPlaces: leases.give_back,
    IssueSlip: slips.issue,
}


def decide(op: Operation, records: Records, rules: RuleBook) -> Changes:
    """Run the transition of ``op``.

    Args:
        op: the operation; ``op.at`` is the only clock.
        records: the records as they are now, on this side (kiosk or city).
        rules: the market rules and reference data.

    Raises:
        Refusal: the rules say no; nothing changes.
    """
    return Changes(tuple(_TRANSITIONS[type(op.body)](op, op.body, records, rules)))
