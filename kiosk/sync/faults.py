"""What can go wrong between kiosk and city. None of it stops the kiosk's own work."""

from kiosk.domain.refusal import Param
from kiosk.protocol.messages import MAX_REASON, ServerState
from kiosk.services.faults import DeviceFault


class NetworkFault(DeviceFault):
    """The city was not reached, or what answered was not the city. Trying again later may help.

    Attributes:
        retry_after: seconds that the other side asked us to wait, or None.
        smaller: a smaller batch may get through.
    """

    def __init__(
        self, key: str, *, retry_after: float | None = None, smaller: bool = False, **params: Param
    ) -> None:
        super().__init__(key, what_to_do="sync.work_on", code="N-1", retry=True, **params)
        self.retry_after = retry_after
        self.smaller = smaller


class CityRefused(DeviceFault):
    """The city answered with a Problem: it will say the same again until somebody acts.

    Attributes:
        problem: its stable code.
        expected: the op_seq it waits for, with ``op_gap``.
        state: epoch and positions, when the city knew who asked.
        reason: what the city's engineer wrote for staff to read; "" for nothing.
    """

    def __init__(
        self,
        key: str,
        problem: str,
        *,
        expected: int | None = None,
        state: ServerState | None = None,
        reason: str = "",
    ) -> None:
        super().__init__(key, what_to_do="sync.tell_city", code="N-2", retry=False)
        self.problem = problem
        self.expected = expected
        self.state = state
        self.reason = reason


REVOKED = "revoked"
#: Problems with a sentence of their own; all others are ``sync.refused``.
KEYS = {
    REVOKED: "sync.revoked",
    "fenced": "sync.fenced",
    "old_incarnation": "sync.fenced",
    "unknown_device": "sync.unknown_device",
    "signature": "sync.unknown_device",
    "protocol": "sync.upgrade",
    "protocol_ahead": "sync.city_older",
    "token": "sync.token",
}


def refused(
    problem: str, *, expected: int | None = None, state: ServerState | None = None, detail: str = ""
) -> CityRefused:
    """The fault for a Problem. Of its details only the reason for shutting a kiosk out is for people."""
    reason = "".join(each for each in detail if each.isprintable()).strip()[:MAX_REASON]
    return CityRefused(
        KEYS.get(problem, "sync.refused"),
        problem,
        expected=expected,
        state=state,
        reason=reason if problem == REVOKED else "",
    )


def rolled_back() -> CityRefused:
    """The city holds operations that this kiosk never made: its disk was restored from an older image."""
    return CityRefused("sync.re_enrol", "rolled_back")
