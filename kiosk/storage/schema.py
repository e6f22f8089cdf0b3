"""Tables of the kiosk's database, as SQLAlchemy sees them. The migrations make them; a test compares the two.

A record is its canonical JSON in ``body`` and beside it only what queries need. Instants are µs since 1970 UTC, days
are proleptic ordinals, ids 16 bytes. A record's row is its *present* state: what the city last said, and this
kiosk's operations without a verdict on top.
"""

from typing import Final

import sqlalchemy as sa

#: Newest revision of the migrations; a test keeps the two equal.
HEAD: Final = "0007"

metadata = sa.MetaData()


def _id(name: str, *, primary_key: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, primary_key=primary_key, nullable=False)


def _integer(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable)


def _body(*, nullable: bool = False) -> sa.Column[bytes]:
    return sa.Column("body", sa.LargeBinary, nullable=nullable)


worker = sa.Table(
    "worker",
    metadata,
    _id("id", primary_key=True),
    _integer("number"),
    _text("phone"),
    _text("phone_reversed"),
    _text("name"),
    _text("initials"),
    _text("lookup", nullable=True),
    _integer("withdrawn"),
    _integer("ver"),
    _body(),
    sa.Index("worker_phone", "phone"),
    sa.Index("worker_phone_reversed", "phone_reversed"),
    sa.Index("worker_name", "name"),
    sa.Index("worker_initials", "initials"),
    sa.Index("worker_lookup", "lookup"),
    sa.Index("worker_number", "number"),
)

employer = sa.Table(
    "employer",
    metadata,
    _id("id", primary_key=True),
    _text("kind"),
    _text("phone"),
    _text("phone_reversed"),
    _text("name"),
    _text("initials"),
    _text("credit_code", nullable=True),
    _integer("ver"),
    _body(),
    sa.Index("employer_phone", "phone"),
    sa.Index("employer_phone_reversed", "phone_reversed"),
    sa.Index("employer_name", "name"),
    sa.Index("employer_initials", "initials"),
    sa.Index("employer_credit_code", "credit_code"),
    sa.Index("employer_kind", "kind", "id"),
)

listing = sa.Table(
    "listing",
    metadata,
    _id("id", primary_key=True),
    _id("employer_id"),
    _text("status"),
    _integer("ver"),
    _body(),
    # By the random tail of the id: a quarter of the bytes, so that a page of listings changes a quarter of its pages.
    sa.Index("listing_employer", sa.text("substr(employer_id, 13)")),
    sa.Index("listing_pending", "id", sqlite_where=sa.text("status = 'pending'")),
)

#: What is in the market now: published listings. ``seq`` grows with the time of publication; below 0 they are full.
#: ``until_minute``: from when it is offered no more (``kiosk.domain.listings.offered_until``).
market = sa.Table(
    "market",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    _id("listing_id"),
    _text("trade"),
    _text("category"),
    _text("region"),
    _text("district"),
    _integer("first_day"),
    _integer("last_day"),
    _integer("until_minute"),
    _text("pay_unit"),
    _integer("pay_fen"),
    sa.Index("market_listing", "listing_id", unique=True),
    sa.Index("market_trade", "trade", "seq", "until_minute"),
    sa.Index("market_category", "category", "seq"),
    sa.Index("market_region", "region", "seq"),
    sa.Index("market_district", "district", "seq"),
)

#: What a listing in the market is found by, folded: the full text knows pairs of letters, this their order.
market_text = sa.Table(
    "market_text",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    _text("text"),
)

#: Listings in the market that can be browsed, and that the full text does not know yet.
search_backlog = sa.Table("search_backlog", metadata, sa.Column("seq", sa.Integer, primary_key=True))

placement = sa.Table(
    "placement",
    metadata,
    _id("id", primary_key=True),
    _id("listing_id"),
    _id("worker_id"),
    _text("status"),
    _integer("applied_at"),
    _integer("ver"),
    _body(),
    sa.Index("placement_listing", "listing_id"),
    sa.Index("placement_worker", "worker_id"),
)

#: ``filters``: JSON list of what the entry is browsed by, empty when it is not shown (``kiosk.storage.wanted_list``).
wanted = sa.Table(
    "wanted",
    metadata,
    _id("id", primary_key=True),
    sa.Column("worker_id", sa.LargeBinary, nullable=True),
    _integer("until_day"),
    _text("filters"),
    _integer("ver"),
    _body(),
    sa.Index("wanted_worker", "worker_id"),
)

#: Which entries answer to which filter; ids grow with the time of posting. Kept by triggers (``WANTED_DDL``).
wanted_filter = sa.Table(
    "wanted_filter",
    metadata,
    sa.Column("filter", sa.Text, primary_key=True),
    sa.Column("wanted_id", sa.LargeBinary, primary_key=True),
    _integer("until_day"),
    sa.Index("wanted_filter_entry", "wanted_id"),
    sqlite_with_rowid=False,
)

invitation = sa.Table(
    "invitation",
    metadata,
    _id("id", primary_key=True),
    _id("wanted_id"),
    _id("listing_id"),
    _text("status"),
    _integer("ver"),
    _body(),
    sa.Index("invitation_wanted", "wanted_id", "id"),
    sa.Index("invitation_listing", "listing_id", "id"),
    sa.Index("invitation_open", "id", sqlite_where=sa.text("status = 'open'")),
)

slip = sa.Table(
    "slip",
    metadata,
    _id("id", primary_key=True),
    _id("subject_id"),
    _integer("ver"),
    _body(),
    sa.Index("slip_subject", "subject_id", "id"),
)

#: ``id`` is the listing's id followed by the kiosk's code.
lease = sa.Table(
    "lease",
    metadata,
    _id("id", primary_key=True),
    _integer("ver"),
    _body(),
    sqlite_with_rowid=False,
)

#: ``op_seq`` is negative for operations settled under an earlier enrolment. ``traces``: see the module.
outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("op_seq", sa.Integer, primary_key=True),
    _id("op_id"),
    _text("kind"),
    _text("entity"),
    _id("entity_id"),
    _body(),
    sa.Column("traces", sa.LargeBinary, nullable=False),
    _integer("t_wall"),
    _integer("t_mono"),
    _text("boot_id"),
    _text("state"),
    _text("outcome", nullable=True),
    _text("reason", nullable=True),
    _integer("settled_at", nullable=True),
    _integer("durable_at", nullable=True),
    sa.Index("outbox_quarantined", "op_seq", sqlite_where=sa.text("state = 'quarantined'")),
    sa.Index("outbox_durable", "durable_at", sqlite_where=sa.text("durable_at IS NOT NULL")),
    sa.Index("outbox_rejected", "op_seq", sqlite_where=sa.text("outcome = 'rejected'")),
)

#: Values of the exchange by name: epoch, durable_seq, last_contact …
sync_meta = sa.Table(
    "sync_meta",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

#: How far each stream is applied. ``reading``: a snapshot is under way, its last key is in ``after_…``, and ``seq``
#: is the one noted before its first page.
stream = sa.Table(
    "stream",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _text("name"),
    _integer("seq"),
    _integer("generation"),
    _integer("replacing"),
    sa.Column("reading", sa.Integer, nullable=False, server_default=sa.text("0")),
    _text("after_entity", nullable=True),
    sa.Column("after_id", sa.LargeBinary, nullable=True),
    sa.Index("stream_name", "name", unique=True),
)

#: Which stream brought which row, and in which round of it.
row_stream = sa.Table(
    "row_stream",
    metadata,
    sa.Column("stream_id", sa.Integer, primary_key=True),
    sa.Column("entity", sa.Text, primary_key=True),
    sa.Column("id", sa.LargeBinary, primary_key=True),
    _integer("generation"),
    sqlite_with_rowid=False,
)

#: State that is no record of the market: station keys, and what this version does not understand.
inbox_other = sa.Table(
    "inbox_other",
    metadata,
    sa.Column("entity", sa.Text, primary_key=True),
    sa.Column("id", sa.LargeBinary, primary_key=True),
    _integer("ver"),
    _body(),
    sqlite_with_rowid=False,
)

#: What a person has to be told when they are next seen.
notice = sa.Table(
    "notice",
    metadata,
    _id("id", primary_key=True),
    _id("worker_id"),
    _integer("told_at", nullable=True),
    _body(),
    sa.Index("notice_worker", "worker_id"),
)

staff = sa.Table(
    "staff",
    metadata,
    _id("id", primary_key=True),
    _integer("number"),
    _text("badge"),
    _integer("active"),
    _body(),
    sa.Index("staff_number", "number", unique=True),
    sa.Index("staff_badge", "badge"),
)

slip_job = sa.Table(
    "slip_job",
    metadata,
    _id("slip_id", primary_key=True),
    _id("subject_id"),
    _text("state"),
    _integer("queued_at"),
    _body(),
    sa.Index("slip_job_subject", "subject_id", "slip_id"),
    sa.Index("slip_job_open", "queued_at", sqlite_where=sa.text("state != 'printed'")),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    _integer("at"),
    _text("actor"),
    _text("action"),
    _text("entity"),
    sa.Column("entity_id", sa.LargeBinary, nullable=True),
)

#: Forms in the middle that a person chose to save. Never more than a few; removed after a quarter of an hour.
draft = sa.Table(
    "draft",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    _body(),
)

setting = sa.Table(
    "setting",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

number_series = sa.Table(
    "number_series",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    _integer("last"),
    sqlite_with_rowid=False,
)

_FILE_UNDER: Final = (
    "INSERT INTO wanted_filter (filter, wanted_id, until_day) "
    "SELECT value, NEW.id, NEW.until_day FROM json_each(NEW.filters);"
)
_TAKE_OUT: Final = "DELETE FROM wanted_filter WHERE wanted_id = OLD.id;"
#: Triggers, so that every way into the table keeps the filters true: saved here, pulled in bulk, restored.
WANTED_DDL: Final = (
    f"CREATE TRIGGER wanted_in AFTER INSERT ON wanted BEGIN {_FILE_UNDER} END",
    f"CREATE TRIGGER wanted_out AFTER DELETE ON wanted BEGIN {_TAKE_OUT} END",
    (
        "CREATE TRIGGER wanted_moved AFTER UPDATE OF until_day, filters ON wanted "
        "WHEN OLD.until_day IS NOT NEW.until_day OR OLD.filters IS NOT NEW.filters "
        f"BEGIN {_TAKE_OUT} {_FILE_UNDER} END"
    ),
)

#: Full text over tokens of our own making (``kiosk.storage.tokens``). Outside SQLAlchemy's world: virtual tables.
SEARCH_DDL: Final = (
    "CREATE VIRTUAL TABLE search USING fts5(tokens, content='', contentless_delete=1, detail='none', "
    "tokenize=\"ascii tokenchars ':-'\")"
)
