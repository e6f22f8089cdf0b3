"""What a transition may read."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from kiosk.domain.records import (
    CentralSlots,
    Employer,
    Invitation,
    JobWanted,
    Lease,
    Listing,
    Placement,
    Slip,
    Worker,
)


class Places(Protocol):
    """Listings, and who holds their places."""

    def worker(self, worker_id: UUID) -> Worker | None:
        """The worker, also by the id of a registration that was merged into theirs, or None when not known here."""

    def listing(self, listing_id: UUID) -> Listing | None:
        """The listing, or None."""

    def lease(self, listing_id: UUID, home: str) -> Lease | None:
        """The lease of the device ``home`` on a listing, or None."""

    def central(self, listing_id: UUID) -> CentralSlots | None:
        """The city's reserve of a listing; always None at a kiosk."""


class Records(Places, Protocol):
    """The records as one side knows them. Reads by id and the few relations that rules depend on."""

    def registration(self, worker_id: UUID) -> Worker | None:
        """The record under exactly this id: also what is left of a registration that was merged into another."""

    def employer(self, employer_id: UUID) -> Employer | None:
        """The employer, also by the id of another registration of theirs (``kiosk.domain.merging``), or None."""

    def placement(self, placement_id: UUID) -> Placement | None:
        """The placement, or None."""

    def slip(self, slip_id: UUID) -> Slip | None:
        """The slip, or None."""

    def placements_of_worker(self, worker_id: UUID) -> Sequence[Placement]:
        """All placements of a worker that this side knows, in any state."""

    def waiting_for(self, listing_id: UUID) -> Sequence[Placement]:
        """The waitlisted placements of a listing, longest waiting first."""

    def wanted(self, wanted_id: UUID) -> JobWanted | None:
        """The job-wanted entry, or None."""

    def wanted_of_worker(self, worker_id: UUID) -> Sequence[JobWanted]:
        """All job-wanted entries of a worker, in any state."""

    def invitation(self, invitation_id: UUID) -> Invitation | None:
        """The invitation, or None."""

    def invitations_to(self, listing_id: UUID) -> Sequence[Invitation]:
        """All invitations to work for a listing, in any state."""
