"""Unexpected errors: told to the log without personal data and to the person as a short code.

The arguments of an exception may carry names or numbers of people (a ``KeyError`` shows the key, a database
error shows the row), so they are never written: the type, and file, line and function of every frame, are
enough to find the bug.
"""

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from kiosk.light import light

LOG = logging.getLogger(__name__)

_CODE_BYTES = 5
_CODE_LENGTH = 5

ExceptHook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


@light
class Bug:
    """One unexpected error, without anything that a person typed.

    Attributes:
        code: short code for staff, the same for the same bug: ``K7Q2M``.
        kind: name of the exception's type.
        frames: ``file:line function`` of the stack, outermost first.
    """

    code: str
    kind: str
    frames: tuple[str, ...]


def describe(error: BaseException) -> Bug:
    """What may be said about an exception: its type and where it was raised, never its arguments."""
    import base64
    import hashlib

    frames: list[str] = []
    places: list[str] = []
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        name = Path(code.co_filename).name
        frames.append(f"{name}:{step.tb_lineno} {code.co_name}")
        places.append(f"{name} {code.co_name}")
        step = step.tb_next
    kind = type(error).__qualname__
    digest = hashlib.blake2s(
        "\n".join([kind, places[-1] if places else ""]).encode(), digest_size=_CODE_BYTES
    ).digest()
    return Bug(
        code=base64.b32encode(digest).decode()[:_CODE_LENGTH],
        kind=kind,
        frames=tuple(frames),
    )


def log_bug(bug: Bug) -> None:
    """Write a bug to the log."""
    LOG.error("bug %s: %s at %s", bug.code, bug.kind, " < ".join(reversed(bug.frames)) or "unknown place")


class BugTrap:
    """Catches what nobody caught (an exception in a Qt slot) while it is set.

    PySide hands exceptions from slots to ``sys.excepthook``.
    """

    def __init__(self, report: Callable[[Bug], None]) -> None:
        """``report`` is called on the thread of the failed slot, after the bug was logged."""
        self._report = report
        self._former: ExceptHook | None = None

    def set(self) -> None:
        """Start catching."""
        if self._former is None:
            self._former = sys.excepthook
            sys.excepthook = self._caught

    def release(self) -> None:
        """Stop catching."""
        if self._former is not None:
            sys.excepthook = self._former
            self._former = None

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit) and self._former is not None:
            self._former(kind, error, trace)
            return
        bug = describe(error.with_traceback(trace))
        log_bug(bug)
        self._report(bug)
