"""Who stands here, as all flows hand it to each other."""

from dataclasses import dataclass
from uuid import UUID

from kiosk.ui.visit import Visit

#: The pages that ask who somebody is.
ASKING = frozenset({"identify", "tail", "twice"})
#: The pages of a registration.
REGISTERING = frozenset(
    {
        "register_consent",
        "register_who",
        "register_phone",
        "register_id",
        "register_trades",
        "register_trades_of",
        "register_years",
        "register_wish",
        "register_where",
        "register_extras",
        "register_summary",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifyParams:
    """What the person wants to do once we know who it is: apply to a listing, or (None) see their own page.

    ``phone`` is a number that was typed before; ``page`` the page of their own that they came from.
    """

    listing_id: UUID | None = None
    phone: str = ""
    page: str = "mine"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPhone:
    """Kept in the visit when somebody has left a number where they were asked who they are."""

    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPhone:
    """The whole phone number that was given first in this visit to say who one is.

    Only the first: a second one may be a guess, and guesses are counted where four digits are asked.
    """

    phone: str


def typed_phone(visit: Visit) -> str:
    """The number that somebody has typed in this visit to say who they are; "" for none."""
    if visit.has(TypedPhone):
        return visit.draft(TypedPhone).phone
    return visit.draft(FirstPhone).phone if visit.has(FirstPhone) else ""


def note_typed(visit: Visit, phone: str) -> None:
    """Keep the number for a slip that is scanned later."""
    if phone.strip() and not visit.has(FirstPhone):
        visit.keep(FirstPhone(phone=phone))


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWorker:
    """Kept in the visit once a worker has said who they are, so that nobody types it twice.

    ``proved``: by a slip and four digits, by registering just now, or staff vouch. A phone number alone (it stands on
    the employer's hire sheet) is enough to apply, and not to see or change what a person has here.
    """

    worker_id: UUID
    proved: bool = False
