"""What the screens of this flow hand to each other."""

from dataclasses import dataclass
from uuid import UUID

from kiosk.services.placements import Applied


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingsParams:
    """Which listings: a trade or category code (None: all), and a text to look for."""

    trade: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingParams:
    """Which listing."""

    listing_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifyParams:
    """What the person wants to do once we know who it is: apply to a listing, or (None) see their own page."""

    listing_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedParams:
    """The promise that was made."""

    applied: Applied


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWorker:
    """Kept in the visit once a worker has said who they are, so that nobody types it twice."""

    worker_id: UUID
