"""Layouts are data: ``assets/slips/<kind>.toml`` is a list of blocks, ``assets/slips/paper.toml`` the papers.

A block whose values are all missing takes no room, so one layout serves slips with and without them.
Labels are string keys below ``slip.`` (``assets/strings/<language>/slip.toml``).
"""

from pathlib import Path
from typing import Literal

import msgspec

Align = Literal["left", "center"]


class LayoutError(ValueError):
    """A layout or paper file does not say what it must: a broken installation, not a person's mistake."""


class Block(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", forbid_unknown_fields=True):
    """What all blocks share.

    Attributes:
        gap: white space above, in mm.
    """

    gap: float = 1.5


class Head(Block, frozen=True, tag="head"):
    """Who issues the slip: values ``market`` and ``station``, and the slip's number, over a heavy rule."""


class Title(Block, frozen=True, tag="title"):
    """The slip's name, label ``slip.<kind>.title``."""


class Stamp(Block, frozen=True, tag="stamp"):
    """The state in the largest words: label ``slip.<kind>.state.<state>`` and ``….note.<state>`` below it.

    Attributes:
        solid: states shown white on black; all others stand black on white in a double broken frame.
    """

    solid: tuple[str, ...] = ()


class Fact(Block, frozen=True, tag="fact"):
    """One value in the largest type (the wage, the number in the queue).

    Attributes:
        pill: name of a value shown beside it, white on black (the settlement).
        scale: times the paper's largest type.
    """

    value: str
    scale: float = 1.0
    pill: str = ""
    align: Align = "left"


class Rows(Block, frozen=True, tag="rows"):
    """Label and value, one a row; label ``slip.field.<name>``.

    Attributes:
        names: values in this order.
        strong: those of them in the larger bold size.
    """

    names: tuple[str, ...]
    strong: tuple[str, ...] = ()


class Table(Block, frozen=True, tag="table"):
    """A list of people or items: the first cell of a row large, the others on a line of their own below it."""

    table: str


class Text(Block, frozen=True, tag="text"):
    """Sentences: of the catalogue (``label``, a key below ``slip.``) or of the slip (``value``).

    Attributes:
        framed: with a line around it.
    """

    label: str = ""
    value: str = ""
    size: Literal["small", "body", "strong"] = "small"
    align: Align = "left"
    framed: bool = False


class Rule(Block, frozen=True, tag="rule"):
    """A line across."""

    style: Literal["thin", "dashed", "heavy"] = "thin"


class Code(Block, frozen=True, tag="qr"):
    """The QR code with the slip's number and the sentence ``slip.<kind>.qr``."""


class Signatures(Block, frozen=True, tag="signatures"):
    """Room to sign; labels ``slip.sign.<name>``."""

    names: tuple[str, ...]


class Gauge(Block, frozen=True, tag="gauge"):
    """A ruler in mm, steps of line weight and a chequer, to see what a printer does."""


class Foot(Block, frozen=True, tag="foot"):
    """Value ``printed_at``, value ``station_phone``, label ``slip.foot``; on reprints the mark again."""


AnyBlock = (
    Head | Title | Stamp | Fact | Rows | Table | Text | Rule | Code | Signatures | Gauge | Foot
)  # msgspec tells them apart by their ``type``


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One slip kind."""

    block: tuple[AnyBlock, ...]


class Paper(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A paper and the type sizes that suit it; all in printer dots (8 a mm at 203 dpi) unless said otherwise.

    Attributes:
        width: printable dots: 384 on 58 mm rolls, 576 on 80 mm rolls.
        margin: white on the left and on the right.
        small, body, strong, title, stamp, fact: em sizes.
        module: dots of one QR module; never below 4 (0.5 mm).
        qr_beside: the sentence stands beside the code rather than below it.
    """

    width: int
    margin: int
    small: int
    body: int
    strong: int
    title: int
    stamp: int
    fact: int
    module: int
    qr_beside: bool


def load_layout(path: Path) -> Layout:
    """Read a layout.

    Raises:
        LayoutError: the file is missing or says something that no block knows.
    """
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Layout)
    except (OSError, ValueError, msgspec.MsgspecError) as error:  # ValueError: not UTF-8
        message = f"{path.name}: {error}"
        raise LayoutError(message) from error


def load_papers(path: Path) -> dict[int, Paper]:
    """Read the papers, by printable width in dots.

    Raises:
        LayoutError: the file is missing or wrong.
    """
    try:
        papers = msgspec.toml.decode(path.read_bytes(), type=dict[str, Paper])
    except (OSError, ValueError, msgspec.MsgspecError) as error:  # ValueError: not UTF-8
        message = f"{path.name}: {error}"
        raise LayoutError(message) from error
    return {paper.width: paper for paper in papers.values()}
