"""Use cases of placements: take a place, give it back, what became of it."""

from dataclasses import dataclass, replace
from uuid import UUID

from kiosk.domain import calendar
from kiosk.domain.operations import Actor, Apply, CancelPlacement, MarkPlacement, PromotePlacement
from kiosk.domain.person_operations import Guest
from kiosk.domain.placements import is_past
from kiosk.domain.presence import ids
from kiosk.domain.records import Placement
from kiosk.domain.refusal import Refusal
from kiosk.domain.release import MERGED
from kiosk.domain.values import Claim, PlacementStatus
from kiosk.services import news
from kiosk.services.call_note import CallNote
from kiosk.services.context import Context
from kiosk.services.news import News
from kiosk.services.ports import SlotReserver, UnitOfWork
from kiosk.services.slip_content import VOID, state_of
from kiosk.services.slip_issue import Issued, SlipIssuer
from kiosk.services.visitors import Visitors


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What the worker was promised (confirmed) or told (waitlisted), and the slip that says so."""

    placement: Placement
    slip: Issued

    @property
    def confirmed(self) -> bool:
        """Whether the place is certain."""
        return self.placement.status is PlacementStatus.CONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueSlip:
    """A job slip that says how it stands now; ``new`` when it has just been numbered and is on no paper yet."""

    slip: Issued
    new: bool


class Placements:
    """Bring workers and listings together."""

    def __init__(
        self,
        context: Context,
        slips: SlipIssuer,
        reserver: SlotReserver | None = None,
        visitors: Visitors | None = None,
    ) -> None:
        self._context = context
        self._visitors = visitors or Visitors()
        self._slips = slips
        self._reserver = reserver

    def apply(self, worker_id: UUID, listing_id: UUID, actor: Actor) -> Applied:
        """Take a place from this kiosk's own lease; without one the worker waits, and is told so.

        Before that the city is asked for a place, for at most two seconds, if it knows this kiosk.

        Raises:
            Refusal: the listing is closed, the times overlap, the worker is too young, has applied already …
        """
        applied = self._apply(worker_id, listing_id, actor, may_ask=self._reserver is not None)
        if applied is None and self._reserver is not None:
            # No transaction is open here: nothing else waits while the city is asked.
            self._reserver.reserve(listing_id)
            applied = self._apply(worker_id, listing_id, actor, may_ask=False)
        assert applied is not None, "only a try that may still ask ends without a placement"
        return applied

    def _apply(self, worker_id: UUID, listing_id: UUID, actor: Actor, *, may_ask: bool) -> Applied | None:
        """Apply in one transaction; None, with nothing saved, when the city should be asked for a place first."""
        context = self._context
        with context.unit_of_work() as uow:
            body = Apply(
                placement_id=context.new_id(),
                listing_id=listing_id,
                worker_id=worker_id,
                claim=self._claim(uow, listing_id),
                number=uow.next_number("placement"),
                guest=self._guest(uow, worker_id, listing_id),
            )
            context.perform(uow, body, actor)
            placement = uow.placement(body.placement_id)
            assert placement is not None, "the transition has just made it"
            if (
                may_ask
                and placement.status is PlacementStatus.WAITLISTED
                and self._has_places(uow, listing_id)
            ):
                return None
            slip = self._slips.job_slip(uow, placement, actor)
            uow.commit()
        context.after_commit(body)
        return Applied(placement=placement, slip=slip)

    def cancel(self, placement_id: UUID, reason: str, actor: Actor) -> Placement:
        """The worker cannot come; the one who has waited longest at this kiosk moves up.

        Raises:
            Refusal: the work has begun, or is over.
        """
        self._check_here(placement_id)
        context = self._context
        body = CancelPlacement(placement_id=placement_id, reason=reason)
        with context.unit_of_work() as uow:
            held = uow.placement(placement_id)
            if held is not None and is_past(held, context.now()):
                # Asked here and not by the rule: what another clock allowed the worker, the city leaves so.
                raise Refusal("refusal.over_cannot_cancel")
            context.perform(uow, body, actor)
            placement = uow.placement(placement_id)
            if placement is None:
                raise Refusal("refusal.placement_unknown")
            self.move_up(uow, placement.listing_id, actor)
            uow.commit()
        context.after_commit(body)
        return placement

    def mark(self, placement_id: UUID, status: PlacementStatus, reason: str, actor: Actor) -> Placement:
        """Arrived, completed, paid, unpaid or no-show."""
        return self._mark(MarkPlacement(placement_id=placement_id, status=status, reason=reason), actor)

    def take_back(
        self, placement_id: UUID, mark: PlacementStatus, before: PlacementStatus, actor: Actor
    ) -> Placement:
        """The last mark was a mistake: it stands as ``before`` again.

        Raises:
            Refusal: it is not marked so any more, or nothing leads back from there (``refusal.cannot_take_back``).
        """
        body = MarkPlacement(placement_id=placement_id, status=before, instead_of=mark)
        return self._mark(body, actor)

    def _mark(self, body: MarkPlacement, actor: Actor) -> Placement:
        self._check_here(body.placement_id)
        context = self._context
        with context.unit_of_work() as uow:
            context.perform(uow, body, actor)
            placement = uow.placement(body.placement_id)
            if placement is None:
                raise Refusal("refusal.placement_unknown")
            if body.status is PlacementStatus.NO_SHOW:
                self.move_up(uow, placement.listing_id, actor)
            uow.commit()
        context.after_commit(body)
        return placement

    def true_slip(self, placement_id: UUID, actor: Actor) -> TrueSlip:
        """The job slip that says how it stands now: the one issued last, or a new one when that has become wrong.

        A worker who waited and has got the place since must not walk about with 候补 on paper; who lost it has no
        slip any more.

        Raises:
            Refusal: not known here; or over without work, or behind (``refusal.slip_void``).
        """
        self._check_here(placement_id)
        context = self._context
        placement = self.get(placement_id)
        if placement.reason == MERGED and placement.status is PlacementStatus.CANCELLED:
            placement = news.keeper(context.read, placement) or placement
            placement_id = placement.id
        wanted = state_of(placement.status)
        if wanted == VOID or is_past(placement, context.now()):
            raise Refusal("refusal.slip_void")
        job = news.job_slip(context.read, placement_id)
        believed = news.paper(context.read, placement_id)
        if job is not None and believed is not None and job.content.state == believed.state == wanted:
            found = Issued(slip_id=job.slip_id, number=job.content.number, content=job.content)
            return TrueSlip(slip=found, new=False)
        with context.unit_of_work() as uow:
            slip = self._slips.job_slip(uow, placement, actor)
            uow.commit()
        context.signals.committed(("slip.issue/1",))
        return TrueSlip(slip=slip, new=True)

    def news_for(self, worker_id: UUID) -> tuple[News, ...]:
        """What the worker has not been told here yet, good news first. Read lane."""
        context, visitor = self._context, self._visitors.get(worker_id)
        also = tuple(ids(visitor.worker)) if visitor is not None else ()
        return news.news_for(context.read, worker_id, context.now(), also)

    def told(self, each: News, worker_id: UUID) -> None:
        """The worker has read this at the screen; where there is no true slip, the one they hold is void."""
        context, placement_id = self._context, each.placement_id
        slip = news.job_slip(context.read, placement_id) if each.ends_old_slip else None
        with context.unit_of_work() as uow:
            uow.put_call_note(self._read_here(each, worker_id))
            # Read once more inside the transaction: a print may have settled meanwhile.
            job = uow.job(slip.slip_id) if slip is not None else None
            if job is not None:
                uow.put_job(replace(job, content=replace(job.content, state=VOID)))
            uow.commit()

    def _read_here(self, each: News, worker_id: UUID) -> CallNote:
        """What is known of telephoning about the same news stays beside it."""
        context = self._context
        for note in context.read.call_notes():
            if (note.placement_id, note.news) == (each.placement_id, each.kind):
                return replace(note, on_screen=True)
        return CallNote(
            placement_id=each.placement_id,
            worker_id=worker_id,
            news=each.kind,
            tries=0,
            told_at=None,
            last_at=context.now(),
            staff_id=None,
            on_screen=True,
        )

    def of_worker(self, worker_id: UUID) -> tuple[Placement, ...]:
        """A worker's placements, newest first. Read lane."""
        here = self._context.read.placements_of_worker(worker_id)
        visitor = self._visitors.get(worker_id)
        if visitor is None:
            return tuple(here)
        known = {each.id for each in here}  # made here, and newer than what the city showed
        elsewhere = [each for each in visitor.placements if each.id not in known]
        return tuple(sorted([*here, *elsewhere], key=lambda each: each.id, reverse=True))

    def get(self, placement_id: UUID) -> Placement:
        """One placement. Read lane.

        Raises:
            Refusal: not known here.
        """
        placement = self._context.read.placement(placement_id) or self._visitors.placement(placement_id)
        if placement is None:
            raise Refusal("refusal.placement_unknown")
        return placement

    def _guest(self, uow: UnitOfWork, worker_id: UUID, listing_id: UUID) -> Guest | None:
        """What the application has to say of a worker whose record is not here.

        What the city has shown of the person's work elsewhere counts also where the record has come since.

        Raises:
            Refusal: what the visitor does elsewhere stands against it.
        """
        visitor, listing = self._visitors.get(worker_id), uow.listing(listing_id)
        if visitor is None or listing is None:
            return None
        known = [uow.placement(each.id) or each for each in visitor.placements]
        replace(visitor, placements=tuple(known)).check(listing, self._context.now())
        return visitor.as_guest() if uow.worker(worker_id) is None else None

    def _check_here(self, placement_id: UUID) -> None:
        """Refuse what only the visitor's own kiosk, or the one that made the placement, may do."""
        away = self._visitors.placement(placement_id) is not None
        if away and self._context.read.placement(placement_id) is None:
            raise Refusal("refusal.other_kiosk")

    @staticmethod
    def _has_places(uow: UnitOfWork, listing_id: UUID) -> bool:
        """Whether anybody may still have a place: for a listing that is full there is no use in asking."""
        listing = uow.listing(listing_id)
        return listing is not None and listing.places_left > 0

    def _claim(self, uow: UnitOfWork, listing_id: UUID) -> Claim:
        lease = uow.lease(listing_id, self._context.kiosk)
        return Claim.LEASE if lease is not None and lease.free > 0 else Claim.NONE

    def move_up(self, uow: UnitOfWork, listing_id: UUID, actor: Actor) -> None:
        """A place came back to this kiosk's lease: the longest waiting gets it now, and is told when next seen."""
        if self._claim(uow, listing_id) is Claim.NONE:
            return
        listing = uow.listing(listing_id)
        if listing is None or calendar.local_minute(self._context.now()) >= calendar.closes(listing.terms):
            return  # nobody is promised work that is over
        for waiting in uow.waiting_for(listing_id):
            try:
                self._context.perform(
                    uow, PromotePlacement(placement_id=waiting.id, claim=Claim.LEASE), actor
                )
            except Refusal:
                continue  # meanwhile closed, or their day is taken: the next one is asked
            return
