"""The handwriting recogniser of the package ``dinkit`` (MIT): native code with its model inside, no network.

It has one author and crashes of native code cannot be caught, so it sees only numbers that were checked here, is asked
from one thread, and may be missing: then the kiosk has no handwriting tab and says so in ``doctor``.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from kiosk.services.faults import DeviceFault

Stroke = tuple[tuple[float, float], ...]

#: Points are unsigned 16-bit numbers and 65535 ends a stroke.
LARGEST = 4000
MAX_POINTS = 4000
FAULT = "fault.handwriting"


class DinkitRecogniser:
    """Reads one character in about 5 ms an order of strokes. Loads at the first question (20 ms, 12 MB)."""

    def __init__(self) -> None:
        self._engine: Any = None

    def absence(self) -> str:
        """Why it cannot be used; empty when the package and its native library are there."""
        spec = importlib.util.find_spec("dinkit")
        if spec is None or spec.origin is None:
            return "package dinkit is not installed"
        library = Path(spec.origin).parent / "lib"
        if not any(library.glob("*dinkit.*")):
            return "package dinkit has no native library for this system"
        return ""

    def recognise(self, strokes: tuple[Stroke, ...], limit: int) -> tuple[tuple[str, float], ...]:
        """The likeliest characters with their distance to the model, best (smallest) first.

        Args:
            strokes: (x, y) from 0 to 4000, y downwards.
            limit: at most this many.

        Raises:
            DeviceFault: the package is missing or its engine did not start.
        """
        points = [[(_number(x), _number(y)) for x, y in stroke] for stroke in strokes if stroke]
        if not points or sum(map(len, points)) > MAX_POINTS:
            return ()
        found: dict[str, int] = self._ready().recognize(points, top_k=limit)
        return tuple((char, float(cost)) for char, cost in found.items())

    def close(self) -> None:
        """Free the engine."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def _ready(self) -> Any:  # noqa: ANN401 - the package has no types
        if self._engine is None:
            try:
                from dinkit import Recognizer

                engine = Recognizer()
                # Its destructors unload the library twice, which is undefined behaviour: the process keeps it.
                engine._engine._dll_close = None  # noqa: SLF001 - there is no public way to say so
                self._engine = engine
            except (ImportError, OSError, AttributeError, RuntimeError) as error:
                raise DeviceFault(FAULT) from error
        return self._engine


def _number(value: float) -> int:
    return min(LARGEST, max(0, round(value)))
