"""Strings that are half as long again: what another language, or a longer word, would do to the screens."""

from kiosk.ui.strings import Strings

#: For each two letters one more.
EVERY = 2


class Stretched(Strings):
    """The catalogue with every text stretched by half. What comes out of the data (names, trades) stays as it is."""

    def text(self, key: str, /, **params: str | int) -> str:
        """The sentence, and half of it once more; a Latin one is lengthened word by word."""
        said = super().text(key, **params)
        if not said.strip():
            return said
        if said.isascii():
            return " ".join(_longer(word) for word in said.split(" "))
        return said + said[: len(said) // EVERY]


def _longer(word: str) -> str:
    return word + word[: len(word) // EVERY] if word.isalpha() else word
