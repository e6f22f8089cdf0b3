"""The project's own environment in ``.venv``: made, filled from a hash lock, known to be up to date."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

from tools import system_packages
from tools.terminal import run_logged, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOGS = ROOT / ".setup"

_BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = _BIN / ("python.exe" if os.name == "nt" else "python")
GIG_KIOSK = _BIN / ("gig-kiosk.exe" if os.name == "nt" else "gig-kiosk")

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
# Variables that would send pip or Python to another place than our environment.
_MISLEADING = ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_REQUIRE_VIRTUALENV")


def lock_file(level: str) -> Path:
    """Return the lock of one level of the set-up: ``run``, ``test`` or ``build``."""
    return ROOT / "requirements" / f"{level}.txt"


def site_packages() -> Path:
    """Return the environment's folder of packages."""
    if os.name == "nt":
        return VENV / "Lib" / "site-packages"
    return VENV / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"


def make(level: str) -> None:
    """Make the environment if there is none, and install one lock and the project itself into it.

    Raises:
        ToolError: Something could not be installed; the text says what to do.
    """
    _make_venv()
    _install_lock(lock_file(level))
    say("  the project itself (editable)")
    _pip("install", "--no-build-isolation", "--no-deps", "--editable", str(ROOT))


def key(level: str) -> str:
    """Return a fingerprint of everything that the environment of one level is made from."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    parts = {
        "lock": lock_file(level).read_text(encoding="utf-8"),
        "project": [project["project"], project["build-system"]],
        "python": [sys.version, sys.executable],
        "place": str(ROOT),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def is_current(level: str) -> bool:
    """Tell whether the environment and its system libraries stand as ``mark_current`` left them."""
    try:
        stamp = json.loads(_stamp(level).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    if not isinstance(stamp, dict) or stamp.get("key") != key(level):
        return False
    return all(Path(path).exists() for path in [PYTHON, GIG_KIOSK, *stamp.get("libraries", [])])


def mark_current(level: str, libraries: tuple[str, ...]) -> None:
    """Remember that the environment is complete; every level holds all of ``run``."""
    for done in {level, "run"}:
        stamp = _stamp(done)
        stamp.parent.mkdir(parents=True, exist_ok=True)
        fresh = stamp.with_suffix(".new")
        fresh.write_text(json.dumps({"key": key(done), "libraries": list(libraries)}), encoding="utf-8")
        fresh.replace(stamp)


def _stamp(level: str) -> Path:
    return VENV / ".stamps" / f"{level}.json"


def _make_venv() -> None:
    if _has_pip():
        return
    if importlib.util.find_spec("ensurepip") is None:
        versioned = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        system_packages.install([(versioned, "python3-venv")], why="Python's venv", log=LOGS / "apt.log")
    say(f"  new environment {VENV.name} with Python {sys.version.split()[0]}")
    run_logged([sys.executable, "-m", "venv", "--clear", VENV], LOGS / "venv.log", env=_clean_env())


def _has_pip() -> bool:
    """Tell whether the environment is there, runs this very Python, and was not left half made."""
    if not PYTHON.exists():
        return False
    question = "import sys, pip; print(sys.version)"
    answer = subprocess.run(
        [PYTHON, "-c", question], capture_output=True, text=True, check=False, env=_clean_env()
    )
    return answer.returncode == 0 and answer.stdout.strip() == sys.version.strip()


def _install_lock(lock: Path) -> None:
    total = len(_PIN.findall(lock.read_text(encoding="utf-8")))
    say(f"  packages of {lock.relative_to(ROOT)} (at most {total}; the first time takes a few minutes)")
    seen = 0

    def progress(line: str) -> None:
        nonlocal seen
        if line.startswith(("Collecting ", "Processing ")):
            seen += 1
            what = Path(line.split()[1]).name.removesuffix(".whl")
            say(f"    [{seen}/{total}] {what.replace('==', ' ')}")
        elif line.strip().startswith("Downloading ") and line.rstrip().endswith("MB)"):
            say(f"      downloading {line.rsplit('(', 1)[1].rstrip(')')}")
        elif line.startswith("Installing collected packages"):
            say("    unpacking")

    # Wheels only: building one would fetch a build back end that no hash of ours covers.
    _pip("install", "--require-hashes", "--only-binary", ":all:", "-r", str(lock), on_line=progress)


def _pip(*arguments: str, on_line: Callable[[str], None] | None = None) -> None:
    manners = ("--no-input", "--progress-bar", "off", "--disable-pip-version-check")
    command = [str(PYTHON), "-m", "pip", *arguments, *manners]
    run_logged(command, LOGS / "pip.log", on_line=on_line, env=_clean_env())


def _clean_env() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _MISLEADING}
