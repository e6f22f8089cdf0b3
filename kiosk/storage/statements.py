"""SQL text made once from SQLAlchemy Core constructs and run on the driver's own cursor.

SQLAlchemy's execution costs about 14 µs a statement more than the driver's 7 µs; a use case has twenty of them.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

_DIALECT = sqlite.dialect(paramstyle="qmark")


def sql(clause: sa.ClauseElement) -> str:
    """SQLite's text for a construct; its values go in the order of the question marks."""
    return str(clause.compile(dialect=_DIALECT))


def insert(table: sa.Table) -> str:
    """INSERT of a whole row, values in the order of the table's columns."""
    return sql(table.insert())


def put(table: sa.Table) -> str:
    """INSERT of a whole row, replacing the one with the same primary key."""
    keys = [column.name for column in table.primary_key]
    statement = sqlite.insert(table)
    changed = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in keys}
    return sql(statement.on_conflict_do_update(index_elements=keys, set_=changed))


def update(table: sa.Table, names: Sequence[str]) -> str:
    """UPDATE of the columns ``names`` by primary key: values of the columns first, then of the key."""
    keys = list(table.primary_key)
    where = sa.and_(*(key == sa.bindparam(f"key_{key.name}") for key in keys))
    return sql(table.update().where(where).values({name: sa.bindparam(f"new_{name}") for name in names}))


def delete(table: sa.Table) -> str:
    """DELETE by primary key."""
    return sql(table.delete().where(*(key == sa.bindparam(key.name) for key in table.primary_key)))


def select_by_key(table: sa.Table, *names: str) -> str:
    """SELECT of the columns ``names`` by primary key."""
    keys = (key == sa.bindparam(key.name) for key in table.primary_key)
    return sql(sa.select(*(table.c[name] for name in names)).where(*keys))
