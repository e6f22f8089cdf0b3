"""One transaction of a use case: records, outbox, print jobs and audit, saved together or not at all."""

from collections.abc import Sequence
from datetime import datetime
from types import TracebackType
from typing import Final, Self
from uuid import UUID

from kiosk.domain.operations import Operation, subjects
from kiosk.domain.records import CentralSlots, Employer, Record, Worker
from kiosk.protocol.codec import decode, encode
from kiosk.services.call_note import CallNote
from kiosk.services.ports import AuditEntry, Clock, SlipJob, StaffMember
from kiosk.services.saved_draft import SavedDraft
from kiosk.storage import aside, calls, faults, outbox_rows, schema, traces
from kiosk.storage import statements as make
from kiosk.storage.engine import Database, roll_back
from kiosk.storage.market import Market
from kiosk.storage.present import Present
from kiosk.storage.rows import Key, key_of, micros
from kiosk.storage.tokens import Folder
from kiosk.storage.vocabulary import Vocabulary

_WORKER_PHONE: Final = "SELECT id FROM worker WHERE phone = ? AND withdrawn = 0 ORDER BY id DESC"
_WORKER_LOOKUP: Final = "SELECT id FROM worker WHERE lookup = ? ORDER BY withdrawn, id DESC LIMIT 1"
_EMPLOYER_PHONE: Final = "SELECT id FROM employer WHERE phone = ? ORDER BY id DESC"
_EMPLOYER_CODE: Final = "SELECT id FROM employer WHERE credit_code = ? ORDER BY id LIMIT 1"
_STAFF_BADGE: Final = "SELECT body FROM staff WHERE badge = ? AND badge != '' ORDER BY active DESC LIMIT 1"
_STAFF_NUMBER: Final = "SELECT body FROM staff WHERE number = ?"
_PUT_STAFF: Final = make.put(schema.staff)
_PUT_JOB: Final = make.put(schema.slip_job)
_JOB: Final = make.select_by_key(schema.slip_job, "body")
_DROP_JOBS: Final = (
    "DELETE FROM slip_job WHERE slip_id IN (SELECT slip_id FROM slip_job WHERE queued_at < ? "
    "AND json_extract(CAST(body AS TEXT), '$.content.kind') != 'worker_card' LIMIT ?)"
)
_AUDIT: Final = "INSERT INTO audit (at, actor, action, entity, entity_id) VALUES (?, ?, ?, ?, ?)"
_SETTING: Final = make.select_by_key(schema.setting, "value")
_PUT_SETTING: Final = make.put(schema.setting)
_DELETE_SETTING: Final = make.delete(schema.setting)
_PUT_DRAFT: Final = make.put(schema.draft)
_DRAFT: Final = make.select_by_key(schema.draft, "body")
_DRAFTS: Final = "SELECT body FROM draft ORDER BY number"
_BLANK_DRAFT: Final = "UPDATE draft SET body = zeroblob(length(body)) WHERE number = ?"
_DROP_DRAFT: Final = make.delete(schema.draft)
_MICRO: Final = 1_000_000


class SqlUnitOfWork(Present):
    """Implements ``kiosk.services.ports.UnitOfWork``. Used once, by the thread that entered it."""

    def __init__(
        self, database: Database, vocabulary: Vocabulary, folder: Folder, clock: Clock, boot_id: str
    ) -> None:
        self._database = database
        self._words = vocabulary, folder
        self._clock = clock
        self._boot_id = boot_id
        self._before: dict[Key, bytes | None] = {}

    def __enter__(self) -> Self:
        """Begin; waits for its turn to write.

        Raises:
            StorageFault: the file cannot be written.
        """
        self._database.require_room()
        with self._database.watched():
            connection = self._database.take_turn()
            try:
                super().__init__(connection, Market(connection, *self._words))
                connection.execute("BEGIN IMMEDIATE")
            except BaseException:
                self._database.end_turn()
                raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Roll back what was not committed. A driver's error leaves as the fault it means."""
        try:
            roll_back(self._connection)
        finally:
            self.forget()
            self._before.clear()
            self._database.end_turn()
        if error is not None:
            fault = faults.fault_of(error)
            if fault is not None:
                self._database.note(fault)
                raise fault from error

    def commit(self) -> None:
        """See ``UnitOfWork``."""
        with self._database.watched():
            self._connection.execute("COMMIT")
        self._before.clear()

    def put(self, record: Record) -> None:
        """See ``UnitOfWork``."""
        if isinstance(record, CentralSlots):
            return
        key = key_of(record)
        self._before.setdefault(key, self.raw(key))
        self.save(record)

    def append(self, op: Operation) -> int:
        """See ``UnitOfWork``. What was put since the last append counts as this operation's work."""
        op_seq = self.next_number(outbox_rows.SERIES)
        main = subjects(op.body)[0]
        self._connection.execute(
            outbox_rows.APPEND,
            (
                op_seq,
                op.op_id.bytes,
                op.kind,
                main.entity,
                main.id.bytes,
                encode(op),
                traces.pack(traces.of(op.body, self._before)),
                micros(op.at),
                int(self._clock.monotonic() * _MICRO),
                self._boot_id,
                outbox_rows.OpState.UNSENT,
                None,
                None,
                None,
                None,
            ),
        )
        self._before.clear()
        return op_seq

    def next_number(self, series: str) -> int:
        """See ``UnitOfWork``."""
        number: int = self._connection.execute(outbox_rows.NEXT_NUMBER, (series,)).fetchone()[0]
        return number

    def worker_by_phone(self, phone: str) -> Sequence[Worker]:
        """See ``UnitOfWork``; newest first."""
        found = (self.worker(UUID(bytes=row_id)) for row_id in self._ids(_WORKER_PHONE, phone))
        return [worker for worker in found if worker is not None]

    def worker_by_identity(self, lookup: str) -> Worker | None:
        """See ``UnitOfWork``; one with consent before one without."""
        return next((self.worker(UUID(bytes=row_id)) for row_id in self._ids(_WORKER_LOOKUP, lookup)), None)

    def employer_by_phone(self, phone: str) -> Sequence[Employer]:
        """See ``UnitOfWork``."""
        found = (self.employer(UUID(bytes=row_id)) for row_id in self._ids(_EMPLOYER_PHONE, phone))
        return [employer for employer in found if employer is not None]

    def employer_by_credit_code(self, code: str) -> Employer | None:
        """See ``UnitOfWork``."""
        return next((self.employer(UUID(bytes=row_id)) for row_id in self._ids(_EMPLOYER_CODE, code)), None)

    def _ids(self, sql: str, value: str) -> list[bytes]:
        return [bytes(row[0]) for row in self._connection.execute(sql, (value,)).fetchall()]

    def staff_by_badge(self, badge: str) -> StaffMember | None:
        """See ``UnitOfWork``."""
        row = self._connection.execute(_STAFF_BADGE, (badge,)).fetchone()
        return None if row is None else decode(StaffMember, row[0])

    def staff_by_number(self, number: int) -> StaffMember | None:
        """See ``UnitOfWork``."""
        row = self._connection.execute(_STAFF_NUMBER, (number,)).fetchone()
        return None if row is None else decode(StaffMember, row[0])

    def put_staff(self, member: StaffMember) -> None:
        """See ``UnitOfWork``."""
        row = (member.id.bytes, member.number, member.badge, int(member.active), encode(member))
        self._connection.execute(_PUT_STAFF, row)

    def put_call_note(self, note: CallNote) -> None:
        """See ``UnitOfWork``."""
        calls.put_call_note(self._connection, note)

    def put_job(self, job: SlipJob) -> None:
        """See ``UnitOfWork``."""
        row = (job.slip_id.bytes, job.subject_id.bytes, job.state, micros(job.queued_at), encode(job))
        self._connection.execute(_PUT_JOB, row)

    def drop_jobs(self, before: datetime, limit: int) -> int:
        """See ``UnitOfWork``."""
        return int(self._connection.execute(_DROP_JOBS, (micros(before), limit)).rowcount)

    def job(self, slip_id: UUID) -> SlipJob | None:
        """See ``UnitOfWork``."""
        row = self._connection.execute(_JOB, (slip_id.bytes,)).fetchone()
        return None if row is None else decode(SlipJob, row[0])

    def put_draft(self, draft: SavedDraft) -> None:
        """See ``UnitOfWork``."""
        self._connection.execute(_PUT_DRAFT, (draft.number, encode(draft)))

    def draft(self, number: int) -> SavedDraft | None:
        """See ``UnitOfWork``."""
        row = self._connection.execute(_DRAFT, (number,)).fetchone()
        return None if row is None else decode(SavedDraft, row[0])

    def drafts(self) -> Sequence[SavedDraft]:
        """See ``UnitOfWork``."""
        rows = self._connection.execute(_DRAFTS).fetchall()
        return [decode(SavedDraft, row[0]) for row in rows]

    def drop_draft(self, number: int) -> None:
        """See ``UnitOfWork``. Overwritten first: a page that is only set free keeps what stood on it."""
        self._connection.execute(_BLANK_DRAFT, (number,))
        self._connection.execute(_DROP_DRAFT, (number,))

    def audit(self, entry: AuditEntry) -> None:
        """See ``UnitOfWork``."""
        entity_id = entry.entity_id.bytes if entry.entity_id is not None else None
        self._connection.execute(
            _AUDIT, (micros(entry.at), entry.actor, entry.action, entry.entity, entity_id)
        )

    def setting(self, name: str) -> bytes | None:
        """See ``UnitOfWork``."""
        row = self._connection.execute(_SETTING, (name,)).fetchone()
        return None if row is None else bytes(row[0])

    def decide_aside(self, op_id: UUID, action: str, reason: str, by: str) -> None:
        """See ``UnitOfWork``."""
        aside.decide(self._connection, op_id, action, reason, by)

    def put_setting(self, name: str, value: bytes | None) -> None:
        """See ``UnitOfWork``."""
        if value is None:
            self._connection.execute(_DELETE_SETTING, (name,))
        else:
            self._connection.execute(_PUT_SETTING, (name, value))
