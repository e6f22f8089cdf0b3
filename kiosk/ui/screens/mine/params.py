"""What the screens of this flow hand to each other."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MyJobParams:
    """Which placement."""

    placement_id: UUID
