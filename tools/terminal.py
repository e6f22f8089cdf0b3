"""What the tools say to the person at the terminal, and running a program while saying how far it is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_TAIL_LINES = 25


class ToolError(Exception):
    """Something that the person must do or know; its text is the whole message."""


def say(text: str) -> None:
    """Print one progress line at once, also when the output is a file."""
    print(text, flush=True)


def run_logged(
    command: Sequence[str | Path],
    log: Path,
    *,
    on_line: Callable[[str], None] | None = None,
    env: Mapping[str, str] | None = None,
) -> None:
    """Run a program with its output in a log file, and show each line to ``on_line``.

    Args:
        command: Program and arguments.
        log: File that the output is appended to.
        on_line: Called with every line of output, to make progress visible.
        env: Environment of the program; the present one when not given.

    Raises:
        ToolError: The program is missing or ended with an error; the text has its last lines.
    """
    words = [os.fspath(word) for word in command]
    log.parent.mkdir(parents=True, exist_ok=True)
    tail: deque[str] = deque(maxlen=_TAIL_LINES)
    with log.open("a", encoding="utf-8") as file:
        file.write(f"$ {' '.join(words)}\n")
        file.flush()
        try:
            process = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                env=env,
            )
        except FileNotFoundError as missing:
            message = f"{words[0]} is not installed"
            raise ToolError(message) from missing
        with process:
            _follow(process, file.write, tail, on_line)
    if process.returncode != 0:
        shown = "\n".join(f"    {line}" for line in tail)
        message = (
            f"{words[0]} ended with code {process.returncode}; its last lines (all of them: {log}):\n{shown}"
        )
        raise ToolError(message)


def _follow(
    process: subprocess.Popen[str],
    write: Callable[[str], object],
    tail: deque[str],
    on_line: Callable[[str], None] | None,
) -> None:
    """Copy a program's output until it ends; end the program when we are interrupted."""
    if process.stdout is None:  # cannot be: it was opened with a pipe
        return
    try:
        for line in process.stdout:
            write(line)
            tail.append(line.rstrip())
            if on_line is not None:
                on_line(line.rstrip())
    except BaseException:
        process.terminate()
        raise


def main_guard(main: Callable[[], int]) -> None:
    """Run a tool's ``main`` and turn expected failures and Ctrl-C into a sentence and an exit code."""
    try:
        code = main()
    except ToolError as error:
        print(f"\n{error}", file=sys.stderr, flush=True)
        code = 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to go on.", file=sys.stderr, flush=True)
        code = 130
    sys.exit(code)
