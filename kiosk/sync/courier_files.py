"""Courier files on a disk that may be full, read-only, or gone the next moment."""

import errno
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from kiosk.domain.refusal import Refusal
from kiosk.protocol.codec import Malformed
from kiosk.protocol.courier import MAX_FILE_BYTES, SUFFIXES, CourierReader, Header

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_PART = ".gig-part-"
#: Files of ours on one stick that are looked at.
MOST_FILES = 50


def name_of(header: Header) -> str:
    """The file's name: whose it is, and from when."""
    at = header.made_at.strftime("%Y%m%d-%H%M")
    return f"gig-{header.kiosk}-{at}-{header.file_id.hex[:8]}{SUFFIXES[header.direction.value]}"


@contextmanager
def stick_errors() -> Iterator[None]:
    """What goes wrong with a stick, as a sentence for staff."""
    try:
        yield
    except Malformed:
        raise Refusal("refusal.courier_damaged") from None
    except OSError as error:
        if error.errno in _FULL:
            raise Refusal("refusal.courier_full") from error
        if error.errno in _READ_ONLY:
            raise Refusal("refusal.courier_read_only") from error
        raise Refusal("refusal.courier_gone") from error


def write(folder: Path, name: str, pieces: Iterable[bytes]) -> Path:
    """Write a file whole or not at all: under another name, synced, then renamed.

    Raises:
        OSError: nothing is left of it, as far as the disk still answers.
    """
    for left in folder.glob(f"{_PART}*"):
        with suppress(OSError):
            left.unlink()  # of a stick that was pulled out
    part, path = folder / f"{_PART}{name}", folder / name
    try:
        with part.open("xb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync_folder(folder)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    return path


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # a folder cannot be opened there
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # file systems of sticks that cannot sync a folder
            raise
    finally:
        os.close(handle)


def headers(folder: Path) -> Sequence[tuple[Path, Header]]:
    """The courier files in a folder that can be read, the newest first."""
    found = []
    names = sorted(path for suffix in SUFFIXES.values() for path in folder.glob(f"*{suffix}"))
    for path in names[:MOST_FILES]:
        with suppress(OSError, Malformed), path.open("rb") as file:
            found.append((path, CourierReader(file).header))
    return sorted(found, key=lambda each: each[1].made_at, reverse=True)


def unreadable(folder: Path) -> Sequence[str]:
    """Names of files that look like courier files and are none, or are cut off at the very beginning."""
    read = {path for path, _ in headers(folder)}
    names = sorted(path for suffix in SUFFIXES.values() for path in folder.glob(f"*{suffix}"))
    return [path.name for path in names[:MOST_FILES] if path not in read]


@contextmanager
def reading(path: Path) -> Iterator[CourierReader]:
    """A file from a stick, opened and bounded.

    Raises:
        Malformed: not a courier file, or too large.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size > MAX_FILE_BYTES:
            raise Malformed("courier file too large")
        yield CourierReader(file)
