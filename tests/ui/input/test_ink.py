import itertools
import math

from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui.input.ink import SIDE, SPACING, normalised, orders, resampled

points = st.tuples(st.floats(0, 2000), st.floats(0, 2000))
strokes = st.lists(st.lists(points, min_size=1, max_size=30).map(tuple), min_size=1, max_size=8).map(tuple)


def test_points_are_evenly_apart_and_both_ends_stay():
    made = resampled(((0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (100.0, 0.0), (100.0, 65.0)))
    assert made[0] == (0.0, 0.0)
    assert made[-1] == (100.0, 65.0)
    assert made[1:3] == ((40.0, 0.0), (80.0, 0.0))
    assert made[3] == (100.0, 20.0)


@given(strokes)
def test_any_ink_fits_the_square_and_the_spacing(ink):
    made = normalised(ink, 400.0)
    assert len(made) == len(ink)
    for stroke in made:
        assert all(-0.01 <= x <= SIDE + 0.01 and -0.01 <= y <= SIDE + 0.01 for x, y in stroke)
        gaps = [math.dist(a, b) for a, b in itertools.pairwise(stroke)]
        assert all(gap <= SPACING + 0.01 for gap in gaps)


def test_a_dot_is_not_blown_up():
    made = normalised((((200.0, 200.0), (203.0, 201.0)),), 400.0)
    assert math.dist(made[0][0], made[0][-1]) < SIDE / 10


def test_no_ink_is_nothing():
    assert normalised((), 400.0) == ()
    assert normalised(((),), 400.0) == ()


def test_other_orders_begin_with_the_one_that_was_written():
    low, high = ((0.0, 900.0), (900.0, 900.0)), ((0.0, 0.0), (900.0, 0.0))
    assert orders((low, high)) == ((low, high), (high, low))
    assert orders((high, low)) == ((high, low),)
