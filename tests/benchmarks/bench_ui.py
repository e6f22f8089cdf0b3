"""The screens: a cold start, how fast a touch brings the next screen, and what a morning leaves in memory.

Everything runs offscreen, on a real database with the seeded market morning in it. ``cold_start`` and
``rss_after_morning`` are measured in fresh processes.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
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
PAINTED = "painted "
#: A PIN is hashed slowly on purpose; what a person waits for there is not the screen.
SLOW_ON_PURPOSE = frozenset({"staff_sign_in", "setup_staff"})


def benchmarks() -> Iterator[Figure]:
    """All figures of the screens."""
    with tempfile.TemporaryDirectory(prefix="bench-ui-") as name:
        yield from _cold_start(Path(name))
        yield from _screen_changes(Path(name))
        yield from _morning(Path(name))


def _cold_start(folder: Path) -> Iterator[Figure]:
    """From the start of the process to the first screen with the market on it, painted and open to touches."""
    furnished(folder / "cold", SystemClock(), Strings()).close()
    data = str(folder / "cold" / "data")
    windows, kiosks = [], []
    for _ in range(STARTS + 1):
        windows.append(_painted(folder, "tests.benchmarks.cold_window"))
        kiosks.append(_painted(folder, "tests.benchmarks.cold_kiosk", data))
    # The first pair writes the byte code, as an installation does.
    yield figure(
        "cold_start", statistics.median(kiosks[1:]) * 1e3, "ms", statistics.median(windows[1:]) * 1e3
    )


def _painted(folder: Path, module: str, *arguments: str) -> float:
    """Seconds until a fresh process has painted its window."""
    started = time.monotonic()
    told = _run(folder, module, *arguments)
    return float(told.split(PAINTED)[1].split()[0]) - started


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


def _morning(folder: Path) -> Iterator[Figure]:
    """Memory of a kiosk's process before its first visit and after a hundred."""
    furnished(folder / "morning", FakeClock(), Strings()).close()
    said = _run(folder, "tests.benchmarks.morning", str(folder / "morning"))
    for when in ("before", "after"):
        whole, own = said.split(f"{when} ")[1].split()[:2]
        yield figure(f"rss_{when}_morning", float(whole), "MiB")
        yield figure(f"rss_{when}_morning_without_files", float(own), "MiB")
