"""Employers that were registered twice: which registration stands for all, and what the others are worth.

The first registration under a credit code is the employer; the later ones hang on it. ``Records.employer`` gives the
employer for any of their ids, so that operations which name an old id are decided as they are.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kiosk.domain.change import replace
from kiosk.domain.records import Employer, Registration


def join(employer: Employer, other: Employer) -> Employer:
    """The employer with one more registration; what was written first stays as it is."""
    registration = Registration(
        id=other.id,
        kiosk=other.home,
        contact_name=other.contact_name,
        phone=other.phone,
        made_at=other.created_at,
    )
    return replace(employer, also=(*employer.also, registration))


def homes(employer: Employer) -> Sequence[str]:
    """The kiosks at which the employer is registered, sorted."""
    return sorted({employer.home, *(each.kiosk for each in employer.also)})


def proven_phones(employer: Employer) -> tuple[str, ...]:
    """Numbers that show who somebody is: that of the first registration, and of those whose licence was seen.

    A credit code stands on every invoice: who only wrote it down at another kiosk has proved nothing.
    """
    return (employer.phone, *(each.phone for each in employer.also if each.verified_at is not None))


def verified_at(employer: Employer, employer_id: UUID) -> datetime | None:
    """When the licence was seen, as the registration with this id stands.

    Whoever registered elsewhere does not become a verified firm by the credit code alone.
    """
    if employer_id == employer.id:
        return employer.verified_at
    return next((each.verified_at for each in employer.also if each.id == employer_id), None)


def verified(employer: Employer, employer_id: UUID, at: datetime) -> Employer:
    """Staff have seen the licence, at the kiosk of the registration with this id."""
    also = tuple(replace(each, verified_at=at) if each.id == employer_id else each for each in employer.also)
    return replace(employer, also=also)
