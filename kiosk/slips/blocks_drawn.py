"""Blocks that are more than words: stamp, rules, the QR code, room to sign, the technician's gauge."""

from kiosk.slips import layout
from kiosk.slips.blocks_text import HEAVY, THIN
from kiosk.slips.desk import BOLD, REGULAR, Desk, baseline, leading, mm
from kiosk.slips.layout import LayoutError
from kiosk.slips.qr import modules
from kiosk.slips.sheet import EMPTY, Bar, Ink, Mark, Matrix, Strip, dashed_frame, frame, spaced, stacked
from kiosk.slips.typeface import Style

#: Modules are never smaller than this many dots: 4 dots are 0.5 mm, and 0.4 mm is the least a phone reads well.
LEAST_MODULE = 4
#: The sentence beside the code needs at least this room to be worth it.
LEAST_BESIDE_MM = 24


def stamp(desk: Desk, block: layout.Stamp) -> Strip:
    """The state. Settled states are solid black; all others are framed twice in broken lines and stay white."""
    state = desk.slip.state
    if not state:
        return EMPTY
    solid = state in block.solid
    pad = mm(2.5)
    limit = desk.room - 2 * pad
    words, note = desk.own(f"state.{state}"), desk.own(f"note.{state}")
    style = desk.fitted(words, Style(desk.paper.stamp, BOLD), limit)
    big = desk.paragraph(words, style, x=desk.left + pad, limit=limit, center=True)
    body = desk.fitted(note, Style(desk.paper.body, BOLD), limit, least=desk.paper.small)
    small = desk.paragraph(note, body, x=desk.left + pad, limit=limit, center=True)
    inside = spaced(stacked((big, small, Strip(mm(0.5)))), mm(1.2))
    height = inside.height + mm(1.2)
    if solid:
        inks = tuple(_white(mark) for mark in inside.marks)
        return Strip(height, (Bar(desk.left, 0, desk.room, height), *inks))
    gap = HEAVY + 4
    outer = dashed_frame(desk.left, 0, desk.room, height, HEAVY, mm(2))
    inner = frame(desk.left + gap, gap, desk.room - 2 * gap, height - 2 * gap, THIN)
    return Strip(height, (*outer, *inner, *inside.marks))


def _white(mark: Mark) -> Mark:
    if isinstance(mark, Ink):
        return Ink(mark.x, mark.y, mark.text, mark.style, white=True)
    return mark


def rule(desk: Desk, block: layout.Rule) -> Strip:
    """A line across."""
    if block.style == "dashed":
        step = mm(1.5)
        dashes = tuple(
            Bar(x, 0, step * 2 // 3, THIN) for x in range(desk.left, desk.left + desk.room - step // 2, step)
        )
        return Strip(THIN, dashes)
    weight = HEAVY if block.style == "heavy" else THIN
    return Strip(weight, (Bar(desk.left, 0, desk.room, weight),))


def code(desk: Desk, _block: layout.Code) -> Strip:
    """The QR code, with number and sentence beside it where the paper is wide enough, else below it."""
    if not desk.slip.qr:
        return EMPTY
    rows = modules(desk.slip.qr)
    module = min(desk.paper.module, desk.paper.width // len(rows))
    if module < LEAST_MODULE:
        raise LayoutError("the address is too long for a code that can be read on this paper")
    side = module * len(rows)
    beside = desk.paper.width - desk.paper.margin - side
    if desk.paper.qr_beside and beside >= mm(LEAST_BESIDE_MM):
        words = _code_words(desk, side, beside, center=False)
        drop = max(0, (side - words.height) // 2)
        return Strip(max(side, words.height), (Matrix(0, 0, module, rows), *spaced(words, drop).marks))
    picture = Strip(side, (Matrix((desk.paper.width - side) // 2, 0, module, rows),))
    return stacked((picture, _code_words(desk, desk.left, desk.room, center=True)))


def _code_words(desk: Desk, x: int, limit: int, *, center: bool) -> Strip:
    number = desk.slip.number
    style = desk.fitted(number, Style(desk.paper.strong, BOLD), limit)
    strips = [
        desk.paragraph(number, style, x=x, limit=limit, center=center),
        desk.paragraph(desk.own("qr"), Style(desk.paper.body, REGULAR), x=x, limit=limit, center=center),
    ]
    if desk.slip.copy:
        again = desk.label("reprint_nth").format(n=desk.slip.copy)
        strips.append(desk.paragraph(again, Style(desk.paper.body, BOLD), x=x, limit=limit, center=center))
    return stacked(strips)


def signatures(desk: Desk, block: layout.Signatures) -> Strip:
    """A line for each name, 12 mm apart: room for a hand that seldom writes."""
    style = Style(desk.paper.small, REGULAR)
    labels = [desk.label(f"sign.{name}") for name in block.names]
    column = max(desk.face.width(label, style) for label in labels) + style.size // 2
    pitch = mm(12)
    marks: list[Mark] = []
    for row, label in enumerate(labels):
        base = (row + 1) * pitch - mm(2)
        marks.append(Ink(desk.left, base, label, style))
        marks.append(Bar(desk.left + column, base + 2, desk.room - column, THIN))
    return Strip(len(labels) * pitch, tuple(marks))


def gauge(desk: Desk, _block: layout.Gauge) -> Strip:
    """A ruler over the whole printable width, lines of 1 to 6 dots, chequers of 1, 2 and 4 dots, solid black."""
    style = Style(20, REGULAR)
    marks: list[Mark] = []
    for millimetre in range(desk.paper.width // 8 + 1):
        x = min(millimetre * 8, desk.paper.width - 1)
        tall = 20 if millimetre % 10 == 0 else 14 if millimetre % 5 == 0 else 8
        marks.append(Bar(x, 0, 1, tall))
        if millimetre % 10 == 0 and x + style.size < desk.paper.width:
            marks.append(Ink(x + 3, 20 + baseline(style) - 8, str(millimetre), style))
    top = 20 + leading(style)
    for weight in range(1, 7):
        marks.append(Bar(desk.left, top, desk.room, weight))
        top += weight + 8
    side = 64
    for place, cell in enumerate((1, 2, 4)):
        count = side // cell
        rows = tuple(tuple((x + y) % 2 == 0 for x in range(count)) for y in range(count))
        marks.append(Matrix(desk.left + place * (side + 16), top, cell, rows))
    solid = desk.left + 3 * (side + 16)
    marks.append(Bar(solid, top, desk.left + desk.room - solid, side))
    return Strip(top + side, tuple(marks))
