"""Whether the last run ended as it should: a small file that says so across crashes.

A machine that was switched off by its plug is no crash: the file names the boot it was written in.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.light import light

if TYPE_CHECKING:  # every start reads this
    from kiosk.services.ports import Clock

log = logging.getLogger(__name__)

FILE_NAME: Final = "run.txt"
_BOOT_FILE: Final = Path("/proc/sys/kernel/random/boot_id")
_GOES_ON, _ENDED = "running", "ended"
#: So many crashes in so short a time, and the kiosk stops trying by itself.
MOST_CRASHES: Final = 3
WITHIN: Final = timedelta(minutes=5)


@light
class _Run:
    """What the file holds, a line each: which boot, whether a run goes on, when the last ones broke off."""

    boot: str = ""
    running: bool = False
    crashes: tuple[datetime, ...] = ()


@light
class Past:
    """What is known of the runs before this one.

    Attributes:
        crashed: the last one broke off while the machine was on.
        lately: how many broke off in the last minutes.
    """

    crashed: bool = False
    lately: int = 0

    @property
    def looping(self) -> bool:
        """Starting once more would most likely end the same way."""
        return self.crashed and self.lately >= MOST_CRASHES


def boot_id() -> str:
    """Names this boot of the machine; "" where the system has no such name (every broken run counts there)."""
    try:
        return _BOOT_FILE.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("no time zone")
    return at


class RunJournal:
    """Reads and writes the file. Whoever holds the instance lock may use it."""

    def __init__(self, folder: Path, clock: Clock, boot: str | None = None) -> None:
        self._path = folder / FILE_NAME
        self._clock = clock
        self._boot = boot_id() if boot is None else boot
        self._crashes: tuple[datetime, ...] = ()

    def begin(self) -> Past:
        """A run begins: how did the one before end? A file that cannot be read or written is no reason to stop."""
        last = self._read()
        now = self._clock.now()
        crashed = last.running and last.boot == self._boot
        crashes = (*last.crashes, now) if crashed else last.crashes
        self._crashes = tuple(at for at in crashes if timedelta(0) <= now - at < WITHIN)
        if crashed:
            log.error("the last run broke off; %d lately", len(self._crashes))
        self._write(running=True)
        return Past(crashed=crashed, lately=len(self._crashes))

    def end(self) -> None:
        """It ends as it should."""
        self._write(running=False)

    def _read(self) -> _Run:
        try:
            boot, running, *crashes = self._path.read_text(encoding="ascii").splitlines()
            return _Run(
                boot=boot,
                running={_GOES_ON: True, _ENDED: False}[running],
                crashes=tuple(_moment(each) for each in crashes),
            )
        except FileNotFoundError:
            return _Run()
        except (OSError, ValueError, KeyError) as error:
            log.warning("%s cannot be read: %s", FILE_NAME, type(error).__name__)
            return _Run()

    def _write(self, *, running: bool) -> None:
        """Under another name first: half a file would be no file.

        Nothing waits for the disk: a power cut begins another boot, for which the file says nothing anyway.
        """
        fresh = self._path.with_name(f".{FILE_NAME}")
        state = _GOES_ON if running else _ENDED
        lines = (self._boot, state, *(at.isoformat() for at in self._crashes))
        try:
            with fresh.open("w", encoding="ascii") as file:
                file.write("\n".join(lines) + "\n")
            fresh.replace(self._path)
        except OSError as error:
            log.warning("%s cannot be written: %s", FILE_NAME, type(error).__name__)
