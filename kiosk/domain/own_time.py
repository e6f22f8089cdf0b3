"""When a worker really works: from the first day on which they could still come, not from the listing's first one.

Who takes several days' work at six in the evening begins tomorrow: what they did until five today stands against
nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain import calendar
from kiosk.domain.change import replace

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.domain.records import Placement, Terms


def terms_from(terms: Terms, at: datetime) -> Terms:
    """The terms from the first day on which somebody could come who takes the place at that time."""
    first = calendar.first_day_left(terms, at)
    return terms if first == terms.date_from else replace(terms, date_from=first)


def own_terms(placement: Placement) -> Terms:
    """The terms from the first day on which this worker could come when they applied."""
    return terms_from(placement.terms, placement.applied_at)


def at_once(one: Placement, other: Placement) -> bool:
    """Whether a worker who has both places would have to be at both at the same time."""
    return calendar.terms_overlap(own_terms(one), own_terms(other))
