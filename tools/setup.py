"""Set this clone up: environment, locked packages, system libraries. Quick when there is nothing to do.

Usage: ``python3 -m tools.setup run|test|build``
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tools import display, qt_libraries, system_packages
from tools.environment import Environment, missing_packages
from tools.terminal import ToolError, main_guard, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program that must be on the PATH.

    Attributes:
        commands: Names that it goes by; one of them is enough.
        packages: Names of the package that holds it, newest release first.
    """

    commands: tuple[str, ...]
    packages: tuple[str, ...]

    def is_here(self) -> bool:
        """Tell whether one of its names is on the PATH."""
        return any(shutil.which(command) for command in self.commands)


VIRTUAL_DISPLAY = (
    Program(commands=("Xvfb",), packages=("xvfb",)),
    Program(commands=("openbox",), packages=("openbox",)),
    Program(commands=("x11vnc",), packages=("x11vnc",)),
)
BROWSER = Program(
    commands=("chromium", "chromium-browser", "google-chrome"),
    packages=("chromium", "chromium-browser"),
)
# Rare characters of names that the typeface lacks: nobody is stopped for want of it, root gets it.
RARE_CHARACTERS = Path("/usr/share/fonts/truetype/hanazono/HanaMinA.ttf")
RARE_CHARACTERS_PACKAGE = "fonts-hanazono"
PACKER = Program(commands=("objdump",), packages=("binutils",))


def programs_for(level: str, *, has_display: bool) -> tuple[Program, ...]:
    """Return the programs that one level of the set-up needs on this machine."""
    if not sys.platform.startswith("linux"):
        return ()
    if level == "test":
        return (*VIRTUAL_DISPLAY, BROWSER)
    if level == "build":
        return (PACKER,)
    return () if has_display else VIRTUAL_DISPLAY


def set_up(here: Environment, level: str) -> None:
    """Bring a clone to one level; do nothing when it stands there already.

    Args:
        here: The clone.
        level: ``run``, ``test`` or ``build``.

    Raises:
        ToolError: Something is missing that the person must install.
    """
    started = time.monotonic()
    current = here.is_current(level)
    # One question to the person for all that is missing, not one after the other.
    missing = [p for p in programs_for(level, has_display=display.is_reachable()) if not p.is_here()]
    packages = [program.packages for program in missing] + ([] if current else missing_packages(level))
    if packages:
        why = ", ".join([program.commands[0] for program in missing] or ["Python"])
        system_packages.install(packages, why=why, log=here.logs / "apt.log")
    if not current:
        say(f"Setting up ({level}) in {here.root}")
        here.make(level)
        _rare_characters(here)
        here.mark_current(level, _libraries(here))
    if packages or not current:
        say(f"Set up in {time.monotonic() - started:.0f} s")


def _rare_characters(here: Environment) -> None:
    """Bring the font for rare characters, or say what would."""
    if not sys.platform.startswith("linux") or RARE_CHARACTERS.exists():
        return
    if system_packages.is_root() and system_packages.have_apt():
        try:
            system_packages.install(
                [(RARE_CHARACTERS_PACKAGE,)], why="rare characters", log=here.logs / "apt.log"
            )
        except ToolError as error:
            say(f"  (going on without it)\n{error}")
        return
    say(f"  (rare characters of names want also: {RARE_CHARACTERS_PACKAGE})")


def _libraries(here: Environment) -> tuple[str, ...]:
    """Make sure that Qt finds its system libraries; return the files that it found."""
    if not sys.platform.startswith("linux"):
        return ()
    say("  system libraries of Qt")
    before: frozenset[str] = frozenset()
    state = qt_libraries.check(here.site_packages)
    # A library that is found at last may show that another is missing: look again until nothing changes.
    while (missing := _to_install(state)) and missing != before:
        packages, _ = qt_libraries.packages_for(missing)
        if packages:
            system_packages.install(packages, why="Qt", log=here.logs / "apt.log")
            state = qt_libraries.check(here.site_packages)
        before = missing
    if state.needed:
        names = ", ".join(sorted(state.needed))
        message = f"Qt needs {names}, and no package that we know brings it. Install it and run this again."
        raise ToolError(message)
    if state.optional:
        packages, unknown = qt_libraries.packages_for(state.optional)
        say(f"  (voice or a USB printer want also: {' '.join([*(p[-1] for p in packages), *unknown])})")
    return state.found


def _to_install(state: qt_libraries.LibraryCheck) -> frozenset[str]:
    """Return what is worth installing: nobody is stopped for a device's library, root gets it at no cost."""
    if system_packages.is_root() and system_packages.have_apt():
        return state.needed | state.optional
    return state.needed


def main() -> int:
    """Read the command line and set up."""
    parser = argparse.ArgumentParser(prog="tools.setup", description=__doc__)
    parser.add_argument("level", choices=("run", "test", "build"), help="what the clone shall be good for")
    set_up(Environment.here(), parser.parse_args().level)
    return 0


if __name__ == "__main__":
    main_guard(main)
