"""One transaction of a use case, and what is kept beside the records."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self
from uuid import UUID

from kiosk.domain.operations import Operation
from kiosk.domain.records import (
    Employer,
    Record,
    Worker,
)
from kiosk.domain.state import Records
from kiosk.services.call_note import CallNote
from kiosk.services.saved_draft import SavedDraft
from kiosk.services.slip_content import SlipContent


class PrintState(StrEnum):
    """Where a slip's paper is. Only the printer's own word makes it ``printed``."""

    QUEUED = "queued"
    PRINTING = "printing"
    PRINTED = "printed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipJob:
    """A slip on its way to paper. ``content`` says what was true at issue; ``copies`` counts prints that came out."""

    slip_id: UUID
    subject_id: UUID
    content: SlipContent
    state: PrintState
    copies: int
    queued_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """Somebody who may sign in. ``secret`` is a salted scrypt hash of the PIN, never the PIN."""

    id: UUID
    name: str
    number: int
    secret: bytes
    badge: str
    created_at: datetime
    active: bool = True
    failed_tries: int = 0
    locked_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Who did what to which record; never what it says."""

    at: datetime
    actor: str
    action: str
    entity: str
    entity_id: UUID | None


class UnitOfWork(Records, Protocol):
    """One transaction: reads of the records, saves, the outbox; rolled back unless ``commit`` was called."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def commit(self) -> None:
        """Make everything durable, or raise a DeviceFault (disk full, file damaged) with nothing saved."""

    def put(self, record: Record) -> None:
        """Insert or replace by id. CentralSlots are the city's affair and are ignored here."""

    def append(self, op: Operation) -> int:
        """Append to the outbox; returns its op_seq (1, 2, 3 … without gaps)."""

    def next_number(self, series: str) -> int:
        """The next number of a series (``worker``, ``listing``, ``slip`` …), from 1; rolled back with the rest."""

    def worker_by_phone(self, phone: str) -> Sequence[Worker]:
        """Workers of this kiosk with that phone (11 digits), consent not withdrawn."""

    def worker_by_identity(self, lookup: str) -> Worker | None:
        """The worker whose ID number has that keyed hash."""

    def employer_by_phone(self, phone: str) -> Sequence[Employer]:
        """Employers with that phone, newest first."""

    def employer_by_credit_code(self, code: str) -> Employer | None:
        """The organisation with that Unified Social Credit Code."""

    def staff_by_badge(self, badge: str) -> StaffMember | None:
        """Staff member by the code on the badge."""

    def staff_by_number(self, number: int) -> StaffMember | None:
        """Staff member by staff number."""

    def put_staff(self, member: StaffMember) -> None:
        """Insert or replace a staff member."""

    def put_call_note(self, note: CallNote) -> None:
        """Insert or replace what became of telephoning about a placement."""

    def put_job(self, job: SlipJob) -> None:
        """Insert or replace a slip job."""

    def drop_jobs(self, before: datetime, limit: int) -> int:
        """Delete slip jobs that were queued before then, except worker cards; how many."""

    def job(self, slip_id: UUID) -> SlipJob | None:
        """The slip job, or None."""

    def put_draft(self, draft: SavedDraft) -> None:
        """Insert or replace a saved draft."""

    def draft(self, number: int) -> SavedDraft | None:
        """The saved draft of that number, or None."""

    def drafts(self) -> Sequence[SavedDraft]:
        """All saved drafts, also those that are too old."""

    def drop_draft(self, number: int) -> None:
        """Remove a saved draft for good."""

    def audit(self, entry: AuditEntry) -> None:
        """Append to the audit trail."""

    def setting(self, name: str) -> bytes | None:
        """A value of the station's own settings, or None."""

    def decide_aside(self, op_id: UUID, action: str, reason: str, by: str) -> None:
        """Keep what staff decided (``retry``, ``discard``) about an operation set aside until the city has heard."""

    def put_setting(self, name: str, value: bytes | None) -> None:
        """Set or remove a value of the station's settings."""


UnitOfWorkFactory = Callable[[], UnitOfWork]
