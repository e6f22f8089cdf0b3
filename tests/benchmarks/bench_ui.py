"""The screens: a cold start, how fast a touch brings the next screen, and what a day leaves in memory.

Everything runs offscreen, on a real database with the seeded market morning in it. ``cold_start`` and
the day are measured in fresh processes.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

from PySide6.QtCore import qInstallMessageHandler

from kiosk.bootstrap.system import SystemClock
from kiosk.bootstrap.window import make_application
from kiosk.ui.strings import Strings
from tests.benchmarks.run import Figure, figure, percentile
from tests.benchmarks.timed_hand import Change, TimedHand
from tests.e2e.stage import furnished
from tests.e2e.tour import tour
from tests.fakes import FakeClock

STARTS = 7
VISITS = 2000
#: What the processes say on standard error, each with the clock and the processor's time.
MOMENTS = ("painted", "answered", "filled")
#: A PIN is hashed slowly on purpose; what a person waits for there is not the screen.
SLOW_ON_PURPOSE = frozenset({"staff_sign_in", "setup_staff"})


def benchmarks() -> Iterator[Figure]:
    """All figures of the screens."""
    with tempfile.TemporaryDirectory(prefix="bench-ui-") as name:
        yield from _cold_start(Path(name))
        yield from _screen_changes(Path(name))
        yield from _day(Path(name))


def _cold_start(folder: Path) -> Iterator[Figure]:
    """From the start of the process to the answer to the first touch: the first page, then the next one, painted."""
    furnished(folder / "cold", SystemClock(), Strings()).close()
    data = str(folder / "cold" / "data")
    windows, kiosks = [], []
    for _ in range(STARTS + 1):
        windows.append(_moments(folder, "tests.benchmarks.cold_window"))
        kiosks.append(_moments(folder, "tests.benchmarks.cold_kiosk", data))
    # The first pair writes the byte code, as an installation does, and what the kiosk remembers of its first page.
    window, kiosk = (_middle(each[1:]) for each in (windows, kiosks))
    limit = window["painted"]
    yield figure("cold_start", kiosk["answered"].seconds * 1e3, "ms", limit.seconds * 1e3)
    yield figure("cold_start_work", kiosk["answered"].work * 1e3, "ms", limit.work * 1e3)
    yield figure("cold_start_painted", kiosk["painted"].seconds * 1e3, "ms", limit.seconds * 1e3)
    yield figure("cold_start_filled", kiosk["filled"].seconds * 1e3, "ms", limit.seconds * 1e3)


@dataclass(frozen=True, slots=True)
class Moment:
    """Since the start of a process.

    Attributes:
        seconds: by the clock on the wall.
        work: by the processor: what other programs take from the machine is not in it.
    """

    seconds: float
    work: float


def _middle(starts: list[dict[str, Moment]]) -> dict[str, Moment]:
    """The median of each moment."""
    return {
        what: Moment(
            statistics.median(start[what].seconds for start in starts),
            statistics.median(start[what].work for start in starts),
        )
        for what in starts[0]
    }


def _moments(folder: Path, module: str, *arguments: str) -> dict[str, Moment]:
    """When a fresh process had painted its window, answered a touch, and filled the page."""
    started = time.monotonic()
    found = {}
    for line in _run(folder, module, *arguments).splitlines():
        what, _, told = line.partition(" ")
        if what in MOMENTS:
            at, work = map(float, told.split())
            found[what] = Moment(at - started, work)
    return found


def _run(folder: Path, module: str, *arguments: str) -> str:
    """What a module says on standard error in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"GIG_KIOSK_KEY_SOURCE": "file", "PYTHONPYCACHEPREFIX": str(folder / "pycache")}
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stderr


def _screen_changes(folder: Path) -> Iterator[Figure]:
    """The tour, with a watch: from the release of the finger to the painted screen."""
    qInstallMessageHandler(lambda *_: None)  # the offscreen platform talks about itself
    application = make_application(["bench"])
    changes: list[Change] = []
    TimedHand.noted = staticmethod(changes.append)
    for stop in tour(folder / "tour", hand=TimedHand):
        prebuilder = stop.stage.window.prebuilder
        if prebuilder.working and stop.name.startswith("welcome"):
            stop.stage.hand.wait(lambda made=prebuilder: not made.working, "screens are still being made")
    counted = [each for each in changes if each.before not in SLOW_ON_PURPOSE]
    painted = [each.painted * 1e3 for each in counted]
    yield figure("screen_change_p95", percentile(painted), "ms")
    yield figure("screen_change_p50", percentile(painted, 0.5), "ms")
    yield figure("screen_change_max", max(painted), "ms")
    filled = [each.filled * 1e3 for each in counted if each.filled is not None]
    yield figure("screen_filled_p95", percentile(filled), "ms")
    slow = [each.painted * 1e3 for each in changes if each.before in SLOW_ON_PURPOSE]
    yield figure("sign_in_change_max", max(slow), "ms")
    del application


def _day(folder: Path) -> Iterator[Figure]:
    """Memory of a kiosk's process before its first visit, at the end of a day, and what each visit leaves behind."""
    furnished(folder / "day", FakeClock(), Strings()).close()
    said = _run(folder, "tests.benchmarks.morning", str(folder / "day"), str(VISITS))
    lines = [line.split() for line in said.splitlines()]
    before = next(line for line in lines if line and line[0] == "before")
    after = [(int(line[1]), float(line[2])) for line in lines if line and line[0] == "after"]
    yield figure("rss_before_mb", float(before[1]), "MiB")
    yield figure("rss_mb_after_8h", after[-1][1], "MiB")
    # The first tenth fills caches, which have a size; what comes after it would go on for ever.
    settled = [each for each in after if each[0] > VISITS // 10]
    yield figure("rss_slope_kb_per_visit", _slope(settled) * 1024, "KiB")


def _slope(points: list[tuple[int, float]]) -> float:
    """Of the straight line that fits best."""
    x, y = (statistics.fmean(each[axis] for each in points) for axis in (0, 1))
    return sum((n - x) * (m - y) for n, m in points) / sum((n - x) ** 2 for n, _ in points)
