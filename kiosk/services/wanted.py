"""Use cases of job-wanted entries 求职信息 and of the invitations that they bring."""

import contextlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from kiosk.domain.listings import LIVE, is_offered
from kiosk.domain.money import parse_yuan
from kiosk.domain.operations import (
    Actor,
    AnswerInvitation,
    MakeInvitation,
    PostWanted,
    RenewWanted,
    WithdrawWanted,
)
from kiosk.domain.records import Invitation, JobWanted, Listing, Offer, Worker, WorkerTrade
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import OPEN, DayPart, InvitationStatus, PayUnit, WantedStatus
from kiosk.domain.wanted import VALID_DAYS, check_note, check_offer, is_shown
from kiosk.services.context import Context
from kiosk.services.ports import Cursor, Page, UnitOfWork, WantedQuery

PAGE = 4
EVERY_DAY = tuple(range(1, 8))
#: What a day of work is for most; the rest is asked for.
USUAL_PARTS = (DayPart.MORNING, DayPart.AFTERNOON)
_FEN = 100
_CALLS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedForm:
    """What was typed and tapped for an entry, as it was typed."""

    trades: tuple[WorkerTrade, ...] = ()
    days: tuple[int, ...] = EVERY_DAY
    parts: tuple[DayPart, ...] = USUAL_PARTS
    wage: str = ""
    wage_unit: PayUnit = PayUnit.DAY
    districts: tuple[str, ...] = ()
    own_tools: bool = False
    own_vehicle: bool = False
    needs_lodging: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An invitation that waits for the worker's answer, and the listing as it stands now."""

    invitation: Invitation
    listing: Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCall:
    """Somebody of this kiosk who has been asked for and has not answered: to be called."""

    invitation: Invitation
    worker: Worker


def form_of_wanted(worker: Worker, district: str, last: JobWanted | None = None) -> WantedForm:
    """The form as far as it is known: the last entry, else what the worker said when registering.

    Args:
        worker: who looks for work.
        district: code of the station's district, when the worker named none.
        last: their newest entry, if any.
    """
    if last is not None:
        offer = last.offer
        return WantedForm(
            trades=offer.trades,
            days=offer.days,
            parts=offer.parts,
            wage=_yuan(offer.wage_wish_fen),
            wage_unit=offer.wage_wish_unit,
            districts=offer.districts,
            own_tools=offer.own_tools,
            own_vehicle=offer.own_vehicle,
            needs_lodging=offer.needs_lodging,
            note=offer.note,
        )
    return WantedForm(
        trades=worker.trades,
        parts=(*USUAL_PARTS, DayPart.NIGHT) if worker.night_work else USUAL_PARTS,
        wage=_yuan(worker.wage_wish_fen),
        wage_unit=worker.wage_wish_unit,
        districts=worker.districts or (district,),
        own_tools=worker.own_tools,
        own_vehicle=worker.own_vehicle,
        needs_lodging=worker.needs_lodging,
    )


def _yuan(fen: int | None) -> str:
    if fen is None:
        return ""
    whole, rest = divmod(fen, _FEN)
    return f"{whole}.{rest:02d}" if rest else str(whole)


def offer_of(form: WantedForm) -> Offer:
    """Typed values from typed text.

    Raises:
        Refusal: the wage cannot be read; whether the offer may be shown is for ``check_offer``.
    """
    return Offer(
        trades=form.trades,
        days=tuple(sorted(form.days)),
        parts=tuple(part for part in DayPart if part in form.parts),
        wage_wish_fen=parse_yuan(form.wage, "wage") if form.wage.strip() else None,
        wage_wish_unit=form.wage_unit,
        districts=form.districts,
        own_tools=form.own_tools,
        own_vehicle=form.own_vehicle,
        needs_lodging=form.needs_lodging,
        note=" ".join(form.note.split()),
    )


class WantedDesk:
    """Post, renew and withdraw entries; browse them; ask for somebody, and answer."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def check(self, form: WantedForm) -> None:
        """Everything the rules say about a form. Pure: may run on the GUI thread.

        Raises:
            Refusal: with the field it is about.
        """
        check_offer(offer_of(form), self._context.rules)

    def check_note(self, note: str) -> None:
        """Check the free line as it is typed. Pure: may run on the GUI thread.

        Raises:
            Refusal: see ``kiosk.domain.wanted.check_note``.
        """
        check_note(" ".join(note.split()), self._context.rules)

    def post(self, worker_id: UUID, form: WantedForm, actor: Actor) -> JobWanted:
        """Show what a worker offers for 15 days, in the place of an earlier entry.

        Raises:
            Refusal: a field is wrong, or consent was withdrawn.
        """
        context = self._context
        offer = offer_of(form)
        with context.unit_of_work() as uow:
            body = PostWanted(
                wanted_id=context.new_id(),
                worker_id=worker_id,
                offer=offer,
                number=uow.next_number("wanted"),
                valid_until=context.today() + timedelta(days=VALID_DAYS),
            )
            context.perform(uow, body, actor)
            entry = _kept(uow, body.wanted_id)
            uow.commit()
        context.after_commit(body)
        return entry

    def renew(self, wanted_id: UUID, actor: Actor) -> JobWanted:
        """Show an entry for another 15 days from today."""
        until = self._context.today() + timedelta(days=VALID_DAYS)
        return self._change(RenewWanted(wanted_id=wanted_id, valid_until=until), actor)

    def withdraw(self, wanted_id: UUID, actor: Actor) -> JobWanted:
        """Take an entry down at once."""
        return self._change(WithdrawWanted(wanted_id=wanted_id), actor)

    def of_worker(self, worker_id: UUID) -> JobWanted | None:
        """A worker's newest entry that they have not taken down; it may have run out. Read lane."""
        theirs = self._context.read.wanted_of_worker(worker_id)
        return next((each for each in theirs if each.status is WantedStatus.OPEN), None)

    def last_of(self, worker_id: UUID) -> JobWanted | None:
        """A worker's newest entry in any state, to begin the next one with. Read lane."""
        return next(iter(self._context.read.wanted_of_worker(worker_id)), None)

    def is_shown(self, entry: JobWanted) -> bool:
        """Whether employers see an entry today."""
        return is_shown(entry, self._context.today())

    def browse(self, query: WantedQuery, cursor: Cursor | None = None, limit: int = PAGE) -> Page[JobWanted]:
        """A page of entries, newest first. Read lane."""
        return self._context.read.wanted_page(query, self._context.today(), cursor, limit)

    def count(self, query: WantedQuery | None = None) -> int:
        """How many people look for work so. Read lane."""
        return self._context.read.wanted_count(query or WantedQuery(), self._context.today())

    def get(self, wanted_id: UUID) -> JobWanted:
        """One entry. Read lane.

        Raises:
            Refusal: not known here.
        """
        entry = self._context.read.wanted(wanted_id)
        if entry is None:
            raise Refusal("refusal.wanted_unknown")
        return entry

    def invite(self, wanted_id: UUID, listing_id: UUID, actor: Actor) -> Invitation:
        """An employer asks for somebody: the worker is told when next identified, and stands on the call list.

        Raises:
            Refusal: entry or listing is over, asked already, or too many were asked.
        """
        context = self._context
        listing = context.read.listing(listing_id)
        if listing is None:
            raise Refusal("refusal.listing_unknown")
        if listing.status in LIVE and not self._can_be_taken(listing):
            raise Refusal("refusal.listing_closed")
        body = MakeInvitation(
            invitation_id=context.new_id(),
            wanted_id=wanted_id,
            listing_id=listing_id,
            employer_id=listing.employer_id,
        )
        with context.unit_of_work() as uow:
            context.perform(uow, body, actor)
            made = uow.invitation(body.invitation_id)
            assert made is not None, "the transition has just made it"
            uow.commit()
        context.after_commit(body)
        return made

    def answer(self, invitation_id: UUID, answer: InvitationStatus, actor: Actor) -> Invitation:
        """The worker says no, or has applied. Who says yes applies first (``Placements.apply``)."""
        context = self._context
        body = AnswerInvitation(invitation_id=invitation_id, answer=answer)
        with context.unit_of_work() as uow:
            context.perform(uow, body, actor)
            made = uow.invitation(invitation_id)
            assert made is not None, "the transition refuses unknown invitations"
            uow.commit()
        context.after_commit(body)
        return made

    def accepted(self, invitation_id: UUID, actor: Actor) -> None:
        """The worker has applied; whoever has noted an answer meanwhile changes nothing about that."""
        with contextlib.suppress(Refusal):
            self.answer(invitation_id, InvitationStatus.ACCEPTED, actor)

    def hiring(self, employer_id: UUID) -> tuple[Listing, ...]:
        """An employer's listings for which somebody can be asked, newest first. Read lane."""
        theirs = self._context.read.listings_of_employer(employer_id)
        return tuple(each for each in theirs if self._can_be_taken(each) and each.places_left)

    def asked(self, worker_id: UUID) -> tuple[Asked, ...]:
        """Who has asked for a worker and still waits for the answer, newest first. Read lane."""
        read = self._context.read
        found: list[Asked] = []
        for invitation in read.invitations_of_worker(worker_id):
            if invitation.status is not InvitationStatus.OPEN:
                continue
            listing = read.listing(invitation.listing_id)
            if listing is not None and self._waits(listing, worker_id):
                found.append(Asked(invitation=invitation, listing=listing))
        return tuple(found)

    def invited(self, listing_id: UUID) -> tuple[Invitation, ...]:
        """Whom an employer has asked for a listing, and what they said, oldest first. Read lane."""
        return tuple(self._context.read.invitations_to(listing_id))

    def to_call(self) -> tuple[ToCall, ...]:
        """For staff: workers of this kiosk who do not know yet that somebody asks for them. Read lane."""
        read, found = self._context.read, []
        for invitation, worker in read.open_invitations(_CALLS):
            listing = read.listing(invitation.listing_id)
            if listing is not None and self._waits(listing, worker.id):
                found.append(ToCall(invitation=invitation, worker=worker))
        return tuple(found)

    def _can_be_taken(self, listing: Listing) -> bool:
        """Whether a worker can still apply, if only to wait."""
        return is_offered(listing, self._context.now())

    def _waits(self, listing: Listing, worker_id: UUID) -> bool:
        """Whether an invitation still waits for its answer: who has applied by themselves has answered."""
        if not self._can_be_taken(listing):
            return False
        theirs = self._context.read.placements_of_worker(worker_id)
        return not any(each.listing_id == listing.id and each.status in OPEN for each in theirs)

    def _change(self, body: RenewWanted | WithdrawWanted, actor: Actor) -> JobWanted:
        context = self._context
        with context.unit_of_work() as uow:
            context.perform(uow, body, actor)
            entry = _kept(uow, body.wanted_id)
            uow.commit()
        context.after_commit(body)
        return entry


def _kept(uow: UnitOfWork, wanted_id: UUID) -> JobWanted:
    entry = uow.wanted(wanted_id)
    assert entry is not None, "the transition has made it or refuses unknown entries"
    return entry
