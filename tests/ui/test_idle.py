import pytest

from kiosk.ui.idle import IdleMonitor


class Log:
    def __init__(self, monitor: IdleMonitor) -> None:
        self.said: list[object] = []
        monitor.warned.connect(lambda left: self.said.append(("warned", left)))
        monitor.ticked.connect(self.said.append)
        monitor.resumed.connect(lambda: self.said.append("resumed"))
        monitor.expired.connect(lambda: self.said.append("expired"))


@pytest.fixture
def monitor(qapp, clock) -> IdleMonitor:
    return IdleMonitor(clock)


@pytest.fixture
def log(monitor) -> Log:
    return Log(monitor)


def test_it_rests_until_somebody_is_there(monitor, log, clock):
    clock.advance(1000)
    monitor.check()
    assert log.said == []


def test_it_warns_after_two_minutes_counts_down_and_expires(monitor, log, clock):
    monitor.watch()
    clock.advance(119.9)
    monitor.check()
    assert log.said == []
    clock.advance(0.1)
    monitor.check()
    assert log.said == [("warned", 30)]
    clock.advance(1)
    monitor.check()
    monitor.check()
    clock.advance(28)
    monitor.check()
    clock.advance(1)
    monitor.check()
    assert log.said == [("warned", 30), 29, 1, "expired"]
    assert not monitor.watching


def test_any_activity_puts_it_off(monitor, log, clock):
    monitor.watch()
    for _ in range(10):
        clock.advance(100)
        monitor.note()
        monitor.check()
    assert log.said == []


def test_activity_during_the_warning_goes_on(monitor, log, clock):
    monitor.watch()
    clock.advance(125)
    monitor.check()
    assert monitor.warning
    monitor.note()
    assert not monitor.warning
    clock.advance(119)
    monitor.check()
    assert log.said == [("warned", 25), "resumed"]


def test_a_machine_that_slept_does_not_skip_the_wipe(monitor, log, clock):
    monitor.watch()
    clock.advance(100_000)
    monitor.check()
    assert log.said == ["expired"]


def test_a_limit_below_a_minute_is_refused(qapp, clock):
    with pytest.raises(ValueError, match="60"):
        IdleMonitor(clock, limit_s=59)
    assert IdleMonitor(clock, limit_s=60).watching is False
