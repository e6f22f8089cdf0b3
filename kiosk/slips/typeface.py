"""Glyphs for a 1-bit printer: rasterised once, kept, and honest about characters that no font has."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

#: A thermal dot bleeds a little, so a pixel needs less than half cover to be printed.
THRESHOLD: Final = 112
#: U+10FFFF is no character: every font shows its "no such glyph" sign for it.
NO_CHARACTER: Final = "\U0010ffff"
#: 0.9 KiB each, as measured. A slip needs 200; six hundred visits in two languages came to 1,400.
MAX_GLYPHS: Final = 5_000
#: Every open face maps the whole font once more; 20 of them are 50 MB, and opening one again takes 2 ms.
MAX_FACES: Final = 3


@dataclass(frozen=True, slots=True)
class FontFile:
    """One face to look for characters in.

    Attributes:
        index: face number inside a collection (.ttc).
        variable: the file has a weight axis (which opens at Thin and must always be set).
    """

    path: Path
    index: int = 0
    variable: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """Size in printer dots (em) and weight (400 regular, 700 bold)."""

    size: int
    weight: int = 500


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as dots.

    Attributes:
        advance: dots to the next character.
        left: dots from the pen to the picture's left edge.
        top: dots from the baseline down to the picture's top edge (negative: above it).
        picture: mode "1", set dots are ink; None for blanks.
        missing: no font has the character; the picture is a box with its code point.
    """

    advance: int
    left: int
    top: int
    picture: Image.Image | None
    missing: bool = False


class Typeface:
    """A face with fall-backs, for all sizes and weights. Safe to use from several threads."""

    def __init__(self, files: Sequence[FontFile]) -> None:
        if not files:
            raise ValueError("a typeface needs a font file")
        self._files = tuple(files)
        self._fonts: dict[tuple[int, Style], ImageFont.FreeTypeFont] = {}
        self._blanks: dict[tuple[int, Style], bytes] = {}
        self._glyphs: dict[Style, dict[str, Glyph]] = {}
        self._lock = threading.Lock()

    def glyph(self, char: str, style: Style) -> Glyph:
        """The dots of one character."""
        found = self._kept(style).get(char)
        if found is None:
            with self._lock:  # FreeType faces must not be used by two threads at once
                if sum(map(len, self._glyphs.values())) >= MAX_GLYPHS:
                    self._glyphs.clear()
                found = self._kept(style)[char] = self._rasterise(char, style)
        return found

    def width(self, text: str, style: Style) -> int:
        """Dots from the start of ``text`` to its end."""
        kept = self._kept(style)  # once a text: this is the busiest line of a slip
        return sum((kept.get(char) or self.glyph(char, style)).advance for char in text)

    def missing(self, text: str) -> str:
        """The characters of ``text`` that no font has, each once, in order."""
        probe = Style(24)
        return "".join(dict.fromkeys(char for char in text if self.glyph(char, probe).missing))

    def _kept(self, style: Style) -> dict[str, Glyph]:
        kept = self._glyphs.get(style)
        return self._glyphs.setdefault(style, {}) if kept is None else kept

    def _rasterise(self, char: str, style: Style) -> Glyph:
        for place in range(len(self._files)):
            font = self._font(place, style)
            if bytes(font.getmask(char)) != self._blank(place, style) or char.isspace():
                return _drawn(char, font, style.size)
        return self._code_box(char, style)

    def _font(self, place: int, style: Style) -> ImageFont.FreeTypeFont:
        font = self._fonts.pop((place, style), None)
        if font is None:
            file = self._files[place]
            engine = ImageFont.Layout.BASIC  # one character at a time: nothing to shape
            font = ImageFont.truetype(str(file.path), style.size, index=file.index, layout_engine=engine)
            if file.variable:
                font.set_variation_by_axes([style.weight])
        self._fonts[place, style] = font  # the last one used stands last
        while len(self._fonts) > MAX_FACES:
            del self._fonts[next(iter(self._fonts))]
        return font

    def _blank(self, place: int, style: Style) -> bytes:
        blank = self._blanks.get((place, style))
        if blank is None:
            blank = self._blanks[place, style] = bytes(self._font(place, style).getmask(NO_CHARACTER))
        return blank

    def _code_box(self, char: str, style: Style) -> Glyph:
        """A box with the code point in it, so that a person can look the character up and write it in."""
        size = style.size
        code = f"{ord(char):04X}"
        rows = (code[: (len(code) + 1) // 2], code[(len(code) + 1) // 2 :])
        font = self._font(0, Style(max(9, size * 2 // 5), 700))
        side = max(size, int(max(font.getlength(row) for row in rows)) + 6)
        picture = Image.new("1", (side, size), 0)
        pen = ImageDraw.Draw(picture)
        pen.fontmode = "1"
        pen.rectangle((1, 0, side - 2, size - 1), outline=1, width=1)
        for row, middle in zip(rows, (size * 0.28, size * 0.72), strict=True):
            pen.text((side / 2, middle), row, font=font, fill=1, anchor="mm")
        return Glyph(side, 0, size // 8 - size, picture, missing=True)


def _drawn(char: str, font: ImageFont.FreeTypeFont, size: int) -> Glyph:
    """One character of a font as dots."""
    advance = round(font.getlength(char))
    cell = Image.new("L", (size * 3, size * 3), 0)
    ImageDraw.Draw(cell).text((size, size * 2), char, font=font, fill=255, anchor="ls")
    dots = cell.point(lambda grey: 255 if grey >= THRESHOLD else 0).convert("1", dither=Image.Dither.NONE)
    box = dots.getbbox()
    if box is None:
        return Glyph(advance, 0, 0, None)
    return Glyph(advance, box[0] - size, box[1] - 2 * size, dots.crop(box))
