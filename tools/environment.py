"""The project's own environment in ``.venv``: made, filled from a hash lock, known to be up to date."""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.terminal import run_logged, say

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
# Variables that would send pip or Python to another place than our environment.
_MISLEADING = ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_REQUIRE_VIRTUALENV")


def missing_packages(level: str) -> list[tuple[str, ...]]:
    """Return the system packages (their possible names) that this Python lacks for one level of the set-up."""
    name = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    missing: list[tuple[str, ...]] = []
    if importlib.util.find_spec("ensurepip") is None:
        missing.append((f"{name}-venv", "python3-venv"))
    # The packer takes Python along as a shared library; Debian's python3 is linked without one.
    if level == "build" and sys.platform.startswith("linux") and not _loads(f"lib{name}.so.1.0"):
        missing.append((f"lib{name}t64", f"lib{name}"))
    return missing


def _loads(library: str) -> bool:
    """Tell whether a shared library is found, on the system's path or beside this Python."""
    beside = Path(sysconfig.get_config_var("LIBDIR") or "", library)
    try:
        ctypes.CDLL(str(beside) if beside.exists() else library)
    except OSError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Environment:
    """One clone of the project and the environment inside it.

    Attributes:
        root: The clone's folder.
    """

    root: Path

    @classmethod
    def here(cls) -> Environment:
        """Return the environment of the clone that this file belongs to."""
        return cls(Path(__file__).resolve().parent.parent)

    @property
    def venv(self) -> Path:
        """Folder of the environment."""
        return self.root / ".venv"

    @property
    def logs(self) -> Path:
        """Folder of everything that pip and apt said."""
        return self.root / ".setup"

    @property
    def python(self) -> Path:
        """The environment's Python."""
        return self._program("python")

    @property
    def gig_kiosk(self) -> Path:
        """The program, as installed in the environment."""
        return self._program("gig-kiosk")

    @property
    def site_packages(self) -> Path:
        """The environment's folder of packages."""
        if os.name == "nt":
            return self.venv / "Lib" / "site-packages"
        return self.venv / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"

    def lock_file(self, level: str) -> Path:
        """Return the lock of one level of the set-up: ``run``, ``test`` or ``build``."""
        return self.root / "requirements" / f"{level}.txt"

    def make(self, level: str) -> None:
        """Make the environment if there is none, and install one lock and the project itself into it.

        Raises:
            ToolError: Something could not be installed; the text says what to do.
        """
        if not self._has_pip():
            say(f"  new environment {self.venv.name} with Python {sys.version.split()[0]}")
            command = [sys.executable, "-m", "venv", "--clear", str(self.venv)]
            run_logged(command, self.logs / "venv.log", env=_clean_env())
        self._install_lock(self.lock_file(level))
        say("  the project itself (editable)")
        self._pip("install", "--no-build-isolation", "--no-deps", "--editable", str(self.root))

    def key(self, level: str) -> str:
        """Return a fingerprint of everything that the environment of one level is made from."""
        project = tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))
        parts = {
            "lock": self.lock_file(level).read_text(encoding="utf-8"),
            "project": [project["project"], project["build-system"]],
            "python": [sys.version, sys.executable],
            "place": str(self.root),
        }
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def is_current(self, level: str) -> bool:
        """Tell whether the environment and its system libraries stand as ``mark_current`` left them."""
        try:
            stamp = json.loads(self._stamp(level).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        if not isinstance(stamp, dict) or stamp.get("key") != self.key(level):
            return False
        return all(Path(path).exists() for path in [self.python, self.gig_kiosk, *stamp.get("libraries", [])])

    def mark_current(self, level: str, libraries: tuple[str, ...]) -> None:
        """Remember that the environment is complete; every level holds all of ``run``.

        Args:
            level: What was installed.
            libraries: Files outside the environment that must be there too.
        """
        for done in {level, "run"}:
            stamp = self._stamp(done)
            stamp.parent.mkdir(parents=True, exist_ok=True)
            fresh = stamp.with_suffix(".new")
            text = json.dumps({"key": self.key(done), "libraries": list(libraries)})
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(stamp)

    def _program(self, name: str) -> Path:
        if os.name == "nt":
            return self.venv / "Scripts" / f"{name}.exe"
        return self.venv / "bin" / name

    def _stamp(self, level: str) -> Path:
        return self.venv / ".stamps" / f"{level}.json"

    def _has_pip(self) -> bool:
        """Tell whether the environment is there, runs this very Python, and was not left half made."""
        if not self.python.exists():
            return False
        question = [str(self.python), "-c", "import sys, pip; print(sys.version)"]
        answer = subprocess.run(question, capture_output=True, text=True, check=False, env=_clean_env())
        return answer.returncode == 0 and answer.stdout.strip() == sys.version.strip()

    def _install_lock(self, lock: Path) -> None:
        total = len(_PIN.findall(lock.read_text(encoding="utf-8")))
        say(f"  packages of {lock.relative_to(self.root)} (the first time takes a minute or a few)")
        seen = 0

        def progress(line: str) -> None:
            nonlocal seen
            if line.startswith(("Collecting ", "Processing ")):
                seen += 1
                what = Path(line.split()[1]).name.removesuffix(".whl")
                say(f"    [{seen} of at most {total}] {what.replace('==', ' ')}")
            elif line.strip().startswith("Downloading ") and line.endswith("MB)"):
                say(f"      downloading {line.rsplit('(', 1)[1].rstrip(')')}")
            elif line.startswith("Installing collected packages"):
                say("    unpacking")

        # Wheels only: building one would fetch a build back end that no hash of ours covers.
        self._pip("install", "--require-hashes", "--only-binary", ":all:", "-r", str(lock), on_line=progress)

    def _pip(self, *arguments: str, on_line: Callable[[str], None] | None = None) -> None:
        manners = ("--no-input", "--progress-bar", "off", "--disable-pip-version-check")
        command = [str(self.python), "-m", "pip", *arguments, *manners]
        run_logged(command, self.logs / "pip.log", on_line=on_line, env=_clean_env())


def _clean_env() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _MISLEADING}
