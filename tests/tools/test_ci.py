"""The script that continuous integration runs tells the truth about its steps."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.tools import fake_programs as fakes

SCRIPT = Path(__file__).resolve().parents[2] / ".ci" / "run"
MAKE = """
import os, sys
if sys.argv[1] == "test":
    print("===== 3 passed, 1 warning in 0.50s =====")
print("stdin is", repr(sys.stdin.read()))
sys.exit(2 if sys.argv[1] == os.environ.get("BROKEN") else 0)
"""


def run_script(tmp_path: Path, broken: str) -> subprocess.CompletedProcess[str]:
    fakes.write_program(tmp_path / "bin", "make", MAKE)
    return subprocess.run(
        ["bash", SCRIPT],
        env={**os.environ, "PATH": fakes.path_with(tmp_path / "bin"), "BROKEN": broken, "CI": "true"},
        input="not for the steps",
        capture_output=True,
        text=True,
        check=False,
    )


def test_all_steps_green(tmp_path):
    answer = run_script(tmp_path, broken="")
    assert answer.returncode == 0
    assert answer.stdout.splitlines()[-1] == "===== 3 passed, 1 warning in 0.50s ====="
    assert answer.stdout.count("stdin is ''") == 4


@pytest.mark.parametrize("step", ["test", "lint", "types", "contracts"])
def test_one_red_step_is_red_and_the_others_still_run(tmp_path, step):
    answer = run_script(tmp_path, broken=step)
    assert answer.returncode == 1
    assert f"== {step} FAILED" in answer.stdout
    assert answer.stdout.count(" ok (") == 3
