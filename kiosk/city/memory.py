"""The records that one batch touches, in memory: what the domain reads while the batch is decided."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from kiosk.domain.change import replace
from kiosk.domain.ledger import Ledger
from kiosk.domain.merging import join
from kiosk.domain.presence import homes
from kiosk.domain.records import CentralSlots, Employer, Lease, Placement, Record, Slip, Worker

Key = tuple[type[Record], UUID, str]


def key_of(record: Record) -> Key:
    """What makes a record the same one: its kind and id, and whose lease it is."""
    match record:
        case Lease():
            return Lease, record.listing_id, record.home
        case CentralSlots():
            return CentralSlots, record.listing_id, ""
        case _:
            return type(record), record.id, ""


class LoadedRecords(Ledger):
    """A ledger of what the store has loaded that remembers what changed."""

    def __init__(self) -> None:
        super().__init__()
        self._changed: dict[Key, Record] = {}
        #: workers of other kiosks who have shown their slip at the one that pushes, and when they last did
        self.guests: Mapping[UUID, datetime] = {}
        #: which employer has a credit code, of the codes that the batch registers
        self.by_code: dict[str, UUID] = {}
        #: employers that this batch has found to be registered already: the new id, and who it is
        self.joined: dict[UUID, UUID] = {}
        #: registrations of people whom other kiosks know now: which kiosks knew them before
        self.known_before: dict[UUID, frozenset[str]] = {}

    def add(self, records: Iterable[Record]) -> None:
        """Take in records as the database has them."""
        for record in records:
            super().put(record)

    def put(self, record: Record) -> None:
        """Take in a record as an operation left it."""
        if isinstance(record, Worker):
            self._note_homes(record)
        super().put(record)
        self._changed[key_of(record)] = record

    def _note_homes(self, worker: Worker) -> None:
        before = self.workers.get(worker.id)
        if before is not None and (before.also, before.merged_into) != (worker.also, worker.merged_into):
            self.known_before.setdefault(worker.id, homes(before))

    def slips_about(self, placements: Iterable[Placement]) -> list[Slip]:
        """The loaded slips that promise one of these placements, by id."""
        theirs = {each.id for each in placements}
        return [slip for _, slip in sorted(self.slips.items()) if slip.subject_id in theirs]

    def join(self, other: Employer) -> Employer | None:
        """Who has registered before with the credit code of a new employer, with the new registration; else None."""
        first = self.by_code.setdefault(other.credit_code, other.id) if other.credit_code else other.id
        known = self.employers.get(first)
        if known is None:
            return None
        self.merged[other.id] = self.joined[other.id] = known.id
        return join(known, other)

    def dirty(self) -> list[Record]:
        """What ``put`` has changed, as it is now, in the version that the database has."""
        return list(self._changed.values())

    def changed(self) -> list[Record]:
        """What ``put`` has changed, as it is now, each one version further than the database has it."""
        return [replace(record, version=record.version + 1) for record in self._changed.values()]
