"""The weathers of ``tests.simulation.hard``."""

from tests.simulation.hard import Hard
from tests.simulation.world import PEOPLE, Weather

_LINE = ("request lost", "response lost", "duplicated", "delayed", "echoed later")

#: Placements of two kiosks, of which one is mostly away.
AGAINST = Weather(network=0.1, crash=0.01, between=0.3, hard=Hard(against=0.85, drift=True), kinds=_LINE)

#: Kiosks are shut out, their places taken back, and enrolled anew.
SHUT_OUT = Weather(network=0.2, power_cut=0.02, restore=0.01, hard=Hard(revoke=0.04, drift=True), kinds=_LINE)

#: One kiosk lives by stick.
STICKS = Weather(
    network=0.15,
    busy=0.05,
    crash=0.02,
    power_cut=0.05,
    roll_back=0.02,
    restore=0.02,
    purge=0.1,
    hard=Hard(sticks=True, drift=True),
    kinds=_LINE,
)
WEATHERS = {"people": PEOPLE, "against": AGAINST, "shut out": SHUT_OUT, "sticks": STICKS}
