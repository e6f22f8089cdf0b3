from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.calendar import age_on, local_date, span_minutes, terms_overlap
from kiosk.domain.records import Terms
from tests.domain.samples import TERMS

DAY = date(2025, 11, 22)


def work(start: int, end: int, first: int = 0, last: int | None = None) -> Terms:
    """Work from ``start`` to ``end`` o'clock on the days ``first`` to ``last`` after DAY."""
    return replace(
        TERMS,
        start_minute=start * 60 % 1440,
        end_minute=end * 60 % 1440,
        date_from=DAY + timedelta(days=first),
        date_to=DAY + timedelta(days=first if last is None else last),
    )


def test_the_day_begins_at_midnight_in_shanghai():
    assert local_date(datetime(2025, 11, 21, 15, 59, tzinfo=UTC)) == date(2025, 11, 21)
    assert local_date(datetime(2025, 11, 21, 16, 0, tzinfo=UTC)) == DAY


@pytest.mark.parametrize(
    ("birth", "today", "age"),
    [
        (date(2009, 11, 22), DAY, 16),
        (date(2009, 11, 23), DAY, 15),
        (date(2008, 2, 29), date(2024, 2, 28), 15),
        (date(2008, 2, 29), date(2024, 2, 29), 16),
        (date(2008, 2, 29), date(2025, 2, 28), 16),
        (date(2008, 2, 29), date(2025, 3, 1), 17),
    ],
)
def test_age(birth, today, age):
    assert age_on(birth, today) == age


@pytest.mark.parametrize(
    ("start", "end", "hours"), [(8, 17, 9), (22, 6, 8), (8, 8, 24), (0, 0, 24), (23, 0, 1)]
)
def test_how_long_a_working_day_spans(start, end, hours):
    assert span_minutes(work(start, end)) == hours * 60


@pytest.mark.parametrize(
    ("one", "other", "collide"),
    [
        (work(8, 12), work(13, 17), False),
        (work(8, 12), work(12, 17), False),
        (work(8, 13), work(12, 17), True),
        (work(8, 17), work(8, 17, 1), False),
        (work(8, 17, 0, 3), work(8, 17, 3), True),
        (work(8, 17, 0, 3), work(18, 20, 2), False),
        (work(22, 6), work(5, 12, 1), True),
        (work(22, 6), work(6, 12, 1), False),
        (work(22, 6), work(5, 12, 0), False),
        (work(22, 6, 0, 2), work(5, 12, 2), True),
        (work(22, 6, 0, 2), work(5, 12, 3), True),
        (work(22, 6, 0, 2), work(5, 12, 4), False),
        (work(22, 6), work(23, 7), True),
        (work(0, 0), work(3, 4, 1), False),
        (work(8, 8), work(3, 4, 1), True),
    ],
)
def test_collisions(one, other, collide):
    assert terms_overlap(one, other) is collide
    assert terms_overlap(other, one) is collide


HOUR = st.integers(0, 23)
WORK = st.builds(
    lambda a, b, first, more: work(a, b, first, first + more),
    HOUR,
    HOUR,
    st.integers(0, 6),
    st.integers(0, 5),
)


def hours_of(terms: Terms) -> set[int]:
    """Every single working hour, counted from DAY 00:00."""
    days = range((terms.date_from - DAY).days, (terms.date_to - DAY).days + 1)
    start, length = terms.start_minute // 60, span_minutes(terms) // 60
    return {day * 24 + start + hour for day in days for hour in range(length)}


@given(WORK, WORK)
def test_collisions_agree_with_counting_every_hour(one, other):
    assert terms_overlap(one, other) is bool(hours_of(one) & hours_of(other))
