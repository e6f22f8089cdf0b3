"""From marks to dots."""

from typing import assert_never

from PIL import Image

from kiosk.slips.sheet import Bar, Ink, Matrix, Sheet
from kiosk.slips.typeface import Typeface

INK = 0
BLANK = 1


def paint(sheet: Sheet, face: Typeface) -> Image.Image:
    """Paint a sheet.

    Returns:
        mode "1", ``sheet.width`` × ``sheet.height``, ink is 0 as in any picture.
    """
    page = Image.new("1", (sheet.width, sheet.height), BLANK)
    for mark in sheet.marks:
        match mark:
            case Ink():
                _write(page, mark, face)
            case Bar():
                box = (mark.x, mark.y, mark.x + mark.width, mark.y + mark.height)
                page.paste(BLANK if mark.white else INK, box)
            case Matrix():
                page.paste(_modules(mark), (mark.x, mark.y))
            case _:
                assert_never(mark)
    return page


def _write(page: Image.Image, mark: Ink, face: Typeface) -> None:
    x = mark.x
    colour = BLANK if mark.white else INK
    for char in mark.text:
        glyph = face.glyph(char, mark.style)
        if glyph.picture is not None:
            page.paste(colour, (x + glyph.left, mark.y + glyph.top), glyph.picture)
        x += glyph.advance


def _modules(mark: Matrix) -> Image.Image:
    """Squares of ``module`` dots."""
    height, width = len(mark.rows), len(mark.rows[0])
    small = Image.frombytes(
        "L", (width, height), bytes(0 if dark else 255 for row in mark.rows for dark in row)
    )
    large = small.resize((width * mark.module, height * mark.module), Image.Resampling.NEAREST)
    return large.convert("1", dither=Image.Dither.NONE)
