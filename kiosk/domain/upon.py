"""What the records will be once some changes are made: for rules that give several places back in one go."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from kiosk.domain.records import CentralSlots, Lease, Listing, Placement, Record, Worker
from kiosk.domain.state import Places

_Key = tuple[type[Record], UUID, str]


def _key(record: Record) -> _Key:
    if isinstance(record, Lease):
        return Lease, record.listing_id, record.home
    return type(record), record.listing_id if isinstance(record, CentralSlots) else record.id, ""


class Upon:
    """Changes on top of records; implements ``kiosk.domain.state.Places``."""

    def __init__(self, below: Places) -> None:
        self._below = below
        self._puts: dict[_Key, Record] = {}

    def put(self, record: Record) -> None:
        """A record as it will be."""
        self._puts[_key(record)] = record

    def put_all(self, records: Iterable[Record]) -> None:
        """Several of them, in their order."""
        for record in records:
            self.put(record)

    def puts(self) -> Sequence[Record]:
        """Each changed record once, as it is in the end, in the order in which they were first changed."""
        return tuple(self._puts.values())

    def placements(self) -> Sequence[Placement]:
        """The placements among the changes."""
        return [each for each in self._puts.values() if isinstance(each, Placement)]

    def worker(self, worker_id: UUID) -> Worker | None:
        """See ``Places``."""
        found = self._puts.get((Worker, worker_id, ""))
        return found if isinstance(found, Worker) else self._below.worker(worker_id)

    def listing(self, listing_id: UUID) -> Listing | None:
        """See ``Places``."""
        found = self._puts.get((Listing, listing_id, ""))
        return found if isinstance(found, Listing) else self._below.listing(listing_id)

    def lease(self, listing_id: UUID, home: str) -> Lease | None:
        """See ``Places``."""
        found = self._puts.get((Lease, listing_id, home))
        return found if isinstance(found, Lease) else self._below.lease(listing_id, home)

    def central(self, listing_id: UUID) -> CentralSlots | None:
        """See ``Places``."""
        found = self._puts.get((CentralSlots, listing_id, ""))
        return found if isinstance(found, CentralSlots) else self._below.central(listing_id)
