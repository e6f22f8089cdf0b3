"""The restore drill: take the newest backup, restore it into a scratch database, and look whether it is a whole city.

Nothing of the live city is touched. What was looked at is said in words and as JSON, so that a machine can alarm.
"""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import psycopg

from kiosk.city.backup import BackupFailed, restored
from kiosk.city.migrate import newest_schema

_COUNTED = ("worker", "employer", "listing", "placement", "slip", "device", "sync_item", "stream_head")
_CHECKS = (
    ("one city is in it", "SELECT count(*) <> 1 FROM city_epoch"),
    (
        "every device's log is without holes",
        """SELECT EXISTS (SELECT 1 FROM device_cursor c LEFT JOIN (
             SELECT device, incarnation, sum(last_seq - first_seq + 1) AS held, max(last_seq) AS newest
             FROM op_batch GROUP BY device, incarnation) b
           ON b.device = c.device AND b.incarnation = c.incarnation
           WHERE coalesce(b.held, 0) <> c.last_seq OR coalesce(b.newest, 0) <> c.last_seq)""",
    ),
    (
        "places add up for every listing",
        """SELECT EXISTS (SELECT 1 FROM listing_slot s LEFT JOIN (
             SELECT listing_id, sum(granted - returned) AS out FROM slot_lease GROUP BY listing_id) l
           ON l.listing_id = s.listing_id WHERE s.free + s.firm + coalesce(l.out, 0) <> s.headcount)""",
    ),
    (
        "no stream has an item beyond its head",
        """SELECT EXISTS (SELECT 1 FROM sync_item i LEFT JOIN stream_head h ON h.stream = i.stream
           WHERE h.head IS NULL OR i.seq > h.head)""",
    ),
    (
        "every placement has its listing",
        "SELECT EXISTS (SELECT 1 FROM placement p LEFT JOIN listing l ON l.id = p.listing_id WHERE l.id IS NULL)",
    ),
)


class Drill(msgspec.Struct, frozen=True, kw_only=True):
    """What a drill found. ``problems`` is empty when the backup is a whole city of this program's schema.

    Attributes:
        file, size, age_hours: the backup.
        schema, newest_schema: revision of the backup and of this program; older ones are migrated by ``migrate``.
        seconds: how long the restore took.
        rows: by table; ``operations`` in all logs.
    """

    file: str
    size: int
    age_hours: float
    schema: str
    newest_schema: str
    seconds: float
    operations: int
    rows: dict[str, int]
    checks: tuple[str, ...]
    problems: tuple[str, ...]


def newest_backup(place: Path) -> Path:
    """The file itself, or the newest ``*.dump`` in a folder.

    Raises:
        BackupFailed: there is none.
    """
    if place.is_file():
        return place
    found = sorted(place.glob("*.dump"), key=lambda path: path.stat().st_mtime) if place.is_dir() else []
    if not found:
        raise BackupFailed(f"no backup (*.dump) in {place}")
    return found[-1]


def restore_drill(owner_dsn: str, place: Path) -> Drill:
    """Restore and look.

    Args:
        owner_dsn: a role that may create databases, as for a backup.
        place: the backup, or the folder whose newest is taken.

    Raises:
        BackupFailed: there is none, or PostgreSQL cannot restore it.
    """
    file = newest_backup(place)
    stat = file.stat()
    started = time.monotonic()
    with restored(owner_dsn, file) as scratch:
        seconds = time.monotonic() - started
        with psycopg.connect(scratch) as connection:
            schema, operations, rows = _contents(connection)
            problems = _problems(connection, schema)
    return Drill(
        file=str(file),
        size=stat.st_size,
        age_hours=round((datetime.now(UTC).timestamp() - stat.st_mtime) / 3600, 2),
        schema=schema,
        newest_schema=newest_schema(),
        seconds=round(seconds, 2),
        operations=operations,
        rows=rows,
        checks=tuple(name for name, _ in _CHECKS),
        problems=tuple(problems),
    )


def _contents(connection: psycopg.Connection[tuple[object, ...]]) -> tuple[str, int, dict[str, int]]:
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        total = connection.execute("SELECT coalesce(sum(last_seq), 0) FROM device_cursor").fetchone()
        rows = {
            name: int(str((connection.execute(f"SELECT count(*) FROM {name}").fetchone() or (0,))[0]))  # noqa: S608 - our own names
            for name in _COUNTED
        }
    except psycopg.errors.UndefinedTable as error:
        raise BackupFailed("the restored copy is no city's database") from error
    return str((row or ("",))[0]), int(str((total or (0,))[0])), rows


def _problems(connection: psycopg.Connection[tuple[object, ...]], schema: str) -> Sequence[str]:
    found = []
    if schema > newest_schema():
        found.append(f"schema {schema} is newer than this program's {newest_schema()}")
    for name, query in _CHECKS:
        row = connection.execute(query).fetchone()
        if row is None or row[0]:
            found.append(f"not so: {name}")
    return found


def in_words(drill: Drill) -> list[str]:
    """The report for people."""
    rows = ", ".join(f"{n} {name}" for name, n in drill.rows.items())
    lines = [
        f"{drill.file}: {drill.size / 2**20:.1f} MiB, {drill.age_hours:.1f} hours old",
        f"restored in {drill.seconds:.1f} s",
        f"{drill.operations} operations; {rows}; schema {drill.schema}",
    ]
    lines += [f"checked: {name}" for name in drill.checks]
    lines += [f"PROBLEM: {problem}" for problem in drill.problems]
    lines.append("the city can go back to it" if not drill.problems else "do not rely on this backup")
    return lines
