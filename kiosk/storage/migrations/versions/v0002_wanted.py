"""Job-wanted entries, what they are browsed by, and invitations."""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    """CREATE TABLE wanted (
    id BLOB NOT NULL,
    worker_id BLOB,
    until_day INTEGER NOT NULL,
    filters TEXT NOT NULL,
    ver INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
)""",
    "CREATE INDEX wanted_worker ON wanted (worker_id)",
    """CREATE TABLE wanted_filter (
    filter TEXT NOT NULL,
    wanted_id BLOB NOT NULL,
    until_day INTEGER NOT NULL,
    PRIMARY KEY (filter, wanted_id)
)
 WITHOUT ROWID""",
    "CREATE INDEX wanted_filter_entry ON wanted_filter (wanted_id)",
    """CREATE TABLE invitation (
    id BLOB NOT NULL,
    wanted_id BLOB NOT NULL,
    listing_id BLOB NOT NULL,
    status TEXT NOT NULL,
    ver INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
)""",
    "CREATE INDEX invitation_listing ON invitation (listing_id, id)",
    "CREATE INDEX invitation_open ON invitation (id) WHERE status = 'open'",
    "CREATE INDEX invitation_wanted ON invitation (wanted_id, id)",
    """CREATE TRIGGER wanted_in AFTER INSERT ON wanted
    BEGIN INSERT INTO wanted_filter (filter, wanted_id, until_day)
    SELECT value, NEW.id, NEW.until_day FROM json_each(NEW.filters);
    END""",
    """CREATE TRIGGER wanted_out AFTER DELETE ON wanted
    BEGIN DELETE FROM wanted_filter WHERE wanted_id = OLD.id;
    END""",
    """CREATE TRIGGER wanted_moved AFTER UPDATE OF until_day, filters ON wanted
    WHEN OLD.until_day IS NOT NEW.until_day OR OLD.filters IS NOT NEW.filters
    BEGIN DELETE FROM wanted_filter WHERE wanted_id = OLD.id;
    INSERT INTO wanted_filter (filter, wanted_id, until_day)
    SELECT value, NEW.id, NEW.until_day FROM json_each(NEW.filters);
    END""",
)


def upgrade() -> None:
    """Make the tables and the triggers that file the entries."""
    for statement in STATEMENTS:
        op.execute(statement)
