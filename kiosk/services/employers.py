"""Use cases of employers: register, find again, verify, standing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kiosk.domain.credit_code import check_credit_code
from kiosk.domain.employers import ORGANISATIONS, is_banned
from kiosk.domain.merging import proven_phones
from kiosk.domain.names import check_organisation_name, check_person_name
from kiosk.domain.operations import Actor, RegisterEmployer, SetStanding, VerifyEmployer
from kiosk.domain.phone import check_phone
from kiosk.domain.records import Employer
from kiosk.domain.refusal import Refusal
from kiosk.domain.resident_id import parse_resident_id
from kiosk.domain.values import ActorKind, EmployerKind, Standing
from kiosk.services.context import Context
from kiosk.services.workers import seal_identity


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerForm:
    """What was typed, as it was typed."""

    kind: EmployerKind = EmployerKind.HOUSEHOLD
    name: str = ""
    contact_name: str = ""
    phone: str = ""
    credit_code: str = ""
    id_number: str = ""

    @property
    def organisation(self) -> bool:
        """Whether it is asked for a credit code and a contact, rather than perhaps an ID number."""
        return self.kind in ORGANISATIONS


def form_of_employer(employer: Employer) -> EmployerForm:
    """The form of somebody who is known already; the ID number is not kept and stays empty."""
    return EmployerForm(
        kind=employer.kind,
        name=employer.name,
        contact_name=employer.contact_name,
        phone=employer.phone,
        credit_code=employer.credit_code or "",
    )


def check_form(form: EmployerForm) -> tuple[Refusal, ...]:
    """Everything that is wrong with a form, in its order, at most one refusal a field. Pure: any thread."""
    name = check_organisation_name if form.organisation else check_person_name
    checks: list[Callable[[], object]] = [
        lambda: check_phone(form.phone, "phone"),
        lambda: name(form.name, "name"),
    ]
    if form.organisation:
        checks.append(lambda: check_person_name(form.contact_name, "contact_name"))
        checks.append(lambda: check_credit_code(form.credit_code, "credit_code"))
    elif form.id_number.strip():
        checks.append(lambda: parse_resident_id(form.id_number, "id_number"))
    return tuple(refusal for check in checks if (refusal := _refusal_of(check)) is not None)


def _refusal_of(check: Callable[[], object]) -> Refusal | None:
    try:
        check()
    except Refusal as refusal:
        return refusal
    return None


class Employers:
    """Register, find and judge employers."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def by_phone(self, phone: str) -> Sequence[Employer]:
        """Employers known here under a phone number: who comes back need not type again.

        Raises:
            Refusal: not a mobile number.
        """
        number = check_phone(phone, "phone")
        with self._context.unit_of_work() as uow:
            return tuple(uow.employer_by_phone(number))

    def register(self, form: EmployerForm, actor: Actor) -> Employer:
        """A new employer; one known by the same credit code, or by name, kind and phone, is returned instead.

        Raises:
            Refusal: a field is wrong, or the credit code is known with another phone (staff may go on).
        """
        context = self._context
        organisation = form.kind in ORGANISATIONS
        name = (check_organisation_name if organisation else check_person_name)(form.name, "name")
        contact = check_person_name(form.contact_name or form.name, "contact_name")
        phone = check_phone(form.phone, "phone")
        code = check_credit_code(form.credit_code, "credit_code") if organisation else None
        identity = None if organisation else seal_identity(context, form.id_number, "id_number")
        with context.unit_of_work() as uow:
            known = uow.employer_by_credit_code(code) if code is not None else None
            if known is None:
                same = (e for e in uow.employer_by_phone(phone) if (e.kind, e.name) == (form.kind, name))
                known = next(same, None)
            if known is not None:
                # A credit code stands on every invoice: it alone must not let a stranger post as a verified firm.
                if phone not in proven_phones(known) and actor.kind is not ActorKind.STAFF:
                    raise Refusal("refusal.employer_other_phone", "phone")
                return known
            body = RegisterEmployer(
                employer_id=context.new_id(),
                kind=form.kind,
                name=name,
                contact_name=contact,
                phone=phone,
                credit_code=code,
                identity=identity,
            )
            context.perform(uow, body, actor)
            employer = uow.employer(body.employer_id)
            assert employer is not None, "the transition has just made it"
            uow.commit()
        context.after_commit(body)
        return employer

    def verify(self, employer_id: UUID, actor: Actor) -> Employer:
        """Staff have seen the licence or ID card."""
        return self._change(VerifyEmployer(employer_id=employer_id), actor)

    def set_standing(
        self, employer_id: UUID, standing: Standing, reason: str, until: date | None, actor: Actor
    ) -> Employer:
        """Warn, ban or restore an employer."""
        body = SetStanding(employer_id=employer_id, standing=standing, reason=reason.strip(), until=until)
        return self._change(body, actor)

    def _change(self, body: VerifyEmployer | SetStanding, actor: Actor) -> Employer:
        context = self._context
        with context.unit_of_work() as uow:
            context.perform(uow, body, actor)
            employer = uow.employer(body.employer_id)
            assert employer is not None, "the transition refuses unknown employers"
            uow.commit()
        context.after_commit(body)
        return employer

    def check_may_post(self, employer: Employer) -> None:
        """Say it before anything is typed when an employer may not post today.

        Raises:
            Refusal: banned.
        """
        if is_banned(employer, self._context.today()):
            raise Refusal("refusal.employer_banned")

    def get(self, employer_id: UUID) -> Employer:
        """One employer.

        Raises:
            Refusal: not known at this kiosk.
        """
        employer = self._context.read.employer(employer_id)
        if employer is None:
            raise Refusal("refusal.employer_unknown")
        return employer

    def find(self, text: str, limit: int = 20) -> Sequence[Employer]:
        """For staff: by phone digits, name, pinyin initials or credit code."""
        return self._context.read.find_employers(text, limit)
