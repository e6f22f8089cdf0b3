"""A draft that a person chose to save, as the database keeps it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedDraft:
    """A form in the middle.

    Attributes:
        number: what the person is told, and says again.
        flow: which form.
        pages: where the person was, first page first.
        body: what was typed, as the form's own bytes.
        tail: last four digits of the phone in it; "" when none was typed.
        saved_at, until: it is there from then to then, UTC.
        tries: wrong digits so far.
    """

    number: int
    flow: str
    pages: tuple[str, ...]
    body: bytes
    tail: str
    saved_at: datetime
    until: datetime
    tries: int = 0
