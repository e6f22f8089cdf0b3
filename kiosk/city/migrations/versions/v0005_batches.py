"""The log as one row for each batch of operations; records' bodies as text, which nobody queries inside."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import msgspec
import sqlalchemy as sa
import zstandard
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0005"
down_revision = "0004"
_RECORDS = ("worker", "employer", "listing", "placement", "wanted", "invitation", "slip")
_MOST = 500
_COLUMNS = "device, incarnation, seq, op_id, kind, outcome, reason, received_at, done_at, op"
_VIEW = """
CREATE VIEW op_log AS
SELECT b.device, b.incarnation, b.first_seq + each.place - 1 AS seq, each.op_id, b.received_at
FROM op_batch AS b, unnest(b.op_ids) WITH ORDINALITY AS each(op_id, place)
"""


def upgrade() -> None:
    """Make the table, carry the log over, and put a view in the old one's place."""
    op.create_table(
        "op_batch",
        sa.Column("device", sa.Uuid(), nullable=False),
        sa.Column("incarnation", sa.Integer(), nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("low_id", sa.Uuid(), nullable=False),
        sa.Column("high_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("op_ids", ARRAY(sa.Uuid()), nullable=False),
        sa.Column("entries", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("device", "incarnation", "first_seq"),
    )
    connection = op.get_bind()
    for batch in _batches(connection):
        connection.execute(_INSERT, batch)
    op.drop_index("op_log_by_id", table_name="op_log")
    op.drop_table("op_log")
    op.execute(_VIEW)
    for name in _RECORDS:
        op.alter_column(name, "body", type_=sa.Text(), postgresql_using="body::text")


_INSERT = sa.text(
    "INSERT INTO op_batch (device, incarnation, first_seq, last_seq, low_id, high_id, received_at, op_ids, entries)"
    " VALUES (:device, :incarnation, :first_seq, :last_seq, :low_id, :high_id, :received_at, :op_ids, :entries)"
)


def _batches(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    """The old rows as batches: neighbours of one device that arrived together."""
    for device, incarnation in connection.execute(
        sa.text("SELECT DISTINCT device, incarnation FROM op_log ORDER BY device, incarnation")
    ).all():
        after = 0
        while rows := connection.execute(
            sa.text(
                f"SELECT {_COLUMNS} FROM op_log WHERE device = :device AND incarnation = :incarnation"  # noqa: S608 - our own names
                " AND seq > :after ORDER BY seq LIMIT :most"
            ),
            {"device": device, "incarnation": incarnation, "after": after, "most": _MOST},
        ).all():
            after = rows[-1].seq
            yield from (_batch(found) for found in _together(rows))


def _together(rows: Iterable[Any]) -> Iterator[Sequence[Any]]:
    """Without holes, and of one moment."""
    for _, found in groupby(enumerate(rows), key=lambda each: (each[1].seq - each[0], each[1].received_at)):
        yield [row for _, row in found]


def _batch(rows: Sequence[Any]) -> dict[str, Any]:
    entries = [
        (row.op_id, row.kind, row.outcome, row.reason, row.done_at, msgspec.Raw(row.op.encode()))
        for row in rows
    ]
    ids = [row.op_id for row in rows]
    return {
        "device": rows[0].device,
        "incarnation": rows[0].incarnation,
        "first_seq": rows[0].seq,
        "last_seq": rows[-1].seq,
        "low_id": min(ids),
        "high_id": max(ids),
        "received_at": rows[0].received_at,
        "op_ids": ids,
        "entries": zstandard.ZstdCompressor(level=1).compress(msgspec.json.encode(entries)),
    }


def downgrade() -> None:
    """Make one row an operation again."""
    op.execute("DROP VIEW op_log")
    op.create_table(
        "op_log",
        sa.Column("device", sa.Uuid(), nullable=False),
        sa.Column("incarnation", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("op_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("device", "incarnation", "seq"),
    )
    op.create_index("op_log_by_id", "op_log", ["device", "op_id"], unique=False)
    connection = op.get_bind()
    for row in connection.execute(sa.text("SELECT * FROM op_batch")).all():
        connection.execute(_INSERT_ONE, list(_single(row)))
    op.drop_table("op_batch")
    for name in _RECORDS:
        op.alter_column(name, "body", type_=JSONB(), postgresql_using="body::jsonb")


_INSERT_ONE = sa.text(
    f"INSERT INTO op_log ({_COLUMNS}) VALUES (:device, :incarnation, :seq, :op_id, :kind, :outcome, :reason,"  # noqa: S608 - our own names
    " :received_at, :done_at, :op)"
)


def _single(row: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - a row
    entries = msgspec.json.decode(
        zstandard.ZstdDecompressor().decompress(row.entries),
        type=list[tuple[str, str, str, str, str | None, msgspec.Raw]],
    )
    for place, (op_id, kind, outcome, reason, done_at, raw) in enumerate(entries):
        yield {
            "device": row.device,
            "incarnation": row.incarnation,
            "seq": row.first_seq + place,
            "op_id": op_id,
            "kind": kind,
            "outcome": outcome,
            "reason": reason,
            "received_at": row.received_at,
            "done_at": done_at,
            "op": bytes(raw).decode(),
        }
