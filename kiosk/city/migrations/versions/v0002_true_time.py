"""When something was really done: runs of a device's program, and the true time beside the operation."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table and the column."""
    op.create_table(
        "device_boot",
        sa.Column("device", sa.Uuid(), nullable=False),
        sa.Column("boot", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("device", "boot"),
    )
    op.add_column("op_log", sa.Column("done_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("op_log", "done_at")
    op.drop_table("device_boot")
