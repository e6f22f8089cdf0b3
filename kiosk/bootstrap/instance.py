"""One kiosk at a time on a data folder: a lock that the system takes back when the process dies, however it dies."""

import os
import sys
from pathlib import Path
from typing import IO

from kiosk.services.faults import DeviceFault

LOCK_FILE = "kiosk.lock"


class RunningAlready(DeviceFault):
    """Another process works on this data folder."""

    def __init__(self, process: str) -> None:
        super().__init__(
            "fault.running_already", what_to_do="fault.running_already_do", code="K-03", process=process
        )


class InstanceLock:
    """Holds the data folder for this process.

    The file stays where it is: a lock is what the system keeps on it, never the file itself.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK_FILE
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Take it, making the folder if need be.

        Raises:
            RunningAlready: another process has it.
            OSError: the folder cannot be written; the screen says that later, and what to do.
        """
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        file = os.fdopen(descriptor, "r+", encoding="ascii", errors="replace")
        try:
            _lock(file)
        except OSError:
            # Readable while locked on Linux; Windows keeps it to itself.
            process = _first_line(file)
            file.close()
            raise RunningAlready(process) from None
        file.truncate()
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file

    def free(self) -> None:
        """Let the next one have it."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _first_line(file: IO[str]) -> str:
    try:
        return file.readline().strip()
    except OSError:
        return ""


if sys.platform == "win32":
    import msvcrt

    #: Far behind the process number, so that it stays readable.
    _AT = 1 << 20

    def _lock(file: IO[str]) -> None:
        file.seek(_AT)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        finally:
            file.seek(0)

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
