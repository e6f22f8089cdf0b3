"""A visit has a last time instead of a first one. What was done for visitors and has not been sent yet stays good."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Nobody knows when they came last: now, then."""
    op.execute(sa.text("UPDATE visit SET since = CURRENT_TIMESTAMP"))


def downgrade() -> None:
    """An earlier program does not look at the time."""
