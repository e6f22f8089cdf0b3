"""Slips on their way to paper: saved before, settled after, never silently printed twice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from kiosk.domain.placements import is_past
from kiosk.domain.presence import ids
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import SlipKind
from kiosk.services.context import Context
from kiosk.services.faults import DeviceFault
from kiosk.services.ports import PressResult, PrintState, SlipJob, SlipPress, UnitOfWork
from kiosk.services.slip_content import VOID, SlipContent, state_of

#: Copies of one slip that a person can have without staff, the first print included.
QUOTA = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What became of a print: ``printed`` only if the printer said so. ``left``: copies one can still have alone."""

    state: PrintState
    fault: DeviceFault | None
    left: int = 0


class Printing:
    """Prints queued slips and reprints them. Outside lane; every state change is its own short transaction."""

    def __init__(self, context: Context, press: SlipPress) -> None:
        self._context = context
        self._press = press

    def preview(self, content: SlipContent) -> bytes:
        """PNG bytes of a slip for the screen."""
        return self._press.preview(content)

    def print_slip(self, slip_id: UUID, *, reprint: bool = False, by_staff: bool = False) -> Printed:
        """Print a slip that was numbered before.

        A slip whose state is unknown (the line dropped while it printed) may be on paper already: what comes out next
        is marked as a reprint.

        Raises:
            Refusal: unknown or void slip, one that is not true any more, printed already (ask for a reprint), or the
                quota is used up.
        """
        job = self._start(slip_id, reprint=reprint, by_staff=by_staff)
        result = self._press.print(job)
        copies = self._settle(job, result)
        return Printed(state=result.state, fault=result.fault, left=max(0, QUOTA - copies))

    def left(self, slip_id: UUID) -> int:
        """Copies of a slip that a person can still have without staff. Database lane."""
        with self._context.unit_of_work() as uow:
            job = uow.job(slip_id)
        return max(0, QUOTA - job.copies) if job is not None else 0

    def of(self, subject_id: UUID) -> Sequence[SlipJob]:
        """Slips about a record, newest first; a person's also from a registration that was merged. Read lane."""
        read = self._context.read
        worker = read.worker(subject_id)
        about = ids(worker) if worker is not None else (subject_id,)
        found = [job for each in about for job in read.slip_jobs(each)]
        return sorted(found, key=lambda job: job.slip_id, reverse=True)

    def _start(self, slip_id: UUID, *, reprint: bool, by_staff: bool) -> SlipJob:
        with self._context.unit_of_work() as uow:
            job = uow.job(slip_id)
            if job is None:
                raise Refusal("refusal.slip_unknown")
            if job.content.state == VOID:
                raise Refusal("refusal.slip_void")
            _check_true(job, uow, self._context.now())
            if job.state is PrintState.PRINTED and not reprint:
                raise Refusal("refusal.slip_printed")
            if job.copies >= QUOTA and not by_staff:
                raise Refusal("refusal.reprint_quota", None, limit=QUOTA)
            seen = job.copies > 0 or job.state in {PrintState.PRINTING, PrintState.UNKNOWN}
            copy = max(job.copies, 1) if seen else 0
            job = replace(job, state=PrintState.PRINTING, content=replace(job.content, copy=copy))
            uow.put_job(job)
            uow.commit()
        return job

    def _settle(self, job: SlipJob, result: PressResult) -> int:
        came_out = result.state is PrintState.PRINTED
        copies = job.copies + came_out
        with self._context.unit_of_work() as uow:
            uow.put_job(replace(job, state=result.state, copies=copies))
            uow.commit()
        return copies


def _check_true(job: SlipJob, uow: UnitOfWork, now: datetime) -> None:
    """Refuse paper that would say what is not so: asked in the transaction that begins the print.

    Raises:
        Refusal: slip_void (cancelled, lost, refused by the city), slip_changed (another slip would be true), slip_past
            (what it promises lies behind), or slip_withdrawn (the card of somebody who is registered no more).
    """
    if job.content.kind == SlipKind.JOB_SLIP:
        placement = uow.placement(job.subject_id)
        state = state_of(placement.status) if placement is not None else VOID
        if placement is None or state == VOID:
            raise Refusal("refusal.slip_void")
        if is_past(placement, now):
            raise Refusal("refusal.slip_past")
        if state != job.content.state:
            raise Refusal("refusal.slip_changed")
    elif job.content.kind == SlipKind.WORKER_CARD:
        worker = uow.worker(job.subject_id)
        if worker is not None and worker.consent.withdrawn_at is not None:
            raise Refusal("refusal.slip_withdrawn")
