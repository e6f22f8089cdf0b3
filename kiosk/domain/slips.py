"""Transition of slips 凭条."""

from collections.abc import Sequence

from kiosk.domain.operations import IssueSlip, Operation
from kiosk.domain.records import Record, Slip
from kiosk.domain.rulebook import RuleBook
from kiosk.domain.state import Records
from kiosk.domain.values import SlipKind

#: What a slip of each kind is about: entity of ``subject_id``.
SLIP_SUBJECTS = {
    SlipKind.WORKER_CARD: "worker",
    SlipKind.JOB_SLIP: "placement",
    SlipKind.HIRE_SHEET: "listing",
    SlipKind.POSTING_RECEIPT: "listing",
}


def issue(op: Operation, body: IssueSlip, records: Records, rules: RuleBook) -> Sequence[Record]:
    """A numbered slip exists from now on. Seen again, it changes nothing."""
    if records.slip(body.slip_id) is not None:
        return ()
    return (
        Slip(
            id=body.slip_id,
            kind=body.kind,
            number=body.number,
            subject_id=body.subject_id,
            token=body.token,
            state=body.state,
            home=op.kiosk,
            issued_at=op.at,
        ),
    )
