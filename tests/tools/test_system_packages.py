"""Packages are installed by root and named to everybody else."""

import os
from pathlib import Path

import pytest

from tests.tools import fake_programs as fakes
from tools import system_packages
from tools.terminal import ToolError

APT_GET = """
import os, pathlib, sys
with pathlib.Path(os.environ["CALLS"]).open("a") as calls:
    print(*sys.argv[1:], file=calls)
if sys.argv[1] == "install":
    print("Setting up libcups2t64:amd64 (2.4) ...")
    sys.exit(100 if "broken" in sys.argv else 0)
"""
# Knows the new name of one library and the only name of another.
APT_CACHE = """
import sys
name = sys.argv[2]
candidate = "1.0" if name in ("libcups2t64", "libegl1", "broken") else "(none)"
print(f"{name}:\\n  Installed: (none)\\n  Candidate: {candidate}")
"""


@pytest.fixture
def apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with a fake apt; returns the file of its calls."""
    folder = tmp_path / "bin"
    fakes.write_program(folder, "apt-get", APT_GET)
    fakes.write_program(folder, "apt-cache", APT_CACHE)
    monkeypatch.setenv("PATH", fakes.path_with(folder))
    calls = tmp_path / "calls"
    monkeypatch.setenv("CALLS", str(calls))
    return calls


WANTED = [("libcups2t64", "libcups2"), ("libegl1",)]


def test_root_installs_after_an_update(apt, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    system_packages.install(WANTED, why="Qt", log=tmp_path / "apt.log")
    update, install = apt.read_text().splitlines()
    assert update.startswith("update ")
    assert install.startswith("install -y --no-install-recommends")
    assert install.endswith(" libcups2t64 libegl1")
    assert "[1] libcups2t64" in capsys.readouterr().out


def test_anybody_else_gets_the_command_and_nothing_is_installed(apt, monkeypatch, tmp_path):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(
        ToolError, match="sudo apt-get update && sudo apt-get install -y libcups2t64 libegl1\n"
    ):
        system_packages.install(WANTED, why="Qt", log=tmp_path / "apt.log")
    assert not apt.exists()


def test_a_name_that_no_release_knows_falls_back_to_the_oldest(apt, monkeypatch, tmp_path):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(ToolError, match="install -y libasound2\n"):
        system_packages.install([("libasound2t64", "libasound2")], why="Qt", log=tmp_path / "apt.log")


def test_a_failed_installation_shows_the_end_of_what_apt_said(apt, monkeypatch, tmp_path):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(ToolError, match=r"code 100[^$]*Setting up"):
        system_packages.install([("broken",)], why="Qt", log=tmp_path / "apt.log")


def test_without_apt_the_packages_are_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolError, match=r"no apt-get[^$]*libcups2 libegl1"):
        system_packages.install(WANTED, why="Qt", log=tmp_path / "apt.log")
