"""What the screens of the hiring flow hand to each other."""

from dataclasses import dataclass
from uuid import UUID

from kiosk.services.listings import Posted


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEmployer:
    """Kept in the visit once an employer is known, so that nobody types it twice.

    ``proved``: by a receipt and four digits. The phone number alone stands on every job slip: whoever knows it may post
    again (it is reviewed), but learns nobody's name or phone.
    """

    employer_id: UUID
    proved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedParams:
    """The listing that was posted, and its receipt."""

    posted: Posted


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantsParams:
    """Whose applicants."""

    listing_id: UUID
