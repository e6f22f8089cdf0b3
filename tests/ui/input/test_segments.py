"""Which strokes belong to one character, over a recogniser that knows three drawings."""

import pytest

from kiosk.ui.input.ink import is_circle
from kiosk.ui.input.pace import REST_S, Pace
from kiosk.ui.input.segments import Rest, begins_on_top, read_sheet
from tests.fakes import FakeClock

SIDE = 400.0


def line(x0, y0, x1, y1):
    return tuple((x0 + (x1 - x0) * step / 8, y0 + (y1 - y0) * step / 8) for step in range(9))


def gong(left, wide=80.0):
    """工, as wide and 200 high."""
    return (
        line(left, 100, left + wide, 100),
        line(left + wide / 2, 100, left + wide / 2, 300),
        line(left, 300, left + wide, 300),
    )


def shi(left, wide=80.0):
    """十."""
    return line(left, 180, left + wide, 180), line(left + wide / 2, 100, left + wide / 2, 300)


def knows(drawings, whole=8000.0):
    """A recogniser for numbers of strokes; whatever else it is asked it reads badly."""

    def read(numbers):
        return ((drawings[numbers], 2000.0),) if numbers in drawings else (("杂", whole),)

    return read


def test_characters_beside_each_other_are_read_each_for_itself():
    ink = (*gong(0), *shi(130))
    reading = read_sheet(ink, SIDE, knows({(0, 1, 2): "工", (3, 4): "十"}), (("垆", 7000.0),), None)
    assert reading.word == "工十"
    assert [piece.strokes for piece in reading.pieces] == [(0, 1, 2), (3, 4)]
    assert reading.ones == ("垆",)


def test_a_stroke_that_was_added_later_belongs_to_where_it_stands():
    ink = (*gong(0)[:2], *shi(130), gong(0)[2])
    read = knows({(0, 1, 4): "工", (2, 3): "十"})
    assert read_sheet(ink, SIDE, read, (("垆", 7000.0),), None).word == "工十"


def test_one_character_with_a_gap_stays_one_and_the_other_way_is_offered():
    ink = (*gong(0), *shi(130))
    reading = read_sheet(ink, SIDE, knows({(0, 1, 2): "工", (3, 4): "十"}), (("功", 2800.0),), None)
    assert reading.word == "功"
    assert reading.other == "工十"


def test_a_dot_beside_a_character_is_its_own():
    ink = (*gong(0), line(130, 110, 150, 130))
    read = knows({(0, 1, 2): "工", (3,): "丶"})
    assert read_sheet(ink, SIDE, read, (("心", 6000.0),), None).word == "心"


def test_of_gaps_that_are_alike_all_lie_between_characters():
    ink = (*gong(0), *shi(130), *shi(260))
    read = knows({(0, 1, 2): "工", (3, 4): "十", (5, 6): "十", (0, 1, 2, 3, 4): "计"})
    assert read_sheet(ink, SIDE, read, (("垆", 7000.0),), None).word == "工十十"


def test_a_bad_drawing_without_another_way_is_offered_as_it_is_read():
    assert read_sheet(gong(0), SIDE, knows({}), (("工", 9000.0),), None).word == "工"
    assert read_sheet(gong(0), SIDE, knows({}), (), None).pieces == ()


@pytest.mark.parametrize(
    ("sure", "joint", "taken"), [(False, 6000, "工"), (False, 4500, ""), (True, 4500, "工")]
)
def test_a_character_begun_on_top_after_a_rest_takes_the_one_below(sure, joint, taken):
    ink = (*gong(100, 200.0), *shi(100, 200.0))
    read = knows({(0, 1, 2): "工", (3, 4): "十"})
    reading = read_sheet(ink, SIDE, read, (("士", float(joint)),), Rest(before=3, sure=sure))
    assert reading.old == taken
    # Where there is doubt nothing is taken: one character is offered first, and the word behind it.
    assert (reading.word, reading.other) == (("工十", "") if taken else ("士", "工十"))


@pytest.mark.parametrize(("joint", "word"), [(4300, "日"), (6000, "工十")])
def test_without_a_rest_a_character_is_two_only_where_it_cannot_be_one(joint, word):
    ink = (*gong(100, 200.0), *shi(100, 200.0))
    read = knows({(0, 1, 2): "工", (3, 4): "十"})
    assert read_sheet(ink, SIDE, read, (("日", float(joint)),), None).word == word


def test_a_slow_hand_that_writes_one_character_is_let_write():
    ink = (*gong(100, 200.0), line(140, 200, 260, 200))
    reading = read_sheet(
        ink, SIDE, knows({(0, 1, 2): "工", (3,): "一"}), (("王", 2400.0),), Rest(before=3, sure=True)
    )
    assert (reading.word, reading.old) == ("王", "")


def test_a_new_character_begins_at_the_upper_left_of_the_old_one():
    below = gong(100, 200.0)
    assert begins_on_top((*below, line(90, 180, 300, 180)), SIDE, 3)
    assert not begins_on_top((*below, line(120, 320, 280, 320)), SIDE, 3)
    assert not begins_on_top((*below, line(330, 120, 330, 280)), SIDE, 3)


def rested(seconds, *, own=0.2):
    """What the pace says of a rest before the fourth stroke, after strokes with their own pauses."""
    clock, ink = FakeClock(), (*gong(100, 200.0), *shi(90, 200.0))
    pace = Pace(clock.monotonic)
    for number in range(4):
        clock.advance(seconds if number == 3 else own)
        pace.begin()
        pace.end(ink[: number + 1], SIDE)
    return pace


def test_a_rest_is_as_long_as_it_is_for_this_hand():
    assert rested(REST_S - 0.01).rest is None
    assert rested(REST_S).rest == Rest(before=3, sure=True)
    assert rested(1.0, own=0.9).rest == Rest(before=3, sure=False)


def test_who_was_misunderstood_once_is_given_twice_the_time():
    pace = rested(1.0)
    pace.slow_down()
    assert pace.rest is None
    pace.new_sheet()
    clock, ink = FakeClock(), (*gong(100, 200.0), *shi(90, 200.0))
    pace._now = clock.monotonic
    for number in range(4):
        clock.advance(1.5 if number == 3 else 0.2)
        pace.begin()
        pace.end(ink[: number + 1], SIDE)
    assert pace.rest == Rest(before=3, sure=False)
    pace.forget()
    assert pace._pauses == []


def test_the_rest_moves_with_the_ink_and_goes_with_its_strokes():
    pace = rested(1.0)
    pace.taken({0})
    assert pace.rest == Rest(before=2, sure=True)
    pace.cut(2)
    assert pace.rest is None
    pace = rested(1.0)
    pace.taken({0, 1, 2})
    assert pace.rest is None


def test_a_circle_is_round_and_closed():
    import math

    ring = tuple((200 + 80 * math.sin(n / 4), 200 - 80 * math.cos(n / 4)) for n in range(26))
    assert is_circle((ring,))
    assert not is_circle((ring[:18],))
    assert not is_circle((ring, ring))
    assert not is_circle((line(0, 0, 300, 10),))
    assert not is_circle(((ring[0], ring[8], ring[16]),))
