"""Workers at kiosks that are not theirs: who has been seen where, and wrong tries."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "lookup_try",
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("what"),
    )
    op.create_table(
        "visit",
        sa.Column("kiosk", sa.Text(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kiosk", "worker_id"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("visit")
    op.drop_table("lookup_try")
