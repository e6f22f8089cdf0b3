"""The click that a button makes under a finger: cold and gloved hands do not feel glass.

The machine's own player plays it (PipeWire's, PulseAudio's or ALSA's), in a thread of its own: no touch waits for it.
"""

import logging
import shlex
import shutil
import subprocess
import threading
from collections.abc import Sequence

from kiosk import surroundings
from kiosk.assets import asset_path

log = logging.getLogger(__name__)

#: Settings that are no command.
AUTO, OFF = "auto", "off"
#: Players of a machine, the newest sound system first; what is played is put behind.
PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"))
#: A player that takes longer is given up.
PATIENCE_S = 2.0


def command(setting: str) -> tuple[str, ...]:
    """What plays the click on this machine; nothing for none.

    Args:
        setting: ``auto``, ``off``, or a command with all that it needs, in words as a shell has them.
    """
    if setting in (OFF, ""):
        return ()
    if setting != AUTO:
        return tuple(shlex.split(setting))
    sound = str(asset_path("sounds") / "click.wav")
    return next(((*player, sound) for player in PLAYERS if shutil.which(player[0])), ())


class Click:
    """Plays it. Used by the GUI thread."""

    def __init__(self, words: Sequence[str]) -> None:
        """``words``: the command. Nothing is begun before the first touch."""
        self._player = _Player(tuple(words))
        self._thread: threading.Thread | None = None

    def sound(self) -> None:
        """Once, at once; a click that is still heard stands for this one, too."""
        player = self._player
        if not player.works:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=player.run, name="click", daemon=True)
            self._thread.start()
        player.wanted.set()

    def start(self) -> None:
        """Nothing before the first touch."""

    def stop(self) -> None:
        """The window goes; the thread ends by itself."""
        self._player.works = False
        self._player.wanted.set()


class _Player:
    """What the thread has: nothing of the window."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = words
        self.works = bool(words)
        self.wanted = threading.Event()

    def run(self) -> None:
        """Until the window goes, or the machine turns out to have nothing to play with."""
        while self.works:
            self.wanted.wait()
            if self.works:
                self._play()
            self.wanted.clear()

    def _play(self) -> None:
        try:
            done = subprocess.run(  # noqa: S603 - the machine's own player, and no shell reads it
                self._words,
                env=surroundings.own(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=PATIENCE_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            self._give_up(type(error).__name__)
            return
        if done.returncode:
            self._give_up(f"status {done.returncode}")

    def _give_up(self, why: str) -> None:
        """A machine without a sound card says so once, not at every touch."""
        self.works = False
        log.warning("no click is played: %s", why)
