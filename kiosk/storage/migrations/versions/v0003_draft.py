"""Drafts that people chose to save, for a quarter of an hour."""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    """CREATE TABLE draft (
    number INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (number)
)""",
)


def upgrade() -> None:
    """One table."""
    for statement in STATEMENTS:
        op.execute(statement)
