"""Rows of the outbox: the words of their state, and the statements that more than one module uses."""

from enum import StrEnum
from typing import Final

from kiosk.storage import schema
from kiosk.storage import statements as make


class OpState(StrEnum):
    """Where an operation stands. Quarantined ones wait in the city; here they still count as done."""

    UNSENT = "unsent"
    QUARANTINED = "quarantined"
    SETTLED = "settled"


#: Name of the number series that op_seq comes from.
SERIES: Final = "op_seq"
APPEND: Final = make.insert(schema.outbox)
NEXT_NUMBER: Final = (
    "INSERT INTO number_series (name, last) VALUES (?, 1) "
    "ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last"
)
LAST_NUMBER: Final = "SELECT last FROM number_series WHERE name = ?"
#: Operations whose effect is only this kiosk's word so far, in their order.
OPEN: Final = "SELECT op_seq, body, touched FROM outbox WHERE state != 'settled' ORDER BY op_seq"
