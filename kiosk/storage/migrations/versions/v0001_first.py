"""The first tables."""

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    """CREATE TABLE worker (
    id BLOB NOT NULL,
    number INTEGER NOT NULL,
    phone TEXT NOT NULL,
    phone_reversed TEXT NOT NULL,
    name TEXT NOT NULL,
    initials TEXT NOT NULL,
    lookup TEXT,
    withdrawn INTEGER NOT NULL,
    ver INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
)""",
    "CREATE INDEX worker_initials ON worker (initials)",
    "CREATE INDEX worker_lookup ON worker (lookup)",
    "CREATE INDEX worker_name ON worker (name)",
    "CREATE INDEX worker_number ON worker (number)",
    "CREATE INDEX worker_phone ON worker (phone)",
    "CREATE INDEX worker_phone_reversed ON worker (phone_reversed)",
    """CREATE TABLE employer (
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    phone TEXT NOT NULL,
    phone_reversed TEXT NOT NULL,
    name TEXT NOT NULL,
    initials TEXT NOT NULL,
    credit_code TEXT,
    ver INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
)""",
    "CREATE INDEX employer_credit_code ON employer (credit_code)",
    "CREATE INDEX employer_initials ON employer (initials)",
    "CREATE INDEX employer_kind ON employer (kind, id)",
    "CREATE INDEX employer_name ON employer (name)",
    "CREATE INDEX employer_phone ON employer (phone)",
    "CREATE INDEX employer_phone_reversed ON employer (phone_reversed)",
    """CREATE TABLE listing (
    id BLOB NOT NULL,
    employer_id BLOB NOT NULL,
    status TEXT NOT NULL,
    ver INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
)""",
    "CREATE INDEX listing_employer ON listing (employer_id, id)",
    "CREATE INDEX listing_status ON listing (status, id)",
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
    text TEXT NOT NULL,
    PRIMARY KEY (seq)
)""",
    "CREATE INDEX market_category ON market (category, seq)",
    "CREATE INDEX market_district ON market (district, seq)",
    "CREATE UNIQUE INDEX market_listing ON market (listing_id)",
    "CREATE INDEX market_region ON market (region, seq)",
    "CREATE INDEX market_trade ON market (trade, seq, until_day)",
    """CREATE TABLE search_backlog (
    seq INTEGER NOT NULL,
    PRIMARY KEY (seq)
)""",
    """CREATE TABLE placement (
    id BLOB NOT NULL,
    listing_id BLOB NOT NULL,
    worker_id BLOB NOT NULL,
    status TEXT NOT NULL,
    applied_at INTEGER NOT NULL,
    ver INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
)""",
    "CREATE INDEX placement_listing ON placement (listing_id)",
    "CREATE INDEX placement_worker ON placement (worker_id)",
    """CREATE TABLE slip (
    id BLOB NOT NULL,
    subject_id BLOB NOT NULL,
    ver INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
)""",
    "CREATE INDEX slip_subject ON slip (subject_id, id)",
    """CREATE TABLE lease (
    id BLOB NOT NULL,
    ver INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
)
 WITHOUT ROWID""",
    """CREATE TABLE outbox (
    op_seq INTEGER NOT NULL,
    op_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id BLOB NOT NULL,
    body BLOB NOT NULL,
    traces BLOB NOT NULL,
    t_wall INTEGER NOT NULL,
    t_mono INTEGER NOT NULL,
    boot_id TEXT NOT NULL,
    state TEXT NOT NULL,
    outcome TEXT,
    reason TEXT,
    settled_at INTEGER,
    durable_at INTEGER,
    PRIMARY KEY (op_seq)
)""",
    "CREATE INDEX outbox_durable ON outbox (durable_at) WHERE durable_at IS NOT NULL",
    "CREATE INDEX outbox_quarantined ON outbox (op_seq) WHERE state = 'quarantined'",
    "CREATE INDEX outbox_rejected ON outbox (op_seq) WHERE outcome = 'rejected'",
    """CREATE TABLE sync_meta (
    name TEXT NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (name)
)
 WITHOUT ROWID""",
    """CREATE TABLE stream (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    seq INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    replacing INTEGER NOT NULL,
    PRIMARY KEY (id)
)""",
    "CREATE UNIQUE INDEX stream_name ON stream (name)",
    """CREATE TABLE row_stream (
    stream_id INTEGER NOT NULL,
    entity TEXT NOT NULL,
    id BLOB NOT NULL,
    generation INTEGER NOT NULL,
    PRIMARY KEY (stream_id, entity, id)
)
 WITHOUT ROWID""",
    "CREATE INDEX row_stream_row ON row_stream (entity, id)",
    """CREATE TABLE inbox_other (
    entity TEXT NOT NULL,
    id BLOB NOT NULL,
    ver INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (entity, id)
)
 WITHOUT ROWID""",
    """CREATE TABLE notice (
    id BLOB NOT NULL,
    worker_id BLOB NOT NULL,
    told_at INTEGER,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
)""",
    "CREATE INDEX notice_worker ON notice (worker_id)",
    """CREATE TABLE staff (
    id BLOB NOT NULL,
    number INTEGER NOT NULL,
    badge TEXT NOT NULL,
    active INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
)""",
    "CREATE INDEX staff_badge ON staff (badge)",
    "CREATE UNIQUE INDEX staff_number ON staff (number)",
    """CREATE TABLE slip_job (
    slip_id BLOB NOT NULL,
    subject_id BLOB NOT NULL,
    state TEXT NOT NULL,
    queued_at INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (slip_id)
)""",
    "CREATE INDEX slip_job_open ON slip_job (queued_at) WHERE state != 'printed'",
    "CREATE INDEX slip_job_subject ON slip_job (subject_id, slip_id)",
    """CREATE TABLE audit (
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id BLOB,
    PRIMARY KEY (seq)
)""",
    """CREATE TABLE setting (
    name TEXT NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (name)
)
 WITHOUT ROWID""",
    """CREATE TABLE number_series (
    name TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (name)
)
 WITHOUT ROWID""",
    """CREATE VIRTUAL TABLE search USING fts5(tokens, content='', contentless_delete=1, detail='none',
    tokenize="ascii tokenchars ':-'")""",
)


def upgrade() -> None:
    """Make the tables as they were in the first version, whatever the schema module says today."""
    for statement in STATEMENTS:
        op.execute(statement)
