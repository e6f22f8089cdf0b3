"""The records that one batch touches, in memory: what the domain reads while the batch is decided."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from kiosk.domain.records import CentralSlots, Employer, Lease, Listing, Placement, Record, Slip, Worker
from kiosk.domain.values import PlacementStatus


class LoadedRecords:
    """Implements ``kiosk.domain.state.Records`` over what the store has loaded, and remembers what changed."""

    def __init__(self) -> None:
        self._workers: dict[UUID, Worker] = {}
        self._employers: dict[UUID, Employer] = {}
        self._listings: dict[UUID, Listing] = {}
        self._placements: dict[UUID, Placement] = {}
        self._slips: dict[UUID, Slip] = {}
        self._leases: dict[tuple[UUID, str], Lease] = {}
        self._central: dict[UUID, CentralSlots] = {}
        self._by_worker: dict[UUID, dict[UUID, None]] = {}
        self._by_listing: dict[UUID, dict[UUID, None]] = {}
        self._changed: dict[tuple[type[Record], UUID, str], Record] = {}

    def add(self, records: Iterable[Record]) -> None:
        """Take in records as the database has them."""
        for record in records:
            self._hold(record)

    def put(self, record: Record) -> None:
        """Take in a record as an operation left it."""
        self._hold(record)
        self._changed[_key(record)] = record

    def changed(self) -> list[Record]:
        """What ``put`` has changed, as it is now, each one version further than the database has it."""
        return [replace(record, version=record.version + 1) for record in self._changed.values()]

    def worker(self, worker_id: UUID) -> Worker | None:
        """See ``Records``."""
        return self._workers.get(worker_id)

    def employer(self, employer_id: UUID) -> Employer | None:
        """See ``Records``."""
        return self._employers.get(employer_id)

    def listing(self, listing_id: UUID) -> Listing | None:
        """See ``Records``."""
        return self._listings.get(listing_id)

    def placement(self, placement_id: UUID) -> Placement | None:
        """See ``Records``."""
        return self._placements.get(placement_id)

    def slip(self, slip_id: UUID) -> Slip | None:
        """See ``Records``."""
        return self._slips.get(slip_id)

    def placements_of_worker(self, worker_id: UUID) -> Sequence[Placement]:
        """See ``Records``."""
        return [self._placements[each] for each in self._by_worker.get(worker_id, ())]

    def waiting_for(self, listing_id: UUID) -> Sequence[Placement]:
        """See ``Records``."""
        waiting = [
            self._placements[each]
            for each in self._by_listing.get(listing_id, ())
            if self._placements[each].status is PlacementStatus.WAITLISTED
        ]
        return sorted(waiting, key=lambda each: (each.applied_at, each.id))

    def lease(self, listing_id: UUID, home: str) -> Lease | None:
        """See ``Records``."""
        return self._leases.get((listing_id, home))

    def central(self, listing_id: UUID) -> CentralSlots | None:
        """See ``Records``."""
        return self._central.get(listing_id)

    def _hold(self, record: Record) -> None:
        match record:
            case Placement():
                self._placements[record.id] = record
                self._by_worker.setdefault(record.worker_id, {})[record.id] = None
                self._by_listing.setdefault(record.listing_id, {})[record.id] = None
            case Listing():
                self._listings[record.id] = record
            case Worker():
                self._workers[record.id] = record
            case Employer():
                self._employers[record.id] = record
            case Slip():
                self._slips[record.id] = record
            case Lease():
                self._leases[record.listing_id, record.home] = record
            case CentralSlots():
                self._central[record.listing_id] = record


def _key(record: Record) -> tuple[type[Record], UUID, str]:
    if isinstance(record, Lease):
        return Lease, record.listing_id, record.home
    if isinstance(record, CentralSlots):
        return CentralSlots, record.listing_id, ""
    return type(record), record.id, ""
