"""Dates and working hours in the market's own time zone, Asia/Shanghai (UTC+8, no summer time since 1991)."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the words of the first page need the time zone and no record
    from kiosk.domain.records import Terms

#: A fixed offset rather than zoneinfo: the same on every machine, tzdata installed or not.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
MINUTES_PER_DAY = 24 * 60


def local_date(at: datetime) -> date:
    """The calendar date in Shanghai at an aware instant."""
    return at.astimezone(SHANGHAI).date()


def local_minute(at: datetime) -> int:
    """Minutes at the market since midnight before the first day there is: days and hours in one number."""
    there = at.astimezone(SHANGHAI)
    return there.toordinal() * MINUTES_PER_DAY + there.hour * 60 + there.minute


def age_on(birth: date, today: date) -> int:
    """Completed years of age; someone born on 29 February turns a year older on 1 March."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def span_minutes(terms: Terms) -> int:
    """Minutes from start to end of a working day, 1–1440; an end at or before the start is on the next day."""
    return (terms.end_minute - terms.start_minute - 1) % MINUTES_PER_DAY + 1


def ends(terms: Terms) -> int:
    """The minute (``local_minute``) at which the last day's work is over; of night work on the morning after."""
    return terms.date_to.toordinal() * MINUTES_PER_DAY + terms.start_minute + span_minutes(terms)


def closes(terms: Terms) -> int:
    """The minute (``local_minute``) from which nobody can begin any more: the end, at the latest the last midnight."""
    return min(ends(terms), (terms.date_to.toordinal() + 1) * MINUTES_PER_DAY)


def is_over(terms: Terms, at: datetime) -> bool:
    """Whether the work is done."""
    return local_minute(at) >= ends(terms)


def first_day_left(terms: Terms, at: datetime) -> date:
    """The first day on which somebody who takes the place now can come: not today when today's hours are over."""
    there = at.astimezone(SHANGHAI)
    minute, today = there.hour * 60 + there.minute, there.date()
    if terms.start_minute < terms.end_minute <= minute:
        today += timedelta(days=1)
    return min(max(terms.date_from, today), terms.date_to)


def terms_overlap(one: Terms, other: Terms) -> bool:
    """Whether some day's work of one collides with the other's (W13: several short jobs a day are fine)."""
    # Daily repetition: comparing shifts of −1, 0 and +1 day covers work that runs past midnight.
    for shift in (-1, 0, 1):
        days = _common_days(one, other, shift)
        start = other.start_minute + shift * MINUTES_PER_DAY
        if (
            days
            and one.start_minute < start + span_minutes(other)
            and start < one.start_minute + span_minutes(one)
        ):
            return True
    return False


def _common_days(one: Terms, other: Terms, shift: int) -> bool:
    """Whether some day d of ``one`` has d + shift among the days of ``other``."""
    low = max(one.date_from, other.date_from - timedelta(days=shift))
    high = min(one.date_to, other.date_to - timedelta(days=shift))
    return low <= high
