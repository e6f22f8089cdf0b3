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


#: Number series: the last op_seq given out, and the one up to which every operation has a verdict.
SERIES: Final = "op_seq"
SETTLED_TO: Final = "settled_to"

APPEND: Final = make.insert(schema.outbox)
NEXT_NUMBER: Final = (
    "INSERT INTO number_series (name, last) VALUES (?, 1) "
    "ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last"
)
LAST_NUMBER: Final = "SELECT last FROM number_series WHERE name = ?"
SET_NUMBER: Final = make.put(schema.number_series)

_SETTLED: Final = "coalesce((SELECT last FROM number_series WHERE name = 'settled_to'), 0)"
#: No index of its own: the operations without a verdict are the last rows of the table. A commit writes a page less.
UNSENT: Final = f"FROM outbox WHERE op_seq > {_SETTLED} AND state = 'unsent'"
QUARANTINED: Final = "FROM outbox WHERE state = 'quarantined'"
#: Operations whose effect is only this kiosk's word so far, in their order.
_OP: Final = "SELECT op_seq, body, traces"
OPEN: Final = f"{_OP} {UNSENT} UNION ALL {_OP} {QUARANTINED} ORDER BY op_seq"
_REJECTED: Final = "FROM outbox WHERE outcome = 'rejected'"
#: Who has withdrawn consent has given up all of it, and has no need to be told.
APPLICATIONS_REFUSED: Final = (
    f"SELECT body {_REJECTED} AND kind = ? AND reason IS NOT 'refusal.consent_withdrawn' ORDER BY op_seq DESC"
)
#: Unsent, rejected, quarantined.
COUNTS: Final = (
    f"SELECT (SELECT count(*) {UNSENT}), (SELECT count(*) {_REJECTED}), (SELECT count(*) {QUARANTINED})"
)
