"""The demo as people start it: ready within a minute, and gone with everything it started."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READY_S, END_S = 60, 45


def group_of(process: subprocess.Popen[str], folder: Path) -> list[str]:
    """Command lines of everything that runs with the demo's folder in its name."""
    found = []
    for each in Path("/proc").iterdir():
        if each.name.isdigit() and int(each.name) != process.pid:
            try:
                command = (each / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            except OSError:
                continue
            if str(folder) in command:
                found.append(command)
    return found


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.timeout(180)
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at the processes of Linux")
@pytest.mark.parametrize("moment", ["ready", "while it starts"])
def test_the_demo_is_ready_in_a_minute_and_leaves_nothing(tmp_path, moment):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    for each in (tmp_path, temporary):
        each.chmod(0o711)  # PostgreSQL runs as another user when the tests run as root
    temporary.chmod(0o1777)
    environment = {**os.environ, "TMPDIR": str(temporary), "QT_QPA_PLATFORM": "offscreen"}
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "--data-dir", str(tmp_path / "data"), "demo", "--size", "800x1280"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    wanted = "ready in" if moment == "ready" else "the city answers"
    lines = []
    try:
        for line in process.stdout:
            lines.append(line)
            if line.startswith(wanted):
                break
        assert lines[-1].startswith(wanted), lines
        assert time.monotonic() - began < READY_S
        assert group_of(process, temporary)
        process.send_signal(signal.SIGINT)
        code = process.wait(END_S)
    finally:
        process.kill()
        process.stdout.close()
    assert code in {0, 130}
    assert group_of(process, temporary) == []
    assert [each.name for each in temporary.iterdir()] == []
