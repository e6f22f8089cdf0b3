"""How a code scanner that types like a keyboard is told from a person: by speed, length and prefix.

Pure, no Qt.
"""

import unicodedata
from enum import StrEnum

from kiosk.light import light

#: Scanners send a key every 1 to 20 ms; the fastest typists come near 60 ms a key for more than a few keys.
MAX_GAP_MS = 30
#: Above this a quick typist would look like a scanner.
LARGEST_GAP_MS = 50
#: Two or three keys can roll together under one hand, never this many.
MIN_LENGTH = 6
SHORTEST_LENGTH = 4
MAX_LENGTH = 4096

#: What the point and slash keys give while an input method types Chinese signs.
_CHINESE_SIGNS = {ord("\u3002"): ".", ord("\u3001"): "/"}


class Verdict(StrEnum):
    """What is to be done with the keys held back."""

    HOLD = "hold"
    """Nobody knows yet: hold this key too."""
    RELEASE = "release"
    """A person typed what was held: give it back, then hold this key."""
    GIVE = "give"
    """A person typed what was held and this key: give back what was held, then let this key through."""
    SCANNED = "scanned"
    """A scanner: swallow everything held and this key."""


@light
class BurstRules:
    """How a scanner is known.

    Attributes:
        max_gap_ms: longest pause between two keys of a burst.
        min_length: fewest characters of a code.
        prefix: what the scanner was set to send first (it is cut off); only bursts that begin with it are
            codes.
    """

    max_gap_ms: int = MAX_GAP_MS
    min_length: int = MIN_LENGTH
    prefix: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.max_gap_ms <= LARGEST_GAP_MS:
            message = f"max_gap_ms is 1 to {LARGEST_GAP_MS}"
            raise ValueError(message)
        if self.min_length < SHORTEST_LENGTH:
            message = f"min_length is at least {SHORTEST_LENGTH}"
            raise ValueError(message)


class BurstDetector:
    """Decides key by key, by times that the caller gives.

    The caller holds as many keys as were answered with ``HOLD`` or ``RELEASE`` since the last ``RELEASE``.

    Attributes:
        code: the code of the last ``SCANNED``, in plain form, without the prefix.
    """

    def __init__(self, rules: BurstRules | None = None) -> None:
        self.rules = rules or BurstRules()
        self.code = ""
        self._held: list[str] = []
        self._last_ms = 0

    @property
    def holding(self) -> bool:
        """Whether keys are held back."""
        return bool(self._held)

    def reset(self) -> None:
        """Forget what is held and the last code."""
        self._held.clear()
        self.code = ""

    def character(self, char: str, at_ms: int) -> Verdict:
        """A printable key.

        Args:
            char: what a US keyboard would have typed, or the full-width form of it.
            at_ms: when it was pressed, on any steady clock.
        """
        fits = not self._held or (not self._too_late(at_ms) and len(self._held) < MAX_LENGTH)
        if not fits:
            self._held.clear()
        self._held.append(char)
        self._last_ms = at_ms
        return Verdict.HOLD if fits else Verdict.RELEASE

    def enter(self, at_ms: int) -> Verdict:
        """The Enter key; nothing is held after it."""
        text = plain("".join(self._held))
        in_time = self.holding and not self._too_late(at_ms)
        self._held.clear()
        code = text.removeprefix(self.rules.prefix)
        if in_time and text.startswith(self.rules.prefix) and len(code) >= self.rules.min_length:
            self.code = without_caps_lock(code)
            return Verdict.SCANNED
        return Verdict.GIVE

    def _too_late(self, at_ms: int) -> bool:
        return at_ms - self._last_ms > self.rules.max_gap_ms


def is_full_width_key(text: str, *, begun: bool) -> bool:
    """Whether an input method in full-width state would commit this for one key of a scanner.

    Chinese signs are typed by people too, one at a time, so only letters and digits begin a burst.
    """
    if len(text) != 1:
        return False
    return text != plain(text) and plain(text).isascii() and (begun or plain(text).isalnum())


def plain(text: str) -> str:
    """Full-width letters, digits and signs (an input method left in full-width state) as plain ASCII."""
    return unicodedata.normalize("NFKC", text.translate(_CHINESE_SIGNS))


def without_caps_lock(code: str) -> str:
    """A web address that was read with Caps Lock on, as it stands on the paper.

    ``HTTPS://…/s/aBc`` can only come from inverted case; an address all in capitals is one that was printed
    so. Other codes say nothing about Caps Lock and stay as they are.
    """
    if code.startswith("HTTP") and any(char.islower() for char in code):
        return code.swapcase()
    return code
