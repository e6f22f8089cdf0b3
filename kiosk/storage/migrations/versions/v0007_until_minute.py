"""The market list knows to the minute until when a listing is offered: what is over for today is found no more."""

from alembic import op

revision = "0007"
down_revision = "0006"

STATEMENTS = (
    "ALTER TABLE market RENAME COLUMN until_day TO until_minute",
    # Shown to the end of the day …
    "UPDATE market SET until_minute = (until_minute + 1) * 1440",
    # … and on the last day of work to the end of its hours, unless they go on past midnight.
    """UPDATE market SET until_minute = last_day * 1440 + hours.end
FROM (SELECT id, json_extract(CAST(body AS TEXT), '$.terms.start_minute') AS start,
    json_extract(CAST(body AS TEXT), '$.terms.end_minute') AS end FROM listing) AS hours
WHERE hours.id = market.listing_id AND hours.start < hours.end AND until_minute = (last_day + 1) * 1440""",
)


def upgrade() -> None:
    """From days to minutes, once over the list."""
    for statement in STATEMENTS:
        op.execute(statement)
