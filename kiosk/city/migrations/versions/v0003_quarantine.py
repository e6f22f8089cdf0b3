"""Quarantine that can be settled: the operation itself beside its reason, and the last word on it. Keys of couriers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_FILL = """
UPDATE quarantine SET kind = l.kind, op = l.op, done_at = l.done_at FROM op_log AS l
WHERE l.device = quarantine.device AND l.incarnation = quarantine.incarnation AND l.seq = quarantine.seq
"""


def upgrade() -> None:
    """Make the columns and the table; what waits already gets its operation from the log."""
    for name in ("kind", "op", "settled_reason", "settled_by"):
        op.add_column("quarantine", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("quarantine", sa.Column("done_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("quarantine", sa.Column("outcome", sa.Text(), nullable=True))
    op.execute(_FILL)
    op.create_table(
        "city_key",
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("purpose"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("city_key")
    for name in ("kind", "op", "settled_reason", "settled_by", "done_at", "outcome"):
        op.drop_column("quarantine", name)
