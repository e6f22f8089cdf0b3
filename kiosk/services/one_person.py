"""Use cases about people who are known at several kiosks: one of two registrations, and being remembered here."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kiosk.domain.operations import Actor, Body
from kiosk.domain.person_operations import LeaveKiosk, MergeWorkers, RememberWorker
from kiosk.domain.presence import homes
from kiosk.domain.records import Lease, Placement, Worker
from kiosk.domain.refusal import Refusal
from kiosk.services.context import Context
from kiosk.services.placements import Placements
from kiosk.services.visitors import Visitors

#: Version of the texts that a person agrees to (``twice.*`` and ``remember.*`` in the catalogues).
TEXT_VERSION = "2026-11"
MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two registrations, as staff compare them."""

    worker: Worker
    placements: tuple[Placement, ...]


class OnePerson:
    """Two registrations become one; a kiosk remembers a visitor who wishes it."""

    def __init__(self, context: Context, placements: Placements, visitors: Visitors) -> None:
        self._context = context
        self._placements = placements
        self._visitors = visitors

    def doubles(self) -> Sequence[tuple[Worker, Worker]]:
        """Who may be registered here twice, the earlier registration first. Read lane."""
        return self._context.read.doubles(MOST)

    def sides(self, one: UUID, other: UUID) -> tuple[Side, Side]:
        """Both registrations with their work. Read lane.

        Raises:
            Refusal: one of them is not known here, or they are one already.
        """
        read = self._context.read
        first, second = read.worker(one), read.worker(other)
        if first is None or second is None:
            raise Refusal("refusal.worker_unknown")
        if first.id == second.id:
            raise Refusal("refusal.merge_itself")
        return (
            Side(worker=first, placements=tuple(read.placements_of_worker(first.id))),
            Side(worker=second, placements=tuple(read.placements_of_worker(second.id))),
        )

    def registered_here(self, visitor_id: UUID) -> Worker | None:
        """The registration at this kiosk of a visitor from another one: same phone, same name. Database lane."""
        visitor = self._visitors.get(visitor_id)
        if visitor is None:
            return None
        with self._context.unit_of_work() as uow:
            if uow.worker(visitor_id) is not None:
                return None
            found = uow.worker_by_phone(visitor.worker.phone)
        return next((each for each in found if each.name == visitor.worker.name), None)

    def merge(self, old_id: UUID, new_id: UUID, actor: Actor) -> Worker:
        """The person has said, before staff or at the screen, that both are they; the second one stands for both.

        Who has waited longest gets a place that becomes free by it. Database lane.

        Raises:
            Refusal: two people, unknown, or not the same name and phone where nobody of the staff looks on.
        """
        context = self._context
        with context.unit_of_work() as uow:
            old, new = uow.worker(old_id), uow.worker(new_id)
            if new is None:
                raise Refusal("refusal.worker_unknown")
            visitor = self._visitors.get(old_id) if old is None else None
            withdrawn = [each for each in (old, new) if each and each.consent.withdrawn_at is not None]
            if withdrawn:
                raise Refusal("refusal.merge_withdrawn")
            body = MergeWorkers(
                new_id=new_id,
                old_id=old_id,
                guest=visitor.as_guest() if visitor is not None else None,
                agreed=TEXT_VERSION,
            )
            for record in context.perform(uow, body, actor):
                if isinstance(record, Lease):
                    self._placements.move_up(uow, record.listing_id, actor)
            one = uow.worker(new_id)
            assert one is not None, "it was there before"
            uow.commit()
        context.after_commit(body)
        return one

    def may_be_remembered(self, worker_id: UUID) -> bool:
        """Whether it is a visitor, of whom nothing stays here after the visit. Any lane."""
        return self._visitors.get(worker_id) is not None and self._context.read.worker(worker_id) is None

    def is_remembered(self, worker: Worker) -> bool:
        """Whether this kiosk knows the worker only because they wished it."""
        return any(each.kiosk == self._context.kiosk and each.id is None for each in worker.also)

    def is_away(self, worker: Worker) -> bool:
        """Whether another kiosk is the worker's only one."""
        return self._context.kiosk not in homes(worker)

    def remember(self, worker_id: UUID, actor: Actor) -> None:
        """The visitor wishes to be known here: the city is asked to show this kiosk their record. Database lane.

        Raises:
            Refusal: nobody has shown a slip.
        """
        if self._visitors.get(worker_id) is None:
            raise Refusal("refusal.worker_unknown")
        self._do(RememberWorker(worker_id=worker_id, agreed=TEXT_VERSION), actor)

    def leave(self, worker_id: UUID, actor: Actor) -> None:
        """The worker wishes to be known here no more; what they did here stays. Database lane."""
        self._do(LeaveKiosk(worker_id=worker_id), actor)

    def _do(self, body: Body, actor: Actor) -> None:
        with self._context.unit_of_work() as uow:
            self._context.perform(uow, body, actor)
            uow.commit()
        self._context.after_commit(body)
