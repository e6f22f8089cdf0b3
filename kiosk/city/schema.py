"""The city's tables. Plain SQL only, so that they also run on Citus, CockroachDB or YugabyteDB.

No sequences, no unique constraints beyond primary keys, no triggers. Keys lead with area, stream, device, kiosk or a
record's own id. Records keep the columns that queries need beside ``body`` (the record as JSON text, for nobody looks
inside); ``ver`` counts the
city's changes of a record.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

metadata = MetaData()
#: Mark of a column that says when the row was written, by the database's clock.
STAMPED = "stamped"


def brought(table: Table) -> list[Column[object]]:
    """The columns that rows bring; the others are the database's own time of the change."""
    return [column for column in table.columns if not column.info.get(STAMPED)]


def _moment(name: str, *, needed: bool = True) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=not needed)


def _record(name: str, *columns: Column[object]) -> Table:
    """A table of records: id, home kiosk, what queries need, version and body."""
    return Table(
        name,
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("home", Text, nullable=False),
        *columns,
        Column("ver", BigInteger, nullable=False),
        Column("body", Text, nullable=False),
    )


#: One row: whose database this is and which life of it. A restore from backup writes a new epoch.
city_epoch = Table(
    "city_epoch",
    metadata,
    Column("area", Text, primary_key=True),
    Column("epoch", Uuid, nullable=False),
    Column("host", Text, nullable=False),
    Column("sealing_key", LargeBinary, nullable=False),
    _moment("began_at"),
)

#: Every published set of reference data, signed.
reference_bundle = Table(
    "reference_bundle",
    metadata,
    Column("area", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    _moment("made_at"),
    Column("body", LargeBinary, nullable=False),
)

enroll_token = Table(
    "enroll_token",
    metadata,
    Column("kiosk", Text, primary_key=True),
    Column("token_hash", LargeBinary, primary_key=True),
    _moment("made_at"),
    _moment("valid_until"),
    _moment("used_at", needed=False),
)

device = Table(
    "device",
    metadata,
    Column("device", Uuid, primary_key=True),
    Column("kiosk", Text, nullable=False),
    Column("name", Text, nullable=False),
    #: Region code of the district it stands in; "" when it has not said.
    Column("district", Text, nullable=False, server_default=text("''")),
    Column("incarnation", Integer, nullable=False),
    _moment("enrolled_at"),
    _moment("revoked_at", needed=False),
    _moment("fenced_at", needed=False),
    Column("fence_reason", Text, nullable=False, server_default=text("''")),
    #: What the engineer wrote; staff read it at the kiosk.
    Column("revoke_reason", Text, nullable=False, server_default=text("''")),
)

device_key = Table(
    "device_key",
    metadata,
    Column("device", Uuid, primary_key=True),
    Column("incarnation", Integer, primary_key=True),
    Column("public_key", LargeBinary, nullable=False),
    _moment("valid_from"),
    _moment("valid_until", needed=False),
    Column("revoked", Boolean, nullable=False, server_default=text("false")),
)

device_cursor = Table(
    "device_cursor",
    metadata,
    Column("device", Uuid, primary_key=True),
    Column("incarnation", Integer, primary_key=True),
    Column("last_seq", BigInteger, nullable=False),
    Column("durable_seq", BigInteger, nullable=False),
    Column("chain", Text, nullable=False),
    Column("chain_breaks", Integer, nullable=False),
    _moment("last_push_at", needed=False),
)

#: Runs of a device's program: the city's time at which their monotonic clocks stood at 0.
device_boot = Table(
    "device_boot",
    metadata,
    Column("device", Uuid, primary_key=True),
    Column("boot", Text, primary_key=True),
    _moment("began_at"),
)

#: The log: one row for each batch of a device, its operations packed in ``entries`` (``kiosk.city.oplog``). ``op_ids``
#: are theirs in the order of seq, ``low_id`` and ``high_id`` the least and the greatest. The view ``op_log`` shows one
#: row an operation (device, incarnation, seq, op_id, received_at).
op_batch = Table(
    "op_batch",
    metadata,
    Column("device", Uuid, primary_key=True),
    Column("incarnation", Integer, primary_key=True),
    Column("first_seq", BigInteger, primary_key=True),
    Column("last_seq", BigInteger, nullable=False),
    Column("low_id", Uuid, nullable=False),
    Column("high_id", Uuid, nullable=False),
    _moment("received_at"),
    Column("op_ids", ARRAY(Uuid), nullable=False),
    Column("entries", LargeBinary, nullable=False),
)

#: What the city itself did (promotions, grants), under the record it was done to.
city_log = Table(
    "city_log",
    metadata,
    Column("subject", Uuid, primary_key=True),
    Column("op_id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    _moment("done_at"),
    Column("op", Text, nullable=False),
)

#: Operations set aside, whole, so that they can be decided once more. What the log says of them stays what was said
#: at the time; ``outcome`` is the last word, None while they wait.
quarantine = Table(
    "quarantine",
    metadata,
    Column("device", Uuid, primary_key=True),
    Column("op_id", Uuid, primary_key=True),
    Column("incarnation", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("subjects", JSONB, nullable=False),
    _moment("since"),
    _moment("settled_at", needed=False),
    Column("kind", Text, nullable=False, server_default=text("''")),
    Column("op", Text, nullable=False, server_default=text("''")),
    _moment("done_at", needed=False),
    Column("outcome", Text, nullable=True),
    Column("settled_reason", Text, nullable=False, server_default=text("''")),
    Column("settled_by", Text, nullable=False, server_default=text("''")),
)

#: Private keys that every gateway of this city needs (couriers). The key of ID numbers is not among them.
city_key = Table(
    "city_key",
    metadata,
    Column("purpose", Text, primary_key=True),
    Column("secret", LargeBinary, nullable=False),
    _moment("made_at"),
)

stream_head = Table(
    "stream_head",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("head", BigInteger, nullable=False),
    Column("fence", BigInteger, nullable=False),
)

sync_item = Table(
    "sync_item",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("entity", Text, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("ver", BigInteger, nullable=False),
    Column("origin", Text, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("body", Text, nullable=True),
    #: Since when it is so: deletions are told for some weeks, then forgotten.
    Column(
        "changed_at", DateTime(timezone=True), nullable=False, server_default=func.now(), info={STAMPED: True}
    ),
    Index("sync_item_by_seq", "stream", "seq"),
    Index("sync_item_gone", "stream", "changed_at", postgresql_where=text("deleted")),
)

listing_slot = Table(
    "listing_slot",
    metadata,
    Column("listing_id", Uuid, primary_key=True),
    Column("headcount", Integer, nullable=False),
    Column("free", Integer, nullable=False),
    Column("firm", Integer, nullable=False),
    Column("ver", BigInteger, nullable=False),
    CheckConstraint("free >= 0 AND firm >= 0", name="listing_slot_sound"),
)

slot_lease = Table(
    "slot_lease",
    metadata,
    Column("listing_id", Uuid, primary_key=True),
    Column("home", Text, primary_key=True),
    Column("granted", Integer, nullable=False),
    Column("spent", Integer, nullable=False),
    Column("returned", Integer, nullable=False),
    Column("ver", BigInteger, nullable=False),
    CheckConstraint("spent >= 0 AND returned >= 0 AND spent + returned <= granted", name="slot_lease_sound"),
)

#: People and employers that turned out to be one: the id that is no more, and who it is now.
alias = Table(
    "alias",
    metadata,
    Column("old_id", Uuid, primary_key=True),
    Column("entity", Text, primary_key=True),
    Column("new_id", Uuid, nullable=False),
    _moment("merged_at"),
)

#: Credit codes that were ever registered: a row to lock, so that one firm is registered once at a time.
credit_code = Table("credit_code", metadata, Column("code", Text, primary_key=True))

#: Wrong tries of a lookup, for a person (``worker:<id>``) and for a device (``device:<id>``).
lookup_try = Table(
    "lookup_try",
    metadata,
    Column("what", Text, primary_key=True),
    Column("wrong", Integer, nullable=False),
    _moment("since"),
)

#: Workers who have shown their slip at a kiosk that is not theirs, and when last: it may act for them for a day.
visit = Table(
    "visit",
    metadata,
    Column("kiosk", Text, primary_key=True),
    Column("worker_id", Uuid, primary_key=True),
    _moment("since"),
)

worker = _record("worker", Column("phone", Text, nullable=False))

employer = _record(
    "employer",
    Column("phone", Text, nullable=False),
    Column("credit_code", Text, nullable=True),
)
Index("employer_by_credit_code", employer.c.credit_code, postgresql_where=employer.c.credit_code.isnot(None))

listing = _record(
    "listing",
    Column("employer_id", Uuid, nullable=False),
    Column("region", Text, nullable=False),
    Column("trade", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("valid_until", Date, nullable=False),
)
Index("listing_by_employer", listing.c.employer_id)
Index("listing_by_region", listing.c.region, listing.c.trade, listing.c.status)

placement = _record(
    "placement",
    Column("listing_id", Uuid, nullable=False),
    Column("worker_id", Uuid, nullable=False),
    Column("status", Text, nullable=False),
)
Index("placement_by_listing", placement.c.listing_id, placement.c.status)
Index("placement_by_worker", placement.c.worker_id)

#: Job-wanted entries of workers.
wanted = _record(
    "wanted",
    Column("worker_id", Uuid, nullable=False),
    Column("status", Text, nullable=False),
    Column("valid_until", Date, nullable=False),
)
Index("wanted_by_worker", wanted.c.worker_id)

invitation = _record(
    "invitation",
    Column("wanted_id", Uuid, nullable=False),
    Column("listing_id", Uuid, nullable=False),
    Column("status", Text, nullable=False),
)
Index("invitation_by_listing", invitation.c.listing_id)

slip = _record("slip", Column("subject_id", Uuid, nullable=False), Column("kind", Text, nullable=False))
Index("slip_by_subject", slip.c.subject_id)
