"""Credit codes to lock, and the way from a code to its employer: who registers twice is found."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table and the index."""
    op.create_table(
        "credit_code",
        sa.Column("code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index(
        "employer_by_credit_code",
        "employer",
        ["credit_code"],
        postgresql_where=sa.text("credit_code IS NOT NULL"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("employer_by_credit_code", "employer")
    op.drop_table("credit_code")
