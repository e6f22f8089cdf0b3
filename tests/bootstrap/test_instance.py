"""One kiosk on a data folder, and what is known of the run before."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.bootstrap.instance import LOCK_FILE, InstanceLock, RunningAlready
from kiosk.bootstrap.journal import FILE_NAME, MOST_CRASHES, WITHIN, Past, RunJournal

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys
from pathlib import Path
from kiosk.bootstrap.instance import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
lock.take()
print("held", flush=True)
sys.stdin.read()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    held = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert held.stdout.readline() == "held\n"
    return held


def test_the_second_one_is_told_which_process_has_the_folder(tmp_path):
    with holder(tmp_path / "data") as first:
        with pytest.raises(RunningAlready) as told:
            InstanceLock(tmp_path / "data").take()
        assert told.value.params["process"] == str(first.pid)
        first.kill()
    # Killed, not ended: the system has taken the lock back all the same, and no stale number stands in the way.
    assert (tmp_path / "data" / LOCK_FILE).read_text() == f"{first.pid}\n"
    again = InstanceLock(tmp_path / "data")
    again.take()
    again.free()


def test_who_lets_go_lets_the_next_one_in(tmp_path):
    first, second = InstanceLock(tmp_path), InstanceLock(tmp_path)
    first.take()
    with pytest.raises(RunningAlready):
        second.take()
    first.free()
    second.take()
    second.free()


def journal(folder, clock, boot="boot-1") -> RunJournal:
    return RunJournal(folder, clock, boot)


def test_a_run_that_broke_off_is_known_and_one_that_ended_is_not(tmp_path, clock):
    assert journal(tmp_path, clock).begin() == Past()
    second = journal(tmp_path, clock)
    assert second.begin() == Past(crashed=True, lately=1)
    second.end()
    assert journal(tmp_path, clock).begin() == Past(crashed=False, lately=1)


def test_a_plug_that_was_pulled_is_no_crash(tmp_path, clock):
    journal(tmp_path, clock).begin()
    assert journal(tmp_path, clock, "boot-2").begin() == Past()


def test_three_crashes_in_five_minutes_are_a_loop(tmp_path, clock):
    journal(tmp_path, clock).begin()
    for lately in range(1, MOST_CRASHES):
        clock.advance(60)
        assert not journal(tmp_path, clock).begin().looping, lately
    clock.advance(60)
    assert journal(tmp_path, clock).begin().looping


def test_crashes_far_apart_are_no_loop(tmp_path, clock):
    journal(tmp_path, clock).begin()
    for _ in range(2 * MOST_CRASHES):
        clock.advance((WITHIN / 2 + timedelta(seconds=1)).total_seconds())
        assert not journal(tmp_path, clock).begin().looping


def test_a_clock_that_was_put_back_makes_no_loop_of_old_crashes(tmp_path, clock):
    journal(tmp_path, clock).begin()
    for _ in range(MOST_CRASHES - 1):
        journal(tmp_path, clock).begin()
    clock.advance(-3600)
    assert not journal(tmp_path, clock).begin().looping


@pytest.mark.parametrize("bytes_", [b"", b"\xff\x00", b'{"running": 7}', b"[]"])
def test_a_damaged_file_stops_nobody(tmp_path, clock, bytes_):
    (tmp_path / FILE_NAME).write_bytes(bytes_)
    assert journal(tmp_path, clock).begin() == Past()
    assert journal(tmp_path, clock).begin().crashed


def test_a_folder_that_is_not_there_stops_nobody(tmp_path, clock):
    assert journal(tmp_path / "none", clock).begin() == Past()
