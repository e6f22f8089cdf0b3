"""Debian and Ubuntu packages: install them when we are root, else say the exact command."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from tools.terminal import ToolError, run_logged, say


def is_root() -> bool:
    """Tell whether this process may install packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def have_apt() -> bool:
    """Tell whether this system is installed from Debian-like packages."""
    return shutil.which("apt-get") is not None


def install(wanted: Iterable[Sequence[str]], *, why: str, log: Path) -> None:
    """Install packages, or stop with the command that would.

    Args:
        wanted: For each package its possible names, newest release first; the first one that exists is taken.
        why: What they are for, to end the sentence "Installing … for".
        log: File that apt's output is appended to.

    Raises:
        ToolError: Not root, no apt, or the installation failed.
    """
    choices = [tuple(names) for names in wanted]
    if not have_apt():
        raise ToolError(_without_apt(choices, why))
    if not is_root():
        names = _choose(choices)
        message = (
            f"System packages are missing for {why}. Install them with\n\n"
            f"    sudo apt-get update && sudo apt-get install -y {' '.join(names)}\n\n"
            "and run the same command again."
        )
        raise ToolError(message)
    _install_as_root(choices, why, log)


def _install_as_root(choices: list[tuple[str, ...]], why: str, log: Path) -> None:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    lock_wait = ["-o", "DPkg::Lock::Timeout=300"]
    say("  apt-get update")
    try:
        run_logged(["apt-get", "update", *lock_wait], log, env=env)
    except ToolError as error:
        # Lists from an earlier update may still do; if not, the installation below says what is wrong.
        say(f"  (apt-get update failed; going on with the package lists that are there)\n{error}")
    names = _choose(choices)
    say(f"  installing for {why}: {' '.join(names)}")
    done = 0

    def progress(line: str) -> None:
        nonlocal done
        if line.startswith("Setting up "):
            done += 1
            say(f"    [{done}] {line.split()[2]}")

    command = ["apt-get", "install", "-y", "--no-install-recommends", *lock_wait, *names]
    run_logged(command, log, on_line=progress, env=env)


def _choose(choices: list[tuple[str, ...]]) -> list[str]:
    """Take of each package the first name that this release knows, or the last name when none is known."""
    return sorted({next((name for name in names if _is_known(name)), names[-1]) for names in choices})


def _is_known(name: str) -> bool:
    """Tell whether apt would install a package of this very name."""
    answer = subprocess.run(
        ["apt-cache", "policy", name],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
    lines = [line.strip() for line in answer.stdout.splitlines()]
    return any(line.startswith("Candidate:") and line != "Candidate: (none)" for line in lines)


def _without_apt(choices: list[tuple[str, ...]], why: str) -> str:
    names = " ".join(sorted({names[-1] for names in choices}))
    return (
        f"System packages are missing for {why}, and this system has no apt-get.\n"
        f"Install what these Debian packages hold: {names}"
    )
