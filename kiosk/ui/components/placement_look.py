"""How the state of a placement looks: always an icon, a word and a colour, never one of them alone."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.placements import is_past
from kiosk.domain.records import Placement
from kiosk.domain.values import PlacementStatus


@dataclass(frozen=True, slots=True)
class Look:
    """Icon, colour of icon and word, tinted ground and line."""

    icon_name: str
    tone: str
    ground: str
    line: str


GOOD = ("green", "green_soft", "green")
BUSY = ("blue", "blue_soft", "blue")
OPEN = ("ink", "orange_soft", "orange_deep")
BAD = ("red", "red_soft", "red")
OVER = ("soft", "paper", "line")

#: Something is kept or out for good; something waits for somebody.
DONE, WAITING = Look("success", *GOOD), Look("waiting", *OPEN)

LOOKS = {
    PlacementStatus.CONFIRMED: DONE,
    PlacementStatus.WAITLISTED: WAITING,
    PlacementStatus.ARRIVED: Look("work", *BUSY),
    PlacementStatus.COMPLETED: Look("check", *BUSY),
    PlacementStatus.PAID: Look("wage", *GOOD),
    PlacementStatus.UNPAID: Look("warning", *BAD),
    PlacementStatus.CANCELLED: Look("cross", *OVER),
    PlacementStatus.DECLINED: Look("cross", *OVER),
    PlacementStatus.NO_SHOW: Look("error", *BAD),
}
#: Nobody has said what became of work that is over.
PAST = Look("calendar", *OVER)


def words_of(placement: Placement, now: datetime) -> str:
    """The last part of the key of what is said about a placement (``mine.state.…``); ``now`` is aware.

    A status alone goes on promising what lies behind: who held a place then is asked, who waited has not got it.
    """
    if is_past(placement, now):
        held = placement.status is PlacementStatus.CONFIRMED
        return "past" if held else PlacementStatus.DECLINED.value
    return placement.status.value


def look_of(placement: Placement, now: datetime) -> Look:
    """How that looks."""
    words = words_of(placement, now)
    return PAST if words == "past" else LOOKS[PlacementStatus(words)]
