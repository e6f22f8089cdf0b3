"""What the screens of this flow hand to each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.domain.refusal import Refusal
from kiosk.ui.screens.people import (
    ASKING,
    REGISTERING,
    FirstPhone,
    IdentifyParams,
    KnownWorker,
    TypedPhone,
    note_typed,
)

if TYPE_CHECKING:  # where trades are chosen nothing is known of placements
    from kiosk.services.news import News
    from kiosk.services.placements import Applied

__all__ = [
    "ASKING",
    "REGISTERING",
    "AppliedParams",
    "FirstPhone",
    "IdentifyParams",
    "KnownWorker",
    "ListingParams",
    "ListingsParams",
    "NarrowParams",
    "NewsParams",
    "RefusedParams",
    "TypedPhone",
    "note_typed",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingsParams:
    """Which listings: trade or category code, district or street code (None: all), and a text to look for.

    With ``full`` those without a place, which one can wait for.
    """

    trade: str | None = None
    region: str | None = None
    text: str = ""
    full: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrowParams:
    """The list that is to be narrowed down, to a trade or to a district.

    ``narrowed`` takes the choice, once the list is shown again; None: it is a list of listings.
    """

    listings: ListingsParams
    narrowed: Callable[[ListingsParams], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingParams:
    """Which listing."""

    listing_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedParams:
    """The promise that was made; ``more`` when there is news of other jobs that only a slip opens."""

    applied: Applied
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsParams:
    """What the worker has to hear (at least one), and what they came for."""

    news: tuple[News, ...]
    wish: IdentifyParams


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedParams:
    """Why the place was not given."""

    refusal: Refusal
