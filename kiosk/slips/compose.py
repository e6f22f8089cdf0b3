"""From the words of a slip to marks on paper: a pure function."""

from collections.abc import Mapping

from kiosk.services.slip_content import SlipContent
from kiosk.slips import blocks_drawn, blocks_text, layout
from kiosk.slips.desk import REGULAR, Desk, mm
from kiosk.slips.layout import Layout, Paper
from kiosk.slips.sheet import EMPTY, Ink, Sheet, Strip, spaced, stacked
from kiosk.slips.typeface import Style, Typeface


def compose(
    slip: SlipContent, plan: Layout, paper: Paper, labels: Mapping[str, str], face: Typeface
) -> Sheet:
    """Lay a slip out.

    Args:
        slip: finished words.
        plan: the layout of ``slip.kind``.
        paper: widths and type sizes.
        labels: the catalogue of ``slip.language``, by dotted key.
        face: measures the text, and knows which characters it cannot print.

    Raises:
        LayoutError: a label is missing, or the QR code does not fit the paper.
    """
    desk = Desk(slip, paper, labels, face)
    strips = [spaced(_set(desk, block), mm(block.gap)) for block in plan.block]
    whole = stacked((*strips, _unprintable(desk, strips), Strip(mm(1))))
    return Sheet(paper.width, whole.height, whole.marks)


def _set(desk: Desk, block: layout.AnyBlock) -> Strip:  # noqa: C901 - one case a block, nothing else
    match block:
        case layout.Head():
            return blocks_text.head(desk, block)
        case layout.Title():
            return blocks_text.title(desk, block)
        case layout.Fact():
            return blocks_text.fact(desk, block)
        case layout.Rows():
            return blocks_text.rows(desk, block)
        case layout.Table():
            return blocks_text.table(desk, block)
        case layout.Text():
            return blocks_text.text(desk, block)
        case layout.Foot():
            return blocks_text.foot(desk, block)
        case layout.Stamp():
            return blocks_drawn.stamp(desk, block)
        case layout.Rule():
            return blocks_drawn.rule(desk, block)
        case layout.Code():
            return blocks_drawn.code(desk, block)
        case layout.Signatures():
            return blocks_drawn.signatures(desk, block)
        case layout.Gauge():
            return blocks_drawn.gauge(desk, block)


def _unprintable(desk: Desk, strips: list[Strip]) -> Strip:
    """A sentence that says which characters stand as boxes, if any."""
    text = "".join(mark.text for strip in strips for mark in strip.marks if isinstance(mark, Ink))
    missing = desk.face.missing(text)
    if not missing:
        return EMPTY
    codes = " ".join(f"U+{ord(char):04X}" for char in missing)
    sentence = desk.label("missing_characters").format(codes=codes)
    return spaced(desk.paragraph(sentence, Style(desk.paper.small, REGULAR)), mm(1))
