"""Records in memory: what a transition may read, backed by dictionaries. For batches, generators and simulations."""

from collections.abc import Sequence
from uuid import UUID

from kiosk.domain.records import (
    CentralSlots,
    Employer,
    Invitation,
    JobWanted,
    Lease,
    Listing,
    Placement,
    Record,
    Slip,
    Worker,
)
from kiosk.domain.values import PlacementStatus


class Ledger:
    """Implements ``kiosk.domain.state.Records``."""

    def __init__(self) -> None:
        self.workers: dict[UUID, Worker] = {}
        self.employers: dict[UUID, Employer] = {}
        #: ids of employers that are no more, and who each of them is now
        self.merged: dict[UUID, UUID] = {}
        self.listings: dict[UUID, Listing] = {}
        self.placements: dict[UUID, Placement] = {}
        self.wanteds: dict[UUID, JobWanted] = {}
        self.invitations: dict[UUID, Invitation] = {}
        self.slips: dict[UUID, Slip] = {}
        self.leases: dict[tuple[UUID, str], Lease] = {}
        self.centrals: dict[UUID, CentralSlots] = {}
        self._of_worker: dict[UUID, set[UUID]] = {}
        self._of_listing: dict[UUID, set[UUID]] = {}
        self._wanted_by: dict[UUID, set[UUID]] = {}
        self._invited_to: dict[UUID, set[UUID]] = {}

    def put(self, record: Record) -> None:
        """Insert or replace."""
        match record:
            case Placement():
                before = self.placements.get(record.id)
                if before is not None and before.worker_id != record.worker_id:
                    self._of_worker[before.worker_id].discard(record.id)
                self.placements[record.id] = record
                self._of_worker.setdefault(record.worker_id, set()).add(record.id)
                self._of_listing.setdefault(record.listing_id, set()).add(record.id)
            case Lease():
                self.leases[record.listing_id, record.home] = record
            case Listing():
                self.listings[record.id] = record
            case Worker():
                self.workers[record.id] = record
            case Slip():
                self.slips[record.id] = record
            case CentralSlots():
                self.centrals[record.listing_id] = record
            case Employer():
                self.employers[record.id] = record
            case JobWanted() | Invitation():
                self._put_wanted(record)

    def _put_wanted(self, record: JobWanted | Invitation) -> None:
        if isinstance(record, Invitation):
            self.invitations[record.id] = record
            self._invited_to.setdefault(record.listing_id, set()).add(record.id)
            return
        before = self.wanteds.get(record.id)
        if before is not None and before.worker_id is not None and before.worker_id != record.worker_id:
            self._wanted_by[before.worker_id].discard(record.id)
        self.wanteds[record.id] = record
        if record.worker_id is not None:
            self._wanted_by.setdefault(record.worker_id, set()).add(record.id)

    def worker(self, worker_id: UUID) -> Worker | None:
        """The worker, also by the id of a registration that was merged into theirs, or None."""
        found = self.workers.get(worker_id)
        if found is None or found.merged_into is None:
            return found
        return self.workers.get(found.merged_into)

    def registration(self, worker_id: UUID) -> Worker | None:
        """The record under exactly this id, or None."""
        return self.workers.get(worker_id)

    def employer(self, employer_id: UUID) -> Employer | None:
        """The employer, also by the id of another registration of theirs, or None."""
        return self.employers.get(self.merged.get(employer_id, employer_id))

    def listing(self, listing_id: UUID) -> Listing | None:
        """The listing, or None."""
        return self.listings.get(listing_id)

    def placement(self, placement_id: UUID) -> Placement | None:
        """The placement, or None."""
        return self.placements.get(placement_id)

    def slip(self, slip_id: UUID) -> Slip | None:
        """The slip, or None."""
        return self.slips.get(slip_id)

    def placements_of_worker(self, worker_id: UUID) -> Sequence[Placement]:
        """All placements of a worker, oldest id first."""
        return [self.placements[each] for each in sorted(self._of_worker.get(worker_id, ()))]

    def placements_of_listing(self, listing_id: UUID) -> Sequence[Placement]:
        """All placements of a listing, oldest id first."""
        return [self.placements[each] for each in sorted(self._of_listing.get(listing_id, ()))]

    def waiting_for(self, listing_id: UUID) -> Sequence[Placement]:
        """The waitlisted placements of a listing, longest waiting first."""
        waiting = [
            each
            for each in self.placements_of_listing(listing_id)
            if each.status is PlacementStatus.WAITLISTED
        ]
        return sorted(waiting, key=lambda each: (each.applied_at, each.id))

    def wanted(self, wanted_id: UUID) -> JobWanted | None:
        """The job-wanted entry, or None."""
        return self.wanteds.get(wanted_id)

    def wanted_of_worker(self, worker_id: UUID) -> Sequence[JobWanted]:
        """All job-wanted entries of a worker, oldest id first."""
        return [self.wanteds[each] for each in sorted(self._wanted_by.get(worker_id, ()))]

    def invitation(self, invitation_id: UUID) -> Invitation | None:
        """The invitation, or None."""
        return self.invitations.get(invitation_id)

    def invitations_to(self, listing_id: UUID) -> Sequence[Invitation]:
        """All invitations to work for a listing, oldest id first."""
        return [self.invitations[each] for each in sorted(self._invited_to.get(listing_id, ()))]

    def lease(self, listing_id: UUID, home: str) -> Lease | None:
        """The lease of a kiosk on a listing, or None."""
        return self.leases.get((listing_id, home))

    def central(self, listing_id: UUID) -> CentralSlots | None:
        """The city's reserve of a listing, or None."""
        return self.centrals.get(listing_id)
