"""Finding people again at the staff desk: by phone digits, name, pinyin initials, number or credit code."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from kiosk.storage.connection import Connection

#: A phone number is asked for by its first or its last digits; fewer say nothing.
_MIN_DIGITS: Final = 3
_MAX_NUMBER: Final = 9
_LAST: Final = chr(0x10FFFF)
_BORN: Final = "json_extract(CAST({0}.body AS TEXT), '$.identity.birth_date')"
_PAIRS: Final = (
    "SELECT one.id, other.id, one.body, other.body FROM worker AS one JOIN worker AS other "
    "ON {0} AND one.id < other.id WHERE one.withdrawn = 0 AND other.withdrawn = 0 "
    "AND one.name != '' AND other.name != '' ORDER BY other.id DESC LIMIT ?"
)
_SAME: Final = (
    _PAIRS.format("one.lookup = other.lookup"),
    _PAIRS.format("one.phone = other.phone"),
    _PAIRS.format(f"one.name = other.name AND {_BORN.format('one')} = {_BORN.format('other')}"),
)


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


def doubles(connection: Connection, limit: int) -> Sequence[tuple[bytes, bytes]]:
    """Bodies of pairs of workers who may be one person: by ID card, then by phone, then by name and birth date."""
    found: dict[tuple[bytes, bytes], tuple[bytes, bytes]] = {}
    for sql in _SAME:
        for one, other, first, second in connection.execute(sql, (limit,)).fetchall():
            found.setdefault((bytes(one), bytes(other)), (bytes(first), bytes(second)))
    return list(found.values())[:limit]


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
