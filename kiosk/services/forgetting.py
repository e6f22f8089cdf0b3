"""Night work: people who have withdrawn are erased as soon as the law lets go of them, old entries and pictures too.

What is erased when is said in docs/operations.md and, in one sentence, on the page where consent is withdrawn.
"""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from kiosk.domain.operations import Actor, ForgetWorker, WithdrawWanted
from kiosk.domain.presence import ids
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import ActorKind
from kiosk.domain.wanted import KEPT_DAYS
from kiosk.services.context import Context
from kiosk.services.ports import UnitOfWork
from kiosk.services.slip_content import VOID, SlipContent

STATION = Actor(kind=ActorKind.STATION)
#: Slips can be printed again so long; then only their number and token are kept. Worker cards stay.
SLIPS_KEPT = timedelta(days=90)
BATCH = 200


class Forgetting:
    """Erases; each person in a transaction of their own."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def run(self) -> int:
        """Erase whom the rules let go today; how many. Database lane."""
        done, after = 0, None
        while True:
            ids = self._context.read.withdrawn_workers(after, BATCH)
            done += sum(self._forget(worker_id) for worker_id in ids)
            if len(ids) < BATCH:
                break
            after = ids[-1]
        self._withdraw_lapsed()
        self._drop_slips()
        return done

    def _withdraw_lapsed(self) -> None:
        """Job-wanted entries that nobody has renewed for long: who it was and what they wrote goes."""
        context = self._context
        before = context.today() - timedelta(days=KEPT_DAYS)
        while ids := context.read.lapsed_entries(before, BATCH):
            with context.unit_of_work() as uow:
                for wanted_id in ids:
                    context.perform(uow, WithdrawWanted(wanted_id=wanted_id), STATION)
                uow.commit()
            context.after_commit()

    def _forget(self, worker_id: UUID) -> bool:
        context = self._context
        body = ForgetWorker(worker_id=worker_id)
        with context.unit_of_work() as uow:
            try:
                changed = context.perform(uow, body, STATION)
            except Refusal:
                return False  # the record of their work has to be kept for now
            worker = uow.worker(worker_id)
            former = ids(worker) if worker is not None else (worker_id,)
            for subject in (*former, *(each.id for each in uow.placements_of_worker(former[0]))):
                self._blank_slips(uow, subject)
            uow.commit()
        context.after_commit(body)
        return bool(changed)

    def _blank_slips(self, uow: UnitOfWork, subject_id: UUID) -> None:
        """The pictures of their slips: number and kind stay, the words go."""
        for job in self._context.read.slip_jobs(subject_id):
            old = job.content
            bare = SlipContent(kind=old.kind, number=old.number, language=old.language, state=VOID)
            uow.put_job(replace(job, content=bare))

    def _drop_slips(self) -> None:
        """Hire sheets name everybody who came: nothing of the kind lies about for ever."""
        before = self._context.now() - SLIPS_KEPT
        while True:
            with self._context.unit_of_work() as uow:
                dropped = uow.drop_jobs(before, BATCH)
                uow.commit()
            if dropped < BATCH:
                return
