"""Make the hash locks anew: ``requirements/*.txt`` from ``requirements/*.in``.

A lock names no index, host or folder, and holds the hashes of the public files only: the resolver is run
without any configuration of this machine.

Usage: ``make lock``, or ``make lock ARGS=--upgrade`` to take newer releases of everything
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess

from tools.environment import Environment
from tools.terminal import ToolError, main_guard, say

LEVELS = ("run", "test", "build")  # each is constrained by the one before
_PLACE = re.compile(r"https?:|file:|--(?:extra-)?index-url|--find-links|--trusted-host| @ ", re.IGNORECASE)


def lock(here: Environment, level: str, *, upgrade: bool) -> None:
    """Resolve one level for every supported Python and system, and write its lock.

    Args:
        here: The clone.
        level: One of ``LEVELS``.
        upgrade: Take the newest releases, not those of the present lock.

    Raises:
        ToolError: There is no solution, or the lock would name a place.
    """
    target = here.lock_file(level)
    command = [
        *(str(here.python), "-m", "uv", "pip", "compile", "--quiet", "--no-config", "--no-header"),
        *("--universal", "--python-version", "3.11", "--generate-hashes", "--only-binary", ":all:"),
        *("--no-emit-index-url", "--no-emit-find-links", *(["--upgrade"] if upgrade else [])),
        *("--output-file", target.name, f"{level}.in"),
    ]
    # Indexes and constraints of this machine must not reach the lock.
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    if subprocess.run(command, cwd=target.parent, env=env, check=False).returncode != 0:
        message = f"{level}.in could not be resolved (see above)"
        raise ToolError(message)
    check(target.read_text(encoding="utf-8"), target.name)


def check(text: str, name: str) -> None:
    """Refuse a lock that names a place or holds a package without hashes.

    Raises:
        ToolError: It does.
    """
    for number, line in enumerate(text.splitlines(), 1):
        if _PLACE.search(line):
            message = f"{name}:{number} names a place that packages come from: {line}"
            raise ToolError(message)
        if re.match(r"^[a-z0-9]", line) and not line.endswith("\\"):
            message = f"{name}:{number} has no hash: {line}"
            raise ToolError(message)


def main() -> int:
    """Lock every level."""
    parser = argparse.ArgumentParser(prog="tools.lock", description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take newer releases of everything")
    options = parser.parse_args()
    for level in LEVELS:
        say(f"  locking {level}")
        lock(Environment.here(), level, upgrade=options.upgrade)
    return 0


if __name__ == "__main__":
    main_guard(main)
