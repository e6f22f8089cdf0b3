"""Who stands at the screen: by slip and the last four digits of the phone, or by the whole phone number.

A slip is no password (it can be lost or photographed), so that acting for a person or showing personal data asks
for four digits that are not on it. Tries are limited; then staff must help.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kiosk.domain.merging import proven_phones
from kiosk.domain.operations import Apply
from kiosk.domain.phone import check_phone, normalise_phone
from kiosk.domain.records import Employer, Listing, Placement, Worker
from kiosk.domain.refusal import Refusal
from kiosk.services.context import Context
from kiosk.services.ports import PersonLookup, ScannedToken
from kiosk.services.visitors import Visitor, Visitors
from kiosk.services.workers import seal_identity

TAIL = 4
MAX_TRIES = 3
#: After too many wrong tries the slip is dead at this kiosk for so long (staff can still help).
PAUSE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """What a valid slip is about. Exactly one of the records is set, as the kind has it.

    Attributes:
        token: the verified token.
        phone: whose last four digits have to be asked, 11 digits; "" when only the city knows.
        away: the worker is another kiosk's: the city has to be asked, and nothing is known here yet.
    """

    token: ScannedToken
    phone: str
    worker: Worker | None = None
    placement: Placement | None = None
    listing: Listing | None = None
    employer: Employer | None = None
    away: bool = False


class Identify:
    """Turns slips and phone numbers into people. One per kiosk; remembers wrong tries."""

    def __init__(
        self, context: Context, visitors: Visitors | None = None, lookup: PersonLookup | None = None
    ) -> None:
        """``lookup`` is None while no city knows this kiosk."""
        self._context = context
        self._visitors = visitors or Visitors()
        self._lookup = lookup
        self._wrong: dict[UUID, tuple[int, datetime]] = {}

    def scan(self, text: str) -> Scanned:
        """Verify a scanned code and load what it is about. Read lane.

        Raises:
            Refusal: of the token (not ours, forged, …), a kind that opens nothing, or a record not known here.
        """
        token = self._context.tokens.read(text, self._context.now())
        match token.kind:
            case "worker_card":
                return self._worker_card(token)
            case "job_slip":
                return self._job_slip(token)
            case "posting_receipt" | "hire_sheet":
                return self._posting_receipt(token)
            case _:
                raise Refusal("refusal.qr_other_use")

    def confirm(self, scanned: Scanned, tail: str) -> None:
        """Check the last four digits of the phone against the slip.

        Raises:
            Refusal: wrong (with ``left`` tries), or too many wrong tries.
        """
        subject, now = scanned.token.subject_id, self._context.now()
        tries, since = self._wrong.get(subject, (0, now))
        if tries >= MAX_TRIES and now - since < PAUSE:
            raise Refusal("refusal.tail_locked", "tail", minutes=int(PAUSE.total_seconds()) // 60)
        if now - since >= PAUSE:
            tries = 0
        if tail.strip() in {phone[-TAIL:] for phone in _phones(scanned)}:
            self._wrong.pop(subject, None)
            return
        self._wrong[subject] = (tries + 1, now)
        if tries + 1 >= MAX_TRIES:
            raise Refusal("refusal.tail_locked", "tail", minutes=int(PAUSE.total_seconds()) // 60)
        raise Refusal("refusal.tail_wrong", "tail", left=MAX_TRIES - tries - 1)

    @staticmethod
    def is_of(scanned: Scanned, phone: str) -> bool:
        """Whether a whole phone number, as somebody typed it, is the one of the slip."""
        return normalise_phone(phone) in _phones(scanned)

    def ask_city(self, scanned: Scanned, tail: str) -> Visitor:
        """Who holds the slip of another kiosk, if the city can be reached and the digits fit. Outside lane.

        Nothing is kept: ``welcome`` does that, when the person is still there.

        Raises:
            Refusal: not reached, nobody, wrong digits (with ``left`` tries), or too many wrong ones.
        """
        digits = tail.strip()
        if not (len(digits) == TAIL and digits.isascii() and digits.isdigit()):
            raise Refusal("refusal.tail_form", "tail")
        answer = self._lookup.look_up(scanned.token.text, digits) if self._lookup is not None else None
        if answer is None:
            raise Refusal("refusal.lookup_offline")
        if answer.worker is not None:
            return Visitor(worker=answer.worker, placements=answer.placements)
        match answer.outcome:
            case "wrong":
                raise Refusal("refusal.tail_wrong", "tail", left=answer.left)
            case "locked":
                raise Refusal("refusal.tail_locked", "tail", minutes=int(PAUSE.total_seconds()) // 60)
            case _:
                raise Refusal("refusal.worker_unknown")

    def welcome(self, visitor: Visitor) -> None:
        """A worker of another kiosk is here until ``leave``."""
        self._visitors.welcome(visitor)

    def leave(self) -> None:
        """The visit is over: what the city showed is forgotten."""
        self._visitors.leave()

    def workers_by_phone(self, phone: str) -> Sequence[Worker]:
        """Workers known here under a whole phone number (a couple may share one).

        Raises:
            Refusal: not a mobile number.
        """
        number = check_phone(phone, "phone")
        with self._context.unit_of_work() as uow:
            return tuple(w for w in uow.worker_by_phone(number) if w.consent.withdrawn_at is None)

    def workers_by_card(self, id_number: str) -> Sequence[Worker]:
        """The worker who registered with the identity card that lies on the reader; the card itself is the proof.

        Raises:
            Refusal: the number on it is none.
        """
        identity = seal_identity(self._context, id_number, "id_number")
        if identity is None:
            return ()
        with self._context.unit_of_work() as uow:
            worker = uow.worker_by_identity(identity.lookup)
        return () if worker is None or worker.consent.withdrawn_at is not None else (worker,)

    def _worker_card(self, token: ScannedToken) -> Scanned:
        worker = self._context.read.worker(token.subject_id)
        if worker is None:
            if self._lookup is None:
                raise Refusal("refusal.worker_unknown")
            return Scanned(token=token, phone="", away=True)
        return Scanned(token=token, phone=_kept(worker.phone), worker=worker)

    def _job_slip(self, token: ScannedToken) -> Scanned:
        placement = self._context.read.placement(token.subject_id)
        if placement is None and (refused := self._refused(token.subject_id)) is not None:
            worker = self._context.read.worker(refused.worker_id)
            if worker is None:
                raise Refusal("refusal.slip_refused")
            return Scanned(token=token, phone=_kept(worker.phone), worker=worker)
        if placement is None or self._context.read.worker(placement.worker_id) is None:
            if self._lookup is None:
                raise Refusal("refusal.placement_unknown")
            return Scanned(token=token, phone="", away=True)
        return Scanned(token=token, phone=_kept(placement.worker_phone), placement=placement)

    def _refused(self, placement_id: UUID) -> Apply | None:
        """The application that the slip is about, when the city has refused it: it knows nothing of that slip."""
        applications = self._context.read.refused_applications(None)
        return next((each for each in applications if each.placement_id == placement_id), None)

    def _posting_receipt(self, token: ScannedToken) -> Scanned:
        listing = self._context.read.listing(token.subject_id)
        if listing is None:
            raise Refusal("refusal.listing_unknown")
        employer = self._context.read.employer(listing.employer_id)
        if employer is None:
            raise Refusal("refusal.employer_unknown")
        return Scanned(token=token, phone=employer.phone, listing=listing, employer=employer)


def _kept(phone: str) -> str:
    """The phone whose digits are asked for.

    Raises:
        Refusal: its owner has been erased: no digits could ever fit, and nothing of them is left to open.
    """
    if not phone:
        raise Refusal("refusal.slip_withdrawn")
    return phone


def _phones(scanned: Scanned) -> tuple[str, ...]:
    """The numbers whose end proves that the slip is one's own."""
    return (scanned.phone,) if scanned.employer is None else tuple(proven_phones(scanned.employer))
