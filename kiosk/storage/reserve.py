"""Disk space set aside, so that a full disk can still be worked on: deleting and checkpoints need room, too.

A full disk is no time to promise anything. When SQLite meets one, the reserve is let go: what the city says of
operations under way can still be noted, old operations pruned and the WAL folded into the file. Nothing new is taken
from people until there is room again for reserve and work; then both come back by themselves.
"""

import logging
import os
import shutil
import threading
from pathlib import Path
from typing import Final

log = logging.getLogger(__name__)
FILE_NAME: Final = "reserve"
RESERVE_BYTES: Final = 64 * 2**20
#: Of a small disk no more than this part of it.
_SHARE: Final = 8
#: Beside the reserve as much again has to be free, else the next morning would fill the disk once more.
_MARGIN: Final = 1
_PIECE: Final = 2**20


class Reserve:
    """The file beside the database. Any thread.

    Args:
        folder: where the database lies.
        size: bytes to set aside; 0 = nothing, a full disk is then tried again each time.
    """

    def __init__(self, folder: Path, size: int = RESERVE_BYTES) -> None:
        self._path = folder / FILE_NAME
        self._folder = folder
        self._size = size
        self._full = threading.Event()

    @property
    def full(self) -> bool:
        """The disk was full, and there is no room again yet."""
        return self._full.is_set()

    @property
    def held(self) -> bool:
        """The reserve is there, whole."""
        if not self._size:
            return True
        try:
            return self._path.stat().st_size >= self._wanted()
        except OSError:
            return False

    def take(self) -> bool:
        """Set the space aside if the disk has it; True when it is there. Never fails: work goes on without."""
        try:
            if not self.held and not self._allocate():
                return False
        except OSError:
            log.warning("no disk space could be set aside", exc_info=True)
            self._path.unlink(missing_ok=True)
            return False
        if self.full:
            log.warning("the disk has room again: work goes on")
            self._full.clear()
        return True

    def let_go(self) -> None:
        """The disk is full: give the space back to it."""
        if not self.full:
            log.error(
                "the disk is full: nothing new is taken until there is room again; the reserve is let go"
            )
        self._full.set()
        self._path.unlink(missing_ok=True)

    def _wanted(self) -> int:
        return min(self._size, shutil.disk_usage(self._folder).total // _SHARE)

    def _allocate(self) -> bool:
        wanted = self._wanted()
        if shutil.disk_usage(self._folder).free < wanted * (1 + _MARGIN):
            return False
        with self._path.open("wb") as file:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(file.fileno(), 0, wanted)
            else:  # Windows: written zeros are real there
                piece = bytes(_PIECE)
                for _ in range(-(-wanted // _PIECE)):
                    file.write(piece)
        return True
