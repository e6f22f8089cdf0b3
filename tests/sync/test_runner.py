"""When rounds happen. The pump is a stand-in; waiting is by events."""

import threading
import weakref

import pytest

from kiosk.services.faults import DeviceFault
from kiosk.sync.faults import NetworkFault
from kiosk.sync.pump import Round, Scope
from kiosk.sync.runner import Pace, SyncRunner

QUICK = Pace(push_after=0.01, pull_every=3600.0, backoff_first=0.02, backoff_most=0.04)
IDLE = Round(pushed=0, pulled=0, more=False)


class FakePump:
    def __init__(self, *rounds):
        self.rounds = list(rounds)
        self.scopes = []
        self.ending = False

    def end_soon(self):
        self.ending = True

    def step(self, scope):
        self.scopes.append(scope)
        answer = self.rounds.pop(0) if self.rounds else IDLE
        if isinstance(answer, BaseException):
            raise answer
        return answer


class Watched:
    """A running runner whose rounds can be waited for."""

    def __init__(self, *rounds, pace=QUICK):
        self.pump = FakePump(*rounds)
        self.done = threading.Semaphore(0)
        self.runner = SyncRunner(self.pump, pace, lambda _: self.done.release(), chance=lambda: 0.5)

    def wait(self, rounds=1):
        for _ in range(rounds):
            assert self.done.acquire(timeout=10)

    def __enter__(self):
        self.runner.start()
        return self

    def __exit__(self, *_):
        assert self.runner.stop()


def test_it_begins_with_a_full_round_and_pushes_after_a_commit():
    with Watched() as watched:
        watched.wait()
        watched.runner.committed()
        watched.wait()
    assert watched.pump.scopes == [Scope.ALL, Scope.OWN]


def test_more_to_do_is_done_at_once():
    with Watched(Round(pushed=1, pulled=0, more=True)) as watched:
        watched.wait(2)
    assert watched.pump.scopes == [Scope.ALL, Scope.ALL]


def test_after_a_failure_it_tries_again_by_itself():
    fault = Round(pushed=0, pulled=0, more=False, fault=NetworkFault("sync.unreachable"))
    with Watched(fault, fault) as watched:
        watched.wait(3)
    assert len(watched.pump.scopes) >= 3


def test_a_bug_is_logged_and_does_not_end_the_exchange(caplog):
    with Watched(RuntimeError("bug")) as watched:
        watched.wait(2)
    assert "sync round failed" in caplog.text


def test_it_stops_at_once_while_it_waits():
    with Watched(pace=Pace()) as watched:
        watched.wait()
        watched.runner.committed()  # due in two seconds, which nobody waits for


def test_a_round_under_way_is_told_to_end():
    watched = Watched()
    watched.runner.start()
    watched.wait()
    assert not watched.pump.ending
    assert watched.runner.stop()
    assert watched.pump.ending


def test_now_forgets_the_backoff():
    pace = Pace(backoff_first=3600.0, backoff_most=3600.0)
    with Watched(Round(pushed=0, pulled=0, more=False, fault=NetworkFault("x")), pace=pace) as watched:
        watched.wait()
        watched.runner.now()
        watched.wait()


def test_a_new_commit_is_no_way_round_the_backoff():
    pace = Pace(push_after=0.0, backoff_first=3600.0, backoff_most=3600.0)
    with Watched(Round(pushed=0, pulled=0, more=False, fault=NetworkFault("x")), pace=pace) as watched:
        watched.wait()
        watched.runner.committed()
        assert not watched.done.acquire(timeout=0.1)
    assert watched.pump.scopes == [Scope.ALL]


@pytest.mark.parametrize(("failures", "limit"), [(1, 4), (2, 8), (5, 64), (9, 900), (500, 900)])
def test_the_wait_is_anywhere_below_a_limit_that_doubles(failures, limit):
    pace = Pace()
    assert pace.retry_in(failures, DeviceFault("x"), 0.0) == 0
    assert pace.retry_in(failures, DeviceFault("x"), 1.0) == limit


def test_retry_after_is_honoured():
    assert Pace().retry_in(1, NetworkFault("x", retry_after=30.0), 0.1) == 30.0


def test_full_rounds_are_spread_by_a_fifth():
    assert Pace().pull_in(0.0) == pytest.approx(48.0)
    assert Pace().pull_in(1.0) == pytest.approx(72.0)


class HangingPump(FakePump):
    """A round that goes on after it was told to end soon."""

    def __init__(self):
        super().__init__()
        self.began, self.let = threading.Event(), threading.Event()

    def step(self, scope):
        self.began.set()
        assert self.let.wait(10)
        return IDLE


def test_a_thread_that_goes_on_after_the_end_tells_nobody_and_holds_nobody():
    class Window:
        def __init__(self):
            self.told = []

        def tell(self, done):
            self.told.append(done)

    pump, window = HangingPump(), Window()
    gone, told = weakref.ref(window), window.told
    runner = SyncRunner(pump, QUICK, window.tell)
    runner.start()
    assert pump.began.wait(10)
    assert not runner.stop(0.0)
    del window
    assert gone() is None
    pump.let.set()
    runner._thread.join(10)
    assert told == []
