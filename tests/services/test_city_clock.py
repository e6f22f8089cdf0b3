"""A machine in 1970 lives in the present as soon as the city has said what time it is."""

from datetime import UTC, datetime, timedelta

from kiosk.services.city_clock import TOLERANCE, CityClock, off_of
from tests.fakes import MORNING, FakeClock


class Machine(FakeClock):
    """A wall clock that somebody may set, beside a counter that only runs forward."""

    def set(self, now):
        self._now = now


def test_nobody_has_said_anything():
    machine = Machine(datetime(1970, 1, 2, tzinfo=UTC))
    clock = CityClock(machine)
    assert (clock.now(), clock.off) == (machine.now(), None)


def test_a_clock_that_is_nearly_right_is_left_alone():
    clock = CityClock(Machine(MORNING))
    clock.heard(MORNING + TOLERANCE)
    assert (clock.now(), clock.off) == (MORNING, None)


def test_a_clock_that_is_wrong_is_replaced_and_told():
    machine = Machine(datetime(1970, 1, 2, tzinfo=UTC))
    clock = CityClock(machine)
    clock.heard(MORNING)
    machine.advance(90)
    assert clock.now() == MORNING + timedelta(seconds=90)
    assert clock.off == machine.now() - clock.now()
    machine.set(MORNING + timedelta(seconds=95))  # staff have set it
    assert (clock.now(), clock.off) == (machine.now(), None)


def test_a_clock_that_is_set_wrong_in_between_deceives_nobody():
    machine = Machine(MORNING)
    clock = CityClock(machine)
    clock.heard(MORNING)
    machine.set(MORNING + timedelta(days=400))
    assert clock.now() == MORNING
    assert clock.off == timedelta(days=400)


def test_other_clocks_know_nothing():
    assert off_of(Machine(MORNING)) is None
