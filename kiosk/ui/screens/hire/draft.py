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


@dataclass(frozen=True, slots=True, kw_only=True)
class HireParams:
    """How a step is called when it is not simply the next one.

    Attributes:
        edit: called from the summary, to go back there.
        refusal: what has to be mended here.
        code: trade category or district whose members are shown.
        returning: the person says that they have posted before.
        notice: key of a sentence to say first.
    """

    edit: bool = False
    refusal: Refusal | None = None
    code: str = ""
    returning: bool = False
    notice: str = ""
