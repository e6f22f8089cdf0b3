"""Where a slip is set: its words, its paper and its type, and the few measures that all blocks use."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.services.slip_content import SlipContent
from kiosk.slips.layout import LayoutError, Paper
from kiosk.slips.linebreak import balanced, tidy, wrap
from kiosk.slips.sheet import EMPTY, Ink, Strip
from kiosk.slips.typeface import Style, Typeface

DOTS_PER_MM = 8  # 203 dpi
BOLD = 700
REGULAR = 500
LEADING = 1.32
#: Nothing is set smaller than 2.5 mm.
LEAST_SIZE = 20


@dataclass(frozen=True, slots=True)
class Desk:
    """The slip that is being set. Block functions take a desk and give a strip."""

    slip: SlipContent
    paper: Paper
    labels: Mapping[str, str]
    face: Typeface

    @property
    def left(self) -> int:
        """Dots from the paper's left printable edge to the text."""
        return self.paper.margin

    @property
    def room(self) -> int:
        """Dots between the margins."""
        return self.paper.width - 2 * self.paper.margin

    def value(self, name: str) -> str:
        """A value of the slip, tidy; "" when it has none."""
        return tidy(self.slip.values.get(name, ""))

    def label(self, key: str) -> str:
        """A sentence below ``slip.``.

        Raises:
            LayoutError: the catalogue does not have it.
        """
        try:
            return self.labels[f"slip.{key}"]
        except KeyError:
            message = f"slip.{key} is not in the catalogue {self.slip.language}"
            raise LayoutError(message) from None

    def own(self, key: str) -> str:
        """A sentence of this slip's kind."""
        return self.label(f"{self.slip.kind}.{key}")

    def lines(self, text: str, style: Style, limit: int, *, max_lines: int = 8) -> tuple[str, ...]:
        """``text`` broken into lines of at most ``limit`` dots."""
        return wrap(text, limit, lambda part: self.face.width(part, style), max_lines=max_lines)

    def even_lines(self, text: str, style: Style, limit: int) -> tuple[str, ...]:
        """The same number of lines, of about the same length."""
        return balanced(text, limit, lambda part: self.face.width(part, style))

    def fitted(self, text: str, style: Style, limit: int, *, least: int = LEAST_SIZE) -> Style:
        """The style, smaller if need be but not below ``least`` dots, in which ``text`` fits on one line."""
        while style.size > least and self.face.width(text, style) > limit:
            style = Style(max(least, style.size * 15 // 16), style.weight)
        return style

    def paragraph(
        self,
        text: str,
        style: Style,
        *,
        x: int | None = None,
        limit: int | None = None,
        center: bool = False,
    ) -> Strip:
        """Text on as many lines as it needs, ended where a reader would pause; without text nothing."""
        if not text:
            return EMPTY
        left = self.left if x is None else x
        room = self.room if limit is None else limit
        pitch = leading(style)
        marks: list[Ink] = []
        lines = self.even_lines(text, style, room)
        for row, line in enumerate(lines):
            indent = (room - self.face.width(line, style)) // 2 if center else 0
            marks.append(Ink(left + max(0, indent), row * pitch + baseline(style), line, style))
        return Strip(len(lines) * pitch, tuple(marks))


def leading(style: Style) -> int:
    """Dots from line to line."""
    return round(style.size * LEADING)


def baseline(style: Style) -> int:
    """Dots from a line's top to its baseline: the characters stand in the middle of the line."""
    return round(style.size * (0.88 + (LEADING - 1) / 2))


def mm(length: float) -> int:
    """Millimetres as printer dots."""
    return round(length * DOTS_PER_MM)
