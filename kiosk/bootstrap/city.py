"""``gig-kiosk city``: serve, create, enroll, devices, revoke, backup, after-restore."""

import argparse
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import msgspec
import psycopg
from sqlalchemy.exc import SQLAlchemyError

from kiosk.bootstrap.city_courier import export_courier, import_courier
from kiosk.bootstrap.city_gateways import RULES_EVERY, Looks, served
from kiosk.bootstrap.city_quarantine import quarantine_tool
from kiosk.bootstrap.city_reference import publish_reference
from kiosk.bootstrap.city_same_people import merge_workers
from kiosk.bootstrap.reference import load_rules
from kiosk.city import admin, courier
from kiosk.city.backup import BackupFailed, backup
from kiosk.city.context import CityContext
from kiosk.city.drill import in_words, restore_drill
from kiosk.city.embedded import EmbeddedPostgres, NoPostgres, grant_gateway, superuser_of
from kiosk.city.metrics import metrics_of, show_metrics
from kiosk.city.migrate import NewerSchema, migrate
from kiosk.city.purge import purge
from kiosk.city.quarantine import retry_known
from kiosk.city.reference import LivingRules
from kiosk.city.server import Tls, open_city
from kiosk.city.store import NoCity, StoreBusy
from kiosk.city.stored import DeviceRow
from kiosk.domain.calendar import SHANGHAI
from kiosk.settings import Settings

log = logging.getLogger(__name__)
Say = Callable[[str], None]
#: Between these hours in Shanghai nobody stands at a kiosk.
NIGHT_HOURS = (2, 4)
DSN_FILE = "gateway.dsn"
SEALING_FILE = "sealing.key"
#: Seconds between two looks into the quarantine: gateways are upgraded one after the other.
TAKE_UP_EVERY = 600.0


def city_tool(options: argparse.Namespace, settings: Settings, say: Say) -> int:
    """Run one of the city's tools.

    Returns:
        Exit status: 0 good, 1 refused or not ready (the line says why).
    """
    try:
        return _run(options, settings, say)
    except NoCity:
        say("there is no city yet; make it with: gig-kiosk city create --region CODE --public-host HOST")
    except NoPostgres as error:
        say(f"PostgreSQL does not start: {error}")
    except StoreBusy as error:
        say(f"the database does not answer: {error}")
    return 1


def _run(options: argparse.Namespace, settings: Settings, say: Say) -> int:
    match options.tool:
        case "serve":
            return _serve(settings, options, say)
        case "backup":
            return _backup(settings, options.file, options.owner_dsn, say)
        case "prepare":
            return _prepare(options.owner_dsn, say)
        case "restore-drill":
            return _drill(settings, options, say)
        case tool:
            with _city(settings) as city:
                return _TOOLS[tool](city, settings, options, say)


@contextmanager
def _dsn(settings: Settings) -> Iterator[str]:
    """The database: the configured one, that of a gateway that runs here, or the embedded one, started for us."""
    if settings.city_dsn:
        yield settings.city_dsn
        return
    left = settings.city_data_dir / DSN_FILE
    if left.is_file():
        yield left.read_text(encoding="utf-8").strip()
        return
    settings.city_data_dir.mkdir(mode=0o711, parents=True, exist_ok=True)
    with EmbeddedPostgres(settings.city_data_dir / "postgres") as postgres:
        yield postgres.create("city").gateway


@contextmanager
def _city(settings: Settings) -> Iterator[CityContext]:
    with _dsn(settings) as dsn:
        city = open_city(dsn, load_rules())
        try:
            yield city
        finally:
            city.store.close()


def _serve(settings: Settings, options: argparse.Namespace, say: Say) -> int:
    """Serve until SIGINT or SIGTERM. While it runs, the other tools find its database by a file that only we read."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    left = settings.city_data_dir / DSN_FILE
    left.unlink(missing_ok=True)  # of a gateway that was cut off
    with _dsn(settings) as dsn:
        _write_private(left, dsn)
        rules = LivingRules(load_rules())
        city = open_city(dsn, rules)
        host = options.host or settings.city_host
        port = settings.city_port if options.port is None else options.port
        metrics = metrics_of(city)
        shown = show_metrics(metrics, settings.city_metrics_port)
        if shown is not None:
            say(f"metrics on {shown.url}")
        looks = Looks(metrics, _tls(settings), settings.city_metrics_port)
        try:
            rules.refresh(city.store)
            with served(city, dsn, host, port, options.workers, looks) as url:
                say(f"the city's gateway listens on {url}")
                _take_care(city, rules, settings.city_keep_days, stop)
        finally:
            if shown is not None:
                shown.stop()
            city.store.close()
            left.unlink(missing_ok=True)
    return 0


def _tls(settings: Settings) -> Tls | None:
    """The gateway's own https, when certificate and key are given."""
    if not settings.city_tls_certificate:
        return None
    return Tls(Path(settings.city_tls_certificate), Path(settings.city_tls_key))


def _take_care(city: CityContext, rules: LivingRules, keep_days: int, stop: threading.Event) -> None:
    """Until it is time to end: follow the published rules, take up what an older gateway set aside unknown.

    Every night the streams forget what is old.
    """
    looked, night = -TAKE_UP_EVERY, Nightly()
    while True:
        try:
            rules.refresh(city.store)
            if time.monotonic() - looked >= TAKE_UP_EVERY:
                looked = time.monotonic()
                city.store.run(lambda tx: courier.keys(city, tx))  # a city from before there were couriers
                retry_known(city)
            if night.is_due(city.now()):
                purge(city, keep_days)
        except (NoCity, StoreBusy) as error:
            log.warning("rules, quarantine and streams are not looked through: %s", error)
        if stop.wait(RULES_EVERY):
            return


class Nightly:
    """Once a day, in the small hours."""

    def __init__(self) -> None:
        self._done: date | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether tonight's work is still to be done; said once."""
        local = now.astimezone(SHANGHAI)
        if not NIGHT_HOURS[0] <= local.hour < NIGHT_HOURS[1] or self._done == local.date():
            return False
        self._done = local.date()
        return True


def _purge(city: CityContext, keep_days: int, say: Say) -> int:
    city.store.run(lambda tx: tx.city())
    if keep_days < 0:
        say("--days: 0 or more")
        return 1
    done = purge(city, keep_days)
    say(
        f"{done.expired} expired listings left the streams, {done.withdrawn} expired job-wanted entries are withdrawn, "
        f"{done.forgotten} deletions are forgotten; "
        "kiosks that were away for longer read their streams anew"
    )
    return 0


def _create(city: CityContext, settings: Settings, region: str, host: str, say: Say) -> int:
    rules = load_rules()
    known = rules.reference.region(region)
    if known is None or known not in rules.reference.cities():
        say(f"{region} is not the region code of a city in the reference data")
        return 1
    districts = [each.code for each in rules.reference.children(region)]
    founded = admin.create_city(city, region, host, districts)
    if founded.sealing_private is not None:
        path = settings.city_data_dir / SEALING_FILE
        _write_private(path, founded.sealing_private.hex())
        say(f"the key that opens ID numbers is in {path}: move it to a safe place off this machine")
    say(f"{known.name} is served under {founded.city.host}")
    return 0


def _enroll(city: CityContext, kiosk: str, say: Say) -> int:
    city.store.run(lambda tx: tx.city())  # a token of no city would be one that nobody takes
    try:
        token = admin.make_enroll_token(city, kiosk)
    except ValueError as error:
        say(str(error))
        return 1
    say(f"one-time token for {kiosk}, good for {admin.TOKEN_LIFE.days} days: {token}")
    return 0


def _standing(row: DeviceRow) -> str:
    if row.revoked_at:
        return f"revoked ({row.revoke_reason})" if row.revoke_reason else "revoked"
    return f"fenced ({row.fence_reason})" if row.fenced_at else "ok"


def _devices(city: CityContext, say: Say) -> int:
    city.store.run(lambda tx: tx.city())
    rows = admin.devices(city)
    for row in rows:
        state = _standing(row)
        seen = f"{row.last_push_at:%Y-%m-%d %H:%M} UTC" if row.last_push_at else "never"
        log = f"operations {row.last_seq:>7}  breaks {row.chain_breaks:>3}"
        say(f"{row.kiosk:<8} {state:<10} {log}  last push {seen}  {row.name}")
    if not rows:
        say("no kiosks yet; make a token with: gig-kiosk city enroll CODE")
    return 0


def _backup(settings: Settings, target: Path, owner_dsn: str, say: Say) -> int:
    if settings.city_dsn and not owner_dsn:
        say("--owner-dsn: a role that owns the tables and may create databases")
        return 1
    with _dsn(settings) as dsn:
        city = open_city(dsn, load_rules())
        try:
            verified = backup(city, owner_dsn or superuser_of(dsn), target)
        except BackupFailed as error:
            say(f"no backup: {error}")
            return 1
        finally:
            city.store.close()
    say(
        f"{verified.path}: {verified.operations} operations, {verified.size / 2**20:.1f} MiB, restored and read back"
    )
    say("kiosks forget what is in it after seven days: keep this file, and go back to no older one")
    return 0


def _prepare(owner_dsn: str, say: Say) -> int:
    try:
        migrate(owner_dsn)
        grant_gateway(owner_dsn)
    except NewerSchema as error:
        say(f"the database is ahead of this program: schema {error}")
    except (SQLAlchemyError, psycopg.Error) as error:
        say(f"not prepared: {str(error.__cause__ or error).strip().splitlines()[0]}")
    else:
        say(
            "tables are those of this program; the role city_gateway reads and writes their rows, and nothing else"
        )
        return 0
    return 1


def _drill(settings: Settings, options: argparse.Namespace, say: Say) -> int:
    if settings.city_dsn and not options.owner_dsn:
        say("--owner-dsn: a role that may create databases")
        return 1
    with _dsn(settings) as dsn:
        try:
            drill = restore_drill(options.owner_dsn or superuser_of(dsn), options.place)
        except BackupFailed as error:
            say(f"no drill: {error}")
            return 1
    if options.json:
        say(msgspec.json.encode(drill).decode())
    else:
        for line in in_words(drill):
            say(line)
    return 1 if drill.problems else 0


def _write_private(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text + "\n")


def _revoke(city: CityContext, kiosk: str, reason: str, say: Say) -> int:
    try:
        done = admin.revoke(city, kiosk, reason.strip())
    except ValueError as error:
        say(str(error))
        return 1
    say("shut out" if done else "the city knows no such kiosk")
    return 0 if done else 1


def _after_restore(city: CityContext, say: Say) -> int:
    say(f"new epoch {admin.after_restore(city)}: kiosks send again what this backup lacks")
    return 0


#: The tools that work on an open city.
_TOOLS: Mapping[str, Callable[[CityContext, Settings, argparse.Namespace, Say], int]] = {
    "create": lambda city, settings, options, say: _create(
        city, settings, options.region, options.public_host, say
    ),
    "enroll": lambda city, _, options, say: _enroll(city, options.kiosk.upper(), say),
    "devices": lambda city, _, __, say: _devices(city, say),
    "revoke": lambda city, _, options, say: _revoke(city, options.kiosk.upper(), options.reason, say),
    "quarantine": lambda city, _, options, say: quarantine_tool(city, options, say),
    "reference": lambda city, _, options, say: publish_reference(city, options.folder, options.key, say),
    "merge-workers": lambda city, _, options, say: merge_workers(city, options.key, say, write=options.write),
    "purge": lambda city, settings, options, say: _purge(
        city, settings.city_keep_days if options.days is None else options.days, say
    ),
    "import-courier": lambda city, _, options, say: import_courier(city, options.file, options.answers, say),
    "export-courier": lambda city, _, options, say: export_courier(
        city, options.kiosk.upper(), options.folder, say
    ),
    "after-restore": lambda city, _, __, say: _after_restore(city, say),
}
