"""A composed slip: marks at places, in printer dots from the top left corner. Nothing is painted yet."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kiosk.slips.typeface import Style


@dataclass(frozen=True, slots=True)
class Ink:
    """Text on one line; ``y`` is the baseline."""

    x: int
    y: int
    text: str
    style: Style
    white: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle."""

    x: int
    y: int
    width: int
    height: int
    white: bool = False


@dataclass(frozen=True, slots=True)
class Matrix:
    """Square modules, True is ink; the quiet zone, if any, is part of ``rows``."""

    x: int
    y: int
    module: int
    rows: tuple[tuple[bool, ...], ...]


Mark = Ink | Bar | Matrix


@dataclass(frozen=True, slots=True)
class Strip:
    """Part of a slip: marks relative to its own top edge, and the room they take."""

    height: int
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole slip."""

    width: int
    height: int
    marks: tuple[Mark, ...]

    def texts(self) -> tuple[str, ...]:
        """Every line of text, in the order of composition."""
        return tuple(mark.text for mark in self.marks if isinstance(mark, Ink))


EMPTY = Strip(0)


def moved(mark: Mark, down: int, right: int = 0) -> Mark:
    """The same mark at another place."""
    return replace(mark, x=mark.x + right, y=mark.y + down)


def stacked(strips: Iterable[Strip]) -> Strip:
    """Strips one below the other."""
    marks: list[Mark] = []
    height = 0
    for strip in strips:
        marks.extend(moved(mark, height) for mark in strip.marks)
        height += strip.height
    return Strip(height, tuple(marks))


def spaced(strip: Strip, above: int) -> Strip:
    """A strip with white above it; nothing stays nothing."""
    if not strip.height:
        return strip
    return Strip(strip.height + above, tuple(moved(mark, above) for mark in strip.marks))


def frame(x: int, y: int, width: int, height: int, line: int) -> tuple[Bar, ...]:
    """The four sides of a box, inside its outline."""
    return (
        Bar(x, y, width, line),
        Bar(x, y + height - line, width, line),
        Bar(x, y, line, height),
        Bar(x + width - line, y, line, height),
    )


def dashed_frame(x: int, y: int, width: int, height: int, line: int, dash: int) -> tuple[Bar, ...]:
    """A box of dashes, for what is not settled."""
    bars = list(frame(x, y, width, height, line))
    bars += [Bar(at, y, dash // 2, line, white=True) for at in range(x + dash, x + width - dash, dash * 2)]
    bars += [
        Bar(at, y + height - line, dash // 2, line, white=True)
        for at in range(x + dash, x + width - dash, dash * 2)
    ]
    for side in (x, x + width - line):
        bars += [
            Bar(side, at, line, dash // 2, white=True) for at in range(y + dash, y + height - dash, dash * 2)
        ]
    return tuple(bars)
