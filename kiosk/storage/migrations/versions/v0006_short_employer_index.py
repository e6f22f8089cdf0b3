"""Listings by employer: the index holds four bytes of the id instead of two whole ids.

A pulled page of listings is of hundreds of employers, and changed nearly every page of that index.
"""

from alembic import op

revision = "0006"
down_revision = "0005"

STATEMENTS = (
    "DROP INDEX listing_employer",
    "CREATE INDEX listing_employer ON listing (substr(employer_id, 13))",
)


def upgrade() -> None:
    """The same question, answered by a smaller index."""
    for statement in STATEMENTS:
        op.execute(statement)
