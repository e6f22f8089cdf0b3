"""Where a snapshot stands; the searched text beside the market list, since it is made later than the list."""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    "ALTER TABLE stream RENAME TO stream_before",
    "DROP INDEX stream_name",
    """CREATE TABLE stream (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    seq INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    replacing INTEGER NOT NULL,
    reading INTEGER DEFAULT 0 NOT NULL,
    after_entity TEXT,
    after_id BLOB,
    PRIMARY KEY (id)
)""",
    """INSERT INTO stream
SELECT id, name, seq, generation, replacing, replacing AND seq = 0, NULL, NULL FROM stream_before""",
    "DROP TABLE stream_before",
    "CREATE UNIQUE INDEX stream_name ON stream (name)",
    """CREATE TABLE market_text (
    seq INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (seq)
)""",
    "INSERT INTO market_text SELECT seq, text FROM market WHERE seq NOT IN (SELECT seq FROM search_backlog)",
    "ALTER TABLE market RENAME TO market_before",
    "DROP INDEX market_category",
    "DROP INDEX market_district",
    "DROP INDEX market_listing",
    "DROP INDEX market_region",
    "DROP INDEX market_trade",
    """CREATE TABLE market (
    seq INTEGER NOT NULL,
    listing_id BLOB NOT NULL,
    trade TEXT NOT NULL,
    category TEXT NOT NULL,
    region TEXT NOT NULL,
    district TEXT NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    until_day INTEGER NOT NULL,
    pay_unit TEXT NOT NULL,
    pay_fen INTEGER NOT NULL,
    PRIMARY KEY (seq)
)""",
    """INSERT INTO market
SELECT seq, listing_id, trade, category, region, district, first_day, last_day, until_day, pay_unit, pay_fen
FROM market_before""",
    "DROP TABLE market_before",
    "CREATE INDEX market_category ON market (category, seq)",
    "CREATE INDEX market_district ON market (district, seq)",
    "CREATE UNIQUE INDEX market_listing ON market (listing_id)",
    "CREATE INDEX market_region ON market (region, seq)",
    "CREATE INDEX market_trade ON market (trade, seq, until_day)",
)


def upgrade() -> None:
    """Rebuild the two tables with what is in them."""
    for statement in STATEMENTS:
        op.execute(statement)
