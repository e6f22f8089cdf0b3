"""Blocks made of words: head, title, fact, rows, table, sentences, foot."""

from kiosk.slips import layout
from kiosk.slips.desk import BOLD, REGULAR, Desk, baseline, leading, mm
from kiosk.slips.linebreak import tidy
from kiosk.slips.sheet import EMPTY, Bar, Ink, Mark, Strip, frame, moved, spaced, stacked
from kiosk.slips.typeface import Style

#: Labels take at most this part of the line; a wider one stands above its value.
LABEL_SHARE = 0.36
#: A value that would need more lines than this beside its label stands below it, over the whole width.
LINES_BESIDE = 2
#: White above a row, in dots.
ROW_GAP = 4
HEAVY = 5
THIN = 2


def head(desk: Desk, _block: layout.Head) -> Strip:
    """Market and station left, the number right or below, a heavy rule."""
    name = desk.paragraph(desk.value("market"), Style(desk.paper.body, BOLD))
    small = Style(desk.paper.small, REGULAR)
    number = f"{desk.label('number')} {desk.slip.number}"
    line = pair(desk, desk.value("station"), number, small)
    rule = Strip(HEAVY + mm(1), (Bar(desk.left, mm(0.8), desk.room, HEAVY),))
    return stacked((reprint_mark(desk), name, line, rule))


def reprint_mark(desk: Desk) -> Strip:
    """补打 white on black over the whole width; nothing on a first print."""
    if not desk.slip.copy:
        return EMPTY
    style = Style(desk.paper.body, BOLD)
    words = desk.label("reprint_nth").format(n=desk.slip.copy)
    height = leading(style) + mm(0.6)
    x = desk.left + (desk.room - desk.face.width(words, style)) // 2
    marks = (
        Bar(desk.left, 0, desk.room, height),
        Ink(x, baseline(style) + mm(0.3), words, style, white=True),
    )
    return Strip(height + mm(1.2), marks)


def pair(desk: Desk, left: str, right: str, style: Style) -> Strip:
    """Two texts at the two ends of a line, or on lines of their own when they do not fit."""
    right_width = desk.face.width(right, style)
    if left and desk.face.width(left, style) + right_width + style.size > desk.room:
        return stacked((desk.paragraph(left, style), desk.paragraph(right, style)))
    marks = [Ink(desk.left, baseline(style), left, style)] if left else []
    x = desk.left + desk.room - right_width if left else desk.left
    return Strip(leading(style), (*marks, Ink(x, baseline(style), right, style)))


def title(desk: Desk, _block: layout.Title) -> Strip:
    """The slip's name, centred."""
    words = desk.own("title")
    style = desk.fitted(words, Style(desk.paper.title, BOLD), desk.room)
    return desk.paragraph(words, style, center=True)


def fact(desk: Desk, block: layout.Fact) -> Strip:
    """The first word of the value in the largest type, the rest smaller, the pill beside or below."""
    value = desk.value(block.value)
    if not value:
        return EMPTY
    caption = desk.labels.get(f"slip.field.{block.value}", "")
    above = desk.paragraph(caption, Style(desk.paper.small, REGULAR), center=block.align == "center")
    largest, _, rest = value.partition(" ")
    style = desk.fitted(largest, Style(round(desk.paper.fact * block.scale), BOLD), desk.room)
    unit = Style(desk.paper.strong, BOLD)
    unit_width = desk.face.width(rest, unit) + style.size // 6 if rest else 0
    width = desk.face.width(largest, style)
    below = EMPTY
    if width + unit_width > desk.room:
        below, rest, unit_width = desk.paragraph(rest, unit, center=block.align == "center"), "", 0
    total = width + unit_width
    x = desk.left + ((desk.room - total) // 2 if block.align == "center" else 0)
    base = round(style.size * 0.92)
    marks: list[Mark] = [Ink(x, base, largest, style)]
    if rest:
        marks.append(Ink(x + width + style.size // 6, base, rest, unit))
    pill, pill_width = _pill(desk, desk.value(block.pill))
    line = Strip(round(style.size * 1.12), tuple(marks))
    if pill.height and total + pill_width + mm(3) <= desk.room:
        drop = base - pill.height + round(unit.size * 0.2)
        placed = spaced(pill, max(0, drop))
        right = desk.room - pill_width
        line = Strip(line.height, (*marks, *(moved(mark, 0, right) for mark in placed.marks)))
        pill = EMPTY
    return stacked((above, line, below, spaced(pill, mm(0.5))))


def _pill(desk: Desk, words: str) -> tuple[Strip, int]:
    """White words on black, and how wide they are; nothing for no words."""
    if not words:
        return EMPTY, 0
    style = desk.fitted(words, Style(desk.paper.strong, BOLD), desk.room - mm(4))
    width, height = desk.face.width(words, style) + mm(3), leading(style) + mm(0.6)
    ink = Ink(desk.left + mm(1.5), baseline(style) + mm(0.3), words, style, white=True)
    return Strip(height, (Bar(desk.left, 0, width, height), ink)), width


def rows(desk: Desk, block: layout.Rows) -> Strip:
    """Label and value, one a row, values aligned."""
    shown = [(name, desk.value(name)) for name in block.names if desk.value(name)]
    small = Style(desk.paper.small, REGULAR)
    labels = {name: desk.label(f"field.{name}") for name, _ in shown}
    widths = [desk.face.width(label, small) for label in labels.values()]
    limit = round(desk.room * LABEL_SHARE)
    column = max((width for width in widths if width <= limit), default=0) + small.size * 2 // 3
    return stacked(
        spaced(_row(desk, labels[name], value, column, strong=name in block.strong), ROW_GAP)
        for name, value in shown
    )


def _row(desk: Desk, label: str, value: str, column: int, *, strong: bool) -> Strip:
    beside = desk.room - column
    small, style = Style(desk.paper.small, REGULAR), Style(desk.paper.body, BOLD)
    if strong:
        large = desk.fitted(value, Style(desk.paper.strong, BOLD), beside, least=style.size)
        # Shrunk to the body size and still too long: then rather large on two lines.
        style = large if large.size > style.size else Style(desk.paper.strong, BOLD)
        style = (
            style if len(desk.lines(value, style, beside)) <= LINES_BESIDE else Style(desk.paper.body, BOLD)
        )
    fits = desk.face.width(label, small) < column
    if fits and len(desk.lines(value, style, beside)) <= LINES_BESIDE:
        words = desk.paragraph(value, style, x=desk.left + column, limit=beside)
        return Strip(words.height, (Ink(desk.left, baseline(style), label, small), *words.marks))
    return stacked((desk.paragraph(label, small), desk.paragraph(value, style)))


def table(desk: Desk, block: layout.Table) -> Strip:
    """People or items, numbered, a thin rule above each."""
    cells = desk.slip.tables.get(block.table, ())
    return stacked(_entry(desk, place, row) for place, row in enumerate(cells, start=1))


def _entry(desk: Desk, place: int, row: tuple[str, ...]) -> Strip:
    first, others = tidy(row[0]) if row else "", "  ".join(tidy(cell) for cell in row[1:] if tidy(cell))
    large, body = Style(desk.paper.strong, BOLD), Style(desk.paper.body, REGULAR)
    indent = desk.face.width("00", large)
    x, room = desk.left + indent, desk.room - indent
    line = Strip(mm(1), (Bar(desk.left, 0, desk.room, THIN),))
    number = Ink(desk.left, baseline(large), str(place), Style(desk.paper.small, REGULAR))
    name = desk.paragraph(first, large, x=x, limit=room)
    name = Strip(max(name.height, leading(large)), (number, *name.marks))
    return stacked((line, name, desk.paragraph(others, body, x=x, limit=room), Strip(mm(0.5))))


def text(desk: Desk, block: layout.Text) -> Strip:
    """Sentences, framed if the layout says so."""
    words = desk.label(block.label) if block.label else desk.value(block.value)
    size = {"small": desk.paper.small, "body": desk.paper.body, "strong": desk.paper.strong}[block.size]
    style = Style(size, REGULAR)
    if not words:
        return EMPTY
    if not block.framed:
        return desk.paragraph(words, style, center=block.align == "center")
    pad = mm(1.5)
    inner = desk.paragraph(
        words, style, x=desk.left + pad, limit=desk.room - 2 * pad, center=block.align == "center"
    )
    height = inner.height + 2 * mm(1)
    return Strip(height, (*frame(desk.left, 0, desk.room, height, THIN), *spaced(inner, mm(1)).marks))


def foot(desk: Desk, _block: layout.Foot) -> Strip:
    """When and where it was printed, what the paper is worth, characters to write in, 补打."""
    small = Style(desk.paper.small, REGULAR)
    rule = Strip(mm(1), (Bar(desk.left, 0, desk.room, THIN),))
    times = desk.value("printed_at")
    line = pair(desk, times, desk.value("station_phone"), small) if times else EMPTY
    return stacked((rule, line, desk.paragraph(desk.label("foot"), small), spaced(reprint_mark(desk), mm(1))))
