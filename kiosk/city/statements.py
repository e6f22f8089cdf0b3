"""SQL of the city, made from the tables of ``kiosk.city.schema`` where that saves repeating them."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql

from kiosk.city import schema
from kiosk.city.arrays import type_name

_dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy types it no further


#: What an item brings besides its stream and its number there.
ITEM_COLUMNS = [schema.sync_item.c[name] for name in ("entity", "id", "ver", "origin", "deleted", "body")]


def insert_json(table: Table) -> str:
    """INSERT of a few rows from one JSON array of objects; every column has to be in each object."""
    columns = ", ".join(f"{column.name} {column.type.compile(_dialect)}" for column in table.columns)
    names = ", ".join(column.name for column in table.columns)
    return (
        f"INSERT INTO {table.name} ({names}) "  # noqa: S608 - our own names
        f"SELECT {names} FROM jsonb_to_recordset(%s::jsonb) AS r({columns})"
    )


def upsert_arrays(table: Table) -> str:
    """INSERT of many rows from one array a column (``arrays_of``), replacing rows with the same primary key."""
    brought = schema.brought(table)
    names = ", ".join(column.name for column in brought)
    given = ", ".join(f"%s::{type_name(column)}[]" for column in brought)
    keys = [column.name for column in table.primary_key.columns]
    sets = ", ".join(
        f"{column.name} = {'now()' if column.info.get(schema.STAMPED) else f'excluded.{column.name}'}"
        for column in table.columns
        if column.name not in keys
    )
    return (
        f"INSERT INTO {table.name} ({names}) SELECT * FROM unnest({given}) "  # noqa: S608 - our own names
        f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {sets}"
    )


def put_items() -> str:
    """INSERT of a stream's items, each under the next of the numbers that ``MOVE_HEAD`` has just taken for them."""
    names = [column.name for column in ITEM_COLUMNS]
    given = ", ".join(f"%s::{type_name(column)}[]" for column in ITEM_COLUMNS)
    sets = ", ".join(f"{name} = excluded.{name}" for name in ("seq", *names[2:]))
    return (
        f"INSERT INTO sync_item (stream, seq, {', '.join(names)}) "  # noqa: S608 - our own names
        f"SELECT h.stream, h.head - %s + r.place, {', '.join(f'r.{name}' for name in names)} "
        f"FROM stream_head h, unnest({given}) WITH ORDINALITY AS r({', '.join(names)}, place) WHERE h.stream = %s "
        f"ON CONFLICT (stream, entity, id) DO UPDATE SET {sets}, changed_at = now()"
    )


RECORD_TABLES: dict[str, Table] = {
    "worker": schema.worker,
    "employer": schema.employer,
    "listing": schema.listing,
    "placement": schema.placement,
    "wanted": schema.wanted,
    "invitation": schema.invitation,
    "slip": schema.slip,
}
TABLES: dict[str, Table] = {**RECORD_TABLES, "lease": schema.slot_lease, "central": schema.listing_slot}
UPSERTS = {name: upsert_arrays(table) for name, table in TABLES.items()}
PUT_ITEMS = put_items()
INSERT_CITY_LOG = insert_json(schema.city_log)
INSERT_QUARANTINE = insert_json(schema.quarantine) + " ON CONFLICT (device, op_id) DO NOTHING"
INSERT_BATCH = """
INSERT INTO op_batch (device, incarnation, first_seq, last_seq, low_id, high_id, received_at, op_ids, entries)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""

DEVICE = """
SELECT d.device, d.kiosk, d.name, d.district, d.incarnation, k.public_key, d.enrolled_at, d.revoked_at, d.fenced_at,
       d.fence_reason, d.revoke_reason, c.last_seq, c.durable_seq, c.chain, c.chain_breaks, c.last_push_at
FROM device d
JOIN device_key k ON k.device = d.device AND k.incarnation = d.incarnation
JOIN device_cursor c ON c.device = d.device AND c.incarnation = d.incarnation
"""
#: With the city and, of a request that asks for a stream, how far that has got.
ONE_DEVICE = DEVICE.replace(
    "last_push_at\n", "last_push_at, e.area, e.epoch, e.host, e.sealing_key, h.head, h.fence\n"
) + ("LEFT JOIN city_epoch e ON true LEFT JOIN stream_head h ON h.stream = %s WHERE d.device = %s")
ALL_DEVICES = DEVICE + "ORDER BY d.kiosk"
LOCK_CURSOR = "SELECT 1 FROM device_cursor WHERE device = %s ORDER BY incarnation FOR UPDATE"
CITY = "SELECT area, epoch, host, sealing_key FROM city_epoch"
REFERENCE = """
SELECT r.version, r.made_at, r.body FROM reference_bundle r JOIN city_epoch c ON c.area = r.area
ORDER BY r.version DESC LIMIT 1
"""
ADD_REFERENCE = """
INSERT INTO reference_bundle (area, version, made_at, body) SELECT c.area, %s, %s, %s FROM city_epoch c
"""
STATION_KEYS = """
SELECT d.kiosk, k.public_key, k.valid_from, k.valid_until, k.revoked
FROM device_key k JOIN device d ON d.device = k.device ORDER BY d.kiosk, k.incarnation
"""
LOGGED = """
SELECT first_seq, entries FROM op_batch
WHERE device = %s AND incarnation = %s AND first_seq > %s AND first_seq <= %s AND last_seq >= %s
"""
LOGGED_BY_ID = """
SELECT first_seq, entries FROM op_batch
WHERE device = %s AND low_id <= %s AND high_id >= %s AND op_ids && %s::uuid[]
"""
BOOTS = "SELECT boot, began_at FROM device_boot WHERE device = %s AND boot = ANY(%s)"
NOTE_BOOT = """
INSERT INTO device_boot (device, boot, began_at) VALUES (%s, %s, %s) ON CONFLICT (device, boot) DO NOTHING
"""
BLOCKED = "SELECT subjects FROM quarantine WHERE device = %s AND settled_at IS NULL"
HEADS = "SELECT stream, head FROM stream_head"
SET_ASIDE = """
SELECT q.device, d.kiosk, q.op_id, q.incarnation, q.seq, q.kind, q.op, q.reason, q.subjects, q.since, q.done_at,
       q.outcome, q.settled_at, q.settled_reason, q.settled_by
FROM quarantine q JOIN device d ON d.device = q.device
WHERE (%(device)s::uuid IS NULL OR q.device = %(device)s) AND (%(op_id)s::uuid IS NULL OR q.op_id = %(op_id)s)
  AND (q.settled_at IS NULL OR NOT %(waiting)s)
ORDER BY d.kiosk, q.incarnation, q.seq LIMIT %(limit)s
"""
LAST_WORDS = """
SELECT op_id, outcome, settled_reason FROM quarantine
WHERE device = %s AND op_id = ANY(%s) AND outcome IS NOT NULL
"""
SETTLE_ASIDE = """
UPDATE quarantine SET reason = r.reason, subjects = r.subjects, outcome = r.outcome, settled_at = r.settled_at,
    settled_reason = r.settled_reason, settled_by = r.settled_by
FROM jsonb_to_recordset(%s::jsonb) AS r(device uuid, op_id uuid, reason text, subjects jsonb, outcome text,
    settled_at timestamptz, settled_reason text, settled_by text)
WHERE quarantine.device = r.device AND quarantine.op_id = r.op_id
"""
ADD_CITY_KEY = (
    "INSERT INTO city_key (purpose, secret, made_at) VALUES (%s, %s, %s) ON CONFLICT (purpose) DO NOTHING"
)
CITY_KEY = "SELECT secret FROM city_key WHERE purpose = %s"
ADVANCE = """
UPDATE device_cursor
SET last_seq = %s, chain = %s, chain_breaks = chain_breaks + %s, last_push_at = %s
WHERE device = %s AND incarnation = %s
"""

REACH = """
SELECT worker_id, listing_id FROM placement WHERE id = ANY(%s)
UNION ALL
SELECT worker_id, listing_id FROM placement
WHERE worker_id = ANY(%s) AND status IN ('confirmed', 'waitlisted', 'arrived')
UNION ALL
SELECT worker_id, listing_id FROM placement WHERE worker_id = ANY(%s) AND status = 'confirmed'
"""
LOCK_RECORDS = {
    name: f"SELECT body FROM {name} WHERE id = ANY(%s) ORDER BY id FOR UPDATE"  # noqa: S608 - our own names
    for name in ("worker", "employer", "listing")
}
PEEK = {name: f"SELECT body FROM {name} WHERE id = %s" for name in RECORD_TABLES}  # noqa: S608 - our own names
SLIPS = "SELECT body FROM slip WHERE id = ANY(%s)"
SLIPS_ABOUT = """
SELECT body FROM slip WHERE subject_id IN (SELECT id FROM placement WHERE worker_id = ANY(%s))
"""
JOB_WANTED = """
SELECT body FROM wanted WHERE id = ANY(%s) OR (worker_id = ANY(%s) AND status = 'open') ORDER BY id FOR UPDATE
"""
INVITATIONS = """
SELECT body FROM invitation WHERE id = ANY(%s)
UNION
SELECT body FROM invitation WHERE listing_id = ANY(%s)
"""
PLACEMENTS = """
SELECT body FROM placement WHERE id = ANY(%s)
UNION
SELECT body FROM placement WHERE worker_id = ANY(%s)
UNION
SELECT body FROM placement WHERE listing_id = ANY(%s) AND status = 'waitlisted'
"""
PLACEMENTS_OF_WORKERS = "SELECT body FROM placement WHERE worker_id = ANY(%s)"
WORKERS = "SELECT body FROM worker WHERE id = ANY(%s)"
LEASES = "SELECT listing_id, home, granted, spent, returned, ver AS version FROM slot_lease WHERE listing_id = ANY(%s)"
LEASED_TO = """
SELECT listing_id FROM slot_lease WHERE home = %s AND granted - returned - spent > 0 ORDER BY listing_id
"""
CENTRALS = (
    "SELECT listing_id, headcount, free, firm, ver AS version FROM listing_slot WHERE listing_id = ANY(%s)"
)

NEW_STREAMS = """
INSERT INTO stream_head (stream, head, fence) SELECT s, 0, 0 FROM unnest(%s::text[]) AS s ON CONFLICT DO NOTHING
"""
#: Takes the stream's lock until the transaction ends, and as many numbers as there are items.
MOVE_HEAD = """
INSERT INTO stream_head (stream, head, fence) VALUES (%s, %s, 0)
ON CONFLICT (stream) DO UPDATE SET head = stream_head.head + excluded.head
"""
USE_INVITATION = """
UPDATE enroll_token SET used_at = %s
WHERE kiosk = %s AND token_hash = %s AND used_at IS NULL AND valid_until > %s
RETURNING kiosk
"""
ADD_INVITATION = "INSERT INTO enroll_token (kiosk, token_hash, made_at, valid_until) VALUES (%s, %s, %s, %s)"
PUT_DEVICE = """
INSERT INTO device (device, kiosk, name, district, incarnation, enrolled_at, fence_reason)
VALUES (%s, %s, %s, %s, %s, %s, '')
ON CONFLICT (device) DO UPDATE SET name = excluded.name, district = excluded.district,
    incarnation = excluded.incarnation, enrolled_at = excluded.enrolled_at,
    revoked_at = NULL, fenced_at = NULL, fence_reason = '', revoke_reason = ''
"""
DESCRIBE = "UPDATE device SET name = %s, district = %s WHERE device = %s"
END_KEYS = "UPDATE device_key SET valid_until = %s WHERE device = %s AND valid_until IS NULL"
ADD_KEY = "INSERT INTO device_key (device, incarnation, public_key, valid_from, revoked) VALUES (%s, %s, %s, %s, false)"
ADD_CURSOR = """
INSERT INTO device_cursor (device, incarnation, last_seq, durable_seq, chain, chain_breaks) VALUES (%s, %s, 0, 0, '', 0)
"""
FENCE = "UPDATE device SET fenced_at = %s, fence_reason = %s WHERE device = %s AND fenced_at IS NULL"
#: Said again, the newer reason counts and the first moment stays.
REVOKE = "UPDATE device SET revoked_at = coalesce(revoked_at, %s), revoke_reason = %s WHERE device = %s"
REVOKE_KEYS = "UPDATE device_key SET revoked = true WHERE device = %s"
FOUND_CITY = """
INSERT INTO city_epoch (area, epoch, host, sealing_key, began_at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (area) DO UPDATE SET host = excluded.host
"""
LOCK_EPOCH = "SELECT 1 FROM city_epoch WHERE epoch = %s FOR UPDATE"
MARK_DURABLE = """
UPDATE device_cursor SET durable_seq = r.seq
FROM jsonb_to_recordset(%s::jsonb) AS r(device uuid, incarnation integer, seq bigint)
WHERE device_cursor.device = r.device AND device_cursor.incarnation = r.incarnation
  AND device_cursor.durable_seq < r.seq AND r.seq <= device_cursor.last_seq
"""
COUNTS = """
SELECT 'worker', count(*) FROM worker UNION ALL SELECT 'employer', count(*) FROM employer
UNION ALL SELECT 'listing', count(*) FROM listing UNION ALL SELECT 'placement', count(*) FROM placement
UNION ALL SELECT 'wanted', count(*) FROM wanted UNION ALL SELECT 'invitation', count(*) FROM invitation
UNION ALL SELECT 'slip', count(*) FROM slip UNION ALL SELECT 'device', count(*) FROM device
UNION ALL SELECT 'operation', coalesce(sum(last_seq - first_seq + 1), 0)::bigint FROM op_batch
UNION ALL SELECT 'quarantined', count(*) FROM quarantine WHERE settled_at IS NULL
"""
