"""Workers of other kiosks who stand at this one: kept in memory, for one visit, and written nowhere.

What stays is only what they do here: a placement made here, and its slip.
"""

import threading
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kiosk.domain.person_operations import Guest
from kiosk.domain.placements import check_can_apply
from kiosk.domain.records import Listing, Placement, Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A worker and their placements, as the city showed them when they came."""

    worker: Worker
    placements: tuple[Placement, ...]

    def as_guest(self) -> Guest:
        """What a placement made here needs of them."""
        worker = self.worker
        born = worker.identity.birth_date if worker.identity is not None else None
        return Guest(name=worker.name, phone=worker.phone, home=worker.home, birth_date=born)

    def check(self, listing: Listing, at: datetime) -> None:
        """What the rules can say of them here; the city says the rest.

        Raises:
            Refusal: see ``check_can_apply``.
        """
        check_can_apply(self.worker, listing, self.placements, at)


class Visitors:
    """Who is here now. Any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._present: dict[UUID, Visitor] = {}

    def welcome(self, visitor: Visitor) -> None:
        """Somebody has proved who they are."""
        with self._lock:
            self._present[visitor.worker.id] = visitor

    def get(self, worker_id: UUID) -> Visitor | None:
        """The visitor, or None."""
        with self._lock:
            return self._present.get(worker_id)

    def placement(self, placement_id: UUID) -> Placement | None:
        """A placement of somebody who is here."""
        with self._lock:
            everybody = tuple(self._present.values())
        return next((p for each in everybody for p in each.placements if p.id == placement_id), None)

    def leave(self) -> None:
        """The visit is over: nobody is known any more."""
        with self._lock:
            self._present.clear()
