"""Sticks: what is mounted below the folders where the system mounts them."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kiosk.services.courier_ports import Stick

#: Below a root, a stick lies in it or in a folder of the user's.
_DEPTH = 2


class UsbFolders:
    """Looks for mounted folders.

    Args:
        roots: where the system mounts sticks, such as ``/media`` and ``/run/media``.
        is_mount: whether a folder is a file system of its own.
    """

    def __init__(self, roots: Sequence[Path], is_mount: Callable[[Path], bool] = os.path.ismount) -> None:
        self._roots = tuple(roots)
        self._is_mount = is_mount

    def __call__(self) -> Sequence[Stick]:
        """What is plugged in now, by name."""
        found = {
            path: stick
            for root in self._roots
            for path in self._below(root, _DEPTH)
            if (stick := _stick(path))
        }
        return sorted(found.values(), key=lambda stick: stick.name)

    def _below(self, folder: Path, depth: int) -> Iterator[Path]:
        try:
            inside = sorted(each for each in folder.iterdir() if each.is_dir() and not each.is_symlink())
        except OSError:
            return
        for each in inside:
            if self._is_mount(each):
                yield each
            elif depth > 1:
                yield from self._below(each, depth - 1)


def _stick(path: Path) -> Stick | None:
    try:
        free = shutil.disk_usage(path).free
    except OSError:
        return None  # pulled out in between
    return Stick(path=path, name=path.name, free=free, writable=os.access(path, os.W_OK))
