"""What an employer has said so far, and how a step of the form is called."""

from dataclasses import dataclass, replace
from uuid import UUID

from kiosk.domain.records import Employer
from kiosk.domain.refusal import Refusal
from kiosk.services.employers import EmployerForm, form_of_employer
from kiosk.services.listings import ListingForm


@dataclass(frozen=True, slots=True, kw_only=True)
class HireDraft:
    """The forms as typed.

    Attributes:
        employer: who hires.
        employer_id: set once the employer is known here; then ``employer`` is only shown.
        form: the listing.
        again_of: the listing of before that it was begun from, if it was.
    """

    employer: EmployerForm = EmployerForm()  # noqa: RUF009 - a frozen value
    employer_id: UUID | None = None
    form: ListingForm = ListingForm()  # noqa: RUF009 - a frozen value
    again_of: UUID | None = None

    @property
    def days(self) -> int:
        """How many days of work there are; one until more are said."""
        first, last = self.form.date_from, self.form.date_to
        return (last - first).days + 1 if first is not None and last is not None else 1

    @property
    def may_sign(self) -> bool:
        """Whether there may be a labour contract: firms sign them, households do not."""
        return self.employer.organisation or self.form.full_time

    def of_known(self, employer: Employer) -> "HireDraft":
        """The draft of an employer who is known here: nothing of them is typed again."""
        return replace(
            self,
            employer=form_of_employer(employer),
            employer_id=employer.id,
            form=with_contact(self.form, employer.contact_name, employer.phone),
        )


def with_contact(form: ListingForm, name: str, phone: str) -> ListingForm:
    """The form with the employer's own contact, where none was typed."""
    return replace(
        form,
        contact_name=form.contact_name or name,
        contact_phone=form.contact_phone or phone,
    )


def followed(form: ListingForm, before: EmployerForm, now: EmployerForm) -> ListingForm:
    """The form whose contact is the employer, and stays so when who that is is said otherwise."""
    name, phone = form.contact_name, form.contact_phone
    return replace(
        form,
        contact_name=contact_of(now) if name == contact_of(before) else name,
        contact_phone=now.phone if phone == before.phone else phone,
    )


def contact_of(employer: EmployerForm) -> str:
    """Whom the workers ask for if nothing else is said."""
    return employer.contact_name or employer.name


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursSaid:
    """Kept in the visit once the hours of work were said: other times of day do not change them then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HireParams:
    """How a step is called when it is not simply the next one.

    Attributes:
        edit: called from the summary, to go back there.
        aside: asked by a page in the middle, to go back to it.
        refusal: what has to be mended here.
        code: trade category or district whose members are shown.
        returning: the person says that they have posted before.
        notice: key of a sentence to say first.
    """

    edit: bool = False
    aside: bool = False
    refusal: Refusal | None = None
    code: str = ""
    returning: bool = False
    notice: str = ""

    @property
    def mends(self) -> bool:
        """Whether it leads back to where it was called from."""
        return self.edit or self.aside
