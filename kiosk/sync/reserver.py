"""Asks the city for one place while a worker stands at the screen: two seconds at most, whatever the network does."""

import logging
import threading
from uuid import UUID

from kiosk.domain.records import Lease
from kiosk.protocol.codec import Malformed, decode_record
from kiosk.protocol.messages import Item, ReserveResponse
from kiosk.services.faults import DeviceFault
from kiosk.services.ports import Clock
from kiosk.sync.client import CityClient
from kiosk.sync.faults import NetworkFault
from kiosk.sync.ports import Leases

log = logging.getLogger(__name__)
#: Seconds from the question to the answer, name look-up, connection and saving included. The rest of the two seconds
#: is for the placement itself.
PATIENCE = 1.7
#: After the network has failed, workers are not made to wait for it again for so many seconds.
REST = 20.0


class CityReserver:
    """Implements ``kiosk.services.ports.SlotReserver``.

    The request runs in a thread of its own, because a name look-up or a connection that goes nowhere heeds no timeout.
    An answer that comes too late is saved all the same: the place is then this kiosk's for the next worker.

    Args:
        client: the city's endpoints, on a connection of its own.
        leases: where a granted place is saved.
        clock: monotonic time.
        patience: seconds; tests make it shorter.
    """

    def __init__(self, client: CityClient, leases: Leases, clock: Clock, patience: float = PATIENCE) -> None:
        self._client = client
        self._leases = leases
        self._clock = clock
        self._patience = patience
        self._under_way = threading.Lock()
        self._not_before: float | None = None
        self._closed = False

    def reserve(self, listing_id: UUID) -> bool:
        """See ``SlotReserver``."""
        resting = self._not_before is not None and self._clock.monotonic() < self._not_before
        if self._closed or resting:
            return False
        if not self._under_way.acquire(blocking=False):
            return False  # the last question is still on its way to nowhere
        granted: list[bool] = []
        done = threading.Event()

        def ask() -> None:
            try:
                granted.append(self._ask(listing_id))
            finally:
                self._under_way.release()
                done.set()

        threading.Thread(target=ask, name="reserve", daemon=True).start()
        if not done.wait(self._patience):
            self._not_before = self._clock.monotonic() + REST
        return granted == [True]

    def close(self, timeout: float = 2.0) -> None:
        """Ask no more, and drop the connection; a request under way ends by its own timeout and saves nothing."""
        self._closed = True
        if self._under_way.acquire(timeout=timeout):
            self._under_way.release()
            self._client.close()

    def _ask(self, listing_id: UUID) -> bool:
        home = self._client.me.kiosk
        try:
            answer = self._client.reserve(listing_id, self._leases.held(listing_id, home))
            self._not_before = None
            return answer.granted and not self._closed and self._save(answer, listing_id, home)
        except NetworkFault as fault:
            self._not_before = self._clock.monotonic() + REST
            log.info("no place asked for: %s", fault.key)
        except DeviceFault as fault:
            log.warning("no place reserved: %s", fault.key)
        return False

    def _save(self, answer: ReserveResponse, listing_id: UUID, home: str) -> bool:
        raw = bytes(answer.lease)
        try:
            lease = decode_record("lease", raw)
        except Malformed:
            return False
        if not isinstance(lease, Lease) or (lease.listing_id, lease.home) != (listing_id, home):
            return False
        item = Item(entity="lease", id=listing_id, seq=0, ver=lease.version, body=answer.lease)
        return self._leases.adopt_lease(f"dev/{home}", item, answer.state.epoch, answer.state.last_op_seq)
