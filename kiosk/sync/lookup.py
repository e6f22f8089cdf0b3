"""Asks the city about a worker of another kiosk who stands here: two seconds at most, whatever the network does."""

import logging
import threading
from collections.abc import Sequence

import msgspec

from kiosk.domain.records import Placement, Worker
from kiosk.protocol.codec import Malformed, decode_record
from kiosk.protocol.messages import LookupOutcome, LookupResponse
from kiosk.services.faults import DeviceFault
from kiosk.services.ports import LookedUp
from kiosk.sync.client import CityClient

log = logging.getLogger(__name__)
#: Seconds from the question to the answer, name look-up and connection included.
PATIENCE = 1.8


class CityLookup:
    """Implements ``kiosk.services.ports.PersonLookup``.

    The request runs in a thread of its own, because a name look-up or a connection that goes nowhere heeds no timeout.
    An answer that comes too late is forgotten: nobody waits for it, and nobody's data stays.

    Args:
        client: the city's endpoints, on a connection of its own.
        patience: seconds; tests make it shorter.
    """

    def __init__(self, client: CityClient, patience: float = PATIENCE) -> None:
        self._client = client
        self._patience = patience
        self._under_way = threading.Lock()
        self._closed = False

    def look_up(self, token: str, tail: str) -> LookedUp | None:
        """See ``PersonLookup``."""
        if self._closed or not self._under_way.acquire(blocking=False):
            return None  # the last question is still on its way to nowhere
        answers: list[LookedUp] = []
        done = threading.Event()

        def ask() -> None:
            try:
                answers.append(read_answer(self._client.look_up(token, tail)))
            except (DeviceFault, Malformed) as fault:
                log.info("nobody looked up: %s", type(fault).__name__)
            finally:
                self._under_way.release()
                done.set()

        threading.Thread(target=ask, name="lookup", daemon=True).start()
        return answers[0] if done.wait(self._patience) and answers else None

    def close(self, timeout: float = 2.0) -> None:
        """Ask no more, and drop the connection."""
        self._closed = True
        if self._under_way.acquire(timeout=timeout):
            self._under_way.release()
            self._client.close()


def read_answer(answer: LookupResponse) -> LookedUp:
    """What the city said.

    Raises:
        Malformed: no worker, or no placements.
    """
    if answer.outcome is not LookupOutcome.FOUND:
        return LookedUp(outcome=answer.outcome.value, left=answer.left)
    worker = decode_record("worker", answer.worker)
    if not isinstance(worker, Worker):
        raise Malformed("worker")
    return LookedUp(
        outcome=answer.outcome.value, left=0, worker=worker, placements=tuple(_placements(answer.placements))
    )


def _placements(raw: Sequence[msgspec.Raw]) -> list[Placement]:
    found = (decode_record("placement", each) for each in raw)
    return [each for each in found if isinstance(each, Placement)]
