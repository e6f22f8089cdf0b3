"""Since when an item of a stream is as it is, so that deletions can be forgotten; and where kiosks stand."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the columns. What is there counts as changed now: it is told for the whole time once more."""
    op.add_column(
        "sync_item",
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    )
    op.create_index(
        "sync_item_gone", "sync_item", ["stream", "changed_at"], postgresql_where=sa.text("deleted")
    )
    op.add_column("device", sa.Column("district", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("device", "district")
    op.drop_index("sync_item_gone", "sync_item")
    op.drop_column("sync_item", "changed_at")
