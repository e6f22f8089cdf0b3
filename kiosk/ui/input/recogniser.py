"""What the handwriting tab needs from a recogniser. The real one is a device and lives outside the UI."""

from typing import Protocol

Point = tuple[float, float]
Stroke = tuple[Point, ...]
#: A character and its distance from what was written; smaller is better.
Guess = tuple[str, float]


class Recogniser(Protocol):
    """Reads one handwritten character.

    An implementation may be slow to load and is called from one thread only, never the GUI's.
    """

    def absence(self) -> str:
        """Why it cannot be used, as a short technical reason for ``doctor``; empty when it can. Cheap."""
        ...

    def recognise(self, strokes: tuple[Stroke, ...], limit: int) -> tuple[Guess, ...]:
        """The likeliest characters, best first, at most ``limit``.

        Args:
            strokes: one tuple of (x, y) for each stroke in the order of writing, normalised by ``ink.normalised``:
                0 to 1000, y downwards.
            limit: how many are wanted.

        Raises:
            DeviceFault: the engine failed.
        """
        ...

    def close(self) -> None:
        """Give back what it holds."""
        ...


class NoRecogniser:
    """Stands in where none is installed: the tab is not shown."""

    def __init__(self, reason: str = "no handwriting recogniser is configured") -> None:
        self._reason = reason

    def absence(self) -> str:
        """The reason it was made with."""
        return self._reason

    def recognise(self, strokes: tuple[Stroke, ...], limit: int) -> tuple[Guess, ...]:  # noqa: ARG002 - the port's
        """Nothing."""
        return ()

    def close(self) -> None:
        """Holds nothing."""
