"""Transitions of employers."""

from collections.abc import Sequence
from datetime import date

from kiosk.domain import merging
from kiosk.domain.change import changed, replace
from kiosk.domain.credit_code import check_credit_code
from kiosk.domain.names import check_organisation_name, check_person_name
from kiosk.domain.operations import Operation, RegisterEmployer, SetStanding, VerifyEmployer
from kiosk.domain.phone import check_phone
from kiosk.domain.records import Employer, Record
from kiosk.domain.refusal import Refusal
from kiosk.domain.rulebook import RuleBook
from kiosk.domain.state import Records
from kiosk.domain.values import ActorKind, EmployerKind, Standing

#: Kinds of employer that are organisations and have a Unified Social Credit Code (GB 32100).
ORGANISATIONS = frozenset({EmployerKind.ENTERPRISE, EmployerKind.AGENCY, EmployerKind.BROKER})


def is_banned(employer: Employer, today: date) -> bool:
    """Whether the employer may post nothing today; a ban ends after its last day."""
    if employer.standing is not Standing.BANNED:
        return False
    return employer.standing_until is None or today <= employer.standing_until


def require_staff(op: Operation) -> None:
    """Refuse what only a member of staff may do."""
    if op.actor.kind is not ActorKind.STAFF or op.actor.staff_id is None:
        raise Refusal("refusal.staff_only")


def register(op: Operation, body: RegisterEmployer, records: Records, rules: RuleBook) -> Sequence[Record]:
    """A new employer, not yet verified. The same operation seen again changes nothing."""
    if records.employer(body.employer_id) is not None:
        return ()
    if body.kind in ORGANISATIONS:
        name = check_organisation_name(body.name, "name")
        credit_code = check_credit_code(body.credit_code or "", "credit_code")
    else:
        name = check_person_name(body.name, "name")
        credit_code = None
    return (
        Employer(
            id=body.employer_id,
            kind=body.kind,
            name=name,
            contact_name=check_person_name(body.contact_name, "contact_name"),
            phone=check_phone(body.phone, "phone"),
            credit_code=credit_code,
            identity=body.identity,
            home=op.kiosk,
            created_at=op.at,
            changed_at=op.at,
        ),
    )


def verify(op: Operation, body: VerifyEmployer, records: Records, rules: RuleBook) -> Sequence[Record]:
    """Staff have seen the licence or ID card: the employer may publish at once from now on (即时快招).

    Seen before, nothing changes.
    """
    require_staff(op)
    employer = records.employer(body.employer_id)
    if employer is None:
        raise Refusal("refusal.employer_unknown")
    if employer.verified_at is not None and merging.verified_at(employer, body.employer_id) is not None:
        return ()
    employer = merging.verified(employer, body.employer_id, op.at)
    return (replace(employer, verified_at=op.at, verified_by=op.actor.staff_id, changed_at=op.at),)


def set_standing(op: Operation, body: SetStanding, records: Records, rules: RuleBook) -> Sequence[Record]:
    """Warn, ban or restore an employer; a warning or ban needs a reason."""
    require_staff(op)
    employer = records.employer(body.employer_id)
    if employer is None:
        raise Refusal("refusal.employer_unknown")
    if body.standing is not Standing.OK and not body.reason.strip():
        raise Refusal("refusal.reason_missing", "reason")
    return changed(
        employer,
        op.at,
        standing=body.standing,
        standing_reason=body.reason,
        standing_until=body.until,
    )
