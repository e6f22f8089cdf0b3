"""Make hands signals on to what it runs, and every target tells what it is for."""

import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

from tests.tools import fake_programs as fakes

ROOT = Path(__file__).resolve().parents[2]
# Set-up is done at once; the launcher says that it is there and waits to be asked to stop.
PYTHON = """
import signal, sys
if "tools.run_demo" in sys.argv:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    print("arguments", sys.argv[1:], flush=True)
    print("got", signal.sigwait({signal.SIGTERM, signal.SIGINT}).name, flush=True)
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_to_make_reaches_the_launcher(tmp_path, name):
    python = fakes.write_program(tmp_path / "bin", "python", PYTHON)
    with subprocess.Popen(
        ["make", f"PYTHON={python}", "ORIENTATION=portrait", "SIZE=1280x800", "ARGS=--seed 3", "run"],
        cwd=ROOT,
        env={key: value for key, value in os.environ.items() if not key.startswith("MAKE")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as make:
        arguments = make.stdout.readline()
        make.send_signal(getattr(signal, name))
        if name == "SIGINT":  # a terminal sends Ctrl-C to the whole group
            os.killpg(make.pid, signal.SIGINT)
        said, _ = make.communicate(timeout=30)
    assert "'--orientation', 'portrait', '--size', '1280x800', '--', '--seed', '3'" in arguments
    assert f"got {name}" in said


def test_every_target_is_in_the_help():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^  ([a-z-]+) ", shown, re.MULTILINE)) == targets
