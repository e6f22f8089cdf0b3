"""An alias is found by its old id first: a key that begins with one of two words keeps all rows in one place."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Turn the key round; the rows stay."""
    op.execute(sa.text("ALTER TABLE alias DROP CONSTRAINT alias_pkey, ADD PRIMARY KEY (old_id, entity)"))


def downgrade() -> None:
    """Turn it back."""
    op.execute(sa.text("ALTER TABLE alias DROP CONSTRAINT alias_pkey, ADD PRIMARY KEY (entity, old_id)"))
