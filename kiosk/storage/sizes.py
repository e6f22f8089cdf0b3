"""From how much on what the city sends is written another way."""

from dataclasses import dataclass

from kiosk.storage.connection import FOLD_BYTES

#: Three times what a quiet morning brings at once.
MANY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Small ones let a database of a few records be written as one of a hundred thousand is.

    Attributes:
        many: more items than this in one page, and its listings are made searchable later, in transactions of their
            own; if another page follows, its commit does not wait for the disk.
        fold: bytes of the log from which on it is folded into the file beside the writer.
    """

    many: int = MANY
    fold: int = FOLD_BYTES


USUAL = Sizes()
