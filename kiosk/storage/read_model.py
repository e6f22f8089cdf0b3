"""Read-only lists for the screens, on connections of their own: they never wait for a writer."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Final, TypeVar
from uuid import UUID

from kiosk.domain.calendar import local_minute
from kiosk.domain.operations import KINDS, Apply
from kiosk.domain.presence import ids
from kiosk.domain.records import Employer, Invitation, JobWanted, Listing, Placement, Slip, Worker
from kiosk.domain.values import EmployerKind, ListingStatus
from kiosk.protocol.codec import decode, decode_operation
from kiosk.services.call_note import CallNote
from kiosk.services.ports import (
    AsideOp,
    Cursor,
    HeldPlaces,
    ListingQuery,
    Page,
    SlipJob,
    StaffMember,
    SyncCounts,
    WantedQuery,
)
from kiosk.storage import (
    aliases,
    aside,
    calls,
    held_places,
    listing_search,
    meta,
    outbox_rows,
    people_search,
    wanted_list,
)
from kiosk.storage.connection import Connection
from kiosk.storage.engine import Database
from kiosk.storage.faults import translated
from kiosk.storage.kept import Kept
from kiosk.storage.rows import instant
from kiosk.storage.tokens import Folder

#: Minutes for which a count is kept: hours of work end on the five minutes.
COUNTED_EVERY: Final = 5
_ID_BYTES: Final = 16
_FIRST_ID: Final = b""
_LAST_ID: Final = b"\xff" * (_ID_BYTES + 1)
#: The index knows the last bytes of an employer's id.
_OF_EMPLOYER: Final = (
    "SELECT body FROM listing WHERE substr(employer_id, 13) = substr(?, 13) AND employer_id = ? "
    "ORDER BY id DESC LIMIT 50"
)
_OF_WORKER: Final = "SELECT body FROM placement WHERE worker_id = ? ORDER BY id DESC"
_OF_LISTING: Final = (
    "SELECT body FROM placement WHERE listing_id = ? ORDER BY CASE status "
    "WHEN 'waitlisted' THEN 1 WHEN 'cancelled' THEN 2 WHEN 'declined' THEN 2 WHEN 'no_show' THEN 2 ELSE 0 END, "
    "applied_at, id"
)
_PENDING: Final = "SELECT id, body FROM listing WHERE status = 'pending' AND id > ? ORDER BY id LIMIT ?"
#: Without an index: the newest of a status that many have, or a look through all.
_NEWEST: Final = "SELECT id, body FROM listing WHERE status = ? AND id < ? ORDER BY id DESC LIMIT ?"
_OF_KIND: Final = "SELECT body FROM employer WHERE kind = ? ORDER BY id DESC LIMIT ?"
#: An entry of another kiosk names no worker; one that is withdrawn is filed under nothing.
_LAPSED: Final = (
    "SELECT id FROM wanted WHERE worker_id IS NOT NULL "
    "AND filters <> '[]' AND until_day < ? ORDER BY id LIMIT ?"
)
_WANTED_OF: Final = "SELECT body FROM wanted WHERE worker_id = ? ORDER BY id DESC"
_INVITED_WORKER: Final = (
    "SELECT invitation.body FROM wanted JOIN invitation ON invitation.wanted_id = wanted.id "
    "WHERE wanted.worker_id = ? ORDER BY invitation.id DESC"
)
_INVITED_TO: Final = "SELECT body FROM invitation WHERE listing_id = ? ORDER BY id"
_UNANSWERED: Final = (
    "SELECT invitation.body, worker.body FROM invitation JOIN wanted ON wanted.id = invitation.wanted_id "
    "JOIN worker ON worker.id = wanted.worker_id WHERE invitation.status = 'open' AND worker.withdrawn = 0 "
    "ORDER BY invitation.id LIMIT ?"
)
_WITHDRAWN: Final = "SELECT id FROM worker WHERE withdrawn = 1 AND name != '' AND id > ? ORDER BY id LIMIT ?"
_BUSY: Final = (
    "SELECT worker_id FROM placement WHERE status IN ('confirmed', 'arrived') "
    "AND worker_id IN (SELECT id FROM worker) GROUP BY worker_id HAVING count(*) > 1 ORDER BY worker_id"
)
_JOBS: Final = "SELECT body FROM slip_job WHERE subject_id = ? ORDER BY slip_id DESC"
_SLIPS: Final = "SELECT body FROM slip WHERE subject_id = ? ORDER BY id DESC"
_STAFF_MEMBERS: Final = "SELECT body FROM staff ORDER BY number"
_STAFF: Final = "SELECT count(*) FROM staff WHERE active = 1"
_SETTING: Final = "SELECT value FROM setting WHERE name = ?"

_Record = TypeVar("_Record")


class SqlReadModel:
    """Implements ``kiosk.services.ports.ReadModel``. May be used by several threads at once."""

    def __init__(self, database: Database, folder: Folder) -> None:
        self._database = database
        self._folder = folder
        self._counted: Kept[int, Mapping[str, int]] = Kept(database)
        self._paid: Kept[tuple[str, date], tuple[int, int, int] | None] = Kept(database)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with translated(), self._database.reader() as connection:
            yield connection

    def _one(self, kind: type[_Record], table: str, row_id: UUID) -> _Record | None:
        with self._reading() as connection:
            sql = f"SELECT body FROM {table} WHERE id = ?"  # noqa: S608 - the table's name is our own word
            row = connection.execute(sql, (row_id.bytes,)).fetchone()
        return None if row is None else decode(kind, row[0])

    def _many(self, kind: type[_Record], sql: str, *values: object) -> Sequence[_Record]:
        with self._reading() as connection:
            rows = connection.execute(sql, values).fetchall()
        return [decode(kind, row[0]) for row in rows]

    def listings(
        self, query: ListingQuery, now: datetime, cursor: Cursor | None, limit: int
    ) -> Page[Listing]:
        """See ``ReadModel``."""
        before = None if cursor is None else cursor.key
        search = listing_search.plan(query, now, before, limit + 1, self._folder)
        with self._reading() as connection:
            rows = listing_search.run(connection, search)
        shown = rows[:limit]
        return Page(
            rows=tuple(decode(Listing, body) for _, body in shown),
            next=Cursor(shown[-1][0]) if len(rows) > limit and shown else None,
        )

    def count_by_trade(self, now: datetime) -> Mapping[str, int]:
        """See ``ReadModel``."""
        minute = local_minute(now) // COUNTED_EVERY * COUNTED_EVERY

        def count() -> Mapping[str, int]:
            with self._reading() as connection:
                return listing_search.count_by_trade(connection, minute)

        return self._counted.get(minute, count)

    def listing(self, listing_id: UUID) -> Listing | None:
        """See ``ReadModel``."""
        return self._one(Listing, "listing", listing_id)

    def worker(self, worker_id: UUID) -> Worker | None:
        """See ``ReadModel``."""
        found = self._one(Worker, "worker", worker_id)
        if found is None or found.merged_into is None:
            return found
        return self._one(Worker, "worker", found.merged_into)

    def _person(self, worker_id: UUID) -> UUID:
        """Who has that id, or had it in a registration that was merged."""
        worker = self.worker(worker_id)
        return worker_id if worker is None else worker.id

    def employer(self, employer_id: UUID) -> Employer | None:
        """See ``ReadModel``."""
        found = self._one(Employer, "employer", employer_id)
        if found is not None:
            return found
        with self._reading() as connection:
            known = aliases.now(connection, "employer", employer_id)
        return None if known is None else self._one(Employer, "employer", known)

    def placement(self, placement_id: UUID) -> Placement | None:
        """See ``ReadModel``."""
        return self._one(Placement, "placement", placement_id)

    def placements_of_worker(self, worker_id: UUID) -> Sequence[Placement]:
        """See ``ReadModel``."""
        return self._many(Placement, _OF_WORKER, self._person(worker_id).bytes)

    def placements_of_listing(self, listing_id: UUID) -> Sequence[Placement]:
        """See ``ReadModel``."""
        return self._many(Placement, _OF_LISTING, listing_id.bytes)

    def listings_of_employer(self, employer_id: UUID) -> Sequence[Listing]:
        """See ``ReadModel``."""
        return self._many(Listing, _OF_EMPLOYER, employer_id.bytes, employer_id.bytes)

    def by_status(self, status: ListingStatus, cursor: Cursor | None, limit: int) -> Page[Listing]:
        """See ``ReadModel``. The cursor is the last row's id: ids grow with the time of posting."""
        oldest_first = status is ListingStatus.PENDING
        start = _FIRST_ID if oldest_first else _LAST_ID
        last = start if cursor is None else cursor.key.to_bytes(_ID_BYTES)
        with self._reading() as connection:
            if oldest_first:
                rows = connection.execute(_PENDING, (last, limit + 1)).fetchall()
            else:
                rows = connection.execute(_NEWEST, (status, last, limit + 1)).fetchall()
        shown = rows[:limit]
        return Page(
            rows=tuple(decode(Listing, body) for _, body in shown),
            next=Cursor(int.from_bytes(shown[-1][0])) if len(rows) > limit and shown else None,
        )

    def wanted(self, wanted_id: UUID) -> JobWanted | None:
        """See ``ReadModel``."""
        return self._one(JobWanted, "wanted", wanted_id)

    def wanted_page(
        self, query: WantedQuery, today: date, cursor: Cursor | None, limit: int
    ) -> Page[JobWanted]:
        """See ``ReadModel``. The cursor is the last row's id: ids grow with the time of posting."""
        before = _LAST_ID if cursor is None else cursor.key.to_bytes(_ID_BYTES)
        with self._reading() as connection:
            rows = wanted_list.page(connection, query, today, before, limit + 1)
        shown = rows[:limit]
        return Page(
            rows=tuple(decode(JobWanted, body) for _, body in shown),
            next=Cursor(int.from_bytes(shown[-1][0])) if len(rows) > limit and shown else None,
        )

    def wanted_count(self, query: WantedQuery, today: date) -> int:
        """See ``ReadModel``."""
        with self._reading() as connection:
            return wanted_list.count(connection, query, today)

    def wanted_of_worker(self, worker_id: UUID) -> Sequence[JobWanted]:
        """See ``ReadModel``."""
        return self._many(JobWanted, _WANTED_OF, self._person(worker_id).bytes)

    def invitation(self, invitation_id: UUID) -> Invitation | None:
        """See ``ReadModel``."""
        return self._one(Invitation, "invitation", invitation_id)

    def invitations_of_worker(self, worker_id: UUID) -> Sequence[Invitation]:
        """See ``ReadModel``."""
        return self._many(Invitation, _INVITED_WORKER, self._person(worker_id).bytes)

    def invitations_to(self, listing_id: UUID) -> Sequence[Invitation]:
        """See ``ReadModel``."""
        return self._many(Invitation, _INVITED_TO, listing_id.bytes)

    def open_invitations(self, limit: int) -> Sequence[tuple[Invitation, Worker]]:
        """See ``ReadModel``."""
        with self._reading() as connection:
            rows = connection.execute(_UNANSWERED, (limit,)).fetchall()
        return [(decode(Invitation, asked), decode(Worker, whom)) for asked, whom in rows]

    def withdrawn_workers(self, after: UUID | None, limit: int) -> Sequence[UUID]:
        """See ``ReadModel``."""
        start = _FIRST_ID if after is None else after.bytes
        with self._reading() as connection:
            rows = connection.execute(_WITHDRAWN, (start, limit)).fetchall()
        return [UUID(bytes=bytes(row[0])) for row in rows]

    def lapsed_entries(self, before: date, limit: int) -> Sequence[UUID]:
        """See ``ReadModel``."""
        with self._reading() as connection:
            rows = connection.execute(_LAPSED, (before.toordinal(), limit)).fetchall()
        return [UUID(bytes=bytes(row[0])) for row in rows]

    def find_workers(self, text: str, limit: int) -> Sequence[Worker]:
        """See ``ReadModel``."""
        with self._reading() as connection:
            bodies = people_search.find(connection, "worker", text, limit)
        found = (decode(Worker, body) for body in bodies)
        # The number on the card of a registration that was merged finds the person.
        people = (self.worker(each.id) if each.merged_into is not None else each for each in found)
        return list({each.id: each for each in people if each is not None}.values())

    def doubles(self, limit: int) -> Sequence[tuple[Worker, Worker]]:
        """See ``ReadModel``."""
        with self._reading() as connection:
            pairs = people_search.doubles(connection, limit)
        return [(decode(Worker, one), decode(Worker, other)) for one, other in pairs]

    def find_employers(self, text: str, limit: int) -> Sequence[Employer]:
        """See ``ReadModel``."""
        with self._reading() as connection:
            bodies = people_search.find(connection, "employer", text, limit)
        return [decode(Employer, body) for body in bodies]

    def employers_of_kind(self, kind: EmployerKind, limit: int) -> Sequence[Employer]:
        """See ``ReadModel``."""
        return self._many(Employer, _OF_KIND, kind, limit)

    def pay_range(self, trade: str, today: date) -> tuple[int, int, int] | None:
        """See ``ReadModel``."""

        def look_up() -> tuple[int, int, int] | None:
            with self._reading() as connection:
                return listing_search.pay_range(connection, trade, today)

        return self._paid.get((trade, today), look_up)

    def slip_jobs(self, subject_id: UUID) -> Sequence[SlipJob]:
        """See ``ReadModel``."""
        return self._many(SlipJob, _JOBS, subject_id.bytes)

    def slips_of(self, subject_id: UUID) -> Sequence[Slip]:
        """See ``ReadModel``."""
        return self._many(Slip, _SLIPS, subject_id.bytes)

    def busy_workers(self) -> Sequence[UUID]:
        """See ``ReadModel``."""
        with self._reading() as connection:
            rows = connection.execute(_BUSY).fetchall()
        return [UUID(bytes=bytes(row[0])) for row in rows]

    def refused_applications(self, worker_id: UUID | None) -> Sequence[Apply]:
        """See ``ReadModel``."""
        with self._reading() as connection:
            rows = connection.execute(outbox_rows.APPLICATIONS_REFUSED, (KINDS[Apply],)).fetchall()
        bodies = [decode_operation(bytes(row[0])).body for row in rows]
        worker = self.worker(worker_id) if worker_id is not None else None
        theirs = {worker_id} if worker is None else {None, *ids(worker)}
        return [
            body
            for body in bodies
            if isinstance(body, Apply) and (worker_id is None or body.worker_id in theirs)
        ]

    def placements_with_slips(self, since: datetime) -> Sequence[tuple[Placement, Sequence[SlipJob]]]:
        """See ``ReadModel``."""
        with self._reading() as connection:
            return calls.placements_with_slips(connection, since)

    def call_notes(self) -> Sequence[CallNote]:
        """See ``ReadModel``."""
        with self._reading() as connection:
            return calls.call_notes(connection)

    def held_places(self, kiosk: str, today: date) -> Sequence[HeldPlaces]:
        """See ``ReadModel``."""
        with self._reading() as connection:
            return held_places.held_places(connection, kiosk, today)

    def sync_counts(self) -> SyncCounts:
        """See ``ReadModel``."""
        with self._reading() as connection:
            unsent, rejected, quarantined = connection.execute(outbox_rows.COUNTS).fetchone()
            heard = meta.integer(connection, meta.LAST_CONTACT)
        return SyncCounts(
            unsent=unsent,
            quarantined=quarantined,
            rejected=rejected,
            last_contact=instant(heard) if heard else None,
        )

    def aside(self, limit: int) -> Sequence[AsideOp]:
        """See ``ReadModel``."""
        with self._reading() as connection:
            return aside.aside(connection, limit)

    def staff_count(self) -> int:
        """See ``ReadModel``."""
        with self._reading() as connection:
            count: int = connection.execute(_STAFF).fetchone()[0]
        return count

    def staff_members(self) -> Sequence[StaffMember]:
        """See ``ReadModel``."""
        with self._reading() as connection:
            rows = connection.execute(_STAFF_MEMBERS).fetchall()
        return [decode(StaffMember, row[0]) for row in rows]

    def setting(self, name: str) -> bytes | None:
        """See ``ReadModel``."""
        with self._reading() as connection:
            row = connection.execute(_SETTING, (name,)).fetchone()
        return None if row is None else bytes(row[0])
