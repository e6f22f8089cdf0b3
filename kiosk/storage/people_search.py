"""Finding people again at the staff desk: by phone digits, name, pinyin initials, number or credit code."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from kiosk.storage.connection import Connection

#: A phone number is asked for by its first or its last digits; fewer say nothing.
_MIN_DIGITS: Final = 3
_MAX_NUMBER: Final = 9
_LAST: Final = chr(0x10FFFF)


def find(connection: Connection, table: str, text: str, limit: int) -> Sequence[bytes]:
    """Bodies of the people that a text fits, best fits first.

    Args:
        connection: where to look.
        table: ``worker`` or ``employer``.
        text: as typed.
        limit: at most so many.
    """
    wanted = unicodedata.normalize("NFKC", text).strip()
    if not wanted or limit <= 0:
        return []
    found: dict[bytes, None] = {}
    for sql, values in _questions(table, wanted):
        for (row_id,) in connection.execute(f"{sql} LIMIT ?", (*values, limit)).fetchall():
            found.setdefault(bytes(row_id))
        if len(found) >= limit:
            break
    select = f"SELECT body FROM {table} WHERE id = ?"  # noqa: S608 - the table's name is our own word
    return [bytes(connection.execute(select, (row_id,)).fetchone()[0]) for row_id in list(found)[:limit]]


def _questions(table: str, wanted: str) -> Sequence[tuple[str, tuple[object, ...]]]:
    """Statements for the ids, the narrowest first."""
    head = f"SELECT id FROM {table} WHERE "  # noqa: S608 - the table's name is our own word
    newest = " ORDER BY id DESC"
    compact = "".join(wanted.split()).replace("-", "")
    asked: list[tuple[str, tuple[object, ...]]] = []
    if compact.isascii() and compact.isdigit():
        if table == "worker" and len(compact) <= _MAX_NUMBER:
            asked.append((f"{head}number = ?{newest}", (int(compact),)))
        if len(compact) >= _MIN_DIGITS:
            asked.append(_prefix(head, "phone", compact))
            asked.append(_prefix(head, "phone_reversed", compact[::-1]))
    elif compact.isascii():
        asked.append(_prefix(head, "initials", compact.casefold()))
    if table == "employer" and compact.isascii():
        asked.append(_prefix(head, "credit_code", compact.upper()))
    asked.append(_prefix(head, "name", wanted))
    asked.append((f"{head}instr(name, ?) > 0{newest}", (wanted,)))
    return asked


def _prefix(head: str, column: str, value: str) -> tuple[str, tuple[object, ...]]:
    return f"{head}{column} >= ? AND {column} < ? ORDER BY {column}, id DESC", (value, value + _LAST)
