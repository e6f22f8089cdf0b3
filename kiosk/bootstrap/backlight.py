"""The panel's own light: off in the dark hours by a command of this machine, and on again before anything else.

A program can paint black; only the machine can switch a panel off (``wlr-randr`` under cage, ``xset`` under X).
Commands are run one after the other, off the screen's thread. What was asked last is what is so in the end.
"""

from __future__ import annotations

import logging
import shlex
import subprocess
import threading
from typing import TYPE_CHECKING

from kiosk import surroundings
from kiosk.ui.tasks import Lane

if TYPE_CHECKING:
    from kiosk.ui.tasks import Tasks

log = logging.getLogger(__name__)

#: A command that takes longer is given up: nobody waits for it, but the next one does.
PATIENCE_S = 10.0


class Backlight:
    """Switches the panel off and on. Used by the GUI thread."""

    def __init__(self, off: str, on: str, tasks: Tasks) -> None:
        """Nothing is run before it is asked for.

        Args:
            off: the command that switches the panel off, in words as a shell has them; empty: there is none.
            on: the one that switches it on.
            tasks: runs them.
        """
        self._commands = {False: off, True: on}
        self._tasks = tasks
        self._lock = threading.Lock()
        self._wanted: bool | None = None
        self._is: bool | None = None
        self._busy = False

    def start(self) -> None:
        """The panel is on, whatever an earlier run has left."""
        self._want(lit=True)

    def stop(self) -> None:
        """The program goes, or its window: nobody is left who could switch it on."""
        self._want(lit=True)

    def darken(self) -> None:
        """Off."""
        self._want(lit=False)

    def lighten(self) -> None:
        """On."""
        self._want(lit=True)

    def _want(self, *, lit: bool) -> None:
        if not all(self._commands.values()):
            return
        with self._lock:
            self._wanted = lit
            if self._busy or self._is == lit:
                return
            self._busy = True
        self._tasks.run(self._catch_up, lane=Lane.OUTSIDE)

    def _catch_up(self) -> None:
        """On a lane's thread: until what is so is what is wanted."""
        while True:
            with self._lock:
                lit = self._wanted
                if lit is None or lit == self._is:
                    self._busy = False
                    return
            _run(self._commands[lit])
            with self._lock:
                self._is = lit  # also if it failed: it was said in the log, and the next change tries again


def _run(command: str) -> None:
    """Run it; what goes wrong is the log's, never the screen's."""
    try:
        done = subprocess.run(  # noqa: S603 - the machine's own settings say what, and no shell reads it
            shlex.split(command),
            env=surroundings.own(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE_S,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        log.warning("the panel's command did not run: %s", type(error).__name__)
        return
    if done.returncode:
        log.warning("the panel's command ended with status %d", done.returncode)
