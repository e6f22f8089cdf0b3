"""Programs that we start and that end with us: each in a process group of its own, none left behind."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import IO, Self

from tools.terminal import ToolError

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_POLL_S = 0.05


class Stopped(BaseException):
    """SIGTERM, SIGINT or SIGHUP asked us to end; not an Exception, so that nothing swallows it on the way."""


_STOPPING = tuple(
    signal.Signals[name] for name in ("SIGINT", "SIGTERM", "SIGHUP") if name in signal.Signals.__members__
)


def stop_signals() -> contextlib.AbstractContextManager[None]:
    """While inside, turn the first SIGINT, SIGTERM or SIGHUP into ``Stopped`` and ignore any further one."""

    def stop(number: int, _frame: FrameType | None) -> None:
        for name in _STOPPING:
            signal.signal(name, signal.SIG_IGN)  # the way out is not to be cut short by a second Ctrl-C
        raise Stopped(number)

    return _handlers(stop)


@contextlib.contextmanager
def _handlers(handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> Iterator[None]:
    """While inside, handle the signals that ask us to stop in this way."""
    before = {name: signal.signal(name, handler) for name in _STOPPING}
    try:
        yield
    finally:
        for name, old in before.items():
            signal.signal(name, old)


class Children:
    """A set of running programs. Leaving the ``with`` block ends all of them, the last started first.

    On Linux, programs that our children started and left behind come to us (we are their subreaper) and are
    ended too, and a child is told to end when we are killed without a chance to do it.
    """

    def __init__(self, *, grace_s: float = 15.0) -> None:
        """Remember how long a program may take to end by itself before it is killed."""
        self._grace_s = grace_s
        self._running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        """Adopt whatever our children leave behind."""
        _prctl(_PR_SET_CHILD_SUBREAPER, 1)
        return self

    def __exit__(self, *_: object) -> None:
        """End every child, then every orphan; a signal to stop can't cut this short."""
        with _handlers(signal.SIG_IGN):
            while self._running:
                self._end(self._running.pop())
            _end_orphans(self._grace_s)
            _prctl(_PR_SET_CHILD_SUBREAPER, 0)

    def start(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        pass_fds: tuple[int, ...] = (),
        output: IO[bytes] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a program in a process group of its own.

        Args:
            command: Program and arguments.
            env: Its whole environment.
            pass_fds: File descriptors that it inherits.
            output: File for what it says; our own output when not given.

        Raises:
            ToolError: There is no such program.
        """
        try:
            process = subprocess.Popen(
                [os.fspath(word) for word in command],
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=pass_fds,
                start_new_session=True,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - no threads here
            )
        except FileNotFoundError as missing:
            message = f"{command[0]} is not installed"
            raise ToolError(message) from missing
        self._running.append(process)
        return process

    def wait(self, process: subprocess.Popen[bytes]) -> int:
        """Wait until a program ends by itself and return its exit code (negative: ended by that signal)."""
        return process.wait()

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        _signal_group(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=self._grace_s)
        except subprocess.TimeoutExpired:
            _signal_group(process.pid, signal.SIGKILL)
            process.wait()
        # The leader is gone; whoever of its group is not, had its chance.
        _signal_group(process.pid, signal.SIGKILL)


def _signal_group(leader: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, number)


def _end_orphans(grace_s: float) -> None:
    """End the programs that our children left to us, politely first."""
    if sys.platform != "linux":
        return
    deadline = time.monotonic() + grace_s
    for pid in _children_of_ours():
        _signal(pid, signal.SIGTERM)
    while _reap() and time.monotonic() < deadline:
        time.sleep(_POLL_S)
    while orphans := _children_of_ours():
        for pid in orphans:
            _signal(pid, signal.SIGKILL)
        if not _reap():
            break
        time.sleep(_POLL_S)


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _children_of_ours() -> list[int]:
    """Return the process ids whose parent is this process, as /proc tells."""
    ours = os.getpid()
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            # "pid (name) state ppid …"; a name may hold spaces and brackets.
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == ours:
            found.append(int(stat.parent.name))
    return found


def _reap() -> bool:
    """Collect children that ended; tell whether any is left."""
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return False
        if pid == 0:
            return True


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def _end_with_parent() -> None:
    """Runs in the child: end politely when the launcher is killed."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
