"""Headcount as escrow: who may promise which place while nobody can ask anybody."""

from typing import NamedTuple

#: Up to this headcount all places stay at the kiosk where the listing was posted.
HOME_ONLY = 3


class Split(NamedTuple):
    """Places at the home kiosk and in the city's reserve; home + central = headcount."""

    home: int
    central: int


def split(headcount: int) -> Split:
    """Divide a new listing's places between its home kiosk and the city, the same way on both sides.

    Small listings stay whole at home: their workers mostly stand in front of that very kiosk, and a place that nobody
    there may promise is a worker sent home for nothing. Of larger ones the city keeps a quarter for other kiosks.
    """
    central = 0 if headcount <= HOME_ONLY else headcount // 4
    return Split(headcount - central, central)
