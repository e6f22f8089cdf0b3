"""Why a kiosk was shut out: its staff read it on the screen."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the column; who was shut out before has been told no reason."""
    op.add_column("device", sa.Column("revoke_reason", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("device", "revoke_reason")
